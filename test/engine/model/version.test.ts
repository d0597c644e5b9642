import { describe, expect, test } from '@jest/globals';
import { compareVersions, isInRange, isUnder, type Version, versionOf } from '../../../src/engine/model/version.ts';

/** Protects people from being told that a mended version is vulnerable, and from not being told that theirs is. */

function given(text: string): Version {
  const version = versionOf(text);
  if (!version) throw new Error(`${text} is no version`);
  return version;
}

test.each([
  ['v4', [4], ''],
  ['1.2.3', [1, 2, 3], ''],
  ['V1.2', [1, 2], ''],
  ['1.2.3.4', [1, 2, 3, 4], ''],
  ['v1.2.3-beta.1', [1, 2, 3], 'beta.1'],
  ['v1.2.3+build', [1, 2, 3], ''],
  ['codeql-bundle-v2.3.0', [2, 3, 0], ''],
  ['release/v1', [1], ''],
  ['pkg@1.0.0', [1, 0, 0], ''],
])('%s', (text, parts, prerelease) => {
  expect(versionOf(text)).toEqual({ parts, prerelease });
});

test.each(['main', '', 'v', 'stable', '1.x', 'v1.', 'deadbeef', '1.2.3.4.5'])('%j is none', (text) => {
  expect(versionOf(text)).toBeNull();
});

test.each([
  ['1.2.3', '1.2.3', 0],
  ['1.2', '1.2.0', 0],
  ['1.10.0', '1.9.9', 1],
  ['2.0.0', '10.0.0', -1],
  ['1.0.0-beta', '1.0.0', -1],
  ['1.0.0-beta.2', '1.0.0-beta.10', -1],
])('%s against %s', (a, b, sign) => {
  expect(Math.sign(compareVersions(given(a), given(b)))).toBe(sign);
  expect(Math.sign(compareVersions(given(b), given(a)))).toBe(sign === 0 ? 0 : -sign);
});

test.each([
  ['4.2.2', '4', true],
  ['4.2.2', '4.2', true],
  ['4.2.2', '4.2.2', true],
  ['4.2.2', '4.3', false],
  ['4', '4.2', false],
  ['40.0.0', '4', false],
])('%s stands under %s: %s', (version, prefix, expected) => {
  expect(isUnder(given(version), given(prefix))).toBe(expected);
});

describe('ranges', () => {
  test.each([
    ['1.4.2', '< 1.5.0', true],
    ['1.5.0', '< 1.5.0', false],
    ['1.5.0-rc.1', '< 1.5.0', true],
    ['1.5.0', '<= 1.5.0', true],
    ['1.5.0', '= 1.5.0', true],
    ['1.5.1', '1.5.0', false],
    ['2.3.3', '>= 1.0.0, < 2.3.4', true],
    ['0.9.9', '>= 1.0.0, < 2.3.4', false],
    ['1.0.0', '>1.0.0,<2.0.0', false],
    ['40', '< 41', true],
    ['1.2.3', 'all of them', false],
    ['1.2.3', '', false],
  ])('%s in %s: %s', (version, range, expected) => {
    expect(isInRange(given(version), range)).toBe(expected);
  });

  test.each([
    ['v1', '< 2.0.0', true],
    ['v1', '< 1.5.0', false],
    ['v1', '>= 1.0.0, < 2', true],
    ['v1', '>= 1.2.0, < 2', false],
    ['v1.4', '< 1.5.0', true],
    ['v1', '= 1', false],
  ])('a tag that moves, %s, is in %s only if all that it stands for is: %s', (version, range, expected) => {
    expect(isInRange(given(version), range)).toBe(expected);
  });
});
