import { describe, expect, test } from '@jest/globals';
import { jobOf, modelOf, WORKFLOW } from '../given.ts';

/** Protects the severity of every rule: who can start a job, and with what. A guard that is none must never lower it. */

const SAME_REPOSITORY = 'github.event.pull_request.head.repo.full_name == github.repository';

function workflow(on: string, job: string, top = ''): string {
  return `on: ${on}\n${top}jobs:\n  test:\n    runs-on: ubuntu-latest\n${job}    steps:\n      - run: make\n`;
}

describe('which events make a job dangerous', () => {
  test.each([
    ['push', 'insider'],
    ['workflow_dispatch', 'insider'],
    ['schedule', 'insider'],
    ['merge_group', 'insider'],
    ['pull_request', 'outsider-unprivileged'],
    ['[push, pull_request]', 'outsider-unprivileged'],
    ['pull_request_target', 'outsider-privileged'],
    ['issues', 'outsider-privileged'],
    ['issue_comment', 'outsider-privileged'],
    ['{ workflow_run: { workflows: [CI] } }', 'outsider-privileged'],
    ['{ workflow_run: { workflows: [CI], branches: [main] } }', 'outsider-privileged'],
    ['discussion_comment', 'outsider-privileged'],
    ['check_suite', 'outsider-privileged'],
    ['an_event_of_next_year', 'outsider-privileged'],
  ])('%s → %s', (on, level) => {
    expect(jobOf(workflow(on, '')).reach.level).toBe(level);
  });
});

describe('what the job holds', () => {
  test.each([
    ['permissions: {}\n', '', 'outsider-unprivileged'],
    ['permissions: read-all\n', '', 'outsider-unprivileged'],
    ['permissions: write-all\n', '', 'outsider-privileged'],
    ['permissions: { contents: read }\n', '', 'outsider-unprivileged'],
    ['permissions: { contents: read, issues: write }\n', '', 'outsider-privileged'],
    ['permissions: write-all\n', '    permissions: {}\n', 'outsider-unprivileged'],
    ['permissions: {}\n', '    permissions: { checks: write }\n', 'outsider-privileged'],
    ['permissions: {}\n', '    env: { KEY: "${{ secrets.KEY }}" }\n', 'outsider-privileged'],
    ['permissions: {}\nenv: { KEY: "${{ secrets.KEY }}" }\n', '', 'outsider-privileged'],
    ['permissions: {}\n', '    env: { KEY: "${{ secrets.GITHUB_TOKEN }}" }\n', 'outsider-unprivileged'],
  ])('%j with job %j → %s', (top, job, level) => {
    expect(jobOf(workflow('pull_request_target', job, top)).reach.level).toBe(level);
  });
});

describe('conditions that keep outsiders out', () => {
  test.each([
    ['pull_request_target', SAME_REPOSITORY],
    ['pull_request_target', `\${{ ${SAME_REPOSITORY} }}`],
    ['pull_request_target', `(${SAME_REPOSITORY}) && github.event.pull_request.draft == false`],
    ['pull_request_target', '${{ !(github.event.pull_request.head.repo.full_name != github.repository) }}'],
    ['pull_request_target', 'github.repository == github.event.pull_request.head.repo.full_name'],
    ['pull_request_target', 'github.event.pull_request.head.repo.id == github.repository_id'],
    ['pull_request_target', 'github.event.pull_request.head.repo.id == github.event.pull_request.base.repo.id'],
    ['pull_request_target', `github.event['pull_request']['head'].repo.full_name == github.repository`],
    ['pull_request_target', `always() && ${SAME_REPOSITORY}`],
    ['[push, pull_request_target]', "github.event_name == 'push'"],
    ['[push, pull_request_target]', "github.event_name != 'pull_request_target'"],
    ['[push, pull_request_target]', "github.event_name == 'PUSH'"],
    ['[push, pull_request_target]', `github.event_name == 'push' || ${SAME_REPOSITORY}`],
    ['[push, pull_request_target]', 'contains(fromJSON(\'["push", "schedule"]\'), github.event_name)'],
    ['[push, pull_request_target]', "startsWith(github.event_name, 'pus')"],
    ['{ workflow_run: { workflows: [CI] } }', "github.event.workflow_run.event == 'push'"],
    [
      '{ workflow_run: { workflows: [CI] } }',
      'github.event.workflow_run.head_repository.full_name == github.repository',
    ],
  ])('%s, if: %s', (on, condition) => {
    expect(jobOf(workflow(on, `    if: ${condition}\n`)).reach.level).toBe('insider');
  });
});

