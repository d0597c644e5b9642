import type { Entry, Node, ScalarNode, ScalarStyle } from './tree.ts';

/** The ids of js-yaml's events (its enum is no value of ours). */
export const DOCUMENT = 1;
export const SEQUENCE = 2;
export const SCALAR = 4;
export const ALIAS = 5;
export const POP = 6;
export const FLOW = 2;
export const KEEP = 3;

/** By js-yaml's numbers of styles. */
export const STYLES: readonly ScalarStyle[] = ['plain', 'plain', 'single', 'double', 'literal', 'folded'];

/** A collection that is being read. */
export interface Open {
  readonly isMap: boolean;
  readonly flow: boolean;
  readonly start: number;
  readonly anchor: string | null;
  readonly sizeBefore: number;
  readonly entries: Entry[];
  readonly items: Node[];
  readonly keys: Set<string>;
  key: ScalarNode | null;
}

/** Something that our tree has no place for, or that only `yaml` is trusted to judge. */
export class Unusual extends Error {}
