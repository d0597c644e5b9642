import { describe, expect, test } from '@jest/globals';
import { analyze } from '../../src/engine/analyze.ts';
import { compare } from '../../src/engine/compare.ts';
import type { Project, ProjectFile } from '../../src/engine/project.ts';
import type { Rule } from '../../src/engine/rule.ts';
import { projectOf, WORKFLOW } from './given.ts';
import { inScripts, ruleOf, settingsOf, tags } from './rules.ts';

/** Protects the gate: what a change brings is new or worsened, what was there is not, and what can't be seen is never clean. */

type Files = Parameters<typeof projectOf>[0];

function statuses(base: Files, head: Files, ...rules: readonly Rule[]) {
  const { findings, fixed } = compare(
    projectOf(base),
    projectOf(head),
    settingsOf(...(rules.length > 0 ? rules : [inScripts, tags])),
  );
  return {
    found: findings.map(({ status, line, rule }) => `${status} ${rule}:${line}`),
    fixed: fixed.map(({ rule, line }) => `${rule}:${line}`),
  };
}

const job = (steps: string, { on = 'push', top = '', keys = '' } = {}) =>
  `on: ${on}\n${top}jobs:\n  test:\n    runs-on: ubuntu-latest\n${keys}    steps:\n${steps}`;
const step = '      - run: echo ${{ a.b }}\n';

describe('status', () => {
  test.each<[what: string, base: string, head: string, found: readonly string[], fixed: readonly string[]]>([
    ['nothing changed', job(step), job(step), ['persisting in-scripts:6'], []],
    ['a comment and blank lines', job(step), `# x\n\n${job(step)}`, ['persisting in-scripts:8'], []],
    ['a new step', job('      - run: make\n'), job(`      - run: make\n${step}`), ['new in-scripts:7'], []],
    ['a step taken away', job(`${step}      - run: make\n`), job('      - run: make\n'), [], ['in-scripts:6']],
    ['a nameless step put before', job(step), job(`      - run: make\n${step}`), ['persisting in-scripts:7'], []],
    ['a second one of the same', job(step), job(step + step), ['persisting in-scripts:6', 'new in-scripts:7'], []],
    ['one of two taken away', job(step + step), job(step), ['persisting in-scripts:6'], ['in-scripts:7']],
    ['other text in the same step', job(step), job(step.replace('a.b', 'a.c')), ['new in-scripts:6'], ['in-scripts:6']],
    ['a bumped tag', job('      - uses: octo/x@v1\n'), job('      - uses: octo/x@v2\n'), ['persisting tags:6'], []],
    ['the job renamed', job(step), job(step).replace('test:', 'build:'), ['new in-scripts:6'], ['in-scripts:6']],
  ])('%s', (_what, base, head, found, fixed) => {
    expect(statuses(base, head)).toEqual({ found, fixed });
  });

  test('a job moved below another', () => {
    const [a, b] = ['a', 'b'].map((id) => `  ${id}:\n    runs-on: x\n    steps:\n      - run: echo \${{ ${id} }}\n`);
    expect(statuses(`on: push\njobs:\n${a}${b}`, `on: push\njobs:\n${b}${a}`).found).toEqual([
      'persisting in-scripts:6',
      'persisting in-scripts:10',
    ]);
  });
});

describe('renames', () => {
  const path = '.github/workflows/other.yml';
  const long = job(`${step}      - run: one\n      - run: two\n      - run: three\n`);

  test('a renamed file keeps its findings, also when some of it changed', () => {
    expect(statuses({ [WORKFLOW]: long }, { [path]: long })).toEqual({ found: ['persisting in-scripts:6'], fixed: [] });
    expect(statuses({ [WORKFLOW]: long }, { [path]: long.replace('one', 'uno') }).found).toEqual([
      'persisting in-scripts:6',
    ]);
  });

  test('another file in its place does not', () => {
    const other = `name: Other\n${job(`      - name: Else\n        run: |\n          x\n          y\n          z\n          w\n${step}`, { on: 'schedule' }).replaceAll('test', 'z')}`;
    expect(statuses({ [WORKFLOW]: long }, { [path]: other }).found).toEqual(['new in-scripts:13']);
  });

  test('the equal file is the one that was renamed', () => {
    const near = long.replace('one', 'uno');
    const base = { [WORKFLOW]: long };
    const { findings } = compare(
      projectOf(base),
      projectOf({ '.github/workflows/a.yml': near, '.github/workflows/b.yml': long }),
      settingsOf(inScripts),
    );
    expect(findings.map(({ path, status }) => [path, status])).toEqual([
      ['.github/workflows/a.yml', 'new'],
      ['.github/workflows/b.yml', 'persisting'],
    ]);
  });

  test('a copy is new', () => {
    expect(statuses({ [WORKFLOW]: long }, { [WORKFLOW]: long, [path]: long }).found).toEqual([
      'persisting in-scripts:6',
      'new in-scripts:6',
    ]);
  });
});

