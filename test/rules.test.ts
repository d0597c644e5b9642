import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ruleIndex } from '../scripts/generate/rule-index.ts';
import { rulePages } from '../scripts/generate/rule-pages.ts';
import { noFacts } from '../src/engine/facts.ts';
import type { Finding } from '../src/engine/finding.ts';
import type { Rule } from '../src/engine/rule.ts';
import { rules } from '../src/rules/index.ts';
import { analyzeFiles, type Example, examplesOf, fixed, readExamples } from './rules/fixtures.ts';
import { mutantsOf } from './rules/mutants.ts';

/**
 * The laws that every rule obeys, whoever wrote it. Its fixture, test/rules/<id>.yml, is all that it takes: see
 * rules/fixtures.ts for the format. Protects users from rules that miss what their page shows, cry at good code, offer
 * fixes that don't fix, or fall over input that somebody made for that purpose.
 */

const root = join(import.meta.dirname, '..');

/** `path:line` of what is found, sorted; what regular users aren't shown counts only where it is marked. */
function linesOf(findings: readonly Finding[], marks: readonly string[]): readonly string[] {
  const lines = findings.map(({ path, line, audience }) => ({ line: `${path}:${line}`, audience }));
  const shown = lines.filter(({ line, audience }) => audience === 'regular' || marks.includes(line));
  return [...new Set(shown.map(({ line }) => line))].sort();
}

test('every rule has a fixture with a bad and a good example, every fixture a rule', () => {
  const fixtures = readdirSync(join(root, 'test/rules')).filter((file) => file.endsWith('.yml'));
  expect(fixtures.map((file) => file.slice(0, -'.yml'.length)).sort()).toEqual(rules.map((rule) => rule.id));
  for (const rule of rules) {
    const examples = examplesOf(rule.id);
    expect({ rule: rule.id, bad: examples.some((one) => one.isBad), good: examples.some((one) => !one.isBad) }).toEqual(
      { rule: rule.id, bad: true, good: true },
    );
  }
});

describe.each(rules.map((rule) => ({ id: rule.id, rule })))('$id', ({ rule }) => {
  const examples = examplesOf(rule.id).map((example) => ({
    kind: example.isBad ? 'bad' : 'good',
    why: example.why,
    example,
  }));

  test.each(examples)('$kind: $why', ({ example }) => {
    const analysis = analyzeFiles(example.files, [rule], example);
    expect(analysis.unverified).toEqual([]);
    expect(linesOf(analysis.findings, example.marks)).toEqual([...example.marks].sort());
    expect(example.marks.length > 0).toBe(example.isBad);
  });

  test('every fix takes its finding away, brings none, and changes nothing else', () => {
    for (const { example } of examples) checkFixes(example, rule);
  });

  test('no truncation or mutation makes it throw', () => {
    for (const { files, example } of mutantsOf(rule.id, examplesOf(rule.id))) {
      const { unverified } = analyzeFiles(files, [rule], example);
      const crashes = unverified.filter((one) => one.rule !== null || one.reason.startsWith('the '));
      expect({ crashes, text: crashes.length > 0 ? files : null }).toEqual({ crashes: [], text: null });
    }
  });
});

/** Applies one fix after the other, as a person would who accepts them all. */
function checkFixes(example: Example, rule: Rule): void {
  let { files } = example;
  for (let round = 0; ; round += 1) {
    const { findings } = analyzeFiles(files, [rule], example);
    for (const finding of findings.filter((one) => one.fix)) expectUntouched(files, finding);
    const next = findings.find((finding) => finding.fix !== null);
    if (!next || round > 50) return;
    const after = fixed(files, next);
    const left = analyzeFiles(after, [rule], example);
    expect(left.unverified).toEqual([]);
    expect(left.findings.length).toBeLessThan(findings.length);
    expect(left.findings.map((finding) => finding.fingerprint)).not.toContain(next.fingerprint);
    expect(findings.map((finding) => finding.fingerprint)).toEqual(
      expect.arrayContaining(left.findings.map((finding) => finding.fingerprint)),
    );
    files = after;
  }
}

/** The lines that an edit doesn't touch are there afterwards, in the same order. */
function expectUntouched(files: Example['files'], finding: Finding): void {
  const after = fixed(files, finding);
  for (const [index, { path, text }] of files.entries()) {
    const edits = (finding.fix?.edits ?? []).filter((edit) => edit.path === path);
    const isTouched = (line: number) => edits.some((edit) => edit.start.line <= line && line <= edit.end.line);
    const kept = text.split('\n').filter((_, at) => !isTouched(at + 1));
    const lines = (after[index]?.text ?? '').split('\n');
    let from = 0;
    for (const line of kept) {
      const at = lines.indexOf(line, from);
      expect({ finding: finding.message, line, isKept: at >= 0 }).toEqual({
        finding: finding.message,
        line,
        isKept: true,
      });
      from = at + 1;
    }
  }
}

test('src/rules/index.ts lists every rule', async () => {
  for (const { path, text } of await ruleIndex()) expect(readFileSync(join(root, path), 'utf8')).toBe(text);
});

test('the pages are current: run `npm run generate`', async () => {
  const pages = await rulePages();
  for (const { path, text } of pages) expect(readFileSync(join(root, path), 'utf8')).toBe(text);
  const files = readdirSync(join(root, 'docs/rules')).map((file) => `docs/rules/${file}`);
  expect(files.sort()).toEqual(pages.map((page) => page.path).sort());
});

describe('the harness itself', () => {
  const noisy = { ...rules[0], id: 'noisy', options: {} } as Rule;
  const example =
    '# bad: x\non: push\njobs: # <- noisy\n  a: # <- noisy\n    runs-on: x\n---\n# good: y\n# paths: b c/d\n# file: a/action.yml\nname: y\n';

  test('reads examples', () => {
    expect(readExamples(example, 'noisy')).toEqual([
      {
        isBad: true,
        why: 'x',
        options: {},
        facts: noFacts,
        paths: null,
        base: null,
        files: [{ path: '.github/workflows/example.yml', text: 'on: push\njobs:\n  a:\n    runs-on: x\n' }],
        marks: ['.github/workflows/example.yml:2', '.github/workflows/example.yml:3'],
      },
      {
        isBad: false,
        why: 'y',
        options: {},
        facts: noFacts,
        paths: ['b', 'c/d'],
        base: null,
        files: [{ path: 'a/action.yml', text: 'name: y\n' }],
        marks: [],
      },
    ]);
    expect(() => readExamples('on: push\n', 'noisy')).toThrow('"# bad: why"');
  });

  test('notices a rule that throws', () => {
    const rule: Rule = {
      ...noisy,
      visit: {
        // biome-ignore lint/correctness/useYield: it is there to throw
        *job(job) {
          if (job.id !== 'a') throw new TypeError('b');
        },
      },
    };
    const files = mutantsOf('noisy', readExamples(example, 'noisy'));
    expect(
      [...files].some((mutant) => analyzeFiles(mutant.files, [rule]).unverified.some((one) => one.rule === 'noisy')),
    ).toBe(true);
  });
});
