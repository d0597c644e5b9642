import { type Folded, fold } from '../expression/fold.ts';
import { type Expr, ExpressionError, parseExpression } from '../expression/parse.ts';
import { valueLeaves } from '../expression/values.ts';
import type { Owner } from './element.ts';
import type { Located, LocatedText, SourceFile } from './source.ts';
import type { Site, Text } from './text.ts';

/** One `${{ … }}`, or a bare `if:`. Its span includes the braces. */
export class Expression implements LocatedText {
  readonly text: Text;
  /** Decoded offsets in the text, braces included. */
  readonly from: number;
  readonly to: number;
  /** What is between the braces, as written. */
  readonly code: string;
  readonly #inner: number;
  #parsed: Expr | ExpressionError | undefined;

  constructor(text: Text, from: number, to: number, code: string, inner: number) {
    this.text = text;
    this.from = from;
    this.to = to;
    this.code = code;
    this.#inner = inner;
  }

  get source(): SourceFile {
    return this.text.source;
  }

  get start(): number {
    return this.text.span(this.from, this.to).start;
  }

  get end(): number {
    return this.text.span(this.from, this.to).end;
  }

  /** What is between the braces, trimmed. */
  get value(): string {
    return this.code.trim();
  }

  get site(): Site {
    return this.text.site;
  }

  get owner(): Owner {
    return this.text.site.owner;
  }

  /** Its tree; null when GitHub refuses it. */
  get tree(): Expr | null {
    const parsed = this.#parse();
    return parsed instanceof ExpressionError ? null : parsed;
  }

  /** Why GitHub refuses it; null when it doesn't. */
  get error(): string | null {
    const parsed = this.#parse();
    return parsed instanceof ExpressionError ? parsed.message : null;
  }

  /** Where GitHub stops reading it; the whole expression where it doesn't, or at its end. */
  get errorAt(): Located {
    const parsed = this.#parse();
    const from = parsed instanceof ExpressionError ? parsed.at : this.code.length;
    const rest = /^\s*('[^']*'?|"[^"]*"?|[\w.-]+|\S)/.exec(this.code.slice(from));
    if (!rest) return this;
    const end = this.#inner + from + rest[0].length;
    return this.text.span(end - (rest[1] ?? '').length, end);
  }

  /** The operands that can become its value; never those that only decide a branch. */
  get leaves(): readonly Expr[] {
    const { tree } = this;
    return tree ? valueLeaves(tree) : [];
  }

  /** Its constant value, where nothing but its text decides it. */
  get folded(): Folded {
    const { tree } = this;
    return tree ? fold(tree) : { known: false };
  }

  /** The span of a part of its tree. */
  at(part: Expr): Located {
    return this.text.span(this.#inner + part.start, this.#inner + part.end);
  }

  #parse(): Expr | ExpressionError {
    this.#parsed ??= parseExpression(this.code);
    return this.#parsed;
  }
}
