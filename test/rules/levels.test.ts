import { describe, expect, test } from '@jest/globals';
import { analyze } from '../../src/engine/analyze.ts';
import { type FactData, noFacts } from '../../src/engine/facts.ts';
import type { Finding } from '../../src/engine/finding.ts';
import { applyEdits } from '../../src/engine/yaml/edit.ts';
import { Lines } from '../../src/engine/yaml/lines.ts';
import { rules } from '../../src/rules/index.ts';
import { projectOf, WORKFLOW } from '../engine/given.ts';

/** What fixtures don't say: how bad a finding is, how sure, for whom; what several files, options and facts change. */

const SHA = '18283e04ce6e62d37312384ff67231eb8fd56d24';
const CALLEE = '.github/workflows/callee.yml';

interface Given {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly facts?: FactData;
}

function findings(
  rule: string,
  files: string | Readonly<Record<string, string>>,
  { options = {}, facts = noFacts }: Given = {},
): readonly Finding[] {
  const one = rules.filter(({ id }) => id === rule);
  return analyze(projectOf(files), { rules: one, options: { [rule]: options }, facts }).findings;
}

function levels(rule: string, files: string | Readonly<Record<string, string>>, given: Given = {}): readonly string[] {
  return findings(rule, files, given).map((one) => `${one.severity} ${one.confidence} ${one.audience}`);
}

function fixed(text: string, finding: Finding | undefined): string | null {
  const lines = new Lines(text);
  const edits = finding?.fix?.edits.map((edit) => ({
    start: lines.offset(edit.start),
    end: lines.offset(edit.end),
    text: edit.text,
  }));
  return edits ? applyEdits(text, edits) : null;
}

function uses(value: string, on = 'push'): string {
  return `on: ${on}\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ${value}\n`;
}

describe('unpinned-uses', () => {
  test.each([
    ['octo/tool@v1', 'medium high regular'],
    ['octo/tool@v1\n        env: { KEY: "${{ secrets.KEY }}" }', 'high high regular'],
    ['octo/tool@main', 'medium high regular'],
    ['octo/tool@main\n        env: { KEY: "${{ secrets.KEY }}" }', 'high high regular'],
    ['actions/checkout@v4', 'medium high regular'],
    ['github/codeql-action/init@v3', 'medium high regular'],
    ['actions/checkout@main', 'medium high regular'],
    [`octo/tool@${SHA}${SHA.slice(0, 24)}`, 'medium low regular'],
  ])('%s: %s', (value, level) => {
    expect(levels('unpinned-uses', uses(value))).toEqual([level]);
  });

  test('the policy trusts owners, repositories and parts of them', () => {
    const text = uses('Octo/Tool/part@v1');
    expect(levels('unpinned-uses', text, { options: { trusted: ['octo/*'] } })).toEqual([]);
    expect(levels('unpinned-uses', text, { options: { trusted: ['octo/tool'] } })).toEqual([]);
    expect(levels('unpinned-uses', text, { options: { trusted: ['octo/tool/part'] } })).toEqual([]);
    expect(levels('unpinned-uses', text, { options: { trusted: ['octo/other', 'octo'] } })).toHaveLength(1);
  });

  test('one finding a file, whatever the actions; the worst of them speaks', () => {
    const prints = ['octo/tool@v1', 'octo/tool@main', 'octo/tool@v1\n      - uses: octo/other@main'].map((value) =>
      findings('unpinned-uses', uses(value)),
    );
    expect(prints.map((one) => one.length)).toEqual([1, 1, 1]);
    expect(new Set(prints.map(([one]) => one?.fingerprint)).size).toBe(1);
    expect(prints[2]?.[0]).toMatchObject({ severity: 'medium', line: 7 });
    expect(prints[2]?.[0]?.message).toMatch(/^`octo\/tool@v1` .*; the same goes for `octo\/other \(a branch\)`$/);
  });

  test('what the repository’s own owner tags, or moves where there is nothing to take, is for auditors', () => {
    const levelsFor = (text: string) => {
      const project = { ...projectOf(text), owner: 'Octo' };
      const one = rules.filter(({ id }) => id === 'unpinned-uses');
      return analyze(project, { rules: one, options: {}, facts: noFacts }).findings.map(({ audience }) => audience);
    };
    const key = '\n        env: { KEY: "${{ secrets.KEY }}" }';
    expect(levelsFor(uses(`octo/tool@v1${key}`))).toEqual(['auditor']);
    expect(levelsFor(uses('octo/tool@main'))).toEqual(['auditor']);
    expect(levelsFor(uses(`octo/tool@main${key}`))).toEqual(['regular']);
    expect(levelsFor(uses('other/tool@v1'))).toEqual(['regular']);
  });

  test('GitHub’s own tags are one finding of the repository, which exposes nothing by itself', () => {
    const found = findings('unpinned-uses', {
      [WORKFLOW]: uses('actions/checkout@v4'),
      '.github/workflows/other.yml': uses('actions/cache@v4'),
    });
    expect(found).toMatchObject([
      {
        severity: 'medium',
        identity: { path: '', route: '' },
        exposure: { reach: 'insider', triggers: [] },
        related: [{ line: 7 }],
      },
    ]);
  });

  describe('with the tag’s commit known', () => {
    const facts: FactData = {
      ...noFacts,
      refs: new Map([['octo/tool@v1', { sha: SHA, kinds: ['tag'], tag: 'v1.2.3' }]]),
    };
    test.each([
      ['octo/tool/part@v1', `octo/tool/part@${SHA} # v1.2.3`],
      ['"octo/tool@v1"', `"octo/tool@${SHA}" # v1.2.3`],
      ['octo/tool@v1 # v1', `octo/tool@${SHA} # v1.2.3`],
    ])('%s becomes %s', (before, after) => {
      const text = uses(before);
      expect(fixed(text, findings('unpinned-uses', text, { facts })[0])).toBe(uses(after));
    });
    test('a comment that says something else is not ours to replace', () => {
      const [finding] = findings('unpinned-uses', uses('octo/tool@v1 # see issue 12'), { facts });
      expect(finding?.fix).toBeNull();
    });
  });
});

