import { expect, test } from '@jest/globals';
import { givenTexts } from '../../../src/engine/model/given-texts.ts';
import { jobOf, written } from '../given.ts';

/** Protects what a step's texts come to together: a branch must not hide in a row of a matrix, nor a commit be called one. */

function given(matrix: string, first: string, second: string) {
  const [step] = jobOf(
    `on: push\nenv:\n  SET: octo/env\n  OPEN: \${{ vars.X }}\njobs:\n  a:\n    strategy:\n      matrix: ${matrix}\n    runs-on: x\n    steps:\n      - uses: octo/tool@v1\n        with: { a: "${first}", b: "${second}" }\n`,
  ).steps;
  return step ? givenTexts(step, [step.with('a'), step.with('b')]) : [];
}

test.each([
  ['{ x: [1, 2], y: [3] }', '${{ matrix.x }}', '${{ matrix.y }}', ['1 3', '2 3']],
  ['{ x: [1, 2], y: [3, 4] }', 'v${{ matrix.x }}', 'main', ['v1 main', 'v2 main']],
  ['{ include: [{ x: a, y: b }, { x: c }] }', '${{ matrix.x }}', '${{ matrix.y }}', ['a b', 'c ']],
  ['{ t: [{ x: a, y: b }] }', '${{ matrix.t.x }}/${{ matrix.t.y }}', '', ['a/b ']],
  ['{ x: [1] }', '${{ env.SET }}', '${{ env.OPEN }}', ['octo/env ${{ env.OPEN }}']],
  ['{ x: [1] }', '${{ github.sha }}', '${{ matrix.x || 2 }}', ['${{ github.sha }} ${{ matrix.x || 2 }}']],
  ['"${{ fromJSON(vars.M) }}"', '${{ matrix.x }}', 'main', ['${{ matrix.x }} main']],
])('%s: %s and %s come to %j', (matrix, first, second, expected) => {
  const rows = given(matrix, first, second).map((row) => row.map((one) => one?.value ?? '').join(' '));
  expect(rows).toEqual(expected);
});

test('what is a matrix value stands where that does', () => {
  const [[first, second] = []] = given('{ x: [here] }', '${{ matrix.x }}', 'v${{ matrix.x }}');
  expect([written(first), written(second)]).toEqual(['here', '"v${{ matrix.x }}"']);
});
