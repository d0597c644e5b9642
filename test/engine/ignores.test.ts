import { describe, expect, test } from '@jest/globals';
import { analyze } from '../../src/engine/analyze.ts';
import { compare } from '../../src/engine/compare.ts';
import { noFacts } from '../../src/engine/facts.ts';
import { defineRule } from '../../src/engine/rule.ts';
import { projectOf } from './given.ts';

/** Comments that accept findings: which finding they mean, and that nobody accepts what his own change brings. */

const rule = defineRule({
  id: 'noisy-step',
  severity: 'high',
  section: 'Hygiene',
  summary: 'A step',
  why: 'why',
  remedy: 'remedy',
  peers: ['zizmor: loud-step', 'poutine: step_one, step_two'],
  visit: {
    *step(step) {
      const at = step.uses ?? step.script;
      if (at) yield { at, message: 'A step', subject: step.name?.value ?? '', route: '' };
    },
    *job(job) {
      if (job.runsOn) yield { at: job.runsOn, message: 'A job', subject: 'job' };
    },
  },
});

const settings = { rules: [rule], options: {}, facts: noFacts };

function workflow(step: string, above = '', behindJob = ''): string {
  return `on: push\njobs:\n  a:\n    runs-on: x${behindJob}\n    steps:\n${above}      - name: one\n        run: echo${step}\n      - name: two\n        run: echo\n`;
}

function ignored(text: string): readonly string[] {
  return analyze(projectOf(text), settings).findings.flatMap(({ identity, ignored: one }) =>
    one ? [`${identity.subject}: ${one.tool} "${one.reason}" at ${one.line}`] : [],
  );
}

describe('a comment means', () => {
  test.each([
    ['its line', workflow(' # gargoyle: ignore[noisy-step] we know'), ['one: gargoyle "we know" at 7']],
    [
      'any line of its step',
      workflow('\n        # gargoyle: ignore[noisy-step] so\n        id: a'),
      ['one: gargoyle "so" at 8'],
    ],
    ['the step below', workflow('', '      # gargoyle: ignore[noisy-step] a\n'), ['one: gargoyle "a" at 6']],
    ['no reason', workflow(' # gargoyle: ignore[noisy-step]'), ['one: gargoyle "" at 7']],
    ['several rules', workflow(' # gargoyle: ignore[other, noisy-step] x'), ['one: gargoyle "x" at 7']],
    ['every rule', workflow(' # gargoyle: ignore[*] x'), ['one: gargoyle "x" at 7']],
    ['another rule', workflow(' # gargoyle: ignore[other] x'), []],
    ['the job', workflow('', '', ' # gargoyle: ignore[noisy-step] x'), ['job: gargoyle "x" at 4']],
    ['what zizmor calls it', workflow(' # zizmor: ignore[loud-step] y'), ['one: zizmor "y" at 7']],
    ["what zizmor doesn't call it", workflow(' # zizmor: ignore[noisy-step]'), []],
    ['what poutine calls it', workflow(' # poutine:ignore step_two'), ['one: poutine "" at 7']],
    ['not our name for poutine', workflow(' # poutine:ignore noisy-step'), []],
    ['a reason after dashes', workflow(' # poutine:ignore step_one -- z'), ['one: poutine "z" at 7']],
    ['no word of a script', workflow(' "# gargoyle: ignore[noisy-step] x"'), []],
    ['nothing in the middle of a sentence', workflow(' # see gargoyle: ignore[noisy-step] x'), []],
  ])('%s', (_, text, expected) => {
    expect(ignored(text)).toEqual(expected);
  });

  test('the next line that holds something', () => {
    const text = workflow('').replace('    runs-on', '    # gargoyle: ignore[noisy-step] x\n\n    # more\n    runs-on');
    expect(ignored(text)).toEqual(['job: gargoyle "x" at 4']);
  });
});

test('one place without a comment keeps the whole finding', () => {
  const same = workflow(' # gargoyle: ignore[noisy-step] x').replace('name: two', 'name: one');
  expect(ignored(same)).toEqual([]);
});

test('a change cannot accept what it brings, and says so', () => {
  const head = workflow(' # gargoyle: ignore[noisy-step] x');
  const { findings } = compare(projectOf('on: push\njobs: {}\n'), projectOf(head), settings);
  const [one] = findings.filter(({ identity }) => identity.subject === 'one');
  expect(one).toMatchObject({
    status: 'new',
    related: [{ line: 7, message: 'a comment asks to ignore this; it counts once merged' }],
  });
});