describe('missing-permissions', () => {
  const text = (on: string, job = 'runs-on: ubuntu-latest, steps: [ { run: make } ]') =>
    `on: ${on}\njobs:\n  a: { ${job} }\n`;

  test.each([
    ['push', 'medium medium regular'],
    ['pull_request', 'medium medium regular'],
    ['pull_request_target', 'medium medium regular'],
    ['[push, issues]', 'medium medium regular'],
    ['workflow_call', 'low medium pedantic'],
    ['[workflow_call, push]', 'medium medium regular'],
  ])('on %s: %s', (on, level) => {
    expect(levels('missing-permissions', text(on))).toEqual([level]);
  });

  test.each([
    ['code that was checked out', '{ uses: actions/checkout@v4 }, { run: make }', 'high medium regular'],
    ['code of a stranger', '{ uses: octo/tool@v1 }', 'high medium regular'],
    ["GitHub's own", '{ uses: actions/labeler@v5 }', 'medium medium regular'],
  ])('with %s, where outsiders start it: %s', (_, steps, level) => {
    const job = `runs-on: ubuntu-latest, steps: [ ${steps} ]`;
    expect(levels('missing-permissions', text('pull_request_target', job))).toEqual([level]);
  });

  const caller = text('push', 'uses: ./.github/workflows/callee.yml');
  const callee = (permissions: string) =>
    `on: workflow_call\n${permissions}jobs:\n  b: { runs-on: ubuntu-latest, steps: [ { run: make } ] }\n`;

  test('a call is covered by a called workflow that says itself what it needs', () => {
    expect(
      levels('missing-permissions', { [WORKFLOW]: caller, [CALLEE]: callee('permissions: { issues: write }\n') }),
    ).toEqual([]);
  });

  test('no edit that makes a called workflow fail at start-up, or that takes from it what it visibly needs', () => {
    const two = caller.replace('jobs:', 'jobs:\n  b: { runs-on: ubuntu-latest, steps: [ { run: make } ] }');
    const fixOf = (text: string, called: string | null) =>
      findings('missing-permissions', called === null ? text : { [WORKFLOW]: text, [CALLEE]: called }).find(
        ({ path }) => path === WORKFLOW,
      )?.fix;
    expect(fixOf(two, callee('permissions: { issues: write }\n'))?.safe).toBe(false);
    expect(fixOf(caller, callee(''))?.safe).toBe(false);
    expect(fixOf(caller, callee('').replace('run: make', 'run: git push'))).toBeNull();
    expect(fixOf(caller, null)).toBeNull();
    const half = `on: workflow_call\njobs:\n  b: { permissions: { issues: write }, runs-on: x, steps: [ { run: make } ] }\n  c: { runs-on: x, steps: [ { run: make } ] }\n`;
    expect(fixOf(caller, half)).toBeNull();
  });

  test('a workflow that calls itself ends', () => {
    const loop = 'on: workflow_call\njobs:\n  a: { uses: ./.github/workflows/callee.yml }\n';
    expect(levels('missing-permissions', { [CALLEE]: loop })).toEqual(['low medium pedantic']);
  });
});

