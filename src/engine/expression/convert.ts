import type { Lexer, Expr as LibraryExpr } from '@actions/expressions';
import type {
  Binary,
  ContextAccess,
  ExprVisitor,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Unary,
} from '@actions/expressions/ast';
import type { Expr, Binary as OurBinary, Segment } from './ast.ts';

type Token = ReturnType<Lexer['lex']>['tokens'][number];

/** Half-open offsets of one token. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** The parser's own limit (50) does not count comparisons (`1==1==1…`); whoever walks the tree recurses on them. */
const MAX_DEPTH = 100;

export class TooDeep extends Error {}

/** Where each token is. The lexer's columns are wrong behind a string of several lines; the lexemes are exact. */
export function located(source: string, tokens: readonly Token[]): readonly Place[] {
  let at = 0;
  return tokens.map(({ lexeme }) => {
    while (at < source.length && ' \t\r\n'.includes(source.charAt(at))) at++;
    const start = at;
    at += lexeme.length;
    return { start, end: at };
  });
}

/** The library's tree as ours. Throws `TooDeep`. */
export function convert(root: LibraryExpr, tokens: readonly Token[], places: readonly Place[]): Expr {
  return root.accept(new Converter(tokens, places)).expr;
}

/** An expression and the tokens that it spans, both inclusive: that is how what has no range of its own gets one. */
interface Spanned {
  readonly expr: Expr;
  readonly first: number;
  readonly last: number;
}

class Converter implements ExprVisitor<Spanned> {
  readonly #tokens: readonly Token[];
  readonly #places: readonly Place[];
  readonly #index: ReadonlyMap<Token, number>;
  #depth = 0;

  constructor(tokens: readonly Token[], places: readonly Place[]) {
    this.#tokens = tokens;
    this.#places = places;
    this.#index = new Map(tokens.map((token, index) => [token, index]));
  }

  visitLiteral(literal: Literal): Spanned {
    const at = this.#indexOf(literal.token);
    return this.#spanned(at, at, (range) => ({ kind: 'literal', value: this.#value(literal), ...range }));
  }

  visitUnary(unary: Unary): Spanned {
    const operand = this.#visit(unary.expr);
    const at = this.#indexOf(unary.operator);
    return this.#spanned(at, operand.last, (range) => ({
      kind: 'unary',
      operator: '!',
      operand: operand.expr,
      ...range,
    }));
  }

  visitBinary(binary: Binary): Spanned {
    const left = this.#visit(binary.left);
    const right = this.#visit(binary.right);
    const operator = binary.operator.lexeme as OurBinary['operator'];
    return this.#spanned(left.first, right.last, (range) => ({
      kind: 'binary',
      operator,
      left: left.expr,
      right: right.expr,
      ...range,
    }));
  }

  visitLogical(logical: Logical): Spanned {
    const operands = logical.args.map((arg) => this.#visit(arg));
    const operator = logical.operator.lexeme as '&&' | '||';
    return this.#spanned(operands[0]?.first ?? 0, operands.at(-1)?.last ?? 0, (range) => ({
      kind: 'logical',
      operator,
      operands: operands.map(({ expr }) => expr),
      ...range,
    }));
  }

  visitGrouping(grouping: Grouping): Spanned {
    const inner = this.#visit(grouping.group);
    return this.#spanned(inner.first - 1, inner.last + 1, (range) => ({ kind: 'group', inner: inner.expr, ...range }));
  }

  visitContextAccess(access: ContextAccess): Spanned {
    const at = this.#indexOf(access.name);
    const name = access.name.lexeme;
    return this.#spanned(at, at, (range) => ({
      kind: 'access',
      path: [name.toLowerCase()],
      written: [name],
      ...range,
    }));
  }

  visitIndexAccess(access: IndexAccess): Spanned {
    const of = this.#visit(access.expr);
    const isDot = this.#tokens[of.last + 1]?.lexeme === '.';
    const isStar = this.#tokens[of.last + 2]?.lexeme === '*';
    const index = isStar ? null : this.#visit(access.index);
    const last = isDot ? of.last + 2 : (index?.last ?? of.last + 2) + 1;
    const name = index === null ? '*' : nameOf(index.expr);
    const segment: Segment = index !== null && name === null ? { index: index.expr } : (name ?? '').toLowerCase();
    return this.#spanned(of.first, last, (range) => step(of.expr, segment, name ?? '', range));
  }

  visitFunctionCall(call: FunctionCall): Spanned {
    const at = this.#indexOf(call.functionName);
    const args = call.args.map((arg) => this.#visit(arg));
    let last = (args.at(-1)?.last ?? at + 1) + 1;
    // The grammar lets a comma stand behind the last argument.
    if (this.#tokens[last]?.lexeme === ',') last++;
    const name = call.functionName.lexeme.toLowerCase();
    return this.#spanned(at, last, (range) => ({ kind: 'call', name, args: args.map(({ expr }) => expr), ...range }));
  }

  #visit(expr: LibraryExpr): Spanned {
    if (this.#depth >= MAX_DEPTH) throw new TooDeep();
    this.#depth++;
    const spanned = expr.accept(this);
    this.#depth--;
    return spanned;
  }

  /** The library takes only the first `''` of a string for a quote. */
  #value({ literal, token }: Literal): string | number | boolean | null {
    if (token.lexeme.startsWith("'")) return token.lexeme.slice(1, -1).replaceAll("''", "'");
    return 'value' in literal
      ? literal.value
      : literal.primitive && token.lexeme !== 'null'
        ? literal.coerceString()
        : null;
  }

  #indexOf(token: Token): number {
    return this.#index.get(token) ?? 0;
  }

  #spanned(first: number, last: number, make: (range: Place) => Expr): Spanned {
    return { first, last, expr: make({ start: this.#places[first]?.start ?? 0, end: this.#places[last]?.end ?? 0 }) };
  }
}

/** A constant index as a name: `['title']`, `[0]`, and the name behind a dot; null when it is computed. */
function nameOf(index: Expr): string | null {
  if (index.kind !== 'literal') return null;
  return typeof index.value === 'string' || typeof index.value === 'number' ? String(index.value) : null;
}

/** One step further on a path; parentheses around a path change nothing. */
function step(of: Expr, segment: Segment, written: string, range: Place): Expr {
  let base = of;
  while (base.kind === 'group') base = base.inner;
  if (base.kind === 'access') {
    return { ...base, path: [...base.path, segment], written: [...base.written, written], ...range };
  }
  if (base.kind === 'property') return { ...base, path: [...base.path, segment], ...range };
  return { kind: 'property', of, path: [segment], ...range };
}
