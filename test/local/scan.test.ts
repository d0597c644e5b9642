import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const COMMAND = new URL('../../dist/cli.js', import.meta.url).pathname;

const guilty =
  'on: pull_request_target\npermissions:\n  contents: write\njobs:\n  greet:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.head_ref }}\n';
const mild = 'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n';
const sound = mild.replace('on: push\n', 'on: push\npermissions:\n  contents: read\n');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gargoyle-scan-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string | Buffer>>, root = mkdtempSync(join(folder, 'project-'))): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function gargoyle(args: readonly string[], cwd = folder) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function json(args: readonly string[], cwd?: string) {
  const { status, stdout, stderr } = gargoyle(['scan', '--format', 'json', ...args], cwd);
  return { status, stderr, report: JSON.parse(stdout) };
}

/** Protects: the exit status is what a job's step decides by. */
describe('the exit status', () => {
  test.each([
    ['nothing found', sound, [], 0],
    ['a finding at the default threshold', guilty, [], 1],
    ['only findings below it', mild, [], 0],
    ['a lower threshold', mild, ['--fail-on', 'medium'], 1],
    ['a higher one', guilty.replace('pull_request_target', 'push'), ['--fail-on', 'critical'], 0],
    [
      'a filter on what is shown does not hide the verdict',
      guilty,
      ['--min-severity', 'critical', '--audience', 'auditor'],
      1,
    ],
    ['a wider audience does not harden it', sound, ['--audience', 'auditor'], 0],
  ])('%s', (_what, workflow, args, status) => {
    const root = write({ '.github/workflows/x.yml': workflow });
    expect(gargoyle(['scan', root, ...args]).status).toBe(status);
  });

  test.each([
    ['a file that is not YAML', 'on: [push\njobs: }', /x\.yml/],
    ['invalid UTF-8', Buffer.from([0x6f, 0x6e, 0x3a, 0xff, 0xfe]), /UTF-8/],
    ['too large a file', `# ${'x'.repeat(600 * 1024)}\n`, /512 KB/],
  ])('2 for %s, also beside findings, and it is named', (_what, text, reason) => {
    const root = write({ '.github/workflows/x.yml': text, '.github/workflows/y.yml': guilty });
    const { status, report } = json([root]);
    expect(status).toBe(2);
    expect(report.unverified).toEqual([{ path: '.github/workflows/x.yml', rule: null, reason: expect.any(String) }]);
    expect(`${report.unverified[0].path} ${report.unverified[0].reason}`).toMatch(reason);
    expect(report.findings.map((each: { rule: string }) => each.rule)).toContain('template-injection');
  });

  test('2 for a symbolic link, wherever it leads', () => {
    const root = write({ '.github/workflows/y.yml': sound });
    symlinkSync('y.yml', join(root, '.github/workflows/x.yml'));
    expect(json([root])).toMatchObject({ status: 2, report: { unverified: [{ path: '.github/workflows/x.yml' }] } });
  });

  test.each([
    ['no such path', ['scan', 'nowhere'], /nowhere/],
    ['an unknown flag', ['scan', '--frobnicate'], /frobnicate/],
    ['an unknown format', ['scan', '--format', 'xml'], /--format xml/],
    ['a severity that is none', ['scan', '--fail-on', 'severe'], /--fail-on severe/],
    ['a format that is not built yet', ['scan', '--format', 'html'], /not built yet/],
    ['a flag that is not built yet', ['scan', '--fix'], /not built yet/],
    ['a command that is not built yet', ['doctor'], /not built yet/],
    ['an unknown command', ['frobnicate'], /frobnicate/],
    ['a policy that is not there', ['scan', '--policy', 'nowhere.yml'], /nowhere\.yml/],
    ['a base without git', ['scan', '--base', 'main', '.'], /--base main/],
    ['an empty path', ['scan', ''], /no such file/],
    ['a file of another kind', ['scan', 'notes.txt'], /notes\.txt: not a file that Gargoyle reads/],
    ['an empty base', ['scan', '--base', '', '.'], /not a ref/],
  ])('2 for %s', (_what, args, message) => {
    const { status, stdout, stderr } = gargoyle(args, write({ '.github/workflows/x.yml': sound, 'notes.txt': '' }));
    expect(status).toBe(2);
    expect(stdout + stderr).toMatch(message);
    expect(stdout).not.toMatch(/^No findings;/m);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('2 for each path that is not there, whatever the format, beside the findings of the others', () => {
    const root = write({ '.github/workflows/x.yml': guilty });
    const { status, report, stderr } = json(['.', 'gone', 'lost'], root);
    expect(status).toBe(2);
    expect(report.unverified.map((each: { path: string }) => each.path)).toEqual(['gone', 'lost']);
    expect(report.findings).not.toEqual([]);
    expect(stderr).toMatch(/gone: .*\n.*lost: /);
    const sarif = JSON.parse(gargoyle(['scan', 'gone', '--format', 'sarif'], root).stdout);
    expect(sarif.runs[0].invocations[0].executionSuccessful).toBe(false);
  });

  /** Protects: whoever can put a link in the place of a folder would hide every workflow behind it. */
  test.each(['.github', '.github/workflows', '.github/actions'])('2 for a link in the place of %s', (path) => {
    const root = write({ 'elsewhere/x.yml': guilty, '.github/dependabot.yml': 'version: 2\nupdates: []\n' });
    rmSync(join(root, path), { recursive: true, force: true });
    symlinkSync(join(root, 'elsewhere'), join(root, path));
    expect(json([root])).toMatchObject({ status: 2, report: { unverified: [{ path, rule: null }] } });
  });

  test('a local action behind a link is not followed', () => {
    const root = write({
      '.github/workflows/x.yml': sound.replace('run: make', 'uses: ./tools/build'),
      'real/build/action.yml': 'name: Build\nruns:\n  using: composite\n  steps: []\n',
    });
    symlinkSync('real', join(root, 'tools'));
    const { status, report } = json([root]);
    expect(status).toBe(2);
    expect(report.unverified).toEqual([
      { path: 'tools/build/action.yml', rule: null, reason: expect.stringMatching(/symbolic link/) },
    ]);
  });

  test('links make no loops, and a link to a folder may be scanned by name', () => {
    const root = write({ 'real/.github/workflows/x.yml': guilty });
    symlinkSync('..', join(root, 'real/loop'));
    symlinkSync('real', join(root, 'link'));
    for (const path of ['.', 'link', 'link/', 'real']) expect(json([path], root).report.stats.files).toBe(1);
  });

  test('a reader who has seen enough is no error', () => {
    const many = Array.from({ length: 300 }, (_, index) => [`.github/workflows/${index}.yml`, guilty]);
    const root = write(Object.fromEntries(many));
    const { stdout, stderr } = spawnSync(
      '/bin/sh',
      ['-c', `{ "${process.execPath}" "${COMMAND}" scan --format json .; echo "status $?" >&2; } | head -1`],
      { cwd: root, encoding: 'utf8' },
    );
    expect(stdout).toBe('{\n');
    expect(stderr).toBe('status 1\n');
  });

  test('a folder without anything to check is said to be one', () => {
    expect(gargoyle(['scan', write({ 'a.txt': '' })])).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/nothing to check/),
    });
  });
});