describe('worsened: what can be reached rose', () => {
  const related = (base: string, head: string) => {
    const { findings } = compare(projectOf(base), projectOf(head), settingsOf(inScripts));
    return findings.map(({ status, related }) => [
      status,
      ...related.map(({ line, message }) => `${line}: ${message}`),
    ]);
  };
  const none = ['persisting'];

  test.each<
    [what: string, base: Parameters<typeof job>[1], head: Parameters<typeof job>[1], expected: readonly string[]]
  >([
    [
      'a privileged trigger',
      { on: 'push' },
      { on: '[push, pull_request_target]' },
      ['worsened', '1: an outsider can start it by `pull_request_target` now'],
    ],
    [
      'a fork trigger',
      { on: 'push' },
      { on: '[push, pull_request]' },
      ['worsened', '1: an outsider can start it by `pull_request` now'],
    ],
    [
      'one more of them',
      { on: 'issues' },
      { on: '[issues, issue_comment]' },
      ['worsened', '1: an outsider can start it by `issue_comment` now'],
    ],
    ['a writers’ trigger', { on: 'push' }, { on: '[push, schedule]' }, none],
    ['a trigger fewer', { on: '[push, issues]' }, { on: 'push' }, none],
    [
      'a guard gone',
      { on: 'issues', keys: "    if: github.event_name == 'push'\n" },
      { on: 'issues' },
      ['worsened', '1: an outsider can start it by `issues` now'],
    ],
    [
      'a scope',
      { top: 'permissions: { contents: read }\n' },
      { top: 'permissions: { contents: write }\n' },
      ['worsened', '2: its token has `contents: write` now'],
    ],
    [
      'a scope of the job',
      { top: 'permissions: {}\n' },
      { top: 'permissions: {}\n', keys: '    permissions: { issues: read }\n' },
      ['worsened', '6: its token has `issues: read` now'],
    ],
    ['write-all', { top: 'permissions: read-all\n' }, { top: 'permissions: write-all\n' }, ['worsened']],
    ['the default, known now', {}, { top: 'permissions: write-all\n' }, none],
    ['read-only, left to the setting now', { top: 'permissions: {}\n' }, {}, ['worsened']],
    ['a scope fewer', { top: 'permissions: write-all\n' }, { top: 'permissions: {}\n' }, none],
    ['a secret', {}, { top: 'env: { K: "${{ secrets.K }}" }\n' }, ['worsened', '2: it gets the secret `K` now']],
    [
      'all secrets',
      { top: 'env: { K: "${{ secrets.K }}" }\n' },
      { top: 'env: { K: "${{ toJSON(secrets) }}" }\n' },
      ['worsened', '2: it gets all secrets now'],
    ],
    [
      'one of all',
      { top: 'env: { K: "${{ toJSON(secrets) }}" }\n' },
      { top: 'env: { K: "${{ secrets.K }}" }\n' },
      none,
    ],
    ['the token itself', {}, { top: 'env: { K: "${{ secrets.GITHUB_TOKEN }}" }\n' }, none],
  ])('%s', (_what, base, head, expected) => {
    const [[status, ...places] = []] = related(job(step, base), job(step, head));
    expect([status, ...(expected.length === 1 ? [] : places)]).toEqual(expected);
  });

  test('a self-hosted runner', () => {
    const head = job(step).replace('ubuntu-latest', 'self-hosted');
    expect(related(job(step), head)).toEqual([['worsened', '4: it runs on a self-hosted runner now']]);
    expect(related(job(step).replace('ubuntu-latest', '${{ inputs.os }}'), head)).toEqual([['persisting']]);
  });

  test('the exposure before is told', () => {
    const { findings } = compare(projectOf(job(step)), projectOf(job(step, { on: 'issues' })), settingsOf(inScripts));
    expect(findings.map(({ exposure, exposureBefore }) => [exposureBefore?.reach, exposure.reach])).toEqual([
      ['insider', 'outsider-privileged'],
    ]);
  });

  test('an untouched step of a called workflow is worse when a caller gets a trigger', () => {
    const callee = job(step, { on: 'workflow_call' });
    const caller = (on: string) => `on: ${on}\njobs:\n  call:\n    uses: ./.github/workflows/callee.yml\n`;
    const files = (on: string) => ({ [WORKFLOW]: caller(on), '.github/workflows/callee.yml': callee });
    const { findings } = compare(projectOf(files('push')), projectOf(files('issues')), settingsOf(inScripts));
    expect(findings.map(({ path, status, related }) => [path, status, related[0]?.path])).toEqual([
      ['.github/workflows/callee.yml', 'worsened', WORKFLOW],
    ]);
  });

  test('what nobody called is not worse by its first caller', () => {
    const callee = { '.github/workflows/callee.yml': job(step, { on: 'workflow_call' }) };
    const head = { ...callee, [WORKFLOW]: 'on: issues\njobs:\n  call:\n    uses: ./.github/workflows/callee.yml\n' };
    expect(statuses(callee, head).found).toEqual(['persisting in-scripts:6']);
  });
});

