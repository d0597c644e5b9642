import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LintText } from '../../src/engine/model/lint-text.ts';
import { findLinters, lint, lintQuestion } from '../../src/local/lint.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gargoyle-lint-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with programs of these names, written for `sh`. */
function programs(texts: Readonly<Record<string, string>>): string {
  const place = mkdtempSync(join(folder, 'bin-'));
  for (const [name, text] of Object.entries(texts)) {
    writeFileSync(join(place, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(place, name), 0o755);
  }
  return place;
}

const bash: LintText = { dialect: 'bash', text: 'echo $A' };
const python: LintText = { dialect: 'python', text: 'import os' };
const NOTHING = `cat > /dev/null; echo '{"comments":[]}'`;

describe('what is found on the PATH', () => {
  test('programs, in the order of the folders', () => {
    const [one, two] = [programs({ ruff: '' }), programs({ ruff: '', shellcheck: '' })];
    expect(findLinters([one, two].join(delimiter))).toEqual({
      shellcheck: join(two, 'shellcheck'),
      ruff: join(one, 'ruff'),
      pyflakes: null,
    });
  });

  test('nothing of a folder that is not absolute: the project could have put it there', () => {
    const place = programs({ shellcheck: '' });
    const before = process.cwd();
    process.chdir(place);
    try {
      expect(findLinters(['.', '', 'bin'].join(delimiter)).shellcheck).toBeNull();
    } finally {
      process.chdir(before);
    }
  });

  test('no file that cannot be run', () => {
    const place = mkdtempSync(join(folder, 'bin-'));
    mkdirSync(join(place, 'x'));
    writeFileSync(join(place, 'shellcheck'), '');
    expect(findLinters(place).shellcheck).toBeNull();
  });
});

/** Protects the speed of a scan, and that what did not run never looks like a pass. */
describe('which scripts are asked for', () => {
  const none = { shellcheck: null, ruff: null, pyflakes: null };
  test.each([
    [none, 'regular', undefined, ['pythonLint', 'shellLint']],
    [none, 'auditor', undefined, ['pythonLint', 'shellLint']],
    [{ ...none, shellcheck: '/x' }, 'regular', 'tainted', ['pythonLint']],
    [{ ...none, shellcheck: '/x' }, 'pedantic', 'all', ['pythonLint']],
    [{ ...none, ruff: '/x' }, 'regular', undefined, ['shellLint']],
    [{ ...none, pyflakes: '/x' }, 'auditor', 'all', ['shellLint']],
  ] as const)('%j for %s', (linters, audience, scope, unavailable) => {
    const question = lintQuestion(linters, audience);
    expect(question.lint).toBe(scope);
    expect([...(question.facts.unavailable?.keys() ?? [])].sort()).toEqual(unavailable);
    expect(question.facts.shellLint === undefined).toBe(linters.shellcheck === null);
  });

  test('nothing is started for no script, and for none of a language whose linter is missing', async () => {
    const linters = findLinters(programs({ shellcheck: 'exit 1' }));
    expect(await lint([], linters)).toBeNull();
    expect(await lint([python], linters)).toBeNull();
  });
});

describe('what a linter says', () => {
  test('shellcheck: is given the text, its dialect and no configuration, and its findings come back by the script', async () => {
    const log = join(folder, 'log');
    const place = programs({
      shellcheck: `echo "$@" > '${log}'; cat >> '${log}'; echo "$SECRET" >> '${log}'
echo '{"comments":[{"file":"-","line":1,"endLine":1,"column":6,"endColumn":8,"level":"info","code":2086,"message":"Double quote","fix":null}]}'
exit 1`,
    });
    process.env.SECRET = 'hunter2';
    const facts = await lint([bash], findLinters(place));
    delete process.env.SECRET;
    expect([...(facts?.shellLint ?? [])]).toEqual([
      [
        'bash\necho $A',
        [{ line: 1, column: 6, endLine: 1, endColumn: 8, code: 'SC2086', level: 'info', message: 'Double quote' }],
      ],
    ]);
    const said = readFileSync(log, 'utf8');
    expect(said).toMatch(/--norc.*-s bash -\n/);
    expect(said).toContain('echo $A');
    expect(said).not.toContain('hunter2');
  });

  test('ruff', async () => {
    const place = programs({
      ruff: `cat > /dev/null; echo '[{"code":"F401","message":"unused","location":{"row":1,"column":8},"end_location":{"row":1,"column":10}},{"code":null,"message":"broken","location":{"row":2,"column":1},"end_location":{"row":2,"column":2}}]'`,
      pyflakes: 'exit 9',
    });
    const facts = await lint([python], findLinters(place));
    expect(facts?.pythonLint?.get('python\nimport os')).toEqual([
      { line: 1, column: 8, endLine: 1, endColumn: 10, code: 'F401', level: 'warning', message: 'unused' },
      { line: 2, column: 1, endLine: 2, endColumn: 2, code: '', level: 'warning', message: 'broken' },
    ]);
  });

  test('pyflakes, also what it cannot read', async () => {
    const place = programs({
      pyflakes: `cat > /dev/null; echo "<stdin>:1:1: 'os' imported but unused"; echo '<stdin>:2:5: invalid syntax' >&2; echo 'x = (' >&2; exit 1`,
    });
    const facts = await lint([python], findLinters(place));
    const said = facts?.pythonLint?.get('python\nimport os') ?? [];
    expect(said.map(({ line, column, message }) => [line, column, message]).sort()).toEqual([
      [1, 1, "'os' imported but unused"],
      [2, 5, 'invalid syntax'],
    ]);
  });

  test('each script once for itself, many at a time', async () => {
    const place = programs({
      shellcheck: `read -r line; echo "{\\"comments\\":[{\\"line\\":1,\\"endLine\\":1,\\"column\\":1,\\"endColumn\\":2,\\"level\\":\\"error\\",\\"code\\":1,\\"message\\":\\"$line\\"}]}"`,
    });
    const texts = Array.from({ length: 20 }, (_, i): LintText => ({ dialect: 'sh', text: `echo ${i}\n` }));
    const facts = await lint(texts, findLinters(place));
    expect([...(facts?.shellLint ?? [])].map(([key, [first]]) => [key, first?.message]).sort()).toEqual(
      texts.map(({ text }) => [`sh\n${text}`, text.trim()]).sort(),
    );
  });

  test.each([
    ['says something else', 'cat > /dev/null; echo oops'],
    ['says nothing', 'exit 2'],
    ['dies', 'kill -9 $$'],
    ['never ends, nor what it started', 'sleep 6 & sleep 6'],
    ['never stops to speak', 'cat > /dev/null; yes'],
  ])('one that %s failed, and the others count', async (_what, text) => {
    const place = programs({ shellcheck: `case "$*" in *"-s sh"*) ${NOTHING};; *) ${text};; esac` });
    const facts = await lint([bash, { dialect: 'sh', text: 'x' }], findLinters(place), 2_000);
    expect(facts?.failed?.get('shellLint')).toContain('shellcheck');
    expect([...(facts?.shellLint?.keys() ?? [])]).toEqual(['sh\nx']);
  });

  test('a program that cannot be started', async () => {
    const linters = { shellcheck: join(folder, 'gone'), ruff: null, pyflakes: null };
    expect((await lint([bash], linters))?.failed?.get('shellLint')).toMatch(/could not be started/);
  });
});
