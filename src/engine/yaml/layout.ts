import type { MapNode } from './tree.ts';

/** The line break that a text uses: that of its first line. */
export function lineBreakOf(text: string): string {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}

/** Offset of the first character of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the line break that ends the line that holds `offset`, or of the text's end. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** Offset behind the line break of the line that holds `offset`. */
export function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

/** Nothing but blanks or a comment from `offset` to the end of its line. */
export function isLineRest(text: string, offset: number): boolean {
  const rest = text.slice(offset, lineEnd(text, offset));
  return (
    /^[ \t]*$/.test(rest) || /^[ \t]+#/.test(rest) || (rest.startsWith('#') && /[ \t]/.test(text[offset - 1] ?? ''))
  );
}

/** What stands before a key of a block map on its line: blanks, and dashes of sequences. */
const KEY_PREFIX = /^\ufeff?(?: *)(?:- +)*$/;

/**
 * The indentation of a block map's keys, in columns. Null when a key shares its line with something that an inserted line would
 * tear from it (an anchor, a tag, `? `).
 */
export function indentOf(text: string, map: MapNode): number | null {
  const key = map.entries[0]?.key;
  if (key === undefined || map.flow) return null;
  const prefix = text.slice(lineStart(text, key.start), key.start);
  if (!KEY_PREFIX.test(prefix)) return null;
  return prefix.length - (prefix.startsWith('\ufeff') ? 1 : 0);
}

/** Columns from a key to the keys nested in its value, as this map's neighbours do it; 2 when there is nothing to go by. */
export function stepOf(text: string, map: MapNode): number {
  const own = indentOf(text, map) ?? 0;
  for (const { value } of map.entries) {
    const nested = value.kind === 'map' ? indentOf(text, value) : null;
    if (nested !== null && nested > own) return nested - own;
  }
  return 2;
}
