import { nearest } from '../spelling.ts';
import { type Entry, type MapNode, type Node, type Range, resolve, type ScalarNode } from '../yaml/tree.ts';
import { isScalarOf, type MapShape, type Schema, type Shapes, typeOfKey } from './schema.ts';

/**
 * Where a file is not what GitHub's schema asks for. `word`: what stands there; `expected`: what could; `near`: what was
 * probably meant.
 */
export interface SchemaFault {
  readonly kind:
    | 'unknown-key'
    | 'unknown-value'
    | 'wrong-kind'
    | 'missing-key'
    | 'duplicate-key'
    | 'two-of'
    | 'none-of'
    | 'expression';
  /** The smallest guilty span: a key, a scalar. */
  readonly at: Range;
  /** Keys and indices on the way; of a key that is at fault, with that key. */
  readonly path: readonly string[];
  readonly word: string;
  readonly expected: readonly string[];
  readonly near: string | null;
  /** Where several maps are possible: the key that told which it is. */
  readonly mark: string | null;
}

/** Where a check begins, and what it leaves out. */
interface Bounds {
  /** Keys on the way to the node. */
  readonly path?: readonly string[];
  /** The key that holds the node. */
  readonly key?: Range | null;
  /** Paths that are not looked at; a path must not be kept. */
  readonly isLeft?: (path: readonly string[]) => boolean;
}

/** Compares a node with a type of a schema, as far as it goes: a fault never hides the ones beside or behind it. */
export function schemaFaults(
  schema: Schema,
  type: string,
  node: Node,
  { path = [], key = null, isLeft = () => false }: Bounds = {},
): readonly SchemaFault[] {
  const check = new Check(schema, path, isLeft);
  check.visit(node, type, key, false);
  return check.faults;
}

/** One walk. The path is one array that grows and shrinks: a workflow has a thousand nodes and mostly no fault. */
class Check {
  readonly faults: SchemaFault[] = [];
  readonly #schema: Schema;
  readonly #path: string[];
  readonly #isLeft: (path: readonly string[]) => boolean;

  constructor(schema: Schema, path: readonly string[], isLeft: (path: readonly string[]) => boolean) {
    this.#schema = schema;
    this.#path = [...path];
    this.#isLeft = isLeft;
  }

  /** `key`: what holds the node, to point at where the node is no good place. `isOpen`: expressions are allowed around it. */
  visit(given: Node, type: string, key: Range | null, isOpen: boolean): void {
    if (this.#isLeft(this.#path)) return;
    const node = resolve(given);
    const shapes = this.#schema.shapes(type);
    const open = isOpen || shapes.isOpen;
    if (node.kind === 'scalar') this.#scalar(node, shapes, node.isEmpty ? (key ?? node) : node, open);
    else if (node.kind === 'sequence') this.#sequence(node.items, shapes, key ?? node, open);
    else if (shapes.maps.length === 0) this.#say('wrong-kind', key ?? node, 'a map', kindsOf(shapes));
    else this.#map(node, shapes.maps, key && key !== given ? key : (node.entries[0]?.key ?? node), open);
  }

  #scalar(node: ScalarNode, shapes: Shapes, at: Range, isOpen: boolean): void {
    const word = node.text;
    if (word.includes('${{')) {
      if (!isOpen) this.#say('expression', at, word);
      return;
    }
    if (isScalarOf(shapes, node)) return;
    const isText = shapes.scalars.has('string') || shapes.scalars.has('filled');
    const isNothing = node.value === null;
    if (shapes.values.length > 0 && !isText && !isNothing) {
      this.#say('unknown-value', at, word, shapes.values, nearest(word, shapes.values));
    } else this.#say('wrong-kind', at, isNothing || isText ? 'nothing' : wordsFor(node), kindsOf(shapes));
  }

