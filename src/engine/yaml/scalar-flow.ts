import type { Pieces, ScalarToken } from './scalar-map.ts';

/** YAML 1.2.2's escapes of one letter (section 5.7). */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);
const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t';
}

/** Length of the line break at `at`: 0, 1 or 2. */
function lineBreak(text: string, at: number): number {
  if (text[at] === '\n') return 1;
  return text[at] === '\r' && text[at + 1] === '\n' ? 2 : 0;
}

/** Decodes a plain scalar's lines into `pieces`. */
export function decodePlain(pieces: Pieces, token: ScalarToken): void {
  foldLines(
    token.source,
    (start, end) => pieces.put(token.source.slice(start, end), token.at + start),
    pieces,
    token.at,
  );
}

/** Decodes a single-quoted scalar into `pieces`. */
export function decodeSingle(pieces: Pieces, token: ScalarToken): void {
  const source = token.source.slice(1, -1);
  const at = token.at + 1;
  const put = (start: number, end: number): void => {
    let from = start;
    for (let quote = source.indexOf("''", from); quote >= 0 && quote < end; quote = source.indexOf("''", from)) {
      pieces.put(source.slice(from, quote), at + from);
      pieces.put("'", at + quote, 'escape', at + quote + 2);
      from = quote + 2;
    }
    pieces.put(source.slice(from, end), at + from);
  };
  foldLines(source, put, pieces, at);
}

/** Line folding of plain and single-quoted scalars: a break is a space, further empty lines are breaks, blanks around are dropped. */
function foldLines(source: string, put: (start: number, end: number) => void, pieces: Pieces, at: number): void {
  let line = 0;
  let breaks = 0;
  let breakAt = 0;
  for (;;) {
    const newline = source.indexOf('\n', line);
    const isLast = newline < 0;
    let start = line;
    let end = isLast ? source.length : newline;
    if (!isLast && source[end - 1] === '\r' && end > start) end--;
    if (line > 0) while (start < end && isBlank(source[start])) start++;
    if (!isLast) while (end > start && isBlank(source[end - 1])) end--;
    const isEmpty = start === end && line > 0 && !isLast;
    if (!isEmpty) {
      if (line > 0) pieces.put(breaks === 1 ? ' ' : '\n'.repeat(breaks - 1), at + breakAt, 'fold', at + start);
      put(start, end);
      breaks = 0;
    }
    if (isLast) return;
    if (breaks === 0) breakAt = newline;
    breaks++;
    line = newline + 1;
  }
}

/** Decodes a double-quoted scalar into `pieces`. */
export function decodeDouble(pieces: Pieces, { source, at }: ScalarToken): void {
  const end = source.length - 1;
  let run = 1;
  let i = 1;
  const flush = (to: number): void => {
    if (to > run) pieces.put(source.slice(run, to), at + run);
  };
  while (i < end) {
    const char = source[i];
    let next = i + 1;
    if (char === '\\') {
      flush(i);
      next = decodeEscape(pieces, source, at, i);
    } else if (isBlank(char) || char === '\n' || char === '\r') {
      let text = i;
      while (isBlank(source[text])) text++;
      const hasBreak = lineBreak(source, text) > 0;
      next = hasBreak ? foldBreaks(pieces, source, at, text, () => flush(i)) : Math.max(text, next);
      if (!hasBreak) {
        i = next;
        continue;
      }
    } else {
      i = next;
      continue;
    }
    run = next;
    i = next;
  }
  flush(end);
}

/** A folded line break of a double-quoted scalar at `from`; answers where the text goes on. */
function foldBreaks(pieces: Pieces, source: string, at: number, from: number, flush: () => void): number {
  flush();
  let breaks = 0;
  let i = from;
  for (;;) {
    const length = lineBreak(source, i);
    if (length > 0) breaks++;
    else if (!isBlank(source[i])) break;
    i += length || 1;
  }
  pieces.put(breaks === 1 ? ' ' : '\n'.repeat(breaks - 1), at + from, 'fold', at + i);
  return i;
}

/** An escape at `from` (its backslash); answers where the text goes on. */
function decodeEscape(pieces: Pieces, source: string, at: number, from: number): number {
  const letter = source[from + 1] ?? '';
  const broken = lineBreak(source, from + 1);
  if (broken > 0) {
    let i = from + 1 + broken;
    while (isBlank(source[i])) i++;
    return i;
  }
  const digits = HEX_DIGITS.get(letter);
  const end = from + 2 + (digits ?? 0);
  const text = digits === undefined ? ESCAPES.get(letter) : codePoint(source.slice(from + 2, end));
  pieces.put(text ?? source.slice(from, end), at + from, 'escape', at + end);
  return end;
}

function codePoint(hex: string): string | undefined {
  const code = Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
