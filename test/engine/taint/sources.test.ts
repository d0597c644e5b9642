import { describe, expect, test } from '@jest/globals';
import type { Step } from '../../../src/engine/model/step.ts';
import { type Danger, dangerOf, worst } from '../../../src/engine/taint/danger.ts';
import { type Source, textSources } from '../../../src/engine/taint/sources.ts';
import { jobOf, modelOf, WORKFLOW } from '../given.ts';

/** The last step of a job of which the last line is `run: <code>`. */
function lastStep(yaml: string | Readonly<Record<string, string>>, id?: string): Step {
  const step = jobOf(yaml, id).steps.at(-1);
  if (!step) throw new Error('no step');
  return step;
}

function sources(step: Step): readonly Source[] {
  return step.script ? textSources(step.script.text, []) : [];
}

function danger(step: Step): Danger | null {
  return worst(sources(step).flatMap((source) => dangerOf(source, step) ?? []));
}

function job(
  code: string,
  parts: { on?: string; top?: string; job?: string; step?: string; before?: string } = {},
): string {
  return [
    `on: ${parts.on ?? 'issues'}`,
    ...(parts.top ? [parts.top] : []),
    'jobs:',
    '  test:',
    '    runs-on: ubuntu-latest',
    ...(parts.job ? [`    ${parts.job}`] : []),
    '    steps:',
    ...(parts.before ? [`      - ${parts.before}`] : []),
    ...(parts.step
      ? [`      - ${parts.step}`, `        run: echo \${{ ${code} }}`]
      : [`      - run: echo \${{ ${code} }}`]),
    '',
  ].join('\n');
}

const TITLE = `\${{ github.event.issue.title }}`;

