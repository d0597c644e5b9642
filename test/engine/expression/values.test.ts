import { describe, expect, test } from '@jest/globals';
import { type Expr, ExpressionError, parseExpression } from '../../../src/engine/expression/parse.ts';
import { valueLeaves } from '../../../src/engine/expression/values.ts';

function name(expr: Expr): string {
  if (expr.kind === 'access')
    return expr.path.map((segment) => (typeof segment === 'string' ? segment : '?')).join('.');
  return expr.kind === 'literal' ? JSON.stringify(expr.value) : expr.kind;
}

/** A rule that counted operands that only decide would report attackers that never get a word in; one that missed a value would miss them. */
describe('valueLeaves', () => {
  test.each([
    ['github.ref', ['github.ref']],
    ["github.actor == 'x' && github.ref || 'b'", ['github.ref', '"b"']],
    ['github.a || github.b || github.c', ['github.a', 'github.b', 'github.c']],
    ['github.a && github.b && github.c', ['github.c']],
    ['(github.a || github.b)', ['github.a', 'github.b']],
    ['(github.a || github.b).title', ['github.a.title', 'github.b.title']],
    ["case(github.a == 1, github.b, github.c, 'd', github.e)", ['github.b', '"d"', 'github.e']],
    ['case(github.a == 1, github.b, github.e).x', ['github.b.x', 'github.e.x']],
    ["format('{0} {2}', github.a, github.b, github.c)", ['"{0} {2}"', 'github.a', 'github.c']],
    ["format('{{0}} {1}', github.a, github.b)", ['"{{0}} {1}"', 'github.b']],
    ['format(github.f, github.a)', ['github.f', 'github.a']],
    ['join(github.a.*.b, github.c)', ['github.a.*.b', 'github.c']],
    ['toJSON(github.event)', ['github.event']],
    ['toJSON(github.event).x', []],
    ['fromJSON(toJSON(github.event)).issue.title', ['github.event.issue.title']],
    ['fromJSON((toJSON(github.event)))[0]', ['github.event.0']],
    ['fromJSON(steps.a.outputs.b).title', ['steps.a.outputs.b']],
    ["contains(github.a, 'x')", ['call']],
    ["contains(github.a, 'x') && github.b", ['github.b']],
    ["hashFiles('x')", ['call']],
    ['!github.a', ['unary']],
    ['github.a == github.b', ['binary']],
    ["('x').y", []],
  ])('%s', (source, names) => {
    const expr = parseExpression(source);
    if (expr instanceof ExpressionError) throw expr;
    expect(valueLeaves(expr).map(name)).toEqual(names);
  });
});