describe('one cause in several places', () => {
  /** All tags of a file are one finding; GitHub's own weigh less. */
  const habit = ruleOf('habit', {
    *uses(uses) {
      if (!uses.ref || uses.isPinned) return;
      const severity = uses.owner === 'actions' ? 'low' : 'high';
      const member = uses.ref.value === 'main' ? `${uses.slug} by a branch` : uses.slug;
      yield { at: uses.ref, message: `\`${uses.value}\` moves`, subject: 'refs', route: '', member, severity };
    },
  });
  const calls = (...values: readonly string[]) => values.map((value) => `      - uses: ${value}\n`).join('');
  const told = (base: string, head: string) => {
    const { findings, fixed } = compare(projectOf(base), projectOf(head), settingsOf(habit));
    expect(fixed).toEqual([]);
    return findings.map(({ status, severity, line, related }) =>
      [`${status} ${severity} ${line}`, ...related.map((one) => `${one.line}: ${one.message}`)].join('; '),
    );
  };
  const old = ['actions/a@v1', 'octo/x@v1'];

  test.each<[what: string, head: readonly string[], expected: string]>([
    ['nothing changed', old, 'persisting high 7; 6: also here'],
    ['another version of one', ['actions/a@v2', 'octo/x@v2'], 'persisting high 7; 6: also here'],
    ['one of them again', [...old, 'octo/x@v1'], 'persisting high 7; 6: also here; 8: also here'],
    ['one of them less', ['octo/x@v1'], 'persisting high 6'],
    ['the heavy one less', ['actions/a@v1'], 'persisting low 6'],
    ['a new one', [...old, 'octo/y@v1'], 'worsened high 8; 7: also here; 6: also here; 8: `octo/y` is new here'],
    [
      'a new one that weighs less',
      [...old, 'actions/b@v1'],
      'worsened low 8; 7: also here; 6: also here; 8: `actions/b` is new here',
    ],
    [
      'a step back',
      ['actions/a@v1', 'octo/x@main'],
      'worsened high 7; 6: also here; 7: `octo/x by a branch` is new here',
    ],
    [
      'two new ones: the heavier is where it stands',
      [...old, 'octo/y@v1', 'actions/b@v1'],
      'worsened high 8; 7: also here; 6: also here; 9: also here; 9: `actions/b` is new here; 8: `octo/y` is new here',
    ],
    ['others instead', ['octo/y@v1'], 'worsened high 6; 6: `octo/y` is new here'],
  ])('%s', (_, head, expected) => {
    expect(told(job(calls(...old)), job(calls(...head)))).toEqual([expected]);
  });

  test('the fingerprint stays, the message names the others', () => {
    const of = (...values: readonly string[]) =>
      compare(projectOf({}), projectOf(job(calls(...values))), settingsOf(habit)).findings[0];
    expect(of(...old)?.fingerprint).toBe(of('octo/z@v1')?.fingerprint);
    expect(of(...old)?.message).toBe('`octo/x@v1` moves; the same goes for `actions/a`');
    const many = of('octo/`@v1', ...'abcdefg'.split('').map((name) => `octo/${name}@v1`));
    expect(many?.message).toMatch(/^`octo\/a@v1` moves; the same goes for (`octo\/\w`, ){4}`octo\/f` and 1 more$/);
  });

  test('what a new one exposes is no rise of the old ones, and what rises is told', () => {
    const other = `  other:\n    runs-on: x\n    env: { K: "\${{ secrets.K }}" }\n    steps:\n${calls('actions/b@v1')}`;
    expect(told(job(calls(...old)), job(calls(...old)) + other)).toEqual([
      'worsened low 12; 7: also here; 6: also here; 12: `actions/b` is new here',
    ]);
    expect(told(job(calls(...old)), job(calls(...old), { on: 'issues' }))).toEqual([
      'worsened high 7; 6: also here; 1: an outsider can start it by `issues` now',
    ]);
    expect(told(job(calls(...old)), job(calls(...old, 'actions/b@v1'), { on: 'issues' }))).toEqual([
      'worsened high 8; 7: also here; 6: also here; 8: `actions/b` is new here; 1: an outsider can start it by `issues` now',
    ]);
  });
});

