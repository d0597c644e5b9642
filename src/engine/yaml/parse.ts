import { readEvents } from './from-events.ts';
import { readTree } from './from-yaml.ts';
import { checkText } from './limits.ts';
import { Lines } from './lines.ts';
import type { Node, Range } from './tree.ts';

/** A comment with its `#`, without the line break. */
export interface Comment extends Range {
  readonly text: string;
}

/** One file's tree. `root` is null when the file holds nothing but comments. */
export interface YamlDocument {
  readonly root: Node | null;
  /** In the order of the source. */
  readonly comments: readonly Comment[];
  readonly lines: Lines;
}

/**
 * Reads one YAML document (YAML 1.2, core schema). Throws `Unreadable` for what GitHub refuses (duplicate and merge keys,
 * undefined aliases), what two parsers may read differently, and what is too large.
 */
export function parseYaml(text: string): YamlDocument {
  checkText(text);
  const lines = new Lines(text);
  return { ...(readEvents(text) ?? readTree(text, lines)), lines };
}
