import { describe, expect, test } from '@jest/globals';
import { jobOf, modelOf, workflowOf, written } from '../given.ts';

/** Protects rules from misreading a workflow: each key in each of the forms that GitHub takes, each place as it is written. */

describe('on', () => {
  test.each([
    ['push', ['push']],
    ['[push, pull_request]', ['pull_request', 'push']],
    ['{ push: , pull_request: { types: [opened] } }', ['pull_request', 'push']],
    ['\n  push:\n    branches: [main]\n  schedule:\n    - cron: "0 0 * * *"', ['push', 'schedule']],
    ['"push"', ['push']],
  ])('%j', (on, events) => {
    const { triggers } = workflowOf(`on: ${on}\njobs: {}\n`);
    expect(triggers.events).toEqual(events);
    expect(triggers.all.map((trigger) => written(trigger)?.replaceAll('"', '')).sort()).toEqual(events);
    expect(written(triggers.key)).toBe('on');
  });

  test('quoted `on`, types and filters', () => {
    const { triggers } = workflowOf(
      '"on":\n  pull_request_target:\n    types: labeled\n    branches: [main, "v*"]\njobs: {}\n',
    );
    const trigger = triggers.get('pull_request_target');
    expect(trigger?.types).toEqual(['labeled']);
    expect(trigger?.filter('branches')?.map(({ value }) => value)).toEqual(['main', 'v*']);
    expect(trigger?.filter('tags')).toBeNull();
  });

  test('inputs, with the type that is written', () => {
    const text =
      'on:\n  workflow_call:\n    inputs:\n      Level: { type: choice, options: [a, b], default: a }\n      free: { required: true }\n      flag: { type: boolean }\n    secrets: { token: { required: true } }\njobs: {}\n';
    const trigger = workflowOf(text).triggers.get('workflow_call');
    const inputs = [...(trigger?.inputs ?? [])].map(([name, input]) => [
      name,
      input.type,
      input.options,
      input.isRequired,
      input.default?.value,
    ]);
    expect(inputs).toEqual([
      ['level', 'choice', ['a', 'b'], false, 'a'],
      ['free', 'string', [], true, undefined],
      ['flag', 'boolean', [], false, undefined],
    ]);
    expect(trigger?.secrets).toEqual(['TOKEN']);
  });
});

describe('permissions', () => {
  const token = (value: string) => workflowOf(`on: push\npermissions: ${value}\njobs: {}\n`).permissions;
  test.each([
    ['{}', 'empty', 'no', 'no'],
    ['', 'unknown', 'maybe', 'maybe'],
    ['read-all', 'read-all', 'yes', 'no'],
    ['write-all', 'write-all', 'yes', 'yes'],
    ['{ contents: read }', 'map', 'yes', 'no'],
    ['{ contents: write, issues: read }', 'map', 'yes', 'yes'],
    ['{ contents: none }', 'map', 'no', 'no'],
    ['{ contents: wirte }', 'map', 'no', 'no'],
    ['write', 'unknown', 'maybe', 'maybe'],
    ['"${{ inputs.p }}"', 'unknown', 'maybe', 'maybe'],
  ])('%j is %s', (value, kind, read, write) => {
    const permissions = token(value);
    expect(permissions?.kind).toBe(kind);
    expect([permissions?.token.grants('contents', 'read'), permissions?.token.grants('contents', 'write')]).toEqual([
      read,
      write,
    ]);
  });

  test('a scope is located with its value', () => {
    expect(
      token('\n  issues: write # why\n')?.entries.map((entry) => [
        written(entry.at),
        written(entry.key),
        entry.value.value,
      ]),
    ).toEqual([['issues: write', 'issues', 'write']]);
  });

  test('a job’s replace the workflow’s; none is unknown; hostile scopes are only names', () => {
    const job = (top: string, own: string) =>
      jobOf(`on: push\n${top}jobs:\n  a:\n    runs-on: x\n${own}    steps: []\n`);
    expect(job('permissions: write-all\n', '    permissions: { issues: read }\n').token.data).toEqual({
      kind: 'declared',
      scopes: { issues: 'read' },
    });
    expect(job('', '').token.data).toEqual({ kind: 'default' });
    expect(job('', '').grants('contents', 'write')).toBe('maybe');
    expect(job('permissions: { __proto__: write, constructor: write }\n', '').token.mayWrite).toBe(true);
    expect(job('permissions: {}\n', '').grants('constructor', 'read')).toBe('no');
  });
});