describe('an action of this repository that nobody uses', () => {
  const action = { '.github/actions/a/action.yml': 'runs:\n  using: composite\n  steps:\n    - uses: octo/x@v1\n' };
  const caller = { [WORKFLOW]: job('      - uses: ./.github/actions/a\n') };

  test('is for auditors, and new as soon as somebody does', () => {
    const idle = { [WORKFLOW]: job('      - run: make\n'), ...action };
    const [found] = compare(projectOf({}), projectOf(idle), settingsOf(tags)).findings;
    expect(found).toMatchObject({ status: 'new', audience: 'auditor' });
    const [used] = compare(projectOf(idle), projectOf({ ...action, ...caller }), settingsOf(tags)).findings;
    expect(used).toMatchObject({ status: 'new', audience: 'regular' });
  });

  test('elsewhere others may use it', () => {
    const shared = { 'setup/action.yml': action['.github/actions/a/action.yml'] };
    expect(compare(projectOf({}), projectOf(shared), settingsOf(tags)).findings).toMatchObject([
      { audience: 'regular' },
    ]);
  });
});

describe('shared actions', () => {
  const caller = (id: string) =>
    `on: push\njobs:\n  ${id}:\n    runs-on: x\n    steps:\n      - uses: ./a\n      - run: echo \${{ ${id} }}\n`;
  const action = (run: string) => `runs:\n  using: composite\n  steps:\n    - run: ${run}\n      shell: bash\n`;
  const files = (run: string) => ({
    '.github/workflows/a.yml': caller('a'),
    '.github/workflows/b.yml': caller('b'),
    'a/action.yml': action(run),
  });

  test('an edit of one gives its callers no new findings', () => {
    expect(statuses(files('make'), files('echo ${{ x }}')).found).toEqual([
      'persisting in-scripts:7',
      'persisting in-scripts:7',
      'new in-scripts:4',
    ]);
  });

  test('what a rule says of an unchanged caller is asked again when its callee changed', () => {
    const rule = ruleOf('callee', {
      *uses(uses, { project }) {
        const target = project.target(uses);
        if (target?.kind === 'action' && target.steps.some((one) => one.script?.value === 'bad'))
          yield { at: uses, message: '' };
      },
    });
    expect(statuses(files('make'), files('bad'), rule).found).toEqual(['new callee:6', 'new callee:6']);
    expect(statuses(files('bad'), files('make'), rule).fixed).toEqual(['callee:6', 'callee:6']);
  });

  test('a rule that looks at the whole project is asked again on every file', () => {
    const rule = ruleOf('count', {
      *job(one, { project }) {
        if (project.workflows.length > 2) yield { at: one.idAt, message: '' };
      },
    });
    const base = files('make');
    expect(statuses(base, { ...base, '.github/workflows/c.yml': job(step) }, rule).found).toEqual([
      'new count:3',
      'new count:3',
      'new count:3',
    ]);
  });

  test('files on which nothing changed are read and shown once', () => {
    const seen: string[] = [];
    const spy = ruleOf('spy', {
      workflow(workflow) {
        seen.push(workflow.path);
        return [];
      },
    });
    const base = { '.github/workflows/a.yml': job(step), '.github/workflows/b.yml': job(step) };
    compare(
      projectOf(base),
      projectOf({ ...base, '.github/workflows/b.yml': job(`${step}      - run: x\n`) }),
      settingsOf(spy),
    );
    expect(seen.sort()).toEqual(['.github/workflows/a.yml', '.github/workflows/b.yml', '.github/workflows/b.yml']);
  });
});

