import { describe, expect, test } from '@jest/globals';
import { codeowners, ownerLines, ownersOf } from '../../../src/engine/model/codeowners.ts';
import { ProjectModel, rememberingParser } from '../../../src/engine/model/project.ts';
import { isContextFile } from '../../../src/engine/project.ts';
import { applyEdits } from '../../../src/engine/yaml/edit.ts';
import { modelOf, projectOf } from '../given.ts';

/** Protects the rules about the repository as a whole: what is not known must not be taken for missing. */

test.each([
  ['CODEOWNERS', true],
  ['.github/CODEOWNERS', true],
  ['docs/CODEOWNERS', true],
  ['src/CODEOWNERS', false],
  ['renovate.json', true],
  ['.github/renovate.json5', true],
  ['.renovaterc', true],
  ['infra/main.tf', true],
  ['deploy/template.yaml', true],
  ['codebuild.template.json', true],
  ['template.json', false],
  ['.github/workflows/template.yml', false],
  ['package.json', false],
])('%s is read beside the workflows: %s', (path, isRead) => {
  expect(isContextFile(path)).toBe(isRead);
});

describe('CODEOWNERS', () => {
  const owners = (text: string, path: string) => {
    const file = modelOf({ CODEOWNERS: text }).other('CODEOWNERS');
    return file && ownersOf(ownerLines(file), path);
  };

  test.each([
    ['* @a', '.github/workflows/x.yml', ['@a']],
    ['/.github/ @a @b', '.github/workflows/x.yml', ['@a', '@b']],
    ['.github/workflows @a', '.github/workflows/x.yml', ['@a']],
    ['.github/* @a', '.github/workflows/x.yml', null],
    ['.github/** @a', '.github/workflows/x.yml', ['@a']],
    ['*.yml @a # all of them', '.github/workflows/x.yml', ['@a']],
    ['workflows/ @a', '.github/workflows/x.yml', ['@a']],
    ['/workflows/ @a', '.github/workflows/x.yml', null],
    ['**/workflows/*.yml @a', '.github/workflows/x.yml', ['@a']],
    ['* @a\n/.github/', '.github/workflows/x.yml', []],
    ['# * @a', '.github/workflows/x.yml', null],
  ])('%j names %s', (text, path, expected) => {
    expect(owners(text, path)).toEqual(expected);
  });

  test('missing only where all paths are known', () => {
    const data = projectOf('on: push\njobs: {}\n');
    const with_ = (paths: readonly string[]) =>
      new ProjectModel({ ...data, paths: new Set(paths) }, rememberingParser());
    expect(codeowners(new ProjectModel(data, rememberingParser()))).toBeNull();
    expect(codeowners(with_(['README.md']))).toBe('missing');
    expect(codeowners(with_(['docs/CODEOWNERS']))).toBeNull();
  });
});

describe('dependabot.yml', () => {
  const text = `version: 2
updates:
  - package-ecosystem: "npm"
    directories: [/, "packages/*", /libs/**]
    cooldown:
      default-days: 7
      semver-patch-days: 3
    open-pull-requests-limit: 0
`;
  const dependabot = modelOf({ '.github/dependabot.yml': text }).dependabots[0];

  test('says what an updater covers', () => {
    const [update] = dependabot?.updates ?? [];
    expect(update).toMatchObject({ ecosystem: 'npm', cooldownDays: 3, isSecurityOnly: true, registries: [] });
    expect(['', 'packages/a', 'packages/a/b', 'libs/a/b', 'docs'].map((folder) => update?.covers(folder))).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  test('takes another updater', () => {
    const edit = dependabot?.addUpdate('docker', '/build');
    expect(edit && applyEdits(text, [edit])).toBe(
      `${text.trimEnd()}\n  - package-ecosystem: docker\n    directory: /build\n    schedule:\n      interval: weekly\n    cooldown:\n      default-days: 7\n`,
    );
  });
});

test('other files are text, and a tree when asked', () => {
  const model = modelOf({ 'template.yml': 'a:\n  - b\n', 'x.tf': 'a: [' });
  expect(model.others.map(({ path }) => path)).toEqual(['template.yml', 'x.tf']);
  expect(model.other('template.yml')?.yaml?.kind).toBe('map');
  expect(() => model.other('x.tf')?.yaml).toThrow();
  expect(model.other('nothing.tf')).toBeNull();
});
