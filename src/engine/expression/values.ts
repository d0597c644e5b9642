import type { Access, Call, Expr, Segment } from './ast.ts';

/**
 * The operands that can become the expression's value, or a part of it: `c && a || b` has a and b, `case()` its results,
 * `format`, `join`, `toJSON` and `fromJSON` what they are given. Never operands that only decide a branch, nor what is compared:
 * a comparison is a leaf as a whole. `(a || b).title` has `a.title` and `b.title`, with the ranges of a and b.
 */
export function valueLeaves(expr: Expr): readonly Expr[] {
  return leaves(expr, []);
}

/** The leaves of `expr` followed by `path`. */
function leaves(expr: Expr, path: readonly Segment[]): readonly Expr[] {
  switch (expr.kind) {
    case 'group':
      return leaves(expr.inner, path);
    case 'logical':
      // What stands before the last `&&` comes out only when it is empty, false, null or 0.
      return (expr.operator === '&&' ? expr.operands.slice(-1) : expr.operands).flatMap((operand) =>
        leaves(operand, path),
      );
    case 'property':
      return leaves(expr.of, [...expr.path, ...path]);
    case 'access':
      return [path.length === 0 ? expr : extended(expr, path)];
    case 'call':
      return callLeaves(expr, path);
    case 'literal':
    case 'unary':
    case 'binary':
      return path.length === 0 ? [expr] : [];
  }
}

function extended(access: Access, path: readonly Segment[]): Access {
  const [context, ...rest] = access.path;
  const written = path.map((segment) => (typeof segment === 'string' ? segment : ''));
  return { ...access, path: [context, ...rest, ...path], written: [...access.written, ...written] };
}

function callLeaves(call: Call, path: readonly Segment[]): readonly Expr[] {
  const { args } = call;
  switch (call.name) {
    case 'case':
      return args.filter((_, i) => i % 2 === 1 || i === args.length - 1).flatMap((result) => leaves(result, path));
    case 'fromjson':
      return args.flatMap((arg) => parsedLeaves(arg, path));
    // Their results are strings, which have no properties: `toJSON(x).y` is null.
    case 'tojson':
    case 'join':
      return path.length === 0 ? args.flatMap((arg) => leaves(arg, [])) : [];
    case 'format':
      return path.length === 0 ? usedByFormat(args).flatMap((arg) => leaves(arg, [])) : [];
    // Their results are true, false or a hash: no argument's text comes out.
    default:
      return path.length === 0 ? [call] : [];
  }
}

/** `fromJSON(toJSON(x)).y` is `x.y`; of other texts, what is behind the path is unknown and the whole text counts. */
function parsedLeaves(arg: Expr, path: readonly Segment[]): readonly Expr[] {
  let inner = arg;
  while (inner.kind === 'group') inner = inner.inner;
  if (inner.kind === 'call' && inner.name === 'tojson') return inner.args.flatMap((value) => leaves(value, path));
  return leaves(arg, []);
}

/** A format's text and the arguments that it names; all of them when the text is computed. */
function usedByFormat(args: readonly Expr[]): readonly Expr[] {
  const [format, ...values] = args;
  if (format?.kind !== 'literal') return args;
  const text = String(format.value).replaceAll('{{', '');
  return [format, ...values.filter((_, i) => new RegExp(`\\{0*${i}\\}`).test(text))];
}
