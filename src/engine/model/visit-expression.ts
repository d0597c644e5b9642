import type { Access, Call, Expr } from '../expression/parse.ts';

/** The expressions directly inside one. */
function inside(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'literal':
      return [];
    case 'access':
      return indexes(expr.path);
    case 'property':
      return [expr.of, ...indexes(expr.path)];
    case 'call':
      return expr.args;
    case 'unary':
      return [expr.operand];
    case 'binary':
      return [expr.left, expr.right];
    case 'logical':
      return expr.operands;
    case 'group':
      return [expr.inner];
  }
}

function indexes(path: Access['path'] | readonly (string | { readonly index: Expr })[]): readonly Expr[] {
  return path.flatMap((segment) => (typeof segment === 'string' ? [] : [segment.index]));
}

/** An expression and all expressions in it. */
export function parts(expr: Expr): readonly Expr[] {
  const all: Expr[] = [];
  const open: Expr[] = [expr];
  for (let next = open.pop(); next; next = open.pop()) {
    all.push(next);
    open.push(...inside(next));
  }
  return all;
}

/** All function calls of an expression. */
export function calls(expr: Expr): readonly Call[] {
  return parts(expr).filter((part) => part.kind === 'call');
}

/** All context accesses of an expression: `github.actor`, `secrets.X`. */
export function accesses(expr: Expr): readonly Access[] {
  return parts(expr).filter((part) => part.kind === 'access');
}

/** `github.event.issue.title` of an access, lower case; `*` for a filter and for an index that is computed. */
export function pathOf(access: Access): string {
  return access.path.map((segment) => (typeof segment === 'string' ? segment : '*')).join('.');
}
