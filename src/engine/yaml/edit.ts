import { indentOf, isLineRest, lineBreakOf, lineEnd, lineStart, nextLine, stepOf } from './layout.ts';
import type { Entry, MapNode, Node, Range } from './tree.ts';

export { replaceInScalar } from './scalar-edit.ts';

/** Replaces `[start, end)` of a text. Offsets of the text before any edit. */
export interface TextEdit extends Range {
  readonly text: string;
}

/** Applies edits of one text at once. Throws `RangeError` when two overlap or one lies outside. Two insertions at one place keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.order - b.order);
  const parts: string[] = [];
  let at = 0;
  for (const { edit } of sorted) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length) {
      throw new RangeError(`edit of ${edit.start}–${edit.end} overlaps another one or lies outside`);
    }
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return parts.join('') + text.slice(at);
}

/** Replaces a span by a text as it is to be written. */
export function replaceRange(range: Range, text: string): TextEdit {
  return { start: range.start, end: range.end, text };
}

/**
 * Adds `key: value` behind a map's last entry. `value` is YAML as written; with several lines it starts with `\n` and is indented
 * as if the key stood in column 0. Null where it can't be done without touching other text.
 */
export function insertEntry(text: string, map: MapNode, key: string, value: string): TextEdit | null {
  if (map.flow) return insertInFlow(map, key, value);
  const indent = indentOf(text, map);
  const last = map.entries.at(-1);
  if (indent === null || last === undefined) return null;
  const line = written(text, indent, key, value);
  const end = Math.max(last.value.end, last.key.end);
  // Behind a block scalar we are at the start of a line already.
  if (end > 0 && text[end - 1] === '\n') return { start: end, end, text: line + lineBreakOf(text) };
  const at = endOfEntry(text, last);
  return at === null ? null : { start: at, end: at, text: lineBreakOf(text) + line };
}

/** Adds `key: value` before the entry `before`, above the comments that belong to it. Null when there is no such entry, or as above. */
export function insertEntryBefore(
  text: string,
  map: MapNode,
  before: string,
  key: string,
  value: string,
): TextEdit | null {
  const index = map.entries.findIndex((entry) => entry.key.text === before);
  const entry = map.entries[index];
  if (entry === undefined) return null;
  if (map.flow) {
    const pair = flowPair(key, value);
    return pair === null || entry.key.anchor !== null
      ? null
      : { start: entry.key.start, end: entry.key.start, text: `${pair}, ` };
  }
  const indent = indentOf(text, map);
  const start = lineStart(text, entry.key.start);
  const prefix = text.slice(start, entry.key.start);
  if (indent === null || entry.key.anchor !== null) return null;
  const line = written(text, indent, key, value);
  if (!/^ *$/.test(prefix)) {
    if (index > 0) return null;
    return {
      start: entry.key.start,
      end: entry.key.start,
      text: line.trimStart() + lineBreakOf(text) + ' '.repeat(indent),
    };
  }
  const at = aboveComments(text, start, indent, map.entries[index - 1]);
  return { start: at, end: at, text: line + lineBreakOf(text) };
}

/**
 * Makes the entry at `path` hold `value`, creating the maps on the way: `ensureEntry(text, step, ['with', 'persist-credentials'],
 * 'false')`. Null when something that is no map is in the way, when it is shared by an alias, or where there is no safe place.
 */
export function ensureEntry(text: string, map: MapNode, path: readonly string[], value: string): TextEdit | null {
  const [key, ...rest] = path;
  if (key === undefined) return null;
  const entry = map.entry(key);
  const step = stepOf(text, map);
  if (entry === undefined)
    return insertEntry(text, map, key, map.flow ? flowMap(rest, value) : blockMap(rest, value, step));
  const held = entry.value;
  if (rest.length > 0 && held.kind === 'map') return ensureEntry(text, held, rest, value);
  if (held.kind !== 'scalar' || held.style === 'literal' || held.style === 'folded') return null;
  if (!held.isEmpty) {
    if (rest.length > 0 && held.value !== null) return null;
    return replaceRange(held, map.flow || rest.length > 0 ? flowMap(rest, value) : value);
  }
  if (held.anchor !== null || text[entry.key.end] !== ':') return null;
  if (map.flow || rest.length === 0)
    return { start: entry.key.end + 1, end: entry.key.end + 1, text: ` ${flowMap(rest, value)}` };
  const indent = indentOf(text, map);
  const at = endOfEntry(text, entry);
  if (indent === null || at === null) return null;
  const lines = written(text, indent, '', blockMap(rest, value, step)).slice(indent + 1);
  return { start: at, end: at, text: lines };
}

