import { describe, expect, test } from '@jest/globals';
import { jobOf, written } from '../given.ts';

/** Protects what is said of a job's machine: a self-hosted one must not hide behind a matrix or an expression. */

const job = (runsOn: string, matrix = '') =>
  jobOf(
    `on: push\njobs:\n  a:\n    runs-on: ${runsOn}\n${matrix && `    strategy:\n      matrix: ${matrix}\n`}    steps: []\n`,
  );
const labels = (runsOn: string, matrix = '') =>
  job(runsOn, matrix).runsOn?.alternatives.map((set) => set.map(({ value }) => value));

test.each([
  ['ubuntu-latest', '', [['ubuntu-latest']], 'hosted'],
  ['[self-hosted, linux, gpu]', '', [['self-hosted', 'linux', 'gpu']], 'self-hosted'],
  ['[linux, Self-Hosted]', '', [['linux', 'Self-Hosted']], 'self-hosted'],
  ['{ labels: ubuntu-latest }', '', [['ubuntu-latest']], 'hosted'],
  ['{ group: big, labels: [linux-x] }', '', [['linux-x']], 'unknown'],
  ['{ group: big }', '', [], 'unknown'],
  ['our-own-label', '', [['our-own-label']], 'unknown'],
  ['codebuild-x-${{ github.run_id }}', '', [], 'unknown'],
  ['[codebuild-x, image]', '', [['codebuild-x', 'image']], 'managed'],
  ['${{ matrix.os }}', '{ os: [ubuntu-latest, windows-latest] }', [['ubuntu-latest'], ['windows-latest']], 'hosted'],
  [
    '${{ matrix.os }}',
    '{ os: [ubuntu-latest], include: [{ os: self-hosted }] }',
    [['ubuntu-latest'], ['self-hosted']],
    'self-hosted',
  ],
  [
    '${{ matrix.os }}',
    '{ os: [ubuntu-latest, self-hosted], exclude: [{ os: self-hosted }] }',
    [['ubuntu-latest']],
    'hosted',
  ],
  ['${{ matrix.os }}', '{ os: [[self-hosted, gpu], ubuntu-latest] }', undefined, 'self-hosted'],
  ['${{ matrix.t.os }}', '{ t: [{ os: self-hosted }] }', [['self-hosted']], 'self-hosted'],
  ['${{ matrix.OS }}', '{ os: [ubuntu-latest] }', [['ubuntu-latest']], 'hosted'],
  ['${{ matrix.os }}', '{ os: "${{ fromJSON(needs.x.outputs.y) }}" }', [], 'unknown'],
  [
    '${{ matrix.os }}',
    `{ os: "\${{ fromJSON('[\\"self-hosted\\", \\"ubuntu-latest\\"]') }}" }`,
    [['self-hosted'], ['ubuntu-latest']],
    'self-hosted',
  ],
  ['${{ matrix.os }}', '"${{ fromJSON(x) }}"', [], 'unknown'],
  [`\${{ fromJSON('["self-hosted", "gpu"]') }}`, '', [['self-hosted', 'gpu']], 'self-hosted'],
  [
    "${{ github.event_name == 'push' && 'self-hosted' || 'ubuntu-latest' }}",
    '',
    [['self-hosted'], ['ubuntu-latest']],
    'self-hosted',
  ],
  ["${{ inputs.os || 'ubuntu-latest' }}", '', [['ubuntu-latest']], 'unknown'],
  [
    '["${{ matrix.os }}", gpu]',
    '{ os: [self-hosted, x] }',
    [
      ['self-hosted', 'gpu'],
      ['x', 'gpu'],
    ],
    'self-hosted',
  ],
])('%s with %s', (runsOn, matrix, sets, kind) => {
  if (sets) expect(labels(runsOn, matrix)).toEqual(sets);
  expect(job(runsOn, matrix).runsOn?.kind).toBe(kind);
});

test('a label stands where it is written', () => {
  const { runsOn } = job('${{ matrix.os }}', '{ os: [ubuntu-latest, "self-hosted"] }');
  expect(runsOn?.labels.map(written).sort()).toEqual(['"self-hosted"', 'ubuntu-latest']);
});

describe('the matrix', () => {
  const values = (matrix: string, ...path: string[]) => {
    const found = job('x', matrix).matrix?.values(path);
    return [found?.values.map(({ value }) => value), found?.isComplete];
  };
  test.each([
    ['{ a: [1, 2], b: [x] }', ['a'], ['1', '2'], true],
    ['{ a: [1, 2], include: [{ a: 3 }] }', ['a'], ['1', '2', '3'], true],
    ['{ a: [1, 2], include: [{ a: 1, b: x }] }', ['b'], ['x'], true],
    ['{ include: [{ a: 1 }, { a: 2 }] }', ['a'], ['1', '2'], true],
    ['{ a: [1, 2], b: [x, y], exclude: [{ a: 1, b: x }, { a: 1, b: y }] }', ['a'], ['2'], true],
    ['{ a: [{ b: { c: d } }] }', ['a', 'b', 'c'], ['d'], true],
    ['{ a: ["${{ x }}"] }', ['a'], ['${{ x }}'], true],
    ['{ a: [1], include: "${{ fromJSON(x) }}" }', ['a'], ['1'], false],
    ['{ a: [1] }', ['b'], [], true],
  ])('%s gives %j', (matrix, path, expected, isComplete) => {
    expect(values(matrix, ...path)).toEqual([expected, isComplete]);
  });

  test('a product beyond the limit keeps every value', () => {
    const axes = Array.from(
      { length: 8 },
      (_, axis) => `a${axis}: [${Array.from({ length: 10 }, (__, value) => value).join()}]`,
    );
    expect(values(`{ ${axes.join(', ')} }`, 'a7')).toEqual([['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], true]);
  });
});
