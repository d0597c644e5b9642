import { describe, expect, test } from '@jest/globals';
import { type Expr, ExpressionError, findExpressions, parseExpression } from '../../../src/engine/expression/parse.ts';

function parsed(source: string): Expr {
  const expr = parseExpression(source);
  if (expr instanceof ExpressionError) throw expr;
  return expr;
}

/** All expressions of a tree. */
function* all(expr: Expr): Generator<Expr> {
  yield expr;
  if (expr.kind === 'call') for (const arg of expr.args) yield* all(arg);
  if (expr.kind === 'logical') for (const operand of expr.operands) yield* all(operand);
  if (expr.kind === 'binary') for (const side of [expr.left, expr.right]) yield* all(side);
  if (expr.kind === 'unary') yield* all(expr.operand);
  if (expr.kind === 'group') yield* all(expr.inner);
  if (expr.kind === 'property') yield* all(expr.of);
}

describe('findExpressions', () => {
  test.each([
    ['none here }}', []],
    ['a ${{ b }} c ${{d}}', [' b ', 'd']],
    ["${{ 'a }} b' }}", [" 'a }} b' "]],
    ["${{ 'it''s }}' }}x", [" 'it''s }}' "]],
    ['${{ a }} ${{ b', [' a ']],
    ["${{ 'open }} ${{ b }}", []],
    ['${{}}', ['']],
    ['${{ {} }}', [' {} ']],
    ['${{ a\n}}', [' a\n']],
    ['$${{ a }}', [' a ']],
  ])('%j', (text, sources) => {
    const found = findExpressions(text);
    expect(found.map(({ source }) => source)).toEqual(sources);
    for (const { start, end, source, innerStart } of found) {
      expect(text.slice(start, end)).toBe(`\${{${source}}}`);
      expect(text.slice(innerStart, innerStart + source.length)).toBe(source);
    }
  });
});

describe('paths are one pattern however they are written', () => {
  test.each([
    ['github.event.issue.title', ['github', 'event', 'issue', 'title']],
    ["GitHub['Event'].Issue['TITLE']", ['github', 'event', 'issue', 'title']],
    ['github.event.commits[0].message', ['github', 'event', 'commits', '0', 'message']],
    ['github.event.commits.*.message', ['github', 'event', 'commits', '*', 'message']],
    ['github.event.commits[*].message', ['github', 'event', 'commits', '*', 'message']],
    ['(github.event).issue.title', ['github', 'event', 'issue', 'title']],
    ["github['it''s ''quoted''']", ['github', "it's 'quoted'"]],
    ['github . event', ['github', 'event']],
  ])('%s', (source, path) => {
    expect(parsed(source)).toMatchObject({ kind: 'access', path, start: 0, end: source.length });
  });

  test('names keep their spelling beside', () => {
    expect(parsed("env.Foo['BAR']")).toMatchObject({ path: ['env', 'foo', 'bar'], written: ['env', 'Foo', 'BAR'] });
  });

  test('a computed index is an expression', () => {
    expect(parsed('github.event[matrix.f].x')).toMatchObject({
      path: ['github', 'event', { index: { kind: 'access', path: ['matrix', 'f'], start: 13, end: 21 } }, 'x'],
      written: ['github', 'event', '', 'x'],
    });
  });

  test('what is no context has properties', () => {
    expect(parsed('fromJSON(a)'.replace('a', 'inputs.a').concat('.x[0]'))).toMatchObject({
      kind: 'property',
      of: { kind: 'call', name: 'fromjson' },
      path: ['x', '0'],
    });
  });
});

describe('ranges are exact', () => {
  test.each([
    "github.actor == 'x' && (github.ref || 'a''b') || !inputs.flag",
    "contains('a', github.ref , ) || github.ref",
    "format( 'a {0} b' , github.ref , ( 1 ) )",
    "contains('a\nb\nc', github.ref) && fromJSON(toJSON(github))['a'].b[*]",
    "case( true , 'a', github.x == 1 , github.y, ((null)) )",
    'hashFiles( ) || success( )'.replace('hashFiles( )', "hashFiles('a')"),
    "\n  github.event\n   . issue\n  ['title'] ",
    '-1.5e3 == +2 && 0xff != Infinity',
  ])('%j', (source) => {
    for (const expr of all(parsed(source))) {
      const again = parsed(source.slice(expr.start, expr.end));
      const strip = (one: Expr): string =>
        JSON.stringify(one, (key, value) => (key === 'start' || key === 'end' ? undefined : value));
      expect(strip(again)).toBe(strip(expr));
    }
  });
});

describe('what GitHub refuses is an error with its place', () => {
  test.each([
    ['', 0],
    ['  ', 0],
    ['foo.bar', 0],
    ['github.', 6],
    ['github.ref ==', undefined],
    ['frob(github)', 0],
    ['constructor()', 0],
    ['true && __proto__(1)', 8],
    ["'open", 0],
    ['github.ref = 1', 11],
    ['"double"', 0],
    ["contains('a')", 0],
    ["case(true, 'a')", 0],
    ['github.ref github.ref', 11],
    ['(((github.ref)', undefined],
    ["'x\ny' ==\n  frob.x", 11],
    ['a'.repeat(21_001), 0],
    [`${'('.repeat(200)}1${')'.repeat(200)}`, undefined],
    [`1${'==1'.repeat(5000)}`, 0],
    [`${'!'.repeat(10_000)}true`, undefined],
    ['github[github'.repeat(1000), undefined],
  ])('%j', (source, at) => {
    const error = parseExpression(source);
    expect(error).toBeInstanceOf(ExpressionError);
    if (at !== undefined) expect(error).toMatchObject({ at });
    expect((error as ExpressionError).message.length).toBeLessThan(150);
  });
});