/** Adds ` # comment` behind a node, before a comment that stands there already. Null when other text follows on its line. */
export function appendComment(text: string, node: Node, comment: string): TextEdit | null {
  if (/[\r\n]/.test(comment) || !isLineRest(text, node.end) || node.start === node.end) return null;
  if (node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded')) return null;
  return { start: node.end, end: node.end, text: ` # ${comment}` };
}

/** Takes an entry away with its lines. Null for the only entry of a map, and where it can't be done without touching other text. */
export function removeEntry(text: string, map: MapNode, key: string): TextEdit | null {
  const index = map.entries.findIndex((entry) => entry.key.text === key);
  const entry = map.entries[index];
  if (entry === undefined || map.entries.length === 1 || entry.key.anchor !== null) return null;
  const next = map.entries[index + 1];
  const previous = map.entries[index - 1];
  const end = Math.max(entry.value.end, entry.key.end);
  if (map.flow)
    return next
      ? { start: entry.key.start, end: next.key.start, text: '' }
      : { start: previous?.value.end ?? end, end, text: '' };
  if (indentOf(text, map) === null) return null;
  const start = lineStart(text, entry.key.start);
  if (!/^ *$/.test(text.slice(start, entry.key.start))) {
    return next && next.key.anchor === null ? { start: entry.key.start, end: next.key.start, text: '' } : null;
  }
  if (text[end - 1] === '\n') return { start, end, text: '' };
  const behind = endOfEntry(text, entry);
  return behind === null ? null : { start, end: nextLine(text, behind), text: '' };
}

/** The end of the line on which an entry ends; null when something else than a comment follows there. */
function endOfEntry(text: string, { key, value }: Entry): number | null {
  const end = Math.max(value.end, text[key.end] === ':' ? key.end + 1 : key.end);
  return isLineRest(text, end) ? lineEnd(text, end) : null;
}

/** Where a line goes that is inserted before the entry at `start`: above its comments, but below the file's own heading. */
function aboveComments(text: string, start: number, indent: number, previous: Entry | undefined): number {
  let at = start;
  while (at > (previous?.value.end ?? 0)) {
    const above = lineStart(text, at - 1);
    if (text.slice(above, at).search(/\S/) !== indent || text[above + indent] !== '#') break;
    at = above;
  }
  return at <= (previous?.value.end ?? 1) ? start : at;
}

/** `key: value` on lines of its own, without the last line break. */
function written(text: string, indent: number, key: string, value: string): string {
  const margin = ' '.repeat(indent);
  const lines = `${key}:${value.startsWith('\n') ? '' : ' '}${value}`.split('\n');
  return lines.map((line) => margin + line).join(lineBreakOf(text));
}

/** Maps nested in one another, from the second line on. */
function blockMap(path: readonly string[], value: string, step: number): string {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const margin = ' '.repeat(step);
  const inner = blockMap(rest, value, step);
  return `\n${margin}${key}:${inner.startsWith('\n') ? inner.replaceAll('\n', `\n${margin}`) : ` ${inner}`}`;
}

function flowMap(path: readonly string[], value: string): string {
  const [key, ...rest] = path;
  return key === undefined ? value : `{ ${key}: ${flowMap(rest, value)} }`;
}

/** `key: value` inside braces, quoted where the braces' own characters would be read. Null for several lines. */
function flowPair(key: string, value: string): string | null {
  if (value.includes('\n')) return null;
  const isSafe = /^(?:'.*'|".*"|\{.*\}|\[.*\])$/.test(value) || !/[,[\]{}#]|: /.test(value);
  return `${key}: ${isSafe ? value : `'${value.replaceAll("'", "''")}'`}`;
}

function insertInFlow(map: MapNode, key: string, value: string): TextEdit | null {
  const pair = flowPair(key, value);
  if (pair === null) return null;
  const last = map.entries.at(-1);
  const at = last === undefined ? map.start + 1 : Math.max(last.value.end, last.key.end);
  return { start: at, end: at, text: last === undefined ? pair : `, ${pair}` };
}
