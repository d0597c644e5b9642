import type { Fix } from '../engine/finding.ts';
import { Lines } from '../engine/yaml/lines.ts';
import type { Hunk } from './diff.ts';
import { isPlainLines } from './untrusted.ts';

/** Whole lines of the head, from 1, both ends included, and what replaces them: what GitHub can commit from a comment. */
export interface Suggestion {
  readonly first: number;
  readonly last: number;
  /** With their line breaks; empty: the lines go away. */
  readonly text: string;
}

/** More than a person reviews in a comment; larger fixes are offered elsewhere. */
const MOST_LINES = 20;
/** GitHub refuses a comment of more than 65,536 characters, and with it the whole review. */
const MOST_UNITS = 10_000;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** An edit by offsets. */
interface Change extends Span {
  readonly text: string;
}

/**
 * A fix as whole lines of one hunk of the head of `path`; null where it cannot be that byte for byte, changes nothing, or
 * holds what a comment must not show.
 */
export function suggestionOf(fix: Fix, path: string, head: string, hunks: readonly Hunk[]): Suggestion | null {
  if (fix.edits.length === 0 || fix.edits.some((edit) => edit.path !== path)) return null;
  const lines = new Lines(head);
  const spans = fix.edits
    .map((edit) => ({ start: lines.offset(edit.start), end: lines.offset(edit.end), text: edit.text }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  if (spans.some((span, index) => span.start < (spans[index - 1]?.end ?? 0))) return null;
  const region = wholeLines(head, spans);
  const text = replaced(head, region, spans);
  const old = head.slice(region.start, region.end);
  if (
    text.length > MOST_UNITS ||
    text === old ||
    !endsLine(old) ||
    !(text === '' || endsLine(text)) ||
    !isPlainLines(text)
  )
    return null;
  const first = lines.position(region.start).line;
  const last = lines.position(region.end - 1).line;
  if (last - first >= MOST_LINES || text.split('\n').length > MOST_LINES + 1) return null;
  return hunks.some((hunk) => hunk.first <= first && last <= hunk.last) ? { first, last, text } : null;
}

/** The lines that the edits touch; an insertion behind the last line break belongs to the last line. */
function wholeLines(head: string, changes: readonly Change[]): Span {
  const from = Math.min(...changes.map((change) => change.start));
  const to = Math.max(...changes.map((change) => change.end));
  const start = lineStart(head, from === head.length ? from - 1 : from);
  if (to > start && head[to - 1] === '\n' && keepsLineEnd(changes, start, to)) return { start, end: to };
  const end = to === head.length ? -1 : head.indexOf('\n', to);
  return { start, end: end < 0 ? head.length : end + 1 };
}

function lineStart(head: string, offset: number): number {
  return offset <= 0 ? 0 : head.lastIndexOf('\n', offset - 1) + 1;
}

/** Edits that end behind a line break don't touch the next line, unless they take the break away or insert before that line. */
function keepsLineEnd(changes: readonly Change[], start: number, to: number): boolean {
  if (changes.some((change) => change.start === to)) return false;
  const last = changes.find((change) => change.end === to);
  return last !== undefined && (last.text === '' ? last.start === start : last.text.endsWith('\n'));
}

function replaced(head: string, { start, end }: Span, spans: readonly Change[]): string {
  let text = '';
  let from = start;
  for (const span of spans) {
    text += head.slice(from, span.start) + span.text;
    from = span.end;
  }
  return text + head.slice(from, end);
}

/** GitHub puts the lines back with their breaks: a last line without one would gain it. */
function endsLine(text: string): boolean {
  return text.endsWith('\n');
}
