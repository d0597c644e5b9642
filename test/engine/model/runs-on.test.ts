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
  ['codebuild-x-${{ github.run_id }}', '', [['codebuild-x-${{ github.run_id }}']], 'managed'],
  ['[ "codebuild-x-${{ github.run_id }}", "image:linux-5.0" ]', '', undefined, 'managed'],
  ['our-${{ github.run_id }}', '', [], 'unknown'],
  ['${{ github.ref }}-x', '', [], 'unknown'],
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
    "${{ github.actor == 'octo' && 'self-hosted' || 'ubuntu-latest' }}",
    '',
    [['self-hosted'], ['ubuntu-latest']],
    'self-hosted',
  ],
  ["${{ github.event_name == 'push' && 'ubuntu-latest' || 'self-hosted' }}", '', [['ubuntu-latest']], 'hosted'],
  ["${{ github.event_name != 'push' && 'ubuntu-latest' || 'self-hosted' }}", '', [['self-hosted']], 'self-hosted'],
  ["${{ github.actor == 'octo' && 'macos-15' || 'ubuntu-latest' }}", '', [['macos-15'], ['ubuntu-latest']], 'unknown'],
  ["${{ case(github.event_name == 'push', 'ubuntu-latest', 'lab') }}", '', [['ubuntu-latest']], 'hosted'],
  ["${{ case(github.actor == 'a', 'ubuntu-latest', 'lab') }}", '', [['ubuntu-latest'], ['lab']], 'unknown'],
  ["${{ format('{0}-latest', 'ubuntu') }}", '', [['ubuntu-latest']], 'hosted'],
  ["${{ format('self-hosted-{0}', github.run_id) }}", '', [], 'unknown'],
  [
    `\${{ fromJSON(github.actor == 'a' && '["ubuntu-latest"]' || '["self-hosted","lab"]') }}`,
    '',
    [['ubuntu-latest'], ['self-hosted', 'lab']],
    'self-hosted',
  ],
  [`\${{ fromJSON('{"group":"x"}') }}`, '', [], 'unknown'],
  [`\${{ fromJSON('"macos-15"') }}`, '', [['macos-15']], 'hosted'],
  ["${{ matrix.os || 'lab' }}", '{ os: [macos-15], include: [{ x: 1 }] }', [['macos-15'], ['lab']], 'unknown'],
  ["${{ github.event_name == 'pull_request' && 'lab' || matrix.os }}", '{ os: [macos-15] }', [['macos-15']], 'hosted'],
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

test.each([
  ["github.event_name == 'push' && 'self-hosted' || 'ubuntu-latest'", [['ubuntu-latest']]],
  ["github.event.pull_request.head.repo.full_name == github.repository && 'lab' || 'macos-15'", [['macos-15']]],
  ["github.actor == 'octo' && 'lab' || 'macos-15'", [['lab'], ['macos-15']]],
])('outsiders who start it get, of %s, %j', (code, expected) => {
  const { runsOn, reach } = jobOf(
    `on: [push, pull_request]\njobs:\n  a:\n    runs-on: \${{ ${code} }}\n    steps: []\n`,
  );
  expect(runsOn?.of(reach.outsiders).alternatives.map((set) => set.map(({ value }) => value))).toEqual(expected);
});

describe('an input', () => {
  const called = (input: string, ...calls: string[]) =>
    jobOf(
      {
        '.github/workflows/a.yml': `on:\n  workflow_call:\n    inputs:\n      os: ${input}\njobs:\n  a:\n    runs-on: \${{ inputs.os }}\n    steps: []\n`,
        ...Object.fromEntries(
          calls.map((given, index) => [
            `.github/workflows/caller${index}.yml`,
            `on: push\njobs:\n  a:\n    uses: ./.github/workflows/a.yml\n    with: ${given}\n`,
          ]),
        ),
      },
      'a',
      '.github/workflows/a.yml',
    ).runsOn;
  test.each([
    [
      '{ type: string }',
      ['{ os: ubuntu-latest }', '{ os: self-hosted }'],
      ['ubuntu-latest', 'self-hosted'],
      'self-hosted',
    ],
    ['{ type: string, default: windows-latest }', ['{ x: 1 }'], ['windows-latest'], 'hosted'],
    ['{ type: string, default: windows-latest }', [], ['windows-latest'], 'unknown'],
    ['{ type: string }', ['{ os: "${{ vars.OS }}" }'], [], 'unknown'],
  ])('%s given %j', (input, calls, expected, kind) => {
    const runsOn = called(input, ...calls);
    expect([runsOn?.alternatives.flat().map(({ value }) => value), runsOn?.kind]).toEqual([expected, kind]);
  });

  test('a choice of the dispatcher', () => {
    const { runsOn } = jobOf(
      'on:\n  push:\n  workflow_dispatch:\n    inputs:\n      os: { type: choice, options: [ubuntu-latest, self-hosted] }\njobs:\n  a:\n    runs-on: ${{ inputs.os }}\n',
    );
    expect([runsOn?.kind, runsOn?.isDynamic]).toEqual(['self-hosted', false]);
  });
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
