import type { Range } from '../yaml/tree.ts';
import type { Quoting } from './script.ts';

/** A span of a script and its context; inner spans come after the spans around them. `isCode`: comments can stand in it. */
export interface QuotingSpan extends Range {
  readonly quoting: Quoting;
  readonly isCode: boolean;
}

const CONTEXTS = [
  'bare',
  'double',
  'single',
  'ansi',
  'heredoc',
  'heredoc-quoted',
  'arithmetic',
  'test',
  'assignment',
  'comment',
  'unknown',
] as const satisfies readonly Quoting[];

/** The context of each place, from the spans. Comments are what begins with `#` between them. */
export function paint(source: string, spans: readonly QuotingSpan[]): (offset: number) => Quoting {
  const colours = new Uint8Array(source.length + 1);
  const isWord = new Uint8Array(source.length + 1);
  for (const { start, end, quoting, isCode } of spans) {
    colours.fill(CONTEXTS.indexOf(quoting), start, end);
    isWord.fill(isCode ? 0 : 1, start, end);
  }
  const comment = CONTEXTS.indexOf('comment');
  for (let at = source.indexOf('#'); at >= 0; at = source.indexOf('#', at + 1)) {
    if (isWord[at] === 1 || !/[\s;&|()`]/.test(source[at - 1] ?? '\n')) continue;
    const newline = source.indexOf('\n', at);
    const end = newline < 0 ? source.length : newline;
    colours.fill(comment, at, end);
    at = end;
  }
  return (offset) => CONTEXTS[colours[offset] ?? 0] ?? 'unknown';
}
