import { type Folded, fold } from '../expression/fold.ts';
import type { Expr, Literal } from '../expression/parse.ts';

/** What is taken for granted of a part of an expression; undefined: nothing. */
export type Assume = (part: Expr) => Folded | undefined;

/** Whether an expression is true or false under assumptions; null when they don't decide it. */
export function decide(expr: Expr, assume: Assume): boolean | null {
  const assumed = assume(expr);
  if (assumed?.known) return isTruthy(assumed.value);
  if (expr.kind === 'group') return decide(expr.inner, assume);
  if (expr.kind === 'unary') return not(decide(expr.operand, assume));
  if (expr.kind === 'logical') return logical(expr.operator, expr.operands, assume);
  if (expr.kind === 'call' && expr.name === 'contains') {
    const listed = isListed(expr.args, assume);
    if (listed !== null) return listed;
  }
  const folded = fold(substitute(expr, assume));
  return folded.known ? isTruthy(folded.value) : null;
}

function logical(operator: '&&' | '||', operands: readonly Expr[], assume: Assume): boolean | null {
  const parts = operands.map((operand) => decide(operand, assume));
  const decisive = operator === '||';
  if (parts.includes(decisive)) return decisive;
  return parts.includes(null) ? null : !decisive;
}

/** `contains(fromJSON('["a", "b"]'), x)` with x known. */
function isListed([list, item]: readonly Expr[], assume: Assume): boolean | null {
  const source = list?.kind === 'call' && list.name === 'fromjson' ? list.args[0] : undefined;
  if (source?.kind !== 'literal' || typeof source.value !== 'string' || !item) return null;
  const values = jsonList(source.value);
  const wanted = knownValue(item, assume);
  if (!values || !wanted.known) return null;
  const of = (value: Literal['value']): Literal => ({ kind: 'literal', value, start: 0, end: 0 });
  return values.some((value) => {
    const same = fold({ kind: 'binary', operator: '==', left: of(value), right: of(wanted.value), start: 0, end: 0 });
    return same.known && same.value === true;
  });
}

/** The scalars of a JSON list; null when it is none, or holds more than scalars. */
export function jsonList(text: string): readonly Literal['value'][] | null {
  try {
    const values: unknown = JSON.parse(text);
    if (!Array.isArray(values)) return null;
    return values.every((value) => value === null || ['string', 'number', 'boolean'].includes(typeof value))
      ? values
      : null;
  } catch {
    return null;
  }
}

/** An expression's value under assumptions, where they and its text decide it. */
export function knownValue(expr: Expr, assume: Assume): Folded {
  return assume(expr) ?? fold(substitute(expr, assume));
}

/** The same expression with what is assumed written in as literals. */
function substitute(expr: Expr, assume: Assume): Expr {
  const assumed = assume(expr);
  if (assumed?.known) return { kind: 'literal', value: assumed.value, start: expr.start, end: expr.end };
  switch (expr.kind) {
    case 'group':
      return { ...expr, inner: substitute(expr.inner, assume) };
    case 'unary':
      return { ...expr, operand: substitute(expr.operand, assume) };
    case 'binary':
      return { ...expr, left: substitute(expr.left, assume), right: substitute(expr.right, assume) };
    case 'logical':
      return { ...expr, operands: expr.operands.map((operand) => substitute(operand, assume)) };
    case 'call':
      return { ...expr, args: expr.args.map((arg) => substitute(arg, assume)) };
    default:
      return expr;
  }
}

function not(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

/** GitHub's truth: false, 0, NaN, '' and null are false. */
function isTruthy(value: Literal['value']): boolean {
  return Boolean(value);
}
