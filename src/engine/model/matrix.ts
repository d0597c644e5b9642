import type { MapNode, Node } from '../yaml/tree.ts';
import { resolve } from '../yaml/tree.ts';
import { jsonList } from './decide.ts';
import type { Job } from './job.ts';
import { mapOf, sequenceOf } from './nodes.ts';
import type { Located } from './source.ts';
import type { Text } from './text.ts';

/** A value that a matrix key can have. */
export interface MatrixValue extends Located {
  /** What `${{ matrix.key }}` gives; may hold expressions, see `text`. Null for maps and lists. */
  readonly value: string | null;
  /** Its scalar; null where it comes out of `fromJSON('[…]')` and for maps and lists. */
  readonly text: Text | null;
  /** The items of a list; empty for everything else. */
  readonly items: readonly MatrixValue[];
}

/** What is known of one key's values. `isComplete`: no other value is possible. */
export interface MatrixValues {
  readonly values: readonly MatrixValue[];
  readonly isComplete: boolean;
}

type Cell = Node | MatrixValue;
type Row = ReadonlyMap<string, Cell>;

/** GitHub refuses more combinations. */
const MAX_ROWS = 256;

/** A job's `strategy.matrix`, expanded with `include` and `exclude` as GitHub does. */
export class Matrix {
  readonly job: Job;
  /** Some of it is decided at run time. */
  readonly isDynamic: boolean;
  readonly #rows: readonly Row[];

  constructor(job: Job) {
    this.job = job;
    const map = mapOf(job.find('strategy', 'matrix'));
    const axes = new Map<string, readonly Cell[]>();
    let isDynamic = map === null;
    for (const { key, value } of map?.entries ?? []) {
      const cells = cellsOf(job, value);
      if (cells === null) isDynamic = true;
      else if (key.text !== 'include' && key.text !== 'exclude') axes.set(key.text, cells);
    }
    this.#rows = map ? rowsOf(axes, listOf(map, 'include'), listOf(map, 'exclude')) : [];
    this.isDynamic = isDynamic;
  }

  /** The values of `matrix.a.b`, each once. Names ignore case. */
  values(path: readonly string[]): MatrixValues {
    const values = new Map<string, MatrixValue>();
    for (const row of this.#rows) {
      const value = this.#pick(row, path);
      if (value) values.set(`${value.start}:${value.value}`, value);
    }
    return { values: [...values.values()], isComplete: !this.isDynamic };
  }

  /** What several of its keys have together, each combination once; null for a key that a row has not. */
  combinations(paths: readonly (readonly string[])[]): readonly (readonly (MatrixValue | null)[])[] {
    const found = this.#rows.map((row) => paths.map((path) => this.#pick(row, path)));
    const keyOf = (values: readonly (MatrixValue | null)[]) =>
      values.map((value) => `${value?.start}:${value?.value}`).join();
    return [...new Map(found.map((values) => [keyOf(values), values])).values()];
  }

  #pick(row: Row, [first = '', ...rest]: readonly string[]): MatrixValue | null {
    let cell: Cell | undefined = get(row, first);
    for (const key of rest) {
      const map: MapNode | null = cell && 'kind' in cell ? mapOf(cell) : null;
      cell = map?.entries.find((entry) => entry.key.text.toLowerCase() === key.toLowerCase())?.value;
    }
    return cell === undefined ? null : matrixValue(this.job, cell);
  }
}

function get(row: Row, name: string): Cell | undefined {
  const exact = row.get(name);
  if (exact) return exact;
  for (const [key, cell] of row) if (key.toLowerCase() === name.toLowerCase()) return cell;
  return undefined;
}

/** The cells of an axis; null when they are only known at run time. */
function cellsOf(job: Job, node: Node): readonly Cell[] | null {
  const list = sequenceOf(node);
  if (list) return list.items;
  const scalar = resolve(node);
  if (scalar.kind !== 'scalar') return null;
  const text = job.textOf(scalar);
  const values = text && literalList(text);
  return values && text
    ? values.map((value) => ({ ...job.source.at(scalar), value: String(value), text: null, items: [] }))
    : null;
}

/** The items of `${{ fromJSON('["a", "b"]') }}`; null for every other text. */
export function literalList(text: Text): ReturnType<typeof jsonList> {
  const tree = text.expression?.tree;
  if (tree?.kind !== 'call' || tree.name !== 'fromjson') return null;
  const [list] = tree.args;
  return list?.kind === 'literal' && typeof list.value === 'string' ? jsonList(list.value) : null;
}

function listOf(map: MapNode, key: string): readonly MapNode[] {
  return (sequenceOf(map.get(key))?.items ?? []).map(mapOf).filter((item) => item !== null);
}

function rowsOf(
  axes: ReadonlyMap<string, readonly Cell[]>,
  include: readonly MapNode[],
  exclude: readonly MapNode[],
): readonly Row[] {
  const product = expand(axes);
  const kept = product.filter((row) => !exclude.some((pattern) => agrees(row, pattern, [...row.keys()])));
  const rows: Map<string, Cell>[] = kept.map((row) => new Map(row));
  const names = [...axes.keys()];
  const extra: Map<string, Cell>[] = [];
  for (const item of include) {
    const shared = item.entries.filter(({ key }) => names.includes(key.text));
    const homes =
      names.length === 0
        ? []
        : kept.flatMap((row, index) => {
            const fits = shared.every(({ key, value }) => sameCell(row.get(key.text), value));
            return fits ? [rows[index]] : [];
          });
    if (homes.length === 0) extra.push(new Map(item.entries.map(({ key, value }) => [key.text, value])));
    for (const home of homes) for (const { key, value } of item.entries) home?.set(key.text, value);
  }
  return [...rows, ...extra];
}

/** All combinations; beyond GitHub's limit one row for each value, which keeps every value but not the combinations. */
function expand(axes: ReadonlyMap<string, readonly Cell[]>): readonly Row[] {
  if (axes.size === 0) return [];
  const count = [...axes.values()].reduce((product, cells) => product * cells.length, 1);
  if (count > MAX_ROWS) return [...axes].flatMap(([name, cells]) => cells.map((cell) => new Map([[name, cell]])));
  let rows: Row[] = [new Map()];
  for (const [name, cells] of axes) rows = rows.flatMap((row) => cells.map((cell) => new Map([...row, [name, cell]])));
  return rows;
}

function agrees(row: Row, pattern: MapNode, names: readonly string[]): boolean {
  return (
    pattern.entries.length > 0 &&
    pattern.entries.every(({ key, value }) => names.includes(key.text) && sameCell(row.get(key.text), value))
  );
}

function sameCell(a: Cell | undefined, b: Node): boolean {
  if (a === undefined) return false;
  return canonical(a) === canonical(b);
}

function canonical(cell: Cell): string {
  if (!('kind' in cell)) return JSON.stringify(cell.value);
  const node = resolve(cell);
  if (node.kind === 'scalar') return JSON.stringify(String(node.value));
  if (node.kind === 'sequence') return `[${node.items.map(canonical).join()}]`;
  const entries = node.entries.map(({ key, value }) => `${JSON.stringify(key.text)}:${canonical(value)}`);
  return `{${entries.sort().join()}}`;
}

function matrixValue(job: Job, cell: Cell): MatrixValue {
  if (!('kind' in cell)) return cell;
  const node = resolve(cell);
  const text = node.kind === 'scalar' ? job.textOf(node) : null;
  const items = node.kind === 'sequence' ? node.items.map((item) => matrixValue(job, item)) : [];
  return { ...job.source.at(node), value: text?.value ?? (node.kind === 'scalar' ? '' : null), text, items };
}