describe('excessive-permissions', () => {
  const job = (id: string, rest = '') => `  ${id}:\n    runs-on: ubuntu-latest\n${rest}    steps: [ { run: make } ]\n`;
  const text = (permissions: string, ...jobs: string[]) =>
    `on: push\npermissions: ${permissions}\njobs:\n${jobs.join('')}`;
  const release = job('r').replace('make', 'gh release create v1');
  const own = '    permissions: {}\n';

  test.each([
    [text('write-all', job('a')), 'high high regular'],
    [text('read-all', job('a')), 'medium high regular'],
    [text('write-all', job('a', own)), 'high high pedantic'],
    [text('{ contents: write }', job('a'), job('b')), 'high high regular'],
    [text('{ contents: write }', job('a'), job('b', own)), 'high high pedantic'],
    [text('{ contents: write }', job('a')), 'high high pedantic'],
    [text('{ contents: write }', release, release.replace('r:', 's:')), 'info high regular'],
    [text('{ contents: write }', release, job('b')), 'high high regular'],
    [text('{ checks: write }', job('a'), job('b')), 'medium high regular'],
    [text('{ statuses: write }', job('a'), job('b')), 'low high regular'],
    [text('{ statuses: write, id-token: write }', job('a'), job('b')), 'high high regular'],
    [text('{ no-such-scope: write }', job('a'), job('b')), 'medium high regular'],
    [text('{ __proto__: write }', job('a'), job('b')), 'medium high regular'],
    [text('{}', job('a', '    permissions: write-all\n')), 'high high regular'],
  ])('%s: %s', (workflow, level) => {
    expect(levels('excessive-permissions', workflow)).toEqual([level]);
  });

  test('docker/build-push-action explains packages: write only where it pushes', () => {
    const build = (push: string) =>
      text(
        '{ packages: write }',
        ...['a', 'b'].map((id) => job(id).replace('{ run: make }', `{ uses: docker/build-push-action@${SHA}${push} }`)),
      );
    expect(levels('excessive-permissions', build(', with: { push: true }'))).toEqual(['info high regular']);
    expect(levels('excessive-permissions', build(', with: { push: false }'))).toEqual(['high high regular']);
    expect(levels('excessive-permissions', build(''))).toEqual(['high high regular']);
  });
});

