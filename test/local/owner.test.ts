import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ownerOf } from '../../src/local/owner.ts';

/** Whose repository it is decides whom its actions are strangers to. */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gargoyle-owner-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const remote = (url: string) => `[core]\n\tbare = false\n[remote "origin"]\n\turl = ${url}\n\tfetch = +refs/*\n`;

test.each([
  ['https', 'a', remote('https://github.com/octo-org/widgets.git'), 'octo-org'],
  ['ssh', 'b', remote('git@github.com:octo/widgets.git'), 'octo'],
  ['an address with the protocol', 'c', remote('ssh://git@ghe.example/octo/widgets'), 'octo'],
  ['a path on this machine', 'd', remote('/srv/git/widgets'), null],
  ['another remote only', 'e', '[remote "upstream"]\n\turl = https://github.com/octo/x\n', null],
  ["a folder's name, without git", 'octo__widgets', null, 'octo'],
  ['nothing', 'widgets', null, null],
])('%s', (_, name, config, owner) => {
  const root = join(folder, name);
  mkdirSync(join(root, '.git'), { recursive: true });
  if (config) writeFileSync(join(root, '.git/config'), config);
  expect(ownerOf(root)).toBe(owner);
});