/** Protects: the JSON shape is a contract with other programs. */
test('--format json is the published shape', () => {
  const root = write({ 'one/.github/workflows/x.yml': guilty, 'two/.github/workflows/x.yml': sound });
  const { report } = json([root]);
  expect(Object.keys(report)).toEqual(['version', 'findings', 'unverified', 'stats']);
  expect(report.version).toBe(1);
  expect(report.stats).toEqual({ files: 2, rules: expect.any(Number), milliseconds: expect.any(Number) });
  const finding = report.findings.find((each: { rule: string }) => each.rule === 'template-injection');
  expect(Object.keys(finding).sort()).toEqual(
    [
      'rule',
      'path',
      'line',
      'column',
      'endLine',
      'endColumn',
      'severity',
      'confidence',
      'audience',
      'message',
      'why',
      'remedy',
      'fingerprint',
      'status',
      'related',
      'fix',
    ].sort(),
  );
  expect(finding).toMatchObject({ path: 'one/.github/workflows/x.yml', line: 8, status: null, severity: 'critical' });
  const line = guilty.split('\n')[finding.line - 1] ?? '';
  expect(line.slice(finding.column - 1, finding.endColumn - 1)).toContain('github.head_ref');
});

describe('paths', () => {
  test('are relative to what was scanned, also inside .github', () => {
    const root = write({ '.github/workflows/x.yml': guilty, '.github/workflows/sub/y.yml': guilty });
    const paths = (args: string[], cwd?: string) => [
      ...new Set(json(args, cwd).report.findings.map((each: { path: string }) => each.path)),
    ];
    expect(paths([root])).toEqual(['.github/workflows/x.yml']);
    expect(paths([join(root, '.github/workflows')])).toEqual(['x.yml']);
    expect(paths(['.github/workflows/x.yml'], root)).toEqual(['.github/workflows/x.yml']);
  });

  test('of several scanned paths name one file each, once', () => {
    const root = write({ 'one/.github/workflows/x.yml': mild, 'two/.github/workflows/x.yml': mild });
    const places = (args: string[]) =>
      json(args, root).report.findings.map((each: { path: string; rule: string }) => `${each.path} ${each.rule}`);
    const both = ['one/.github/workflows/x.yml missing-permissions', 'two/.github/workflows/x.yml missing-permissions'];
    expect(places(['one', 'two'])).toEqual(both);
    expect(places(['one/', './one/.github', 'two', 'two/.github/workflows/x.yml', '.'])).toEqual(both);
  });

  test('of one file outside every project: nothing else around it is read', () => {
    const root = write({ 'x.yml': mild, 'sub/action.yml': 'not: [an action\n' });
    expect(json([join(root, 'x.yml')])).toMatchObject({ status: 0, report: { stats: { files: 1 } } });
  });

  test('of a folder inside a project are looked at as a part of it', () => {
    const action = 'name: Build\nruns:\n  using: composite\n  steps:\n    - uses: evil/tool@main\n';
    const root = write({ '.github/workflows/x.yml': guilty, 'tools/build/action.yml': action });
    const { report } = json(['tools'], root);
    expect(report.findings.map((each: { path: string; rule: string }) => `${each.path} ${each.rule}`)).toEqual([
      'build/action.yml unpinned-uses',
    ]);
    expect(report.stats.files).toBe(1);
  });

  test('in workflow commands are from where the job stands', () => {
    const root = write({ 'sub/.github/workflows/x.yml': guilty });
    expect(gargoyle(['scan', 'sub', '--format', 'github'], root).stdout).toMatch(
      /^::error file=sub\/\.github\/workflows\/x\.yml,line=8/m,
    );
  });

  test('a local action is looked up in the project, not in the file alone', () => {
    const workflow = sound.replace('run: make', 'uses: ./.github/actions/build');
    const action = 'name: Build\nruns:\n  using: composite\n  steps:\n    - uses: evil/tool@main\n';
    const root = write({ '.github/workflows/x.yml': workflow, '.github/actions/build/action.yml': action });
    const { report } = json([root]);
    expect(report.findings).toEqual([
      expect.objectContaining({ rule: 'unpinned-uses', path: '.github/actions/build/action.yml', line: 5 }),
    ]);
  });
});

