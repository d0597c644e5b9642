import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MAX_CONTEXT_FILES } from '../../src/engine/project.ts';
import { readMergeBase } from '../../src/local/git.ts';
import type { LocalRoot } from '../../src/local/roots.ts';
import { readRoot } from '../../src/local/working-tree.ts';

/** Protects: what is beside the workflows is read where it says something, and nothing is taken for missing that nobody looked for. */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gargoyle-context-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): LocalRoot {
  const root = mkdtempSync(join(folder, 'project-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { folder: root, scanned: root, only: [''], isLone: false };
}

const FILES = {
  '.github/workflows/x.yml': 'on: push\njobs: {}\n',
  '.github/CODEOWNERS': '* @octo/core\n',
  'infra/main.tf': 'resource "a" "b" {}\n',
  'package-lock.json': '{}',
  'nested/.github/workflows/y.yml': 'on: push\njobs: {}\n',
  'nested/main.tf': 'other = 1\n',
};

test('without git it may be a part of a repository: files are read, paths are not known', async () => {
  const { files, paths } = await readRoot(write(FILES));
  expect([...files.keys()].sort()).toEqual(['.github/CODEOWNERS', '.github/workflows/x.yml', 'infra/main.tf']);
  expect(files.get('infra/main.tf')).toMatchObject({ kind: 'other', text: FILES['infra/main.tf'] });
  expect(paths).toBeUndefined();
});

test('the working tree and the merge base are read alike', async () => {
  const root = write(FILES);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: root.folder, stdio: 'pipe' });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'all');
  const [head, base] = [await readRoot(root), await readMergeBase(root.folder, 'main')];
  expect([...base.files.keys()].sort()).toEqual([...head.files.keys()].sort());
  expect(base.paths).toEqual(head.paths);
  expect([...(head.paths ?? [])].sort()).toEqual([
    '.github/CODEOWNERS',
    '.github/workflows/x.yml',
    'infra/main.tf',
    'package-lock.json',
  ]);
});

test('so many are read, those nearest the root first, and no link', async () => {
  const many = Array.from({ length: MAX_CONTEXT_FILES + 5 }, (_, index) => [`a/b/${index}.tf`, 'x = 1\n'] as const);
  const root = write({ ...Object.fromEntries(many), CODEOWNERS: '* @a\n', '.github/workflows/x.yml': 'on: push\n' });
  symlinkSync('/etc/passwd', join(root.folder, 'main.tf'));
  const { files } = await readRoot(root);
  const others = [...files].filter(([, { kind }]) => kind === 'other');
  expect(others).toHaveLength(MAX_CONTEXT_FILES);
  expect(files.get('CODEOWNERS')).toMatchObject({ text: '* @a\n' });
  expect(files.get('main.tf')).toMatchObject({ unverified: 'is a symbolic link' });
});
