import { describe, expect, test } from '@jest/globals';
import { analyze } from '../../src/engine/analyze.ts';
import { type FactData, noFacts, type RefFact } from '../../src/engine/facts.ts';
import type { Finding } from '../../src/engine/finding.ts';
import type { Project } from '../../src/engine/project.ts';
import type { Rule } from '../../src/engine/rule.ts';
import { projectOf, WORKFLOW } from './given.ts';
import { inScripts, ruleOf, settingsOf, tags } from './rules.ts';

/** Protects what a person is shown of an analysis: each cause once, at its place, and what could not be looked at by name. */

function findings(files: Parameters<typeof projectOf>[0], ...rules: readonly Rule[]): readonly Finding[] {
  const { findings, unverified } = analyze(projectOf(files), settingsOf(...rules));
  expect(unverified).toEqual([]);
  return findings;
}

const job = (steps: string, on = 'push') =>
  `on: ${on}\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;

describe('findings', () => {
  test('lines and columns from 1, ends exclusive, ordered by place and rule', () => {
    const text = job('      - run: echo ${{ a.b }} ${{ c.d }}\n      - uses: octo/x@v1\n');
    const other = ruleOf('also', {
      *uses(uses) {
        yield { at: uses.ref ?? uses, message: '' };
      },
    });
    expect(
      findings(text, inScripts, tags, other).map(({ rule, line, column, endLine, endColumn }) => [
        rule,
        line,
        column,
        endLine,
        endColumn,
      ]),
    ).toEqual([
      ['in-scripts', 6, 19, 6, 29],
      ['in-scripts', 6, 30, 6, 40],
      ['also', 7, 22, 7, 24],
      ['tags', 7, 22, 7, 24],
    ]);
  });

  test('columns count UTF-16 units, in block scalars too', () => {
    const [found] = findings(job("      - run: |\n          echo '😀' ${{ a.b }}\n"), inScripts);
    expect([found?.line, found?.column]).toEqual([7, 21]);
  });

  test('a problem takes from the rule what it does not say itself', () => {
    const [found] = findings(job('      - uses: octo/x@v1\n'), tags);
    expect(found).toMatchObject({
      severity: 'medium',
      confidence: 'high',
      audience: 'regular',
      why: 'w',
      remedy: 'r',
      fix: null,
    });
  });

  test('options of the policy replace the rule’s, one by one', () => {
    const project = projectOf(job('      - uses: octo/x@v1\n      - uses: other/x@v1\n'));
    const { findings } = analyze(project, { ...settingsOf(tags), options: { tags: { trusted: ['octo/*'] } } });
    expect(findings.map((found) => found.message)).toEqual(['`other/x@v1`']);
  });
});

describe('identity', () => {
  const routes = (text: string) =>
    findings(text, inScripts, tags).map((found) => `${found.identity.route} ${found.identity.subject}`);

  test('by id, else what is used, else name, else as a script; repeated ones are counted', () => {
    const steps = [
      '- { id: one, name: One, run: "${{ a }}" }',
      '- { uses: Octo/X@v1 }',
      '- { uses: octo/x@v2 }',
      '- { uses: octo/x/sub@v2, name: Sub }',
      '- { name: Two, run: "${{ a }}" }',
      '- { run: "${{ a }}" }',
      '- { run: "${{ a }}" }',
    ];
    expect(routes(job(steps.map((step) => `      ${step}\n`).join('')))).toEqual([
      'jobs.test.steps.one ${{ a }}',
      'jobs.test.steps.octo/x octo/x',
      'jobs.test.steps.octo/x#2 octo/x',
      'jobs.test.steps.octo/x/sub octo/x/sub',
      'jobs.test.steps.Two ${{ a }}',
      'jobs.test.steps.run ${{ a }}',
      'jobs.test.steps.run#2 ${{ a }}',
    ]);
  });

  test('the fingerprint stays when lines move, quotes change or a tag is bumped, and changes with the rest', () => {
    const [before] = findings(job('      - uses: octo/x@v1\n'), tags);
    const same = [job('\n      # more\n      - uses: "octo/x@v2"\n'), job('      - uses: octo/x@v1\n', 'issues')];
    for (const text of same) expect(findings(text, tags)[0]?.fingerprint).toBe(before?.fingerprint);
    const other = [job('      - uses: octo/y@v1\n'), job('      - uses: octo/x@v1\n').replace('  test:', '  build:')];
    for (const text of other) expect(findings(text, tags)[0]?.fingerprint).not.toBe(before?.fingerprint);
    expect(before?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  test('the same thing twice in one place is one finding, with the other places', () => {
    const [found, second] = findings(
      job('      - run: |\n          echo ${{ a }}\n          echo ${{a}}\n          echo ${{ a }}\n'),
      inScripts,
    );
    expect(found?.related.map(({ line, message }) => [line, message])).toEqual([[9, 'also here']]);
    expect(second?.line).toBe(8);
  });

  test('a problem of a job that is reported at the workflow belongs to the job', () => {
    const rule = ruleOf('jobs', {
      *workflow(workflow) {
        for (const one of workflow.jobs)
          yield { at: workflow.key('jobs') ?? workflow, message: '', subject: 'x', job: one };
      },
    });
    const found = findings(
      'on: push\njobs:\n  a: { runs-on: self-hosted, steps: [] }\n  b: { runs-on: ubuntu-latest, steps: [] }\n',
      rule,
    );
    expect(found.map(({ identity, exposure }) => [identity.route, exposure.runner])).toEqual([
      ['jobs.a', 'self-hosted'],
    ]);
  });

  test('without a job, the exposure is that of all jobs', () => {
    const rule = ruleOf('on', {
      *trigger(trigger) {
        yield { at: trigger, message: '' };
      },
    });
    const text =
      'on: push\njobs:\n  a: { runs-on: self-hosted, steps: [] }\n  b: { runs-on: ubuntu-latest, steps: [{ run: "${{ secrets.B }}" }] }\n';
    expect(findings(text, rule)[0]?.exposure).toEqual({
      reach: 'insider',
      triggers: ['push'],
      token: { kind: 'default' },
      secrets: ['B'],
      runner: 'self-hosted',
    });
  });

  test('route "" makes one finding of the same subject in the whole file', () => {
    const rule = ruleOf('once', {
      *uses(uses) {
        yield { at: uses, message: '', route: '' };
      },
    });
    const found = findings(
      'on: push\njobs:\n  a: { runs-on: x, steps: [{ uses: octo/x@v1 }] }\n  b: { runs-on: x, steps: [{ uses: octo/x@v1 }] }\n',
      rule,
    );
    expect(found.map(({ line, related }) => [line, related.map((one) => one.line)])).toEqual([[3, [4]]]);
  });
});

describe('anchors', () => {
  const text = `on: [push, pull_request_target]