describe('expressions', () => {
  test.each([
    ['plain', 'a ${{ github.actor }} b', '${{ github.actor }}'],
    ['single quotes', "'it''s ${{ github.actor }}'", '${{ github.actor }}'],
    ['double quotes', '"\\t${{ github.actor }}"', '${{ github.actor }}'],
    ['an escape inside', '"${{ github\\x2eactor }}"', '${{ github\\x2eactor }}'],
    ['a literal block', '|\n          a\n          ${{ github.actor }}\n', '${{ github.actor }}'],
    ['a folded block', '>-\n          a\n\n          ${{ github.actor }}\n', '${{ github.actor }}'],
    ['an indented literal', '|2\n            ${{ github.actor }}\n', '${{ github.actor }}'],
    ['behind an emoji', "'😀 ${{ github.actor }}'", '${{ github.actor }}'],
  ])('%s: each is located as it is written', (_what, run, expected) => {
    const [expression] =
      jobOf(`on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: ${run}\n`).steps[0]?.expressions ?? [];
    expect(written(expression)).toBe(expected);
    expect(expression?.leaves.map((leaf) => leaf.kind)).toEqual(['access']);
  });

  test('a part of one is located too', () => {
    const [expression] =
      jobOf(
        "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n          ${{ format('{0}', github.actor) }}\n",
      ).steps[0]?.expressions ?? [];
    expect(expression?.leaves.map((leaf) => written(expression.at(leaf)))).toContain('github.actor');
  });

  test('all of an element, bare conditions too, none of those inside it', () => {
    const text =
      "on: push\nname: ${{ w }}\njobs:\n  a:\n    runs-on: ${{ j.os }}\n    if: j.c == 'x'\n    env: { A: '${{ j.e }}' }\n    steps:\n      - if: s.c\n        run: ${{ s.r }} ${{ s.q }}\n        with: { x: '${{ s.w }}' }\n";
    const workflow = workflowOf(text);
    const of = (
      element: { expressions: readonly { value: string; site: { key: string; name: string } }[] } | undefined,
    ) => element?.expressions.map(({ value, site }) => `${site.key}/${site.name}: ${value}`);
    expect(of(workflow)).toEqual(['name/: w']);
    expect(of(workflow.jobs[0])).toEqual(['runs-on/: j.os', "if/: j.c == 'x'", 'env/A: j.e']);
    expect(of(workflow.jobs[0]?.steps[0])).toEqual(['if/: s.c', 'run/: s.r', 'run/: s.q', 'with/x: s.w']);
  });

  test('one that GitHub refuses has an error and no tree', () => {
    const [expression] =
      jobOf('on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: ${{ a b }}\n').steps[0]?.expressions ?? [];
    expect([expression?.tree, expression?.leaves, typeof expression?.error]).toEqual([null, [], 'string']);
  });
});

describe('steps', () => {
  const text = `on: push
env: { A: workflow, B: workflow, C: workflow }
defaults: { run: { shell: sh, working-directory: top } }
jobs:
  test:
    runs-on: ubuntu-latest
    env: { B: job, C: job }
    steps:
      - run: make
        env: { C: step }
      - run: make
        shell: bash -e {0}
        continue-on-error: true
      - uses: octo/x@v1
        with: { Fetch-Depth: 0, ref: "\${{ a }}" }
`;
  const [first, second, third] = jobOf(text).steps;

  test('variables are looked up in the step, the job, the workflow', () => {
    expect(['A', 'B', 'C', 'D'].map((name) => first?.variable(name)?.text.value)).toEqual([
      'workflow',
      'job',
      'step',
      undefined,
    ]);
  });

  test('shell and folder come from the step, else from the defaults', () => {
    expect([first?.shell?.value, first?.script?.shell, first?.workingDirectory?.value]).toEqual(['sh', 'sh', 'top']);
    expect(second?.script?.shell).toBe('bash');
    expect([first?.continuesOnError, second?.continuesOnError]).toEqual(['no', 'yes']);
  });

  test('inputs ignore case', () => {
    expect([third?.with('fetch-depth')?.value, third?.with('REF')?.isLiteral, third?.with('path')]).toEqual([
      '0',
      false,
      null,
    ]);
  });

  test('before and after', () => {
    expect([second?.earlier.length, second?.later.map((step) => step.uses?.slug)]).toEqual([1, ['octo/x']]);
  });

  test.each([
    ['ubuntu-latest', '', 'bash'],
    ['windows-latest', '', 'pwsh'],
    ['macos-14', '', 'bash'],
    ['windows-latest', '    container: alpine\n', 'sh'],
    ['ubuntu-latest', '    container: alpine\n', 'sh'],
    ['"${{ matrix.os }}"', '    strategy: { matrix: { os: [ubuntu-latest, macos-latest] } }\n', 'bash'],
  ])('the default shell of %s %s is %s', (runner, more, shell) => {
    const job = jobOf(`on: push\njobs:\n  a:\n    runs-on: ${runner}\n${more}    steps:\n      - run: make\n`);
    expect(job.steps[0]?.script?.shell).toBe(shell);
  });
});