describe('conditions that look like guards', () => {
  test.each([
    ['pull_request_target', 'github.event.pull_request.head.repo.fork == false'],
    ['pull_request_target', '"!github.event.pull_request.head.repo.fork"'],
    ['pull_request_target', "github.actor == 'dependabot[bot]'"],
    ['pull_request_target', "github.ref == 'refs/heads/main'"],
    ['pull_request_target', "github.repository == 'octo/repo'"],
    ['pull_request_target', "startsWith(github.event_name, 'pull_request')"],
    ['pull_request_target', 'github.event.pull_request.head.repo.full_name != github.repository'],
    ['pull_request_target', `${SAME_REPOSITORY} || contains(github.event.pull_request.labels.*.name, 'safe')`],
    ['pull_request_target', `\${{ ${SAME_REPOSITORY} }} && true`],
    ['pull_request_target', `|\n      \${{ ${SAME_REPOSITORY} }}`],
    ['pull_request_target', 'github.event.pull_request.merged == true'],
    ['[push, pull_request_target]', "github.event_name == 'push' || github.event.pull_request.draft == false"],
    ['{ workflow_run: { workflows: [CI] } }', "github.event.workflow_run.conclusion == 'success'"],
    ['{ workflow_run: { workflows: [CI] } }', "github.event.workflow_run.event == 'pull_request'"],
    ['{ workflow_run: { workflows: [CI] } }', "github.event.workflow_run.event != 'push'"],
    ['{ workflow_run: { workflows: [CI] } }', "github.event.workflow_run.head_branch == 'main'"],
  ])('%s, if: %s', (on, condition) => {
    expect(jobOf(workflow(on, `    if: ${condition}\n`)).reach.level).toBe('outsider-privileged');
  });
});

test('a condition narrows the events, not only the level', () => {
  const { reach } = jobOf(workflow('[push, issues, pull_request]', "    if: github.event_name != 'issues'\n"));
  expect(reach.events).toEqual(['pull_request', 'push']);
  expect(reach.outsiders.map((start) => start.event)).toEqual(['pull_request']);
});

describe('jobs that need a guarded job', () => {
  const guarded = (second: string) =>
    `on: pull_request_target\njobs:\n  gate:\n    runs-on: x\n    if: ${SAME_REPOSITORY}\n    steps: []\n  test:\n    needs: gate\n${second}    runs-on: x\n    steps: []\n`;
  test.each([
    ['', 'insider'],
    ['    if: github.event.pull_request.draft == false\n', 'insider'],
    ['    if: always()\n', 'outsider-privileged'],
    ['    if: ${{ !cancelled() }}\n', 'outsider-privileged'],
    ["    if: failure() || github.ref == 'x'\n", 'outsider-privileged'],
    [`    if: always() && ${SAME_REPOSITORY}\n`, 'insider'],
  ])('%j → %s', (second, level) => {
    expect(jobOf(guarded(second), 'test').reach.level).toBe(level);
  });

  test('a long chain and a cycle of needs end', () => {
    const jobs = Array.from(
      { length: 900 },
      (_, index) => `  j${index}: { runs-on: x, needs: j${index + 1}, steps: [] }\n`,
    );
    const text = `on: pull_request_target\njobs:\n${jobs.join('')}  j900: { runs-on: x, needs: j0, steps: [] }\n`;
    expect(jobOf(text, 'j0').reach.level).toBe('outsider-privileged');
  });
});

describe('steps', () => {
  test('a step is narrowed by its own condition', () => {
    const text = `on: [push, pull_request_target]\njobs:\n  test:\n    runs-on: x\n    steps:\n      - run: a\n        if: github.event_name == 'push'\n      - run: b\n`;
    expect(jobOf(text).steps.map((step) => step.reach.level)).toEqual(['insider', 'outsider-privileged']);
  });

  test.each([
    ['false', true],
    ['${{ 1 == 2 }}', true],
    ["false && github.actor == 'x'", true],
    ["github.actor == 'x' && false", true],
    ['${{ false }} ', true],
    ['${{ false }} || x', false],
    ['|\n          ${{ false }}', false],
    ['"!cancelled()"', false],
    ['true', false],
  ])('if: %s never runs: %s', (condition, isNever) => {
    const text = `on: push\njobs:\n  test:\n    runs-on: x\n    steps:\n      - run: a\n        if: ${condition}\n`;
    expect(jobOf(text).steps[0]?.isNever).toBe(isNever);
  });
});

