import { describe, expect, test } from '@jest/globals';
import { folderOf, uploadedFolders, uploadsHiddenFiles } from '../../src/knowledge/artifact-uploads.ts';

describe('which versions upload .git without being told', () => {
  test.each([
    ['v1', true],
    ['v2.3.1', true],
    ['v3.1.3', true],
    ['v3', false],
    ['v4.3.6', true],
    ['v4.4.0', false],
    ['v4', false],
    ['834a144ee995460fba8ed112a2fc961b36a5ec5a', true],
    ['043fb46d1a93c77aae656e7c1c64a875d1fc6a0a', false],
  ])('%s: %s', (ref, hidden) => {
    expect(uploadsHiddenFiles(ref, undefined)).toBe(hidden);
  });

  test('the input decides where it is given; an expression may say yes', () => {
    expect(uploadsHiddenFiles('v2', 'false')).toBe(false);
    expect(uploadsHiddenFiles('v4', 'true')).toBe(true);
    expect(uploadsHiddenFiles('v4', '${' + '{ inputs.all }}')).toBe(true);
  });
});

/** As the rule asks it. */
function uploadsFolder(paths: string, checkout: string): boolean {
  const folder = folderOf(checkout) ?? '';
  return uploadedFolders(paths).some((root) => root === '' || root === folder || folder.startsWith(`${root}/`));
}

describe('which paths take a checkout along', () => {
  const workspace = '${' + '{ github.workspace }}';
  test.each([
    ['.', '', true],
    ['./', '', true],
    ['..', '', true],
    ['**', '', true],
    ['./**/*', '', true],
    ['*', '', true],
    ['dist\n.\n', '', true],
    [workspace, '', true],
    [`${workspace}/`, '', true],
    [`${workspace}/dist`, '', false],
    ['dist', '', false],
    ['dist/**', '', false],
    ['*.log', '', false],
    ['**/*.log', '', false],
    ['.\n!.git', '', false],
    ['.\n!**/.git/**', '', false],
    ['!.', '', false],
    ['/tmp', '', false],
    ['~/.cache', '', false],
    ['', '', false],
    ['source', 'source', true],
    ['source/**', './source/', true],
    ['.', 'source', true],
    ['source/dist', 'source', false],
    ['other', 'source', false],
    ['a', 'a/b', true],
    ['a', 'ab', false],
  ])('%j of a checkout in %j: %s', (paths, folder, taken) => {
    expect(uploadsFolder(paths, folder)).toBe(taken);
  });
});
