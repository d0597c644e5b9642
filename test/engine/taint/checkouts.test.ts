import { describe, expect, test } from '@jest/globals';
import { foreignCheckouts } from '../../../src/engine/taint/checkouts.ts';
import { type ForeignCode, foreignCode } from '../../../src/engine/taint/foreign-code.ts';
import { jobOf } from '../given.ts';

const OLD = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8';

function steps(lines: readonly string[], on = 'pull_request_target', job: readonly string[] = []) {
  const text = [
    `on: ${on}`,
    'jobs:',
    '  a:',
    '    runs-on: ubuntu-latest',
    ...job.map((line) => `    ${line}`),
    '    steps:',
    ...lines.map((line) => `      ${line}`),
    '',
  ];
  return jobOf(text.join('\n')).steps;
}

function checkout(inputs: string): string {
  const [step] = steps([`- { uses: ${OLD}, with: { ${inputs} } }`], '[pull_request_target, deployment]');
  const [found] = step ? foreignCheckouts(step) : [];
  return found ? `${found.source} ${found.kind}${found.isOwnBranch ? ' own' : ''} ${found.confidence}` : 'none';
}

/** Protects the reader from privileged runs of foreign code, in every spelling, and from alarms over the base. */
describe('what actions/checkout is told', () => {
  test.each([
    ['ref: "${{ github.event.pull_request.head.sha }}"', 'github.event.pull_request.head.sha commit high'],
    [
      'ref: "${{ github.event.pull_request.merge_commit_sha }}"',
      'github.event.pull_request.merge_commit_sha commit high',
    ],
    ['ref: "refs/pull/${{ github.event.number }}/merge"', 'refs/pull/… commit high'],
    ['ref: "${{ format(\'refs/pull/{0}/head\', github.event.number) }}"', 'refs/pull/… commit high'],
    ['ref: "refs/pull/${{ inputs.x }}/head"', 'refs/pull/… commit high'],
    ['ref: "${{ github.head_ref }}"', 'github.head_ref branch own high'],
    ['ref: "${{ github.head_ref || github.ref }}"', 'github.head_ref branch own high'],
    [
      'ref: "${{ github.head_ref }}", repository: "${{ github.event.pull_request.head.repo.full_name }}"',
      'github.head_ref branch high',
    ],
    [
      'repository: "${{ github.event.pull_request.head.repo.full_name }}"',
      'github.event.pull_request.head.repo.full_name branch high',
    ],
    ['ref: "${{ github.event.workflow_run.head_sha }}"', 'github.event.workflow_run.head_sha commit high'],
    ['ref: "${{ github.event.check_suite.head_sha }}"', 'github.event.check_suite.head_sha commit high'],
    ['ref: "${{ github.event.after }}"', 'github.event.after commit high'],
    ['ref: "${{ steps.pr.outputs.head_sha }}"', 'steps.pr.outputs.head_sha commit medium'],
    [
      'ref: "${{ fromJSON(steps.pr.outputs.data).head.sha }}"',
      'fromJSON(steps.pr.outputs.data).head.sha commit medium',
    ],
    ['path: x', 'github.sha commit medium'],
    ['ref: main', 'none'],
    ['ref: "${{ github.sha }}"', 'none'],
    ['ref: "${{ github.ref }}"', 'none'],
    ['ref: "${{ github.base_ref }}"', 'none'],
    ['ref: "${{ github.event.pull_request.base.sha }}"', 'none'],
    ['ref: "${{ github.event.repository.default_branch }}"', 'none'],
    ['ref: "refs/heads/main"', 'none'],
    ['repository: other/tools', 'none'],
    ['ref: "${{ vars.REF }}"', 'none'],
  ])('%s → %s', (inputs, expected) => {
    expect(checkout(inputs)).toBe(expected);
  });
});

describe('commands', () => {
  const SHA = `env: { SHA: "\${{ github.event.pull_request.head.sha }}" }`;
  test.each([
    ['gh pr checkout 1', 'gh pr checkout'],
    ['git fetch origin pull/1/head && git checkout FETCH_HEAD', 'refs/pull/…'],
    ['git fetch origin "+refs/pull/$N/merge:x"; git switch x', 'refs/pull/…'],
    ['git fetch && git checkout $SHA', 'github.event.pull_request.head.sha'],
    [`git checkout \${{ github.event.pull_request.head.sha }}`, 'github.event.pull_request.head.sha'],
    ['git reset --hard "$SHA"', 'github.event.pull_request.head.sha'],
    [
      `git clone \${{ github.event.pull_request.head.repo.clone_url }} x`,
      'github.event.pull_request.head.repo.clone_url',
    ],
    ['git checkout "$GITHUB_HEAD_REF"', 'github.head_ref'],
    ['git fetch origin pull/1/head && git diff FETCH_HEAD', ''],
    ['git diff "$SHA"', ''],
    ['git checkout main', ''],
    ['git checkout -- pull/notes.md', ''],
    ['echo gh pr checkout 1', ''],
    ['gh pr view 1', ''],
  ])('%s → %j', (code, expected) => {
    const [step] = steps([`- ${SHA}`, '  run: |', ...code.split('\n').map((line) => `    ${line}`)]);
    expect((step ? foreignCheckouts(step) : []).map(({ source }) => source).join()).toBe(expected);
  });
});

