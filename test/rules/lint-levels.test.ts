import { expect, test } from '@jest/globals';
import type { LintFact } from '../../src/engine/facts.ts';
import { noFacts } from '../../src/engine/facts.ts';
import { shellLint } from '../../src/rules/shell-lint.ts';
import { analyzeFiles, type Example } from './fixtures.ts';

const text =
  'on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo $TITLE $OTHER\n        env:\n          TITLE: ${{ github.event.issue.title }}\n';

/** What is said of one finding of shellcheck on `$OTHER`, or on `$TITLE`. */
function said(code: string, level: LintFact['level'], word: 'title' | 'other') {
  const [column, endColumn] = word === 'title' ? [6, 12] : [13, 19];
  const fact = { line: 1, column, endLine: 1, endColumn, code, level, message: 'x' };
  const files = [{ path: '.github/workflows/x.yml', text }];
  const facts = { ...noFacts, shellLint: new Map([['bash\necho $TITLE $OTHER', [fact]]]) };
  const example: Example = { isBad: true, why: '', files, options: {}, facts, paths: null, base: null, marks: [] };
  return analyzeFiles(files, [shellLint], example).findings.map((one) => `${one.severity} ${one.audience}`);
}

/** Protects: by default only what an outsider gains by is shown. */
test.each([
  ['SC2086', 'info', 'title', ['medium regular']],
  ['SC2046', 'warning', 'title', ['medium regular']],
  ['SC2086', 'info', 'other', ['info auditor']],
  ['SC2035', 'info', 'title', ['info auditor']],
  ['SC2034', 'warning', 'other', ['info pedantic']],
  ['SC1073', 'error', 'other', ['info pedantic']],
  ['SC2006', 'style', 'other', ['info auditor']],
  // Only because the value of an expression, or the environment, is not there.
  ['SC2050', 'warning', 'other', []],
  ['SC2154', 'warning', 'other', []],
  ['SC2194', 'warning', 'other', []],
  ['SC2043', 'warning', 'other', []],
] as const)('%s (%s) on %s', (code, level, word, shown) => {
  expect(said(code, level, word)).toEqual(shown);
});