/** Protects the reader from the repair that failed and from every detour by which a text comes back. */
describe('where a value comes from', () => {
  test.each<[string, string, Parameters<typeof job>[1], string]>([
    ['itself', 'github.event.issue.title', {}, 'text github.event.issue.title'],
    ['the step’s variable', 'env.T', { step: `env: { T: "${TITLE}" }` }, 'text github.event.issue.title'],
    ['the job’s variable', 'env.T', { job: `env: { T: "${TITLE}" }` }, 'text github.event.issue.title'],
    ['the workflow’s variable', 'env.T', { top: `env: { T: "${TITLE}" }` }, 'text github.event.issue.title'],
    [
      'a variable of a variable',
      'env.A',
      { job: `env: { T: "${TITLE}" }`, step: `env: { A: "\${{ env.T }}" }` },
      'text github.event.issue.title',
    ],
    [
      'the step’s value beats the job’s',
      'env.T',
      { job: `env: { T: "${TITLE}" }`, step: 'env: { T: one }' },
      'plain env.T',
    ],
    ['what is written down', 'env.T', { top: 'env: { T: one }' }, 'plain env.T'],
    ['nobody sets it', 'env.T', {}, 'unknown env.T'],
    [
      'an earlier step may overwrite it',
      'env.T',
      { job: 'env: { T: one }', before: 'run: echo "T=$(make version)" >> "$GITHUB_ENV"' },
      'unknown make version',
    ],
    [
      'an earlier step can’t overwrite the step’s own',
      'env.T',
      { step: 'env: { T: one }', before: 'run: echo "T=x" >> "$GITHUB_ENV"' },
      'plain env.T',
    ],
    [
      'the value from outside, under the same name',
      'env.T',
      { job: `env: { T: "${TITLE}" }`, step: `env: { T: "\${{ env.T }}" }` },
      'text github.event.issue.title',
    ],
    ['the value from outside, which nobody sets', 'env.T', { step: `env: { T: "\${{ env.T }}" }` }, 'unknown env.T'],
    ['a matrix that is written', 'matrix.a', { job: 'strategy: { matrix: { a: [one, two] } }' }, ''],
    [
      'a matrix with the text',
      'matrix.a',
      { job: `strategy: { matrix: { a: [one, "${TITLE}"] } }` },
      'text github.event.issue.title',
    ],
    [
      'a matrix by include',
      'matrix.b',
      { job: `strategy: { matrix: { include: [{ b: "${TITLE}" }] } }` },
      'text github.event.issue.title',
    ],
    [
      'a matrix made of the text',
      'matrix.a',
      { job: `strategy: { matrix: { a: "\${{ fromJSON(github.event.issue.body) }}" } }` },
      'text github.event.issue.body',
    ],
    [
      'a matrix made by a step',
      'matrix.a',
      { job: `strategy: { matrix: { a: "\${{ fromJSON(steps.x.outputs.y) }}" } }` },
      'computed matrix.a',
    ],
    [
      'an output of a script',
      'steps.a.outputs.b',
      { before: `{ id: a, run: 'echo "b=${TITLE}" >> $GITHUB_OUTPUT' }` },
      'text github.event.issue.title',
    ],
    [
      'an output by a variable',
      'steps.a.outputs.b',
      { before: `{ id: a, env: { T: "${TITLE}" }, run: 'echo "b=\${T}" >> $GITHUB_OUTPUT' }` },
      'text github.event.issue.title',
    ],
    [
      'an output that is written down',
      'steps.a.outputs.b',
      { before: `{ id: a, run: 'echo "b=one" >> $GITHUB_OUTPUT' }` },
      'plain steps.a.outputs.b',
    ],
    [
      'an output of a command',
      'steps.a.outputs.b',
      { before: `{ id: a, run: 'echo "b=$(make version)" >> $GITHUB_OUTPUT' }` },
      'unknown make version',
    ],
    [
      'an action that hands on file names',
      'steps.a.outputs.all_files',
      { before: '{ id: a, uses: dorny/paths-filter@v3 }' },
      'text steps.a.outputs.all_files',
    ],
    [
      'a version that cleans them',
      'steps.a.outputs.all_changed_files',
      { before: '{ id: a, uses: tj-actions/changed-files@v45 }' },
      'fixed steps.a.outputs.all_changed_files',
    ],
    [
      'an older version',
      'steps.a.outputs.all_changed_files',
      { before: '{ id: a, uses: tj-actions/changed-files@v35 }' },
      'text steps.a.outputs.all_changed_files',
    ],
    [
      'the cleaning turned off',
      'steps.a.outputs.all_changed_files',
      { before: '{ id: a, uses: tj-actions/changed-files@v45, with: { safe_output: "false" } }' },
      'text steps.a.outputs.all_changed_files',
    ],
    [
      'an action that is not known',
      'steps.a.outputs.b',
      { before: '{ id: a, uses: some/action@v1 }' },
      'unknown steps.a.outputs.b',
    ],
    ['a step’s outcome', 'steps.a.outcome', { before: '{ id: a, run: "true" }' }, ''],
    ['a variable of the repository', 'vars.NAME', {}, 'plain vars.name'],
    ['a secret', 'secrets.NAME', {}, ''],
    ['a decision', "contains(github.event.issue.title, 'x') && 'a' || 'b'", {}, ''],
  ])('%s', (_, code, parts, expected) => {
    const found = sources(lastStep(job(code, parts))).map(({ kind, name }) => `${kind} ${name}`);
    expect(found.join()).toBe(expected);
  });

  test.each([
    ['string', 'text'],
    ['boolean', 'plain'],
    ['number', 'plain'],
    ['choice, options: [a, b-c]', 'plain'],
    ['choice, options: [a, "b $(c)"]', 'text'],
  ])('an input of type %s is %s', (type, kind) => {
    const on = `{ workflow_dispatch: { inputs: { a: { type: ${type} } } } }`;
    for (const code of ['inputs.a', 'inputs.A', 'github.event.inputs.a']) {
      expect(sources(lastStep(job(code, { on }))).map((source) => source.kind)).toEqual([kind]);
    }
  });

  test('an input has the weaker of two types', () => {
    const on =
      '{ workflow_dispatch: { inputs: { a: { type: boolean } } }, workflow_call: { inputs: { a: { type: string } } } }';
    expect(sources(lastStep(job('inputs.a', { on }))).map(({ kind }) => kind)).toEqual(['plain', 'unknown']);
  });

  test.each([
    [`a: "${TITLE}"`, 'text github.event.issue.title'],
    ['a: written', 'plain inputs.a'],
    ['b: other', 'plain inputs.a'],
  ])('a called workflow’s input with a caller’s %s', (argument, expected) => {
    const files = {
      [WORKFLOW]: job('inputs.a', { on: '{ workflow_call: { inputs: { a: { type: string, default: x } } } }' }),
      '.github/workflows/caller.yml': `on: issues\njobs:\n  call:\n    uses: ./${WORKFLOW}\n    with: { ${argument} }\n`,
    };
    expect(sources(lastStep(files)).map(({ kind, name }) => `${kind} ${name}`)).toEqual([expected]);
  });

  test('the outputs of a job, and of a workflow that it calls', () => {
    const files = {
      [WORKFLOW]: [
        'on: issues',
        'jobs:',
        '  call:',
        '    uses: ./.github/workflows/called.yml',
        '  use:',
        '    needs: call',
        '    runs-on: ubuntu-latest',
        '    steps:',
        `      - run: echo \${{ needs.call.outputs.title }}`,
        '',
      ].join('\n'),
      '.github/workflows/called.yml': [
        `on: { workflow_call: { outputs: { title: { value: "\${{ jobs.read.outputs.t }}" } } } }`,
        'jobs:',
        '  read:',
        '    runs-on: ubuntu-latest',
        `    outputs: { t: "${TITLE}" }`,
        '    steps: [{ run: "true" }]',
        '',
      ].join('\n'),
    };
    expect(sources(lastStep(files, 'use')).map(({ name }) => name)).toEqual(['github.event.issue.title']);
  });

  test('jobs that need each other in a circle end', () => {
    const text = [
      'on: issues',
      'jobs:',
      `  a: { needs: b, runs-on: x, outputs: { o: "\${{ needs.b.outputs.o }}" }, steps: [{ run: "echo \${{ needs.b.outputs.o }}" }] }`,
      `  b: { needs: a, runs-on: x, outputs: { o: "\${{ needs.a.outputs.o }}" }, steps: [{ run: "true" }] }`,
      '',
    ].join('\n');
    expect(sources(lastStep(text, 'a'))).toEqual([]);
  });

  test('an action’s input and output', () => {
    const model = modelOf({
      [WORKFLOW]: [
        'on: issues',
        'jobs:',
        '  a:',
        '    runs-on: ubuntu-latest',
        '    steps:',
        '      - uses: actions/checkout@v5',
        `      - { id: x, uses: ./act, with: { t: "${TITLE}" } }`,
        `      - run: echo \${{ steps.x.outputs.o }}`,
        '',
      ].join('\n'),
      'act/action.yml': [
        'inputs: { t: {} }',
        `outputs: { o: { value: "\${{ inputs.t }}" } }`,
        `runs: { using: composite, steps: [{ shell: bash, run: "echo \${{ inputs.t }}" }] }`,
        '',
      ].join('\n'),
    });
    const inside = model.actions[0]?.steps[0];
    const outside = model.workflows[0]?.job('a')?.steps.at(-1);
    for (const step of [inside, outside]) {
      expect(step && sources(step).map(({ name }) => name)).toEqual(['github.event.issue.title']);
    }
  });
});

