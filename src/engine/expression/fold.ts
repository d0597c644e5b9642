import { data, wellKnownFunctions } from '@actions/expressions';
import { equals, falsy, greaterThan, lessThan } from '@actions/expressions/result';
import type { Binary, Call, Expr, Logical } from './ast.ts';

type Value = data.ExpressionData;

/** An expression's constant value, when its text alone decides it. Arrays and objects (`fromJSON`) are never known as a whole. */
export type Folded =
  | { readonly known: true; readonly value: string | number | boolean | null }
  | { readonly known: false };

const UNKNOWN: Folded = { known: false };
/** Longest text of a value in between, in UTF-16 units: `format` within `format` doubles at each level. */
const MAX_TEXT = 64 * 1024;

/** Folds an expression by GitHub's semantics: `false && x` is known, `x && false` is not (it may be x's empty value). */
export function fold(expr: Expr): Folded {
  const value = evaluate(expr);
  if (value === null) return UNKNOWN;
  switch (value.kind) {
    case data.Kind.Null:
      return { known: true, value: null };
    case data.Kind.String:
    case data.Kind.Number:
    case data.Kind.Boolean:
      return { known: true, value: value.value };
    default:
      return UNKNOWN;
  }
}

/** Null when unknown. */
function evaluate(expr: Expr): Value | null {
  switch (expr.kind) {
    case 'literal':
      return literal(expr.value);
    case 'group':
      return evaluate(expr.inner);
    case 'unary': {
      const operand = evaluate(expr.operand);
      return operand && new data.BooleanData(falsy(operand));
    }
    case 'binary':
      return comparison(expr);
    case 'logical':
      return logical(expr);
    case 'call':
      return expr.name === 'case' ? choice(expr) : call(expr);
    case 'access':
    case 'property':
      return null;
  }
}

function literal(value: string | number | boolean | null): Value {
  if (value === null) return new data.Null();
  if (typeof value === 'string') return new data.StringData(value);
  return typeof value === 'number' ? new data.NumberData(value) : new data.BooleanData(value);
}

function comparison({ operator, left, right }: Binary): Value | null {
  const [a, b] = [evaluate(left), evaluate(right)];
  if (a === null || b === null) return null;
  switch (operator) {
    case '==':
      return new data.BooleanData(equals(a, b));
    case '!=':
      return new data.BooleanData(!equals(a, b));
    case '<':
      return new data.BooleanData(lessThan(a, b));
    case '<=':
      return new data.BooleanData(lessThan(a, b) || equals(a, b));
    case '>':
      return new data.BooleanData(greaterThan(a, b));
    case '>=':
      return new data.BooleanData(greaterThan(a, b) || equals(a, b));
  }
}

/** The first operand that decides; unknown as soon as one before it is unknown. */
function logical({ operator, operands }: Logical): Value | null {
  let value: Value | null = null;
  for (const operand of operands) {
    value = evaluate(operand);
    if (value === null || falsy(value) === (operator === '&&')) return value;
  }
  return value;
}

/** `case(condition, value, …, otherwise)`: conditions must be booleans, and results behind the one taken don't matter. */
function choice({ args }: Call): Value | null {
  for (let i = 0; i + 1 < args.length; i += 2) {
    const [condition, result] = [args[i], args[i + 1]];
    const decided = condition && evaluate(condition);
    if (!decided || !result || decided.kind !== data.Kind.Boolean) return null;
    if (decided.value) return evaluate(result);
  }
  const otherwise = args.at(-1);
  return otherwise ? evaluate(otherwise) : null;
}

/** A function of the language on known arguments, by the library; unknown when GitHub would fail. */
function call({ name, args }: Call): Value | null {
  // The parser lets only names of functions through, so no property of objects is found here.
  const definition: { call: (...values: Value[]) => Value } | undefined = wellKnownFunctions[name];
  if (definition === undefined) return null;
  const values: Value[] = [];
  for (const arg of args) {
    const value = evaluate(arg);
    if (value === null) return null;
    values.push(value);
  }
  try {
    const first = values[0];
    if (name === 'format' && first !== undefined && longest(first, values) > MAX_TEXT) return null;
    const result = definition.call(...values);
    return result.kind === data.Kind.String && result.value.length > MAX_TEXT ? null : result;
  } catch {
    return null;
  }
}

/** No formatted text can be longer: each `{N}` takes three characters or more. */
function longest(format: Value, values: readonly Value[]): number {
  const widest = Math.max(...values.map((value) => value.coerceString().length));
  return (format.coerceString().length / 3 + 1) * (widest + 1);
}
