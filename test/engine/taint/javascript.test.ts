import { describe, expect, test } from '@jest/globals';
import { literalsAt } from '../../../src/engine/taint/javascript.ts';

/** Protects fixes in github-script: in the wrong kind of literal `process.env.X` would be text, or break the script. */
describe('the literal around a place', () => {
  test.each([
    ['const a = X;', 'code'],
    ["const a = 'X';", "'"],
    ['const a = "X";', '"'],
    ['const a = `X`;', '`'],
    ['const a = `${X}`;', 'code'],
    ['const a = `${"X"}`;', '"'],
    ["const a = `${{ b: { c: 'y' } }} X`;", '`'],
    ["// it's\nX", 'code'],
    ["// it's X", '//'],
    ["/* it's\n X */", '/*'],
    ["'it\\'s X'", "'"],
    ['"it\'s X"', '"'],
  ])('%j is %s', (code, quote) => {
    expect(literalsAt(code, [code.indexOf('X')])?.map((literal) => literal.quote)).toEqual([quote]);
  });

  test.each([["const a = 'X\n';"], ['const a = /[\'"]/; X'], ["X 'open"], ['`X'], ['/* X']])(
    '%j is not guessed',
    (code) => {
      expect(literalsAt(code, [code.indexOf('X')])).toBeNull();
    },
  );

  test('several places', () => {
    expect(literalsAt("a 'b' `c`", [0, 3, 7])?.map(({ quote, start }) => [quote, start])).toEqual([
      ['code', 0],
      ["'", 2],
      ['`', 6],
    ]);
  });
});