/** Protects the severity: who can choose the text in the worst run of the step. */
describe('who can choose it', () => {
  const READ = 'permissions: { contents: read }';
  test.each<[string, string, Parameters<typeof job>[1], string | null]>([
    ['anyone, with everything', 'github.event.issue.title', {}, 'outsider-privileged high'],
    ['anyone, with nothing to take', 'github.event.issue.title', { top: READ }, 'outsider-unprivileged high'],
    ['a fork has no token', 'github.event.pull_request.title', { on: 'pull_request' }, 'outsider-unprivileged high'],
    ['who commits', 'github.event.head_commit.message', { on: 'push' }, 'insider high'],
    ['an event without an issue', 'github.event.issue.title', { on: 'push' }, null],
    [
      'one of two events',
      'github.event.pull_request.title',
      { on: '[push, pull_request_target]' },
      'outsider-privileged high',
    ],
    [
      'the job excludes that one',
      'github.event.pull_request.title',
      { on: '[push, pull_request_target]', job: "if: github.event_name == 'push'" },
      null,
    ],
    [
      'the step excludes that one',
      'github.event.pull_request.title',
      { on: '[push, pull_request_target]', step: "if: github.event_name == 'push'" },
      null,
    ],
    [
      'only this repository’s heads',
      'github.head_ref',
      { on: 'pull_request_target', job: 'if: github.event.pull_request.head.repo.full_name == github.repository' },
      'insider high',
    ],
    [
      'only members comment',
      'github.event.comment.body',
      {
        on: 'issue_comment',
        job: `if: contains(fromJSON('["OWNER","MEMBER"]'), github.event.comment.author_association)`,
      },
      'insider high',
    ],
    [
      'contributors are no members',
      'github.event.comment.body',
      {
        on: 'issue_comment',
        job: `if: contains(fromJSON('["OWNER","CONTRIBUTOR"]'), github.event.comment.author_association)`,
      },
      'outsider-privileged high',
    ],
    [
      'the issue is not the commenter’s',
      'github.event.issue.title',
      { on: 'issue_comment', job: "if: github.event.comment.author_association == 'OWNER'" },
      'outsider-privileged high',
    ],
    [
      'one commenter',
      'github.event.comment.body',
      { on: 'issue_comment', step: "if: github.event.comment.user.login == 'me'" },
      'insider high',
    ],
    [
      'the actor may be another than the author',
      'github.event.pull_request.title',
      { on: 'pull_request_target', job: "if: github.actor == 'dependabot[bot]'" },
      'outsider-privileged high',
    ],
    [
      'the author',
      'github.event.pull_request.title',
      { on: 'pull_request_target', job: "if: github.event.pull_request.user.login == 'dependabot[bot]'" },
      'insider high',
    ],
    [
      'a review, with everything',
      'github.event.review.body',
      { on: 'pull_request_review' },
      'outsider-privileged high',
    ],
    [
      'a review, with nothing to take',
      'github.event.review.body',
      { on: 'pull_request_review', top: READ },
      'outsider-unprivileged high',
    ],
    [
      'a review’s pull request',
      'github.event.pull_request.title',
      { on: 'pull_request_review' },
      'outsider-unprivileged high',
    ],
    ['a check says it', 'github.event.check_run.output.title', { on: 'check_run' }, 'outsider-privileged medium'],
    [
      'a parent that is not known',
      'github.event.workflow_run.head_branch',
      { on: '{ workflow_run: { workflows: [x] } }' },
      'outsider-privileged high',
    ],
    [
      'a parent’s branches are filtered',
      'github.event.workflow_run.display_title',
      { on: '{ workflow_run: { workflows: [x], branches: [main] } }' },
      'outsider-privileged medium',
    ],
    [
      'the branch that the filter names',
      'github.event.workflow_run.head_branch',
      { on: '{ workflow_run: { workflows: [x], branches: [main] } }' },
      null,
    ],
    ['a branch by name', 'github.ref_name', { on: '{ push: { branches: [main, "release/v[0-9]+"] } }' }, null],
    ['any tag', 'github.ref_name', { on: '{ push: { tags: ["v*"] } }' }, 'insider high'],
    ['the default branch', 'github.ref_name', { on: 'pull_request_target' }, null],
    ['a future event', 'github.actor_text', { on: 'an_event_of_next_year' }, 'outsider-privileged low'],
  ])('%s', (_, code, parts, expected) => {
    const found = danger(lastStep(job(code, parts)));
    expect(found && `${found.reach} ${found.confidence}`).toBe(expected);
  });
});