/** Protects: with --base, what was there before is nobody's fault now. */
test('--base compares with the merge base', () => {
  const root = write({ '.github/workflows/old.yml': guilty });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: root, stdio: 'pipe' });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'old');
  git('checkout', '-qb', 'change');
  expect(json(['--base', 'main', '.'], root)).toMatchObject({ status: 0 });
  write({ '.github/workflows/new.yml': guilty, '.github/workflows/old.yml': sound }, root);
  const { status, report } = json(['--base', 'main', '.'], root);
  expect(status).toBe(1);
  const statuses = new Set(
    report.findings.map((each: { path: string; status: string }) => `${each.path} ${each.status}`),
  );
  expect(statuses).toEqual(new Set(['.github/workflows/new.yml new', '.github/workflows/old.yml fixed']));
  expect(gargoyle(['scan', '--base', '--output=x', '.'], root).status).toBe(2);
  expect(gargoyle(['scan', '--base', 'main', '.'], root).stdout).toMatch(/; [1-9]\d* new or worsened; \d+ fixed; /);
  git('checkout', '-q', '--detach');
  expect(json(['--base', 'main', '.'], root)).toMatchObject({ status: 1 });
  git('checkout', '-q', '--orphan', 'alone');
  git('commit', '-qm', 'alone');
  for (const [ref, reason] of [
    ['main', /no common history.*fetch-depth/],
    ['gone', /gone.*fetch-depth/],
  ] as const) {
    const { status, report } = json(['--base', ref, '.'], root);
    expect(status).toBe(2);
    expect(report.unverified).toEqual([{ path: '.', rule: null, reason: expect.stringMatching(reason) }]);
  }
});

