import { expect, test } from '@jest/globals';
import { noFacts } from '../../src/engine/facts.ts';
import { undefinedReference } from '../../src/rules/undefined-reference.ts';
import { analyzeFiles, type Example } from './fixtures.ts';

/** Severity and message for a condition of a step that names a step that is not there. */
function said(condition: string): readonly string[] {
  const text = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - if: ${condition}\n        run: make\n`;
  const files = [{ path: '.github/workflows/x.yml', text }];
  const example: Example = {
    isBad: true,
    why: '',
    files,
    options: {},
    facts: noFacts,
    paths: null,
    base: null,
    marks: [],
  };
  return analyzeFiles(files, [undefinedReference], example).findings.map(
    ({ severity, message }) => `${severity} ${/, so this is (.*)$/.exec(message)?.[1]}`,
  );
}

const OPEN = 'high always empty, and the condition always true: it keeps nothing out';
const SHUT = 'medium always empty, and the condition never true';

/** Protects: high only where a guard is none, which is more than an empty value. */
test.each([
  ["steps.x.outputs.blocked != 'true'", OPEN],
  ['"${{ !(steps.x.outputs.blocked == \'true\') }}"', OPEN],
  ["'${{ !steps.x.outputs.blocked }}'", OPEN],
  ["steps.x.outputs.ok == 'true'", SHUT],
  ["github.ref == 'refs/heads/main' && steps.x.outputs.ok", SHUT],
  ["github.ref == 'refs/heads/main' && steps.x.outputs.blocked != 'true'", 'medium always empty'],
  ["steps.x.outputs.ok || github.ref == 'refs/heads/main'", 'medium always empty'],
])('%s', (condition, expected) => {
  expect(said(condition)).toEqual([expected]);
});