  #sequence(items: readonly Node[], shapes: Shapes, at: Range, isOpen: boolean): void {
    if (shapes.list === null) {
      this.#say('wrong-kind', at, 'a list', kindsOf(shapes));
      return;
    }
    for (const [index, item] of items.entries()) this.#inside(String(index), item, shapes.list, item, isOpen);
  }

  #inside(name: string, node: Node, type: string, key: Range, isOpen: boolean): void {
    this.#path.push(name);
    this.visit(node, type, key, isOpen);
    this.#path.pop();
  }

  #map(node: MapNode, shapes: readonly MapShape[], head: Range, isOpen: boolean): void {
    const entries = this.#entries(node, isOpen);
    const shape = shapes.length === 1 ? (shapes[0] ?? null) : this.#chosen(entries, shapes, head);
    const slips = new Set<string | null>();
    for (const { key, value } of entries) {
      const type = shape ? (typeOfKey(shape, key.text) ?? shape.others) : typeAmong(shapes, key.text);
      if (type !== null) this.#inside(key.text, value, type, key, isOpen);
      else slips.add(this.#unknownKey(key, node, shape, shapes));
    }
    // What an expression inserts is not known; `run-on:` is one mistake, not two.
    if (!shape || node.entries.some(isInserted)) return;
    for (const needed of shape.needed) {
      if (!node.entry(needed) && !slips.has(needed)) this.#say('missing-key', head, needed, [needed]);
    }
  }

  /** The entries that GitHub reads: those left out that an expression inserts, and keys that stand there already, as case does not count. */
  #entries(node: MapNode, isOpen: boolean): readonly Entry[] {
    const seen = new Map<string, string>();
    return node.entries.filter((entry) => {
      const { key } = entry;
      if (isInserted(entry)) {
        if (!isOpen) this.#say('expression', key, key.text);
        return false;
      }
      const upper = key.text.toUpperCase();
      const earlier = seen.get(upper);
      if (earlier === undefined) seen.set(upper, key.text);
      else this.#sayKey('duplicate-key', key, [earlier]);
      return earlier === undefined;
    });
  }

  /** Which of several maps it is: the one whose own key it has. Null where that can't be told. */
  #chosen(entries: readonly Entry[], shapes: readonly MapShape[], head: Range): MapShape | null {
    const marks = new Map(shapes.flatMap((shape) => shape.needed.slice(0, 1).map((key) => [key, shape] as const)));
    const [one, two] = entries.filter(({ key }) => marks.has(key.text));
    if (one && two) {
      this.#say('two-of', two.key, two.key.text, [one.key.text, two.key.text]);
      return null;
    }
    if (one) return marks.get(one.key.text) ?? null;
    const isSlip = entries.some(({ key }) => typeAmong(shapes, key.text) === null && nearest(key.text, marks.keys()));
    if (!isSlip) this.#say('none-of', head, '', [...marks.keys()]);
    return null;
  }

  /** Returns what was probably meant. A key of another of the maps is no slip. */
  #unknownKey(key: ScalarNode, node: MapNode, shape: MapShape | null, shapes: readonly MapShape[]): string | null {
    const known = (shape ? [shape] : shapes).flatMap((one) => [...one.keys.keys()]);
    const isElsewhere = shape !== null && typeAmong(shapes, key.text) !== null;
    const free = isElsewhere ? [] : new Set(known.filter((name) => !node.entry(name)));
    const near = nearest(key.text, free);
    this.#sayKey('unknown-key', key, known, near, shape && shapes.length > 1 ? (shape.needed[0] ?? null) : null);
    return near;
  }

  #sayKey(
    kind: 'unknown-key' | 'duplicate-key',
    key: ScalarNode,
    expected: readonly string[],
    near: string | null = null,
    mark: string | null = null,
  ): void {
    this.#path.push(key.text);
    if (!this.#isLeft(this.#path)) this.#say(kind, key, key.text, expected, near, mark);
    this.#path.pop();
  }

  #say(
    kind: SchemaFault['kind'],
    at: Range,
    word: string,
    expected: readonly string[] = [],
    near: string | null = null,
    mark: string | null = null,
  ): void {
    const clipped = word.length > 60 ? `${word.slice(0, 59)}…` : word;
    this.faults.push({ kind, at, path: [...this.#path], word: clipped, expected, near, mark });
  }
}

/** `${{ insert }}: …`, which GitHub expands where expressions are allowed. */
function isInserted({ key }: Entry): boolean {
  return key.text.includes('${{');
}

function typeAmong(shapes: readonly MapShape[], key: string): string | null {
  for (const shape of shapes) {
    const type = typeOfKey(shape, key);
    if (type !== null) return type;
  }
  return null;
}

/** What a value may be, in words. */
function kindsOf({ scalars, values, list, maps }: Shapes): readonly string[] {
  return [
    ...(scalars.has('string') || scalars.has('filled') ? ['text'] : []),
    ...(scalars.has('boolean') ? ['`true` or `false`'] : []),
    ...(scalars.has('number') ? ['a number'] : []),
    ...(values.length > 4 ? ['text'] : values.map((value) => `\`${value}\``)),
    ...(list === null ? [] : ['a list']),
    ...(maps.length > 0 ? ['a map'] : []),
    ...(scalars.has('null') ? ['nothing'] : []),
  ];
}

/** `'30'` is text where a number is asked for, and looks like one. */
function wordsFor({ text, value }: ScalarNode): string {
  const shown = text.length > 40 ? `${text.slice(0, 39)}…` : text;
  return `${typeof value === 'string' ? 'the text' : `the ${typeof value}`} \`${shown}\``;
}