jobs:
  a:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    steps: &steps
      - run: echo \${{ a.b }}
  b:
    runs-on: ubuntu-latest
    steps: *steps
`;
  test('an aliased problem is reported once, at the anchor, as bad as its worst site', () => {
    const found = findings(text, inScripts);
    expect(found.map(({ line, severity, identity }) => [line, severity, identity.route])).toEqual([
      [7, 'critical', 'jobs.a.steps.run'],
    ]);
    expect(found[0]?.exposure.reach).toBe('outsider-privileged');
    expect(found[0]?.related).toEqual([]);
  });
});

describe('code that never runs', () => {
  test('is shown to no rule', () => {
    const seen: string[] = [];
    const spy = ruleOf('spy', {
      job({ id }) {
        seen.push(id);
        return [];
      },
      step(step) {
        seen.push(step.route);
        return [];
      },
      expression({ value }) {
        seen.push(value);
        return [];
      },
    });
    const text =
      'on: push\njobs:\n  a:\n    if: false\n    runs-on: x\n    steps: [{ run: "${{ a }}" }]\n  b:\n    runs-on: x\n    steps:\n      - { id: x, if: "${{ false }}", run: "${{ b }}" }\n      - { id: y, run: "${{ c }}" }\n';
    findings(text, spy);
    expect(seen).toEqual(['b', 'jobs.b.steps.y', 'c']);
  });
});

describe('what could not be looked at', () => {
  const broken = ruleOf('broken', {
    *step(step) {
      if (step.id?.value === 'bad') throw new TypeError('oh');
      yield { at: step, message: 'seen' };
    },
  });

  test('a rule that throws is unverified on that file, once; the others and the other files are analysed', () => {
    const files = {
      [WORKFLOW]: job('      - { id: bad, uses: octo/x@v1 }\n      - { id: bad, uses: octo/y@v1 }\n'),
      '.github/workflows/z.yml': job('      - run: x\n'),
    };
    const { findings, unverified } = analyze(projectOf(files), settingsOf(broken, tags));
    expect(unverified).toEqual([{ path: WORKFLOW, rule: 'broken', reason: 'the rule failed: oh' }]);
    expect(findings.map(({ path, rule }) => [path, rule])).toEqual([
      [WORKFLOW, 'tags'],
      [WORKFLOW, 'tags'],
      ['.github/workflows/z.yml', 'broken'],
    ]);
  });

  test.each([
    ['jobs: [', /line/],
    ['', /empty/],
    ['- a\n', /no map/],
    ['on: push\non: pull_request\n', /line 2/],
    [`a: &a [x]\n${Array.from({ length: 60 }, (_, index) => `k${index}: [${'*a, '.repeat(900)}*a]\n`).join('')}`, /./],
  ])('%j is unverified', (text, reason) => {
    const { unverified, findings } = analyze(projectOf(text), settingsOf(tags));
    expect(unverified).toEqual([{ path: WORKFLOW, rule: null, reason: expect.stringMatching(reason) }]);
    expect(findings).toEqual([]);
  });

  test('a file that could not be fetched', () => {
    const project: Project = {
      files: new Map([[WORKFLOW, { kind: 'workflow', unverified: 'it is a symbolic link' }]]),
    };
    expect(analyze(project, settingsOf(tags)).unverified).toEqual([
      { path: WORKFLOW, rule: null, reason: 'it is a symbolic link' },
    ]);
  });
});

describe('local actions', () => {
  const uses = (...paths: readonly string[]) => job(paths.map((path) => `      - uses: ${path}\n`).join(''));

  test.each([
    ['./.github/actions/x', ['.github/actions/x']],
    ['./', ['']],
    ['./a//b/../c/', ['a/c']],
    ['$/x', ['x']],
    ['../other', []],
    ['octo/x@v1', []],
    ['docker://alpine', []],
  ])('%s is wanted in %j', (path, folders) => {
    const { wanted } = analyze(projectOf(uses(path)), settingsOf());
    expect(wanted).toEqual(folders.map((folder) => ({ kind: 'action', folder })));
  });

  test('what is there, absent or unreadable is not wanted again; nested ones are', () => {
    const nested = 'runs:\n  using: composite\n  steps:\n    - uses: ./y\n';
    const project = projectOf({
      [WORKFLOW]: uses('./x', './gone', './bad'),
      'x/action.yaml': nested,
      'bad/action.yml': 'a: [',
    });
    const { wanted, unverified } = analyze({ ...project, absent: new Set(['gone']) }, settingsOf());
    expect(wanted).toEqual([{ kind: 'action', folder: 'y' }]);
    expect(unverified.map(({ path }) => path)).toEqual(['bad/action.yml']);
  });

  test('another checkout moves the root, or hides it', () => {
    const checkout = (given: string) => `      - uses: actions/checkout@v4\n        with: { ${given} }\n`;
    const wanted = (given: string, path: string) =>
      analyze(projectOf(job(`${checkout(given)}      - uses: ${path}\n`)), settingsOf()).wanted.map(
        (one) => one.folder,
      );
    expect(wanted('path: src', './src/.github/actions/x')).toEqual(['.github/actions/x']);
    expect(wanted('path: src', './.github/actions/x')).toEqual(['.github/actions/x']);
    expect(wanted('repository: octo/other', './x')).toEqual([]);
    expect(wanted('repository: octo/other, path: other', './other/x')).toEqual([]);
    expect(wanted('repository: octo/other, path: other', './x')).toEqual(['x']);
    expect(wanted('repository: "${{ github.repository }}"', './x')).toEqual(['x']);
  });
});

test('capabilities: what each job can do', () => {
  const text = `on: [push, pull_request_target]