describe('jobs', () => {
  test('environment, container, services', () => {
    const job = jobOf(
      `on: push\njobs:\n  a:\n    runs-on: x\n    environment: { name: prod, url: "\${{ u }}" }\n    container: { image: node:20, options: --privileged, credentials: { username: u, password: "\${{ secrets.P }}" }, env: { A: b } }\n    services:\n      db: { image: postgres }\n    steps: []\n`,
    );
    expect(job.environment?.name?.value).toBe('prod');
    expect([
      job.container?.image?.value,
      job.container?.options?.value,
      job.container?.env.get('a')?.text.value,
    ]).toEqual(['node:20', '--privileged', 'b']);
    expect(job.services.map(({ name, image }) => [name, image?.value])).toEqual([['db', 'postgres']]);
    expect(job.secrets).toEqual(['P']);
    expect(
      jobOf('on: push\njobs:\n  a: { runs-on: x, environment: prod, container: alpine, steps: [] }\n').environment?.name
        ?.value,
    ).toBe('prod');
  });

  test('secrets, by name, in capitals, each place', () => {
    const job = jobOf(
      "on: push\nenv: { A: '${{ secrets.a }}' }\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: ${{ secrets['b'] }} ${{ secrets[matrix.x] }} ${{ secrets.GITHUB_TOKEN }}\n      - { if: false, run: '${{ secrets.never }}' }\n",
    );
    expect(job.secrets).toEqual(['*', 'A', 'B']);
    expect(job.secretUses.map(({ name, at }) => `${name}: ${written(at)}`)).toEqual([
      'A: secrets.a',
      "B: secrets['b']",
      '*: secrets[matrix.x]',
      'GITHUB_TOKEN: secrets.GITHUB_TOKEN',
    ]);
  });

  test('what a call passes', () => {
    const call = (secrets: string) =>
      jobOf(
        `on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n    with: { Level: 3 }\n    secrets: ${secrets}\n`,
      );
    expect(call('inherit').passedSecrets).toEqual(['*']);
    expect(call('inherit').secrets).toEqual(['*']);
    expect(call('{ token: "${{ secrets.t }}" }').passedSecrets).toEqual(['TOKEN']);
    expect(call('{ token: "${{ secrets.t }}" }').secrets).toEqual(['T']);
    expect(call('inherit').with('level')?.value).toBe('3');
  });
});

test('actions', () => {
  const text =
    'name: x\ninputs: { A: { default: b, description: d } }\noutputs: { o: { value: "${{ steps.s.outputs.o }}" } }\nruns:\n  using: Composite\n  steps:\n    - id: s\n      run: make ${{ inputs.a }}\n      shell: pwsh\n';
  const action = modelOf({ 'x/action.yml': text }).action('x');
  expect([action?.runs, action?.folder, action?.inputs.get('a')?.default?.value, action?.output('o')?.value]).toEqual([
    'composite',
    'x',
    'b',
    '${{ steps.s.outputs.o }}',
  ]);
  expect(action?.steps.map((step) => [step.route, step.script?.shell, step.expressions.length])).toEqual([
    ['runs.steps.s', 'pwsh', 1],
  ]);
  expect(action?.expressions.map(({ value }) => value)).toEqual(['steps.s.outputs.o']);
  expect(modelOf({ 'action.yml': 'runs: { using: docker, image: docker://alpine }\n' }).action('')?.image?.value).toBe(
    'docker://alpine',
  );
});

test('steps of a parallel group are steps: nothing hides in one', () => {
  const group =
    '      - run: a\n      - parallel:\n          - id: b\n            run: echo ${{ github.head_ref }}\n          - uses: octo/c@v1\n';
  const job = jobOf(`on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${group}      - run: d\n`);
  expect(job.steps.map((step) => [step.route, step.script?.value ?? step.uses?.value, step.index])).toEqual([
    ['jobs.a.steps.run', 'a', 0],
    ['jobs.a.steps.b', 'echo ${{ github.head_ref }}', 1],
    ['jobs.a.steps.octo/c', 'octo/c@v1', 2],
    ['jobs.a.steps.run#2', 'd', 3],
  ]);
  expect(job.steps[1]?.expressions.map(({ value }) => value)).toEqual(['github.head_ref']);
});

test('edits of an element', () => {
  const job = jobOf('on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: octo/x@v1\n');
  expect(job.steps[0]?.ensure(['with', 'a'], 'b')).toMatchObject({ text: expect.stringContaining('a: b') });
  expect(job.insertBefore('steps', 'permissions', '{}')?.text).toContain('permissions: {}');
  expect(job.remove('nothing')).toBeNull();
});
