import { coreValue, type Plain } from './core-schema.ts';
import { ScalarMap, type ScalarToken } from './scalar-map.ts';

export { Unreadable } from './unreadable.ts';

/** A half-open span of UTF-16 offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export type Node = ScalarNode | MapNode | SequenceNode | AliasNode;

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** An explicit tag of the core schema (`!!str`). */
export type ScalarTag = 'str' | 'int' | 'float' | 'bool' | 'null';

/** One key of a map and its value; `value` may be an alias. */
export interface Entry {
  readonly key: ScalarNode;
  readonly value: Node;
}

/** What a front-end knows of a scalar. */
export interface ScalarParts extends Range {
  readonly style: ScalarStyle;
  readonly anchor: string | null;
  /** The decoded text. */
  readonly text: string;
  /** The explicit tag's core type, which overrides what the text looks like; null when there is none. */
  readonly tag: ScalarTag | null;
  /** How the source spells it; null when the value is not written at all (`key:`). */
  readonly token: ScalarToken | null;
}

/** A scalar. `start` and `end` span what is written: with quotes, and for a block from its `|` or `>`. */
export class ScalarNode implements Range {
  readonly kind = 'scalar';
  readonly start: number;
  readonly end: number;
  readonly anchor: string | null;
  readonly style: ScalarStyle;
  /** Decoded: quotes, escapes, folds and indentation taken away. */
  readonly text: string;
  readonly #parts: ScalarParts;
  #map: ScalarMap | null | undefined;

  constructor(parts: ScalarParts) {
    this.start = parts.start;
    this.end = parts.end;
    this.anchor = parts.anchor;
    this.style = parts.style;
    this.text = parts.text;
    this.#parts = parts;
  }

  /** What it means in YAML 1.2's core schema: `on`, `yes` and `no` are strings, `~` and nothing are null. */
  get value(): Plain {
    return coreValue(this.text, this.style === 'plain', this.#parts.tag);
  }

  /** Nothing is written where the value would be. */
  get isEmpty(): boolean {
    return this.#parts.token === null;
  }

  /** How the source spells it, for edits; null when empty. */
  get token(): ScalarToken | null {
    return this.#parts.token;
  }

  /** The source offset of a decoded offset; null where the character is not written as such (a folded line break) or unknown. */
  offsetOf(decoded: number): number | null {
    return this.#mapping()?.offsetOf(decoded) ?? null;
  }

  /** The source span of a decoded span; null when one of its ends is not written as such. Folds inside the span are fine. */
  rangeOf(decodedStart: number, decodedEnd: number): Range | null {
    return this.#mapping()?.rangeOf(decodedStart, decodedEnd) ?? null;
  }

  #mapping(): ScalarMap | null {
    if (this.#map === undefined) {
      const token = this.#parts.token;
      this.#map = token === null ? null : ScalarMap.of(token, this.text);
    }
    return this.#map;
  }
}

/** So many entries are looked through faster than an index is made. */
const FEW = 8;

/** A mapping, in the order of the source, without duplicate keys. A block's `start` is its first key's, its `end` its last value's. */
export class MapNode implements Range {
  readonly kind = 'map';
  readonly start: number;
  readonly end: number;
  readonly anchor: string | null;
  readonly flow: boolean;
  readonly entries: readonly Entry[];
  #byKey: Map<string, Entry> | undefined;

  constructor(
    parts: Range & { readonly anchor: string | null; readonly flow: boolean; readonly entries: readonly Entry[] },
  ) {
    this.start = parts.start;
    this.end = parts.end;
    this.anchor = parts.anchor;
    this.flow = parts.flow;
    this.entries = parts.entries;
  }

  /** The value of a key, compared with case; maybe an alias, see `resolve`. */
  get(key: string): Node | undefined {
    return this.entry(key)?.value;
  }

  entry(key: string): Entry | undefined {
    if (this.entries.length <= FEW) return this.entries.find((entry) => entry.key.text === key);
    // A Map, not an object: keys are chosen by the attacker (`__proto__`).
    this.#byKey ??= new Map(this.entries.map((entry) => [entry.key.text, entry]));
    return this.#byKey.get(key);
  }
}

/** A sequence. A block's `start` is its first `-`. */
export class SequenceNode implements Range {
  readonly kind = 'sequence';
  readonly start: number;
  readonly end: number;
  readonly anchor: string | null;
  readonly flow: boolean;
  readonly items: readonly Node[];

  constructor(
    parts: Range & { readonly anchor: string | null; readonly flow: boolean; readonly items: readonly Node[] },
  ) {
    this.start = parts.start;
    this.end = parts.end;
    this.anchor = parts.anchor;
    this.flow = parts.flow;
    this.items = parts.items;
  }
}

/** An alias (`*name`). Its target was complete before it, so there are no cycles; but targets may share targets, so walk with a budget. */
export class AliasNode implements Range {
  readonly kind = 'alias';
  readonly start: number;
  readonly end: number;
  readonly anchor = null;
  readonly name: string;
  readonly target: Exclude<Node, AliasNode>;

  constructor(parts: Range & { readonly name: string; readonly target: Exclude<Node, AliasNode> }) {
    this.start = parts.start;
    this.end = parts.end;
    this.name = parts.name;
    this.target = parts.target;
  }
}

/** The node behind an alias; every other node is itself. */
export function resolve(node: Node): Exclude<Node, AliasNode> {
  return node.kind === 'alias' ? node.target : node;
}