describe('artipacked', () => {
  const text = (ref: string, upload: string, permissions = '{ contents: read }') =>
    `on: push\npermissions: ${permissions}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@${ref}\n${upload}`;
  const upload = (inputs: string) => `      - uses: actions/upload-artifact@v4\n        with: { ${inputs} }\n`;
  const hidden = upload('path: ., include-hidden-files: true');

  test.each([
    ['nothing is uploaded', text('v4', ''), 'medium low regular'],
    ['version 6 keeps the token elsewhere', text('v6', ''), 'low low regular'],
    ['the same by its commit', text('de0fac2e4500dabe0009e67214ff5f5447ce83dd', ''), 'low low regular'],
    ['the same by the comment', text(`${SHA} # v7.2.0`, ''), 'low low regular'],
    ['an unknown version is an old one', text(SHA, ''), 'medium low regular'],
    ['all is uploaded', text('v4', hidden), 'high high regular'],
    ['all but hidden files is uploaded', text('v4', upload('path: .')), 'medium medium regular'],
    ['all is uploaded, of version 6', text('v6', hidden), 'medium low regular'],
    ['the token can do nothing', text('v4', hidden, '{}'), 'medium high regular'],
    ['it is needed', text('v4', '      - run: git push\n'), 'low low regular'],
    [
      'a push before it needs another token',
      text('v4', '').replace(/ {6}- uses.*\n/, '      - run: git push\n$&'),
      'medium low regular',
    ],
    ['one upload hides another', text('v4', `${upload('path: .')}${hidden}`), 'high high regular'],
    ['it is needed, and uploaded', text('v4', `      - run: git push\n${hidden}`), 'high high regular'],
  ])('%s', (_why, workflow, level) => {
    expect(levels('artipacked', workflow)).toEqual([level]);
  });

  test.each([
    ['only reading is allowed and nothing fetches', text('v4', '      - run: make\n'), true],
    ['something fetches', text('v4', '      - run: git fetch origin main\n'), false],
    [
      'a script that can’t be seen into may push',
      text('v4', '      - run: make release\n', '{ contents: write }'),
      false,
    ],
    ['the setting may allow to push', text('v4', '      - run: make\n').replace(/permissions.*\n/, ''), false],
    ['submodules', text('v4\n        with: { submodules: true }', '      - run: make\n'), false],
    ['a push is seen', text('v4', '      - run: git -C . push origin HEAD\n', '{ contents: write }'), null],
    ['an action that pushes', text('v4', `      - uses: stefanzweifel/git-auto-commit-action@${SHA}\n`), null],
  ])('the fix is safe, unsafe or none: %s', (_why, workflow, safe) => {
    expect(findings('artipacked', workflow)[0]?.fix?.safe ?? null).toBe(safe);
  });
});

describe('secrets-inherit', () => {
  const caller = (target: string) =>
    `on: push\npermissions: {}\njobs:\n  a:\n    uses: ${target}\n    secrets: inherit\n    if: true\n`;
  const own = caller('./.github/workflows/callee.yml');
  const callee = (secrets: string, env: string, job = '') =>
    `on:\n  workflow_call:\n${secrets}jobs:\n  b:\n    runs-on: ubuntu-latest\n${job}    steps:\n      - run: make\n        env: { ${env} }\n`;
  const KEY = 'K: "${' + '{ secrets.KEY }}"';
  const one = (called: string) => findings('secrets-inherit', { [WORKFLOW]: own, [CALLEE]: called })[0];

  test('a foreign workflow is worse than one’s own', () => {
    expect(levels('secrets-inherit', caller(`octo/x/.github/workflows/y.yml@${SHA}`))).toEqual(['high medium regular']);
    expect(levels('secrets-inherit', own)).toEqual(['medium high regular']);
    const trusted = { options: { trusted: ['octo/*'] } };
    expect(levels('secrets-inherit', caller(`octo/x/.github/workflows/y.yml@${SHA}`), trusted)).toEqual([
      'medium high regular',
    ]);
  });

  test('the message names what is used', () => {
    expect(one(callee('', KEY))?.message).toContain('uses only `KEY`');
    expect(one(callee('', ''))?.message).toContain('uses none');
  });

  test('the secrets of an environment come no other way', () => {
    const finding = one(callee('', KEY, '    environment: production\n'));
    expect([finding?.severity, finding?.fix]).toEqual(['low', null]);
    expect(one(callee('', '', '    environment: production\n'))?.severity).toBe('medium');
  });

  test('what is declared is passed by name', () => {
    const finding = one(callee('    secrets:\n      KEY:\n        required: true\n', KEY));
    expect(finding?.fix?.safe).toBe(true);
    expect(fixed(own, finding)).toBe(own.replace(' inherit', '\n      KEY: ${' + '{ secrets.KEY }}'));
  });

  test('what is not declared can’t be passed; what is not used need not be', () => {
    expect(one(callee('', KEY))?.fix).toBeNull();
    expect(fixed(own, one(callee('', '')))).toBe(own.replace('    secrets: inherit\n', ''));
  });
});

