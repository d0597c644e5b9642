import { type MapNode, type Node, resolve, type ScalarNode } from '../yaml/tree.ts';
import type { Job } from './job.ts';
import { mapOf, sequenceOf } from './nodes.ts';
import type { Located } from './source.ts';

/** What GitHub refuses in a matrix (`isRefused`), or what does nothing or the same twice. */
export interface MatrixFault {
  readonly at: Located;
  readonly message: string;
  readonly isRefused: boolean;
}

/** GitHub makes no more jobs of a matrix. */
const MAX_JOBS = 256;

/** Faults of a job's `strategy.matrix`, as far as it is written out. */
export function* matrixFaults(job: Job): Iterable<MatrixFault> {
  const map = mapOf(job.find('strategy', 'matrix'));
  if (!map) return;
  const axes = map.entries.filter(({ key }) => key.text !== 'include' && key.text !== 'exclude');
  for (const { key, value } of axes) {
    const items = sequenceOf(value)?.items;
    if (items?.length === 0) {
      yield {
        at: job.source.at(key),
        isRefused: true,
        message: `\`${key.text}\` has no values, so the job fails before it starts`,
      };
    }
    yield* twins(job, items ?? [], `\`${key.text}\` has the value`, 'already, so the same job runs twice');
  }
  yield* twins(job, sequenceOf(map.get('include'))?.items ?? [], 'the row', 'is there already');
  yield* uselessExcludes(job, map);
  const size = axes.reduce((product, { value }) => product * (sequenceOf(value)?.items.length ?? 1), 1);
  const key = mapOf(job.find('strategy'))?.entry('matrix')?.key;
  if (size > MAX_JOBS && key && !map.get('exclude')) {
    yield {
      at: job.source.at(key),
      isRefused: true,
      message: `${size} jobs come of the matrix, and GitHub makes ${MAX_JOBS} at most`,
    };
  }
}

/** Items that are deeply equal; `3.1` and `3.10` are the same number. */
function* twins(job: Job, items: readonly Node[], before: string, after: string): Iterable<MatrixFault> {
  const seen = new Map<string, Node>();
  for (const item of items) {
    const form = formOf(item);
    if (form === null) continue;
    const earlier = seen.get(form);
    if (!earlier) seen.set(form, item);
    else {
      const text = job.source.slice(item).slice(0, 60).replace(/\s+/g, ' ');
      const other = job.source.slice(earlier).slice(0, 60).replace(/\s+/g, ' ');
      const as = text === other ? '' : ` (\`${other}\` is the same)`;
      yield { at: job.source.at(item), isRefused: false, message: `${before} \`${text}\` ${after}${as}` };
    }
  }
}

/** Rows of `exclude` that agree with no combination. */
function* uselessExcludes(job: Job, map: MapNode): Iterable<MatrixFault> {
  const axes = new Map(map.entries.map(({ key, value }) => [key.text.toLowerCase(), value]));
  axes.delete('include');
  axes.delete('exclude');
  const rows = sequenceOf(map.get('exclude'))?.items ?? [];
  for (const item of rows.slice(0, MAX_JOBS)) {
    for (const { key, value } of mapOf(item)?.entries ?? []) {
      if (key.text.includes('${{')) continue;
      const axis = axes.get(key.text.toLowerCase());
      if (!axis) {
        yield {
          at: job.source.at(key),
          isRefused: true,
          message: `\`exclude\` names \`${key.text}\`, which the matrix does not have`,
        };
        continue;
      }
      const values = sequenceOf(axis)?.items;
      if (
        !values ||
        values.length > MAX_JOBS ||
        formOf(value) === null ||
        values.some((one) => formOf(one) === null || agrees(one, value))
      )
        continue;
      yield {
        at: job.source.at(value),
        isRefused: false,
        message: `\`exclude\` takes nothing away: \`${key.text}\` never has this value`,
      };
    }
  }
}

/** A node as text that is the same for equal ones; null where an expression decides. */
function formOf(node: Node): string | null {
  const found = resolve(node);
  if (found.kind === 'scalar') {
    return found.text.includes('${{') ? null : JSON.stringify([typeof found.value, String(found.value)]);
  }
  const items =
    found.kind === 'map'
      ? found.entries.map(({ key, value }) => [key.text.toLowerCase(), formOf(value)] as const)
      : found.items.map((item, at) => [String(at), formOf(item)] as const);
  if (items.some(([key, form]) => form === null || key.includes('${{'))) return null;
  return `${found.kind}${JSON.stringify(found.kind === 'map' ? [...items].sort() : items)}`;
}

/** Whether a value has all that a pattern asks for; GitHub compares scalars loosely. */
function agrees(value: Node, pattern: Node): boolean {
  const [one, other] = [resolve(value), resolve(pattern)];
  if (one.kind === 'scalar') return other.kind === 'scalar' && loose(one) === loose(other);
  if (one.kind === 'sequence') {
    return (
      other.kind === 'sequence' &&
      one.items.length === other.items.length &&
      one.items.every((item, at) => agrees(item, other.items[at] ?? item))
    );
  }
  return (
    other.kind === 'map' &&
    other.entries.every((entry) => {
      const mine = one.get(entry.key.text);
      return mine !== undefined && agrees(mine, entry.value);
    })
  );
}

function loose({ value }: ScalarNode): string {
  return value === null ? '' : String(value).toLowerCase();
}