describe('how sure and how bad', () => {
  const HEAD = 'ref: "${{ github.event.pull_request.head.sha }}"';
  const code = (uses: string, on: string, job: readonly string[] = [], extra = ''): ForeignCode | undefined =>
    steps([`- { uses: ${uses}, with: { ${HEAD}${extra} } }`, '- run: make'], on, job).flatMap(foreignCode)[0];

  test.each([
    [OLD, '', false],
    ['actions/checkout@v4.2.2', '', false],
    ['actions/checkout@v4.4.0', '', true],
    ['actions/checkout@v4', '', true],
    ['actions/checkout@v7', '', true],
    ['actions/checkout@9c091bb21b7c1c1d1991bb908d89e4e9dddfe3e0', '', true],
    ['actions/checkout@v1', '', false],
    ['actions/checkout@main', '', false],
    ['actions/checkout@v7', ', allow-unsafe-pr-checkout: true', false],
    ['actions/checkout@v7', ', allow-unsafe-pr-checkout: "${{ vars.X }}"', false],
    ['actions/checkout@v7', ', allow-unsafe-pr-checkout: false', true],
    ['other/checkout@v7', '', false],
  ])('%s%s refuses forks: %s', (uses, extra, isRefused) => {
    expect(code(uses, 'pull_request_target', [], extra)?.isRefused).toBe(isRefused);
  });

  test.each<[string, string, readonly string[], string | undefined]>([
    ['nothing in the way', 'pull_request_target', [], 'medium'],
    ['a label', 'pull_request_target', ["if: contains(github.event.pull_request.labels.*.name, 'safe')"], 'low'],
    [
      'the label of the event',
      '{ pull_request_target: { types: [labeled] } }',
      ["if: github.event.label.name == 'safe'"],
      'low',
    ],
    // Any label does it, for whatever reason it was put on (corrections 12).
    ['only maintainers’ activities', '{ pull_request_target: { types: [labeled] } }', [], 'medium'],
    ['a label or a push', '{ pull_request_target: { types: [labeled, synchronize] } }', [], 'medium'],
    [
      'a label that is not needed',
      'pull_request_target',
      ["if: github.event.label.name == 'safe' || github.event.action == 'opened'"],
      'medium',
    ],
    ['without a label', 'pull_request_target', ["if: github.event.label.name != 'unsafe'"], 'medium'],
    ['an actor is no approval', 'pull_request_target', ["if: github.actor == 'dependabot[bot]'"], 'medium'],
    [
      'the same repository',
      'pull_request_target',
      ['if: github.event.pull_request.head.repo.full_name == github.repository'],
      undefined,
    ],
    ['merged', '{ pull_request_target: { types: [closed] } }', ['if: github.event.pull_request.merged'], undefined],
    [
      'merged or not',
      '{ pull_request_target: { types: [closed] } }',
      ["if: github.event.pull_request.merged || github.actor == 'x'"],
      'medium',
    ],
    ['a fork’s run', 'pull_request', [], undefined],
  ])('%s', (_, on, job, confidence) => {
    expect(code(OLD, on, job)?.confidence).toBe(confidence);
  });

  test('a step that asks for permission first, unless it may fail', () => {
    const gate = (more: string) => [
      `- { uses: prince-chrismc/check-actor-permissions-action@v3${more} }`,
      '- run: gh pr checkout 1',
      '- run: make',
    ];
    const confidence = (lines: readonly string[]) => steps(lines, 'issue_comment').flatMap(foreignCode)[0]?.confidence;
    expect(confidence(gate(''))).toBe('low');
    expect(confidence(gate(', continue-on-error: true'))).toBe('medium');
  });

  test('what runs after it, until another checkout takes the files away', () => {
    const found = (between: string) =>
      steps([`- { uses: ${OLD}, with: { ${HEAD} } }`, between, '- run: make']).flatMap(foreignCode)[0]?.executions
        .length;
    expect(found('- run: "true"')).toBe(1);
    expect(found(`- uses: ${OLD}`)).toBe(0);
    expect(found(`- { uses: ${OLD}, with: { path: x } }`)).toBe(1);
    expect(found(`- { uses: ${OLD}, with: { clean: false } }`)).toBe(1);
    expect(found(`- { uses: ${OLD}, if: success() }`)).toBe(1);
  });

  test('nothing before it, and nothing of another event', () => {
    const lines = [
      '- run: make',
      `- { uses: ${OLD}, with: { ${HEAD} } }`,
      "- { run: make, if: github.event_name == 'push' }",
    ];
    expect(steps(lines, '[push, pull_request_target]').flatMap(foreignCode)[0]?.executions).toEqual([]);
  });
});
