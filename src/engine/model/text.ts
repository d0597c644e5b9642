import { findExpressions } from '../expression/parse.ts';
import { replaceInScalar } from '../yaml/edit.ts';
import type { ScalarNode } from '../yaml/tree.ts';
import type { Owner } from './element.ts';
import { Expression } from './expression.ts';
import type { Located, LocatedText, SourceEdit, SourceFile } from './source.ts';

/** Where a text stands: `with.script` of a step has the key `with` and the name `script`; a direct value has the name ''. */
export interface Site {
  readonly owner: Owner;
  readonly key: string;
  readonly name: string;
}

/** A scalar of a workflow or action, with its expressions. Its span includes quotes, and a block's `|`. */
export class Text implements LocatedText {
  readonly node: ScalarNode;
  readonly site: Site;
  #expressions: readonly Expression[] | undefined;

  constructor(node: ScalarNode, site: Site) {
    this.node = node;
    this.site = site;
  }

  get source(): SourceFile {
    return this.site.owner.source;
  }

  get start(): number {
    return this.node.start;
  }

  get end(): number {
    return this.node.end;
  }

  /** Decoded: quotes, escapes, folds and indentation taken away. */
  get value(): string {
    return this.node.text;
  }

  /** In the order of the text. A bare `if:` is one expression as a whole. */
  get expressions(): readonly Expression[] {
    this.#expressions ??= this.#find();
    return this.#expressions;
  }

  /** No expression: the value is what is written. */
  get isLiteral(): boolean {
    return this.expressions.length === 0;
  }

  /** The only expression, when the text is nothing else (`ref: ${{ … }}`). */
  get expression(): Expression | null {
    const [only, second] = this.expressions;
    if (!only || second) return null;
    const around = this.value.slice(0, only.from) + this.value.slice(only.to);
    return around.trim() === '' ? only : null;
  }

  /** The span of a decoded span; the whole scalar where it is not written as such. */
  span(from: number, to: number): Located {
    return this.source.at(this.node.rangeOf(from, to) ?? this.node);
  }

  /** Replaces a decoded span, escaped as the scalar's style asks; null where the style can't hold it. */
  replace(from: number, to: number, text: string): SourceEdit | null {
    return this.source.edit(replaceInScalar(this.node, from, to, text));
  }

  #find(): readonly Expression[] {
    const { value } = this;
    const found = value.includes('${{') ? findExpressions(value) : [];
    if (found.length > 0 || this.site.key !== 'if' || value.trim() === '') {
      return found.map((one) => new Expression(this, one.start, one.end, one.source, one.innerStart));
    }
    const from = value.length - value.trimStart().length;
    const to = value.trimEnd().length;
    return [new Expression(this, from, to, value.slice(from, to), from)];
  }
}
