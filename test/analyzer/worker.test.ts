import { describe, expect, test } from '@jest/globals';
import { newProgress, progressReader, progressWriter } from '../../src/analyzer/progress.ts';
import type { AnalysisQuestion, FixesFor } from '../../src/analyzer/protocol.ts';
import { parserWithMemory } from '../../src/analyzer/remember.ts';
import { runAnalysis } from '../../src/analyzer/worker.ts';
import type { Analysis } from '../../src/engine/analysis.ts';
import { noFacts } from '../../src/engine/facts.ts';
import { isShown } from '../../src/engine/finding.ts';
import { projectOf } from '../engine/given.ts';

const folder = '.github/workflows';
const checkout = (uses: string) => `on: pull_request
permissions: {}
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: ${uses}
      - run: echo \${{ github.head_ref }}
`;
const tagged = checkout('actions/checkout@v4');

function ask(question: Partial<AnalysisQuestion> & Pick<AnalysisQuestion, 'head'>, settings = {}) {
  const whole = { base: null, options: {}, fixesFor: 'auditor', only: [''], ...question } as const;
  return runAnalysis(whole, () => undefined, settings) as Analysis;
}

/** Protects: whoever is shown a finding is also shown its fix, and nobody else's fixes are proved. */
describe('whose fixes are proved', () => {
  const all = ask({ head: projectOf(tagged) }).findings;
  const fixable = all.filter((finding) => finding.fix !== null);
  const fixed = (question: Partial<AnalysisQuestion>) =>
    ask({ head: projectOf(tagged), ...question }).findings.filter((finding) => finding.fix !== null);

  test('the example has fixes that everybody is shown, and others', () => {
    expect(fixable.some((finding) => isShown(finding, 'regular'))).toBe(true);
    expect(fixable.some((finding) => !isShown(finding, 'regular'))).toBe(true);
  });

  test.each<FixesFor>(['regular', 'pedantic', 'auditor', 'pull-request'])('%s', (fixesFor) => {
    const isMeant = (finding: (typeof all)[number]) =>
      fixesFor === 'pull-request' ? finding.audience === 'regular' : isShown(finding, fixesFor);
    expect(fixed({ fixesFor })).toEqual(fixable.filter(isMeant));
    expect(ask({ head: projectOf(tagged), fixesFor }).findings).toHaveLength(all.length);
  });

  test('what was there before has none on a pull request, and has one on the command line', () => {
    const base = projectOf(tagged);
    expect(fixed({ base, fixesFor: 'pull-request' })).toEqual([]);
    expect(fixed({ base, fixesFor: 'regular' })).not.toEqual([]);
    expect(fixed({ base: projectOf({}), fixesFor: 'pull-request' })).not.toEqual([]);
  });
});

/** Protects: what is known from outside gets to the rules, and what isn't is said. */
test('facts', () => {
  const head = projectOf(checkout('octo/x@v1'));
  const fact = { sha: 'a'.repeat(40), kinds: ['tag'], tag: 'v1.2.3' } as const;
  const facts = { ...noFacts, refs: new Map([['octo/x@v1', fact]]) };
  const fixOf = (question: Partial<AnalysisQuestion>) =>
    ask({ head, ...question }).findings.find(({ rule }) => rule === 'unpinned-uses')?.fix?.title ?? null;
  expect(fixOf({})).toBeNull();
  expect(fixOf({ facts })).toBe('Pin to the commit of `v1.2.3`');
});

/** Protects: asking for one file finds in it what asking for everything does, with what comes from its callers. */
describe('only a part of a project', () => {
  const called = `on: workflow_call
jobs:
  b:
    runs-on: ubuntu-latest
    steps:
      - run: echo \${{ inputs.title }}
`.replace('workflow_call', '{ workflow_call: { inputs: { title: { type: string } } } }');
  const caller = `on: issues
permissions: {}
jobs:
  call:
    uses: ./.github/workflows/called.yml
    with: { title: "\${{ github.event.issue.title }}" }
`;
  const head = projectOf({
    [`${folder}/called.yml`]: called,
    [`${folder}/caller.yml`]: caller,
    [`${folder}/other.yml`]: tagged,
  });
  const everything = ask({ head });

  test.each(['called.yml', 'caller.yml', 'other.yml'])('%s', (name) => {
    const path = `${folder}/${name}`;
    const own = ({ findings }: Analysis) => findings.filter((finding) => finding.path === path);
    expect(own(ask({ head, only: [path] }))).toEqual(own(everything));
    expect(own(everything)).not.toEqual([]);
  });

  test('a folder is all that is in it; what nobody asked for is left out', () => {
    expect(ask({ head, only: [folder] }).findings).toEqual(everything.findings);
    const one = ask({ head, only: [`${folder}/called.yml`] });
    expect(one.findings.map(({ path }) => path)).not.toContain(`${folder}/other.yml`);
    expect(ask({ head, only: [`${folder}/other`] }).findings).toEqual([]);
  });
});

/** Protects: a project is analysed once all of it is there, and is never left unanalysed for what cannot be had. */
describe('rounds', () => {
  const head = projectOf(checkout('./tools/setup'));
  const wanted = [{ kind: 'action', folder: 'tools/setup' }];

  test('what is wanted is said before anything is analysed', () => {
    expect(ask({ head }, { isLastRound: false })).toEqual({ wanted });
  });

  test('the last round analyses without it', () => {
    const last = ask({ head });
    expect(last.wanted).toEqual(wanted);
    expect(last.findings).not.toEqual([]);
  });

  test('one round is enough where nothing is wanted', () => {
    const looked = { ...head, absent: new Set(['tools/setup']) };
    const { findings } = ask({ head: looked }, { isLastRound: false });
    expect(findings).not.toEqual([]);
    expect(findings).toEqual(ask({ head: looked }).findings);
    expect(ask({ head: projectOf(tagged) }, { isLastRound: false })).toEqual(ask({ head: projectOf(tagged) }));
  });

  test('a spelling that the quick look does not see is wanted after all', () => {
    const odd = projectOf(checkout('"\\x2e/tools/setup"'));
    expect(ask({ head: odd }, { isLastRound: false }).wanted).toEqual(wanted);
  });
});

/** Protects: a warm worker reads a text once, and holds nothing of the projects before. */
test('the parser remembers one request’s texts, and no more', () => {
  const parserFor = parserWithMemory();
  const [a, b] = [projectOf(tagged), projectOf('on: push\n')];
  const first = parserFor({ base: a, head: b })(tagged);
  const again = parserFor({ base: null, head: a });
  expect(again(tagged)).toBe(first);
  expect(again('on: issues\n')).toBe(again('on: issues\n'));
  parserFor({ base: null, head: b });
  expect(parserFor({ base: null, head: a })(tagged)).not.toBe(first);
});

/** Protects: the right file is blamed for the worker's death. */
test('the main thread sees where the worker is', () => {
  const question = { base: projectOf({ 'b.yml': '', 'a.yml': '' }), head: projectOf({ 'c.yml': '', 'a.yml': '' }) };
  const progress = newProgress();
  const moveTo = progressWriter(progress, structuredClone(question));
  const reader = progressReader(progress, question);
  expect(reader.path()).toBeNull();
  for (const path of ['a.yml', 'b.yml', 'c.yml', 'a.yml']) {
    const before = reader.moves();
    moveTo(path);
    expect(reader.path()).toBe(path);
    expect(reader.moves()).not.toBe(before);
  }
  moveTo(null);
  expect(reader.path()).toBe('a.yml');
});
