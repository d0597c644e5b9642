import { decodeBlock } from './scalar-block.ts';
import { decodeDouble, decodePlain, decodeSingle } from './scalar-flow.ts';
import type { Range, ScalarStyle } from './tree.ts';

/** How the source spells a scalar. */
export interface ScalarToken {
  readonly style: ScalarStyle;
  /** As written: with quotes; for a block only the lines behind its header. */
  readonly source: string;
  /** Offset of `source` in the file. */
  readonly at: number;
  /** A block's header (`|2-`), else ''. */
  readonly header: string;
  /** A block's parent's indentation in columns (-1 at the root), else 0. */
  readonly indent: number;
}

/** Written as it reads, written as an escape, or a line break that was folded. */
type Kind = 'exact' | 'escape' | 'fold';

/** Collects decoded text piece by piece with the place in the source that it comes from. */
export class Pieces {
  readonly decoded: number[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly kinds: Kind[] = [];
  length = 0;
  readonly #texts: string[] = [];

  /** `text` is written at `start`; `end` is where its spelling ends (for exact text it follows from the length). */
  put(text: string, start: number, kind: Kind = 'exact', end: number = start + text.length): void {
    if (text === '') return;
    const last = this.kinds.length - 1;
    if (kind === 'exact' && this.kinds[last] === 'exact' && this.ends[last] === start) this.ends[last] = end;
    else {
      this.decoded.push(this.length);
      this.starts.push(start);
      this.ends.push(end);
      this.kinds.push(kind);
    }
    this.#texts.push(text);
    this.length += text.length;
  }

  get text(): string {
    return this.#texts.join('');
  }

  get endsInLineBreak(): boolean {
    return this.#texts.at(-1)?.endsWith('\n') ?? false;
  }
}

/** Decoded offsets of one scalar to source offsets. It decodes the spelling again by itself, so it can't be wrong silently. */
export class ScalarMap {
  readonly #pieces: Pieces;
  readonly #textEnd: number;

  constructor(pieces: Pieces, textEnd: number) {
    this.#pieces = pieces;
    this.#textEnd = textEnd;
  }

  /** Null when the spelling does not decode to `text`, which is what the front-end read. */
  static of(token: ScalarToken, text: string): ScalarMap | null {
    const pieces = new Pieces();
    let end = token.at + token.source.length;
    if (token.style === 'plain') decodePlain(pieces, token);
    else if (token.style === 'single' || token.style === 'double') {
      end--;
      if (token.style === 'single') decodeSingle(pieces, token);
      else decodeDouble(pieces, token);
    } else {
      decodeBlock(pieces, token);
      end = pieces.ends.at(-1) ?? end;
    }
    return pieces.text === text ? new ScalarMap(pieces, end) : null;
  }

  offsetOf(decoded: number): number | null {
    const { length, kinds, starts } = this.#pieces;
    if (decoded < 0 || decoded > length) return null;
    if (decoded === length) return this.#textEnd;
    const piece = this.#pieceAt(decoded);
    const into = decoded - (this.#pieces.decoded[piece] ?? 0);
    const start = starts[piece] ?? 0;
    if (kinds[piece] === 'exact') return start + into;
    return kinds[piece] === 'escape' && into === 0 ? start : null;
  }

  rangeOf(decodedStart: number, decodedEnd: number): Range | null {
    if (decodedEnd < decodedStart || decodedEnd > this.#pieces.length) return null;
    const start = this.offsetOf(decodedStart);
    if (start === null || decodedStart === decodedEnd) return start === null ? null : { start, end: start };
    const end = this.#endOf(decodedEnd - 1);
    return end === null ? null : { start, end };
  }

  /** Where the spelling of the decoded unit at `decoded` ends. */
  #endOf(decoded: number): number | null {
    const piece = this.#pieceAt(decoded);
    const into = decoded - (this.#pieces.decoded[piece] ?? 0);
    if (this.#pieces.kinds[piece] === 'exact') return (this.#pieces.starts[piece] ?? 0) + into + 1;
    const next = this.#pieces.decoded[piece + 1] ?? this.#pieces.length;
    return this.#pieces.kinds[piece] === 'escape' && decoded === next - 1 ? (this.#pieces.ends[piece] ?? null) : null;
  }

  #pieceAt(decoded: number): number {
    const offsets = this.#pieces.decoded;
    let low = 0;
    let high = offsets.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((offsets[middle] ?? 0) <= decoded) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