describe('overprovisioned-secrets', () => {
  const text = (expression: string, job = '') =>
    `on:\n  workflow_dispatch:\n    inputs:\n      which: { type: choice, options: [A, B] }\n      any: { type: string }\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n${job}    steps:\n      - run: make\n        env:\n          X: \${{ ${expression} }}\n`;
  const matrix = '    strategy: { matrix: { key: [A, B] } }\n';

  test.each([
    ['toJSON(secrets)', '', 'high high regular'],
    ['secrets[inputs.any]', '', 'high high regular'],
    ['secrets[inputs.which]', '', 'low high regular'],
    ['secrets[matrix.key]', matrix, 'low high regular'],
    ["secrets[format('X_{0}_{1}', matrix.key, inputs.which)]", matrix, 'low high regular'],
    ["secrets[format('X_{0}', github.actor)]", '', 'high high regular'],
    ["secrets[github.ref == 'refs/heads/main' && 'A' || 'B']", '', 'low high regular'],
    ['secrets[matrix.key]', '    strategy: { matrix: { key: "${{ fromJSON(vars.KEYS) }}" } }\n', 'high high regular'],
  ])('%s', (expression, job, level) => {
    expect(levels('overprovisioned-secrets', text(expression, job))).toEqual([level]);
  });
});

describe('self-hosted-runner', () => {
  const pushed = (push: string, other: string) => `\${{ github.event_name == 'push' && '${push}' || '${other}' }}`;
  const text = (on: string, runsOn: string) =>
    `on: ${on}\npermissions: {}\njobs:\n  a:\n    runs-on: ${runsOn}\n    steps: [ { run: make } ]\n`;

  test.each([
    ['pull_request', 'self-hosted', 'high high regular'],
    ['issue_comment', '[self-hosted, gpu]', 'high high regular'],
    ['push', 'self-hosted', 'medium high regular'],
    ['workflow_call', 'self-hosted', 'high medium regular'],
    ['pull_request', 'gpu', 'high low regular'],
    ['pull_request', '{ group: builders }', 'high low regular'],
    ['pull_request', '"${{ vars.RUNNER || \'ubuntu-latest\' }}"', 'high low regular'],
    ['pull_request', "\"${{ vars.FORK && 'ubuntu-latest' || 'self-hosted' }}\"", 'high medium regular'],
    ['pull_request', '[self-hosted, depot-ubuntu-24.04]', 'high high regular'],
    // What an event chooses is no doubt, and an arm that only writers get is not the outsiders'.
    ['[pull_request, push]', pushed('macos-15', 'self-hosted'), 'high high regular'],
    ['[pull_request, push]', pushed('macos-15', 'octo-lab-proxy'), 'high medium regular'],
    ['[pull_request, push]', pushed('self-hosted', 'macos-15'), 'medium high regular'],
  ])('on %s, %s: %s', (on, runsOn, level) => {
    expect(levels('self-hosted-runner', text(on, runsOn))).toEqual([level]);
  });

  test('what the policy knows to serve one job each', () => {
    const options = { groups: ['prod-ephemeral'], labels: ['GPU'] };
    expect(levels('self-hosted-runner', text('push', '{ group: prod-ephemeral }'), { options })).toEqual([]);
    expect(levels('self-hosted-runner', text('push', '[self-hosted, gpu]'), { options })).toEqual([]);
    expect(levels('self-hosted-runner', text('push', '{ group: other }'), { options })).toHaveLength(1);
  });

  test('a guard against forks leaves writers', () => {
    const guarded = text('pull_request', 'self-hosted').replace(
      '    steps',
      '    if: github.event.pull_request.head.repo.full_name == github.repository\n    steps',
    );
    expect(levels('self-hosted-runner', guarded)).toEqual(['medium high regular']);
  });
});

