import { describe, expect, test } from '@jest/globals';
import { fold } from '../../../src/engine/expression/fold.ts';
import { ExpressionError, parseExpression } from '../../../src/engine/expression/parse.ts';

function folded(source: string): unknown {
  const expr = parseExpression(source);
  if (expr instanceof ExpressionError) throw expr;
  const result = fold(expr);
  return result.known ? result.value : 'UNKNOWN';
}

/** A job whose `if` is constantly false is skipped by all rules, so a wrong answer hides it from them. */
describe('fold follows GitHub', () => {
  test.each([
    ['true', true],
    ['null', null],
    ["'a'", 'a'],
    ['0xff', 255],
    ["'A' == 'a'", true],
    ["'a' == 'b'", false],
    ["0 == ''", true],
    ['null == false', true],
    ["null == ''", true],
    ["'1' == 1", true],
    ["'x' == 0", false],
    ["true == 'true'", false],
    ['1 < 2', true],
    ["'b' > 'A'", true],
    ["'x' >= 'X'", true],
    ["'x' < 1", false],
    ["!''", true],
    ["!'false'", false],
    ['!0', true],
    ['false && github.ref', false],
    ["'' && github.ref", ''],
    ['true || github.ref', true],
    ["'' || 'b'", 'b'],
    ["true && 'a' || 'b'", 'a'],
    ["contains('Hello', 'hell')", true],
    ['contains(fromJSON(\'["a","B"]\'), \'b\')', true],
    ["startsWith('abc', 'AB')", true],
    ["endsWith('abc', 'x')", false],
    ["format('{0}-{1}-{{}}', 'a', 1)", 'a-1-{}'],
    ["join(fromJSON('[1,2]'), '-')", '1-2'],
    ["toJSON('a')", '"a"'],
    ["fromJSON('3') == 3", true],
    ["case(false, github.ref, true, 'b', github.ref)", 'b'],
    ["case(1 == 2, 'a', 'c')", 'c'],
  ])('%s', (source, value) => {
    expect(folded(source)).toBe(value);
  });

  test.each([
    'github.ref',
    "github.ref == 'x'",
    'true && github.ref',
    'github.ref && false',
    'github.ref || true',
    '!github.ref',
    "fromJSON('[1]')",
    'fromJSON(\'{"constructor":1}\').constructor',
    "fromJSON('[')",
    "format('{1}', 'a')",
    "format('{', 'a')",
    "case('x', 'a', 'b')",
    "hashFiles('x')",
    'always()',
    'success()',
  ])('%s is unknown', (source) => {
    expect(folded(source)).toBe('UNKNOWN');
  });

  test('a text that doubles at each level is given up', () => {
    const doubled = `format('${'{0}'.repeat(100)}', `;
    expect(folded(`${doubled.repeat(8)}'${'a'.repeat(1000)}'${')'.repeat(8)}`)).toBe('UNKNOWN');
  });
});