test('text beside an expression makes a condition that is always true', () => {
  const of = (condition: string) => jobOf(workflow('push', `    if: ${condition}\n`)).condition;
  expect([of('${{ false }} && x')?.isUnsound, of('${{ false }} && x')?.decide(() => undefined)]).toEqual([true, true]);
  expect([of('${{ false }}')?.isUnsound, of('${{ false }}')?.decide(() => undefined)]).toEqual([false, false]);
});

describe('called workflows', () => {
  const callee = (body = '') =>
    `on: workflow_call\njobs:\n  work:\n    runs-on: ubuntu-latest\n${body}    steps:\n      - run: make\n        env: { KEY: "\${{ secrets.KEY }}" }\n`;
  const caller = (on: string, job = '', top = '') =>
    `on: ${on}\n${top}jobs:\n  call:\n    uses: ./.github/workflows/callee.yml\n${job}`;
  const reach = (...callers: readonly string[]) => {
    const files = Object.fromEntries(callers.map((text, index) => [`.github/workflows/c${index}.yml`, text]));
    return jobOf({ ...files, '.github/workflows/callee.yml': callee() }, 'work', '.github/workflows/callee.yml');
  };

  test('without a caller nothing is known', () => {
    const job = reach();
    expect(job.reach.isKnown).toBe(false);
    expect(job.reach.level).toBe('outsider-unprivileged');
    expect(job.exposure.triggers).toEqual(['workflow_call']);
  });

  test.each([
    ['push', 'insider'],
    ['pull_request', 'outsider-unprivileged'],
    ['pull_request_target', 'outsider-privileged'],
  ])('it is reached as its caller is: %s → %s', (on, level) => {
    expect(reach(caller(on)).reach.level).toBe(level);
  });

  test('the worst caller counts, and the caller’s condition', () => {
    expect(reach(caller('push'), caller('issues')).reach.level).toBe('outsider-privileged');
    expect(reach(caller('push'), caller('issues')).reach.events).toEqual(['issues', 'push']);
    expect(reach(caller('[push, issues]', "    if: github.event_name == 'push'\n")).reach.level).toBe('insider');
  });

  test('it gets what the caller passes and no more', () => {
    expect(reach(caller('issues', '', 'permissions: {}\n')).reach.level).toBe('outsider-unprivileged');
    expect(reach(caller('issues', '', 'permissions: {}\n')).secrets).toEqual([]);
    expect(reach(caller('issues', '    secrets: inherit\n', 'permissions: {}\n')).reach.level).toBe(
      'outsider-privileged',
    );
    expect(reach(caller('issues', '    secrets: inherit\n')).secrets).toEqual(['KEY']);
    expect(reach(caller('issues', '    secrets: { KEY: "${{ secrets.OTHER }}" }\n')).secrets).toEqual(['KEY']);
  });

  test('its token is its caller’s at most', () => {
    const job = (callerTop: string, own: string) =>
      jobOf(
        { [WORKFLOW]: caller('push', '', callerTop), '.github/workflows/callee.yml': callee(own) },
        'work',
        '.github/workflows/callee.yml',
      ).token.data;
    const declared = (scopes: object) => ({ kind: 'declared', scopes });
    expect(job('permissions: { contents: read }\n', '    permissions: { contents: write, issues: write }\n')).toEqual(
      declared({ contents: 'read' }),
    );
    expect(job('permissions: { contents: write }\n', '')).toEqual(declared({ contents: 'write' }));
    expect(job('', '    permissions: { contents: read }\n')).toEqual(declared({ contents: 'read' }));
    expect(job('', '')).toEqual({ kind: 'default' });
  });

  test('calls in a circle end', () => {
    const round = 'on: [workflow_call, issues]\njobs:\n  call:\n    uses: ./.github/workflows/callee.yml\n';
    const files = { '.github/workflows/callee.yml': round };
    expect(jobOf(files, 'call', '.github/workflows/callee.yml').reach.level).toBe('outsider-privileged');
    const two = (other: string) => `on: [workflow_call]\njobs:\n  call:\n    uses: ./.github/workflows/${other}.yml\n`;
    const pair = { '.github/workflows/a.yml': two('b'), '.github/workflows/b.yml': two('a') };
    expect(jobOf(pair, 'call', '.github/workflows/a.yml').exposure.triggers).toEqual([]);
  });

  test('ten levels are followed', () => {
    const files: Record<string, string> = {};
    for (let level = 0; level < 9; level += 1) {
      files[`.github/workflows/w${level}.yml`] =
        `on: ${level === 0 ? 'issues' : 'workflow_call'}\njobs:\n  call:\n    uses: ./.github/workflows/w${level + 1}.yml\n    secrets: inherit\n`;
    }
    files['.github/workflows/w9.yml'] = callee();
    expect(jobOf(files, 'work', '.github/workflows/w9.yml').reach.level).toBe('outsider-privileged');
  });
});

