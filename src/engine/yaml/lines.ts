import type { Position } from '../finding.ts';

/** Offsets (UTF-16 indices from 0) to lines and columns (both from 1) of one text, and back. Only `\n` ends a line. */
export class Lines {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
    this.#length = text.length;
  }

  /** The position of an offset; offsets outside the text are moved to its nearest end. */
  position(offset: number): Position {
    const at = Math.min(Math.max(offset, 0), this.#length);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (this.#starts[low] ?? 0) + 1 };
  }

  /** The offset of a position; a line or column outside the text is moved to the nearest one inside. */
  offset({ line, column }: Position): number {
    if (line > this.#starts.length) return this.#length;
    const start = this.#starts[Math.max(line, 1) - 1] ?? 0;
    const next = this.#starts[Math.max(line, 1)] ?? this.#length + 1;
    return Math.max(start, Math.min(start + column - 1, next - 1, this.#length));
  }
}