describe('personal-access-token', () => {
  const text = (name: string, key = 'GH_TOKEN') =>
    `on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        env:\n          ${key}: \${{ secrets.${name} }}\n`;

  test.each([
    ['RELEASE_PAT', 'high high regular'],
    ['release_pat', 'high high regular'],
    ['PAT_RELEASE', 'high high regular'],
    ['PERSONAL_GITHUB_TOKEN', 'high high regular'],
    ['RELEASE_TOKEN', 'medium medium regular'],
    ['PATH_TOKEN', 'medium medium regular'],
  ])('%s in GH_TOKEN: %s', (name, level) => {
    expect(levels('personal-access-token', text(name))).toEqual([level]);
  });

  test('the policy knows what a secret holds', () => {
    const given = (kind: string) => ({ options: { 'token-kinds': { release_pat: kind } } });
    expect(levels('personal-access-token', text('RELEASE_PAT'), given('app'))).toEqual([]);
    expect(levels('personal-access-token', text('RELEASE_PAT'), given('deploy-key'))).toEqual([]);
    expect(levels('personal-access-token', text('RELEASE_PAT'), given('machine-user'))).toEqual(['medium low regular']);
    const named = { options: { 'token-kinds': { RELEASE: 'person' } } };
    expect(levels('personal-access-token', text('RELEASE'), named)).toEqual(['high high regular']);
  });

  test('a token in the file is critical, and never repeated', () => {
    const token = `ghp_${'A1b2C3d4E5f6'.repeat(3)}`;
    const [finding] = findings('personal-access-token', text('X', 'Y').replace(/\$.*/, token));
    expect(finding?.severity).toBe('critical');
    expect(JSON.stringify(finding)).not.toContain(token.slice(4));
  });
});

test('runner-registration-token: a stored token that the caller hands in may be an App’s', () => {
  const text = (on: string) =>
    `on: ${on}\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: gh api -X POST repos/octo/octo/actions/runners/registration-token\n        env: { GH_TOKEN: "\${{ secrets.FLEET }}" }\n`;
  expect(levels('runner-registration-token', text('push'))).toEqual(['high medium regular']);
  const called = text('{ workflow_call: { secrets: { FLEET: { required: true } } } }');
  expect(levels('runner-registration-token', called)).toEqual(['high low regular']);
  // The repository's own token has no scope for it.
  expect(findings('personal-access-token', text('push'))[0]?.message).not.toContain('is enough');
});

describe('oidc-exposure', () => {
  const text = (on: string, step: string, condition = 'true') =>
    `on: ${on}\npermissions: {}\njobs:\n  a:\n    if: ${condition}\n    runs-on: ubuntu-latest\n    permissions: { id-token: write }\n    steps: [ ${step} ]\n`;

  test.each([
    ['issue_comment', '{ run: ./answer.sh }', 'medium medium regular'],
    ['pull_request_target', '{ uses: actions/labeler@v6 }', 'medium medium regular'],
    ['issues', '{ uses: google-github-actions/auth@v3 }', 'medium low regular'],
    ['issues', '{ uses: octo-sts/action@v1 }', 'medium low regular'],
    ['issues', '{ run: cosign sign-blob out.tar }', 'medium low regular'],
    ['push', '{ run: npm ci }', 'medium medium regular'],
  ])('on %s, %s: %s', (on, step, level) => {
    expect(levels('oidc-exposure', text(on, step))).toEqual([level]);
  });

  test('a gate before the job leaves those who pass it', () => {
    const member = "github.event.comment.author_association == 'MEMBER'";
    expect(levels('oidc-exposure', text('issue_comment', '{ run: ./answer.sh }', member))).toEqual([
      'medium low regular',
    ]);
  });
});

test.each([
  ['untrusted-checkout', 'cat README.md'],
  ['untrusted-checkout-exec', 'make'],
])('%s leads to the input that lets forks in', (rule, command) => {
  const text = `on: pull_request_target\npermissions: write-all\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v7\n        with:\n          ref: \${{ github.event.pull_request.head.sha }}\n          allow-unsafe-pr-checkout: true\n      - run: ${command}\n`;
  const places = (given: string) => findings(rule, given)[0]?.related.map(({ line }) => line);
  expect(places(text)).toContain(10);
  expect(places(text.replace('true', 'false'))).not.toContain(10);
});
