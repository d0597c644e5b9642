import type { ScalarEvent } from 'js-yaml';
import type { Comment } from './parse.ts';

/** Behind white space, line breaks and comments. */
export function skipGap(text: string, from: number): number {
  for (let at = from; ; ) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 10 || code === 13 || code === 9) at += 1;
    else if (code !== 35) return at;
    else {
      const line = text.indexOf('\n', at);
      at = line < 0 ? text.length : line;
    }
  }
}

/** Behind blanks of the same line. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at;
}

/** The end of a block scalar as `yaml` counts it where the last line breaks are not kept: without blank lines that follow. */
export function writtenBlockEnd(text: string, { valueStart, valueEnd, indent }: ScalarEvent): number {
  // `end` stays behind the line break of the last line that counts.
  for (let end = valueEnd; ; ) {
    if (end <= valueStart) return end === valueEnd ? end : valueStart + (text[valueStart] === '\r' ? 2 : 1);
    let last = end - 1;
    if (text[last] !== '\n') return end;
    last -= text[last - 1] === '\r' ? 2 : 1;
    let at = last;
    while (at >= valueStart && text[at] === ' ') at -= 1;
    const isBlank = (at < valueStart || text[at] === '\n') && at + 1 + Math.max(indent, 0) > last;
    if (!isBlank) return end;
    end = at + 1;
  }
}

/** Finds the comments of a text whose scalars are passed by in order: a `#` at the start or behind a blank, outside of them. */
export class CommentReader {
  readonly #text: string;
  readonly #found: Comment[] = [];
  /** Behind the last scalar. */
  #from = 0;
  /** The next `#`. Looked for anew at each scalar, it would cost the rest of the text each time. */
  #next: number;

  constructor(text: string) {
    this.#text = text;
    this.#next = 0;
    this.#advance(0);
  }

  /** A scalar stands between two offsets: what is before it, behind the last one, may be comments. */
  pass(start: number, end: number): void {
    while (this.#next < start) {
      if (this.#next < this.#from) this.#advance(this.#from);
      else if (this.#isComment(this.#next)) this.#advance(this.#read(this.#next));
      else this.#advance(this.#next + 1);
    }
    this.#from = end;
  }

  /** All comments, in the order of the text. */
  rest(): readonly Comment[] {
    this.pass(this.#text.length, this.#text.length);
    return this.#found;
  }

  #advance(from: number): void {
    const next = this.#text.indexOf('#', from);
    this.#next = next < 0 ? Number.POSITIVE_INFINITY : next;
  }

  #isComment(at: number): boolean {
    const before = at === 0 ? '\n' : this.#text[at - 1];
    return before === ' ' || before === '\t' || before === '\n';
  }

  #read(start: number): number {
    const found = this.#text.indexOf('\n', start);
    const line = found < 0 ? this.#text.length : found;
    const end = this.#text[line - 1] === '\r' ? line - 1 : line;
    this.#found.push({ start, end, text: this.#text.slice(start, end) });
    return line;
  }
}