describe('what could not be looked at', () => {
  const broken = 'jobs: [';
  test('at the head: unverified, and nothing is called fixed', () => {
    const result = compare(projectOf(job(step)), projectOf(broken), settingsOf(inScripts));
    expect(result.findings).toEqual([]);
    expect(result.fixed).toEqual([]);
    expect(result.unverified.map(({ path }) => path)).toEqual([WORKFLOW]);
  });

  test('at the base: what the head has is new', () => {
    const result = compare(projectOf(broken), projectOf(job(step)), settingsOf(inScripts));
    expect(result.findings.map(({ status }) => status)).toEqual(['new']);
    expect(result.unverified).toEqual([]);
  });

  describe('at both', () => {
    const other = '.github/workflows/other.yml';
    const caller = job('      - uses: ./tools/x\n');
    const large = (oid?: string): ProjectFile => ({
      kind: 'workflow',
      unverified: 'symbolic link',
      ...(oid && { oid }),
    });
    const withFile = (files: Readonly<Record<string, string>>, path: string, file: ProjectFile): Project => ({
      files: new Map<string, ProjectFile>(projectOf(files).files).set(path, file),
    });
    const persists = (base: Project, head: Project) =>
      compare(base, head, settingsOf(inScripts)).unverified.map((one) => one.persists ?? false);

    test.each([
      ['the same text', projectOf({ [WORKFLOW]: broken }), projectOf({ [WORKFLOW]: broken, [other]: job(step) }), true],
      ['another text', projectOf({ [WORKFLOW]: broken }), projectOf({ [WORKFLOW]: `${broken}[` }), false],
      [
        'the same large file',
        withFile({}, WORKFLOW, large('a')),
        withFile({ [other]: job(step) }, WORKFLOW, large('a')),
        true,
      ],
      ['another large file', withFile({}, WORKFLOW, large('a')), withFile({}, WORKFLOW, large('b')), false],
      ['what may differ, as links may', withFile({}, WORKFLOW, large()), withFile({}, WORKFLOW, large()), false],
      [
        'an action that a changed workflow may call',
        withFile({}, 'tools/x/action.yml', large('a')),
        withFile({ [WORKFLOW]: caller }, 'tools/x/action.yml', large('a')),
        false,
      ],
      [
        'an action whose callers did not change',
        withFile({ [WORKFLOW]: caller }, 'tools/x/action.yml', large('a')),
        withFile({ [WORKFLOW]: caller, [other]: job(step) }, 'tools/x/action.yml', large('a')),
        true,
      ],
    ])('%s', (_, base, head, expected) => {
      expect(persists(base, head)).toEqual([expected]);
    });
  });

  test('a rule that fails at the head', () => {
    const rule = ruleOf('failing', {
      *workflow(workflow) {
        if (workflow.name) throw new Error('oh');
        yield { at: workflow, message: '', subject: 'x' };
      },
    });
    const result = compare(projectOf(job(step)), projectOf(`name: x\n${job(step)}`), settingsOf(rule));
    expect(result.fixed).toEqual([]);
    expect(result.unverified).toEqual([{ path: WORKFLOW, rule: 'failing', reason: 'the rule failed: oh' }]);
  });
});

test('what changed, how much was looked at, what both sides want', () => {
  const base = {
    [WORKFLOW]: job('      - uses: ./a\n'),
    '.github/workflows/x.yml': job(step),
    '.github/workflows/y.yml': job(step),
  };
  const head = {
    [WORKFLOW]: job('      - uses: ./b\n'),
    '.github/workflows/x.yml': job(step),
    '.github/workflows/z.yml': job(step),
  };
  const result = compare(projectOf(base), projectOf(head), settingsOf(inScripts));
  expect(result.changed).toEqual([WORKFLOW, '.github/workflows/y.yml', '.github/workflows/z.yml']);
  expect(result.files).toBe(3);
  expect(result.wanted.map(({ folder }) => folder).sort()).toEqual(['a', 'b']);
});