describe('composite actions', () => {
  const action =
    "runs:\n  using: composite\n  steps:\n    - run: make\n      shell: bash\n    - run: more\n      shell: bash\n      if: github.event_name == 'push'\n";
  const user = (on: string) =>
    `on: ${on}\njobs:\n  test:\n    runs-on: self-hosted\n    permissions: { issues: write }\n    steps:\n      - uses: actions/checkout@v4\n      - uses: ./.github/actions/x\n`;

  test('are reached as the steps that use them', () => {
    const model = modelOf({ [WORKFLOW]: user('[push, issues]'), '.github/actions/x/action.yml': action });
    const [first, second] = model.action('.github/actions/x')?.steps ?? [];
    expect(first?.reach.level).toBe('outsider-privileged');
    expect(second?.reach.level).toBe('insider');
    expect(model.action('.github/actions/x')?.exposure).toEqual({
      reach: 'outsider-privileged',
      triggers: ['issues', 'push'],
      token: { kind: 'declared', scopes: { issues: 'write' } },
      secrets: [],
      runner: 'self-hosted',
    });
  });

  test('nested ones too, and circles end', () => {
    const outer = 'runs:\n  using: composite\n  steps:\n    - uses: ./.github/actions/y\n';
    const inner =
      'runs:\n  using: composite\n  steps:\n    - uses: ./.github/actions/x\n    - run: make\n      shell: bash\n';
    const model = modelOf({
      [WORKFLOW]: user('issues'),
      '.github/actions/x/action.yml': outer,
      '.github/actions/y/action.yml': inner,
    });
    expect(model.action('.github/actions/y')?.reach.level).toBe('outsider-privileged');
    expect(model.action('.github/actions/y')?.exposure.triggers).toEqual(['issues']);
  });

  test('nobody uses it: nothing is known', () => {
    const model = modelOf({ 'action.yml': action });
    expect(model.action('')?.reach.isKnown).toBe(false);
    expect(model.action('')?.exposure.token).toEqual({ kind: 'default' });
  });
});

describe('what a run by an event can be about', () => {
  test.each([
    ['[push, pull_request]', "github.ref == 'refs/heads/main'", 'insider'],
    ['[push, pull_request]', "github.ref_name == 'main'", 'insider'],
    ['[push, pull_request]', "startsWith(github.ref, 'refs/tags/')", 'insider'],
    ['[push, pull_request]', "github.ref_type == 'tag'", 'insider'],
    ['[push, pull_request]', "github.ref != 'refs/heads/main'", 'outsider-unprivileged'],
    ['[push, pull_request]', "startsWith(github.ref, 'refs/pull/')", 'outsider-unprivileged'],
    ['[push, pull_request]', "startsWith(github.ref, 'refs/')", 'outsider-unprivileged'],
    ['[push, issue_comment]', "startsWith(github.ref, 'refs/tags/v')", 'insider'],
    ['[push, pull_request_target]', "github.ref_type == 'tag'", 'insider'],
    // The default branch is what outsiders' runs are of (corrections 4).
    ['pull_request_target', "github.ref == 'refs/heads/main'", 'outsider-privileged'],
    ['issue_comment', "github.ref_name == 'main'", 'outsider-privileged'],
    ['deployment_status', "startsWith(github.ref, 'refs/tags/')", 'outsider-privileged'],
    // An object that the event doesn't carry is null.
    ['[push, issue_comment]', 'github.event.pull_request.merged == true', 'insider'],
    ['issue_comment', 'github.event.pull_request.head.repo.fork == false', 'outsider-privileged'],
    ['[push, issue_comment]', 'github.event.issue.pull_request', 'outsider-privileged'],
    ['[push, an_event_of_next_year]', 'github.event.pull_request.merged', 'outsider-privileged'],
  ])('%s if %s → %s', (on, condition, level) => {
    expect(jobOf(workflow(on, `    if: ${condition}\n`)).reach.level).toBe(level);
  });
});
