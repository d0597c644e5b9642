import type { Range } from '../yaml/tree.ts';

/** Longest script that is parsed, in UTF-16 units (stack.md). */
export const MAX_SCRIPT = 64 * 1024;

/** The text with each span as a run of `x` of the same length, so that offsets survive; line breaks are kept. */
export function mask(text: string, spans: readonly Range[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    parts.push(text.slice(at, start), text.slice(start, end).replace(/[^\r\n]/g, 'x'));
    at = end;
  }
  return parts.join('') + text.slice(at);
}