test('capabilities: what each job gained and lost', () => {
  const head = job('      - uses: octo/x@v2\n      - run: echo ${{ secrets.K }}\n', {
    on: 'issues',
    keys: '    permissions: { contents: write, issues: read }\n',
  });
  const base = job('      - uses: octo/x@v1\n', { keys: '    permissions: { contents: read }\n' });
  const { capabilities } = compare(projectOf(base), projectOf(head), settingsOf());
  expect(capabilities).toEqual([
    {
      path: WORKFLOW,
      job: 'test',
      gained: ['trigger `issues`', '`contents: write`', '`issues: read`', 'secret `K`', 'code `octo/x@v2`'],
      lost: ['trigger `push`', 'code `octo/x@v1`'],
    },
  ]);
  expect(compare(projectOf(base), projectOf(base), settingsOf()).capabilities).toEqual([]);
  const gone = compare(projectOf(base), projectOf({}), settingsOf()).capabilities;
  expect(gone).toEqual([
    expect.objectContaining({ job: 'test', gained: [], lost: expect.arrayContaining(['trigger `push`']) }),
  ]);
});

describe('rules about the change itself', () => {
  const visits = { ...ruleOf('visits', {}), needs: [] as const };
  const changing = (compare: NonNullable<Rule['compare']>, parts: Partial<Rule> = {}): Rule => ({
    ...visits,
    id: 'changing',
    compare,
    ...parts,
  });
  const run = (rule: Rule, base: Files, head: Files) => compare(projectOf(base), projectOf(head), settingsOf(rule));

  test('are shown both sides, and what they say is new, at its place, with identity and exposure', () => {
    const rule = changing(function* ({ base, head, basePath }) {
      for (const workflow of head.workflows) {
        const before = base.workflow(basePath(workflow.path) ?? '');
        for (const one of workflow.jobs) yield { at: one.idAt, message: `${before?.jobs.length ?? 'none'}` };
      }
    });
    const [found] = run(rule, job(step), job(step, { on: 'issues' })).findings;
    expect(found).toMatchObject({
      ...{ rule: 'changing', status: 'new', exposureBefore: null, line: 3, message: '1' },
      identity: { rule: 'changing', path: WORKFLOW, route: 'jobs.test', subject: 'test' },
      exposure: { triggers: ['issues'] },
    });
    expect(found?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  test('know a renamed file by its old name, and a new one as new', () => {
    const rule = changing(function* ({ head, basePath }) {
      for (const workflow of head.workflows)
        yield { at: workflow.jobs[0] ?? workflow, message: `${basePath(workflow.path)}` };
    });
    const long = job(`${step}      - run: one\n      - run: two\n`);
    const head = {
      '.github/workflows/b.yml': long,
      '.github/workflows/new.yml': 'on: push\njobs: { z: { runs-on: x } }\n',
    };
    const found = run(rule, { '.github/workflows/a.yml': long }, head).findings;
    expect(found.map(({ path, message }) => [path, message])).toEqual([
      ['.github/workflows/b.yml', '.github/workflows/a.yml'],
      ['.github/workflows/new.yml', 'null'],
    ]);
  });

  test('stand among the others by place, and are always new, also beside the same finding of the base', () => {
    const both = changing(
      function* ({ head }) {
        for (const uses of head.uses) yield { at: uses, message: 'moved', subject: 'moved' };
      },
      {
        visit: {
          *uses(uses) {
            yield { at: uses, message: 'used' };
          },
        },
      },
    );
    const text = job('      - uses: octo/x@v1\n      - uses: octo/y@v1\n');
    const { findings } = compare(projectOf(text), projectOf(text), settingsOf(both));
    expect(findings.map(({ line, message, status }) => `${line} ${status} ${message}`)).toEqual([
      '6 persisting used',
      '6 new moved',
      '7 persisting used',
      '7 new moved',
    ]);
  });

  test('one that throws is reported, and the others still run', () => {
    const broken = changing(() => {
      throw new Error('oops');
    });
    const { findings, unverified } = compare(projectOf(job('')), projectOf(job(step)), settingsOf(broken, inScripts));
    expect(unverified).toEqual([{ path: '', rule: 'changing', reason: 'the rule failed: oops' }]);
    expect(findings.map(({ rule }) => rule)).toEqual(['in-scripts']);
  });

  test('are no part of an analysis, and are listed where they lack a fact', () => {
    const asking = changing(
      function* ({ head }, { facts }) {
        for (const uses of head.uses) if (facts.refOf(uses)) yield { at: uses, message: '' };
      },
      { needs: ['refs'] },
    );
    const text = job('      - uses: octo/x@v1\n');
    expect(run(asking, job(step), text).notRun).toMatchObject([{ rule: 'changing', isUnasked: true }]);
    expect(run(asking, job(step), job(step)).notRun).toEqual([]);
    expect(analyze(projectOf(text), settingsOf(asking))).toMatchObject({ findings: [], notRun: [] });
  });
});
