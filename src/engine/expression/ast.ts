interface Ranged {
  /** Offsets into the expression's source. */
  readonly start: number;
  readonly end: number;
}

export interface Literal extends Ranged {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
}

/** One step of a path: a name in lower case (`a.B`, `a['B']` → `b`, `a[0]` → `0`), `*`, or an index that is computed. */
export type Segment = string | { readonly index: Expr };

/** `github.event.issue.title`: path[0] is the context's name. */
export interface Access extends Ranged {
  readonly kind: 'access';
  readonly path: readonly [string, ...Segment[]];
  /** The same names as written (`env` keys have case on Linux); '' where the index is computed. */
  readonly written: readonly string[];
}

/** A path behind something that is no context: `fromJSON(x).y`, `(a || b).title`. */
interface Property extends Ranged {
  readonly kind: 'property';
  readonly of: Expr;
  readonly path: readonly Segment[];
}

export interface Call extends Ranged {
  readonly kind: 'call';
  /** In lower case. */
  readonly name: string;
  readonly args: readonly Expr[];
}

interface Unary extends Ranged {
  readonly kind: 'unary';
  readonly operator: '!';
  readonly operand: Expr;
}

export interface Binary extends Ranged {
  readonly kind: 'binary';
  readonly operator: '==' | '!=' | '<' | '<=' | '>' | '>=';
  readonly left: Expr;
  readonly right: Expr;
}

export interface Logical extends Ranged {
  readonly kind: 'logical';
  readonly operator: '&&' | '||';
  /** Two or more. */
  readonly operands: readonly Expr[];
}

interface Group extends Ranged {
  readonly kind: 'group';
  readonly inner: Expr;
}

export type Expr = Literal | Access | Property | Call | Unary | Binary | Logical | Group;