describe('comments that ignore', () => {
  const stepWith = (comment: string) =>
    write({
      '.github/workflows/x.yml': `on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: octo/tool@main${comment}\n        env: { KEY: "\${{ secrets.KEY }}" }\n`,
      'zizmor.yml': 'ignores: [zizmor]\n',
    });

  test.each([
    ['with a reason, ours counts', ' # gargoyle: ignore[unpinned-uses] our own', [], 0],
    ['without one it does not', ' # gargoyle: ignore[unpinned-uses]', [], 1],
    ["another tool's does not", ' # zizmor: ignore[unpinned-uses]', [], 1],
    ["another tool's does where the policy says so", ' # zizmor: ignore[unpinned-uses]', ['--policy', 'zizmor.yml'], 0],
    ['then ours does not', ' # gargoyle: ignore[unpinned-uses] so', ['--policy', 'zizmor.yml'], 1],
  ])('%s', (_, comment, args, status) => {
    const run = gargoyle(['scan', ...args, '.'], stepWith(comment));
    expect(run.status).toBe(status);
    expect(run.stdout).toMatch(
      status === 0 ? /1 ignored by comments in the files/ : /a comment asks to ignore this; it /,
    );
  });
});

describe('explain', () => {
  test('says what a rule is about and what to do', () => {
    const { status, stdout } = gargoyle(['explain', 'unpinned-uses']);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^unpinned-uses \(Supply chain; high.*\n\nWhy: .*\n\nFix: .*\n\nOptions .*\n {2}trusted: \[\]\n {2}tagged: \[\]\n\nElsewhere: zizmor: unpinned-uses; .*\n\nExamples: docs\/rules\/unpinned-uses.md\n$/,
    );
  });

  test('knows what other tools call it', () => {
    expect(gargoyle(['explain', 'zizmor:bot-conditions']).stdout).toMatch(/^bot-conditions \(/);
    expect(gargoyle(['explain', 'SC2086'])).toMatchObject({ status: 2 });
    expect(gargoyle(['explain', 'pinned-actions']).stderr).toContain('did you mean unpinned-uses');
  });

  test.each([[['explain']], [['explain', 'nope']], [['explain', 'artipacked', 'nope']]])('2 for %j', (args) => {
    expect(gargoyle(args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/artipacked/) });
  });
});

test('--policy turns rules off and sets their options', () => {
  const workflow = sound.replace('run: make', 'uses: octo/tool@main\n        env: { KEY: "${{ secrets.KEY }}" }');
  const root = write({
    '.github/workflows/x.yml': workflow,
    'policy.yml': 'rules:\n  unpinned-uses: { trusted: ["octo/*"] }\n  secret-to-mutable-action: { mode: off }\n',
    'broken.yml': 'rules:\n  no-such-rule: {}\n',
  });
  expect(gargoyle(['scan', '.'], root).status).toBe(1);
  expect(gargoyle(['scan', '--policy', 'policy.yml', '.'], root).status).toBe(0);
  expect(gargoyle(['scan', '--policy', 'broken.yml', '.'], root)).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/broken\.yml:2:3/),
  });
});

test.each(['.github/workflows/x.yml', '.github/workflows', 'sub/secret'])(
  'what may not be read is named: %s',
  (path) => {
    if (process.getuid?.() === 0) return;
    const root = write({ '.github/workflows/x.yml': sound, 'sub/secret/action.yml': '' });
    chmodSync(join(root, path), 0);
    expect(json([root])).toMatchObject({ status: 2, report: { unverified: [{ path }] } });
    chmodSync(join(root, path), 0o700);
  },
);