permissions: { contents: read }
jobs:
  test:
    runs-on: [self-hosted, linux]
    environment: production
    container: node:20
    permissions: { issues: write, contents: read }
    steps:
      - uses: octo/x@v1
      - run: echo \${{ secrets.b }} \${{ secrets.A }}
`;
  expect(analyze(projectOf(text), settingsOf()).capabilities).toEqual([
    {
      path: WORKFLOW,
      job: 'test',
      triggers: ['pull_request_target', 'push'],
      token: { kind: 'declared', scopes: { contents: 'read', issues: 'write' } },
      secrets: ['A', 'B'],
      environment: 'production',
      runner: { kind: 'self-hosted', labels: ['linux', 'self-hosted'] },
      uses: ['docker://node:20', 'octo/x@v1'],
    },
  ]);
});

describe('rules that could not judge', () => {
  const ref: RefFact = { sha: 'a'.repeat(40), kinds: ['tag'], tag: 'v1' };
  const refs = { ...noFacts, refs: new Map([['octo/x@v1', ref]]) };
  const asking: Rule = {
    ...ruleOf('asking', {
      *uses(uses, { facts }) {
        if (uses.ref && facts.refOf(uses) === null) return;
        yield { at: uses, message: 'known' };
      },
    }),
    needs: ['refs'],
  };
  const remote = job('      - uses: octo/x@v1\n');
  const notRun = (rule: Rule, facts: FactData = noFacts, text = remote, paths?: ReadonlySet<string>) =>
    analyze({ ...projectOf(text), ...(paths && { paths }) }, { ...settingsOf(rule), facts }).notRun;

  test('one that asked and had no fact is listed once, with the reason', () => {
    const text = job('      - uses: octo/x@v1\n      - uses: octo/y@v1\n');
    expect(notRun(asking, noFacts, text)).toEqual([
      { rule: 'asking', reason: 'tags and commits of other repositories were not looked up', isUnasked: true },
    ]);
  });

  test('one with nothing to look at is not', () => {
    expect(notRun(asking, noFacts, job('      - uses: ./x\n'))).toEqual([]);
    expect(notRun(asking, noFacts, job('      - run: make\n'))).toEqual([]);
  });

  test('one that has some of the facts is not, also where this one is missing', () => {
    expect(notRun(asking, refs)).toEqual([]);
    expect(notRun(asking, refs, job('      - uses: octo/y@v1\n'))).toEqual([]);
    expect(notRun({ ...asking, needs: ['advisories', 'refs'] }, refs)).toEqual([]);
  });

  test('one that can do without is not', () => {
    expect(notRun({ ...asking, needs: [] })).toEqual([]);
  });

  test('what was asked for and could not be had says why', () => {
    const failed = new Map([['refs' as const, 'GitHub did not answer']]);
    expect(notRun(asking, { ...noFacts, failed })).toEqual([
      {
        rule: 'asking',
        reason: 'tags and commits of other repositories could not be had: GitHub did not answer',
      },
    ]);
  });

  test.each<[need: Rule['needs'][number], facts: Partial<FactData>, expected: number]>([
    ['settings.secrets', {}, 1],
    ['settings.secrets', { settings: {} }, 1],
    ['settings.secrets', { settings: { secrets: [] } }, 0],
    ['settings.codeScanning', { settings: { codeScanning: null } }, 0],
    ['advisories', {}, 1],
    ['repositories', { repositories: new Map([['octo/x', { state: 'there' }]]) }, 0],
    ['platform', {}, 0],
  ])('%s with %j', (need, facts, expected) => {
    const rule: Rule = {
      ...ruleOf('settings', {
        // biome-ignore lint/correctness/useYield: it only asks
        *workflow(_, { facts: asked }) {
          asked.setting('secrets');
          asked.setting('codeScanning');
          asked.advisoriesOf({ owner: 'octo', repo: 'x' });
          asked.repositoryOf({ owner: 'octo', repo: 'x' });
          asked.platform;
        },
      }),
      needs: [need],
    };
    expect(notRun(rule, { ...noFacts, ...facts })).toHaveLength(expected);
  });

  test('paths: whoever is shown something and does not know them', () => {
    const rule: Rule = { ...ruleOf('paths', { *project() {} }), needs: ['paths'] };
    expect(notRun(rule)).toHaveLength(1);
    expect(notRun(rule, noFacts, remote, new Set())).toEqual([]);
    expect(analyze({ files: new Map() }, settingsOf(rule)).notRun).toEqual([]);
  });
});
