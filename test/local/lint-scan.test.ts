import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const COMMAND = new URL('../../dist/cli.js', import.meta.url).pathname;

/** The programs that the one written here starts. */
const SYSTEM = ['/usr/bin', '/bin'];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gargoyle-lint-scan-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function projectOf(run: string): string {
  const root = mkdtempSync(join(folder, 'project-'));
  mkdirSync(join(root, '.github/workflows'), { recursive: true });
  writeFileSync(
    join(root, '.github/workflows/x.yml'),
    `name: x\non: issues\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    env:\n      TITLE: \${{ github.event.issue.title }}\n    steps:\n      - run: ${run}\n`,
  );
  return root;
}

/** A shellcheck that finds fault with columns 7 to 13 of every script, and notes that it was started. */
function shellcheck(): { readonly path: string; readonly log: string } {
  const path = mkdtempSync(join(folder, 'bin-'));
  const log = join(path, 'log');
  const said =
    '{"comments":[{"line":1,"endLine":1,"column":7,"endColumn":13,"level":"info","code":2086,"message":"Quote"}]}';
  writeFileSync(join(path, 'shellcheck'), `#!/bin/sh\ncat >> '${log}'\necho '${said}'\n`);
  chmodSync(join(path, 'shellcheck'), 0o755);
  return { path, log };
}

/** Severity and place of what the rule found, and what is said of it where it did not run. */
function scan(root: string, path: readonly string[], ...args: readonly string[]) {
  const { stdout, stderr } = spawnSync(process.execPath, [COMMAND, 'scan', ...args, root], {
    env: { ...process.env, PATH: path.join(delimiter) },
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return {
    found: [...stdout.matchAll(/^ +(\d+:\d+) (\w+) shell-lint: /gm)].map(
      ([, place, severity]) => `${place} ${severity}`,
    ),
    notRun: stdout.split(/[;\n]/).filter((part) => /shell-lint.*: [^(]*is not/.test(part)),
  };
}

test("somebody's text without quotes is looked at for everybody", () => {
  const { path, log } = shellcheck();
  expect(scan(projectOf('mkdir $TITLE'), [path, ...SYSTEM])).toEqual({ found: ['10:20 medium'], notRun: [] });
  expect(readFileSync(log, 'utf8')).toBe('mkdir $TITLE');
});

/** Protects the speed of a scan that nobody asked anything of. */
test('nothing is started where everybody would see nothing', () => {
  const { path, log } = shellcheck();
  expect(scan(projectOf('mkdir "$TITLE" $OTHER'), [path, ...SYSTEM])).toEqual({ found: [], notRun: [] });
  expect(existsSync(log)).toBe(false);
});

test('every script is looked at for who asks for more', () => {
  const { path, log } = shellcheck();
  expect(scan(projectOf('mkdir $OTHER'), [path, ...SYSTEM], '--audience', 'auditor').found).toEqual(['10:20 info']);
  expect(existsSync(log)).toBe(true);
});

/** Protects: what did not run never looks like a pass. */
test('without shellcheck it says so, and how to get it', () => {
  const empty = mkdtempSync(join(folder, 'bin-'));
  const { found, notRun } = scan(projectOf('mkdir $TITLE'), [empty]);
  expect(found).toEqual([]);
  expect(notRun).toEqual([expect.stringMatching(/shellcheck.*install/)]);
});
