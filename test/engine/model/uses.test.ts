import { describe, expect, test } from '@jest/globals';
import { versionInComment } from '../../../src/engine/model/pin.ts';
import type { Uses } from '../../../src/engine/model/uses.ts';
import { jobOf, written } from '../given.ts';

/** Protects every rule on third-party code from misreading what a job runs. */

function stepUses(value: string): Uses {
  const uses = jobOf(`on: push\njobs:\n  test:\n    runs-on: x\n    steps:\n      - uses: ${value}\n`).steps[0]?.uses;
  if (!uses) throw new Error(value);
  return uses;
}

function jobUses(value: string): Uses {
  const { uses } = jobOf(`on: push\njobs:\n  test:\n    uses: ${value}\n`);
  if (!uses) throw new Error(value);
  return uses;
}

const SHA = '0123456789abcdef0123456789ABCDEF01234567';

test.each([
  ['octo/x@v1', 'repository', 'octo', 'x', '', 'v1'],
  ['Octo/X.y_z-1/a/b@release/v1', 'repository', 'Octo', 'X.y_z-1', 'a/b', 'release/v1'],
  [`octo/x@${SHA}`, 'repository', 'octo', 'x', '', SHA],
  ['octo/x/@v1', 'repository', 'octo', 'x', '', 'v1'],
  ['./a/b', 'local', '', '', 'a/b', undefined],
  ['./', 'local', '', '', '', undefined],
  ['$/a', 'local', '', '', 'a', undefined],
  ['./a/../..', 'local', '', '', null, undefined],
  ['docker://alpine:3', 'docker', '', '', null, undefined],
  ['octo/x', 'unknown', '', '', null, undefined],
  ['octo@v1', 'unknown', '', '', null, undefined],
  ['"${{ matrix.action }}@v1"', 'unknown', '', '', null, undefined],
])('a step uses %s', (value, kind, owner, repo, path, ref) => {
  const uses = stepUses(value);
  expect([uses.kind, uses.owner, uses.repo, uses.path, uses.ref?.value]).toEqual([kind, owner, repo, path, ref]);
});

test.each([
  ['octo/x/.github/workflows/a.yml@v1', 'reusable', '.github/workflows/a.yml'],
  ['./.github/workflows/a.yml', 'local', '.github/workflows/a.yml'],
  ['docker://alpine', 'unknown', null],
])('a job uses %s', (value, kind, path) => {
  const uses = jobUses(value);
  expect([uses.kind, uses.path]).toEqual([kind, path]);
});

test.each([
  ['octo/x@v1 # note', 'v1'],
  ['"octo/x@v1"', 'v1'],
  ["'octo/x@v1'", 'v1'],
  ['>-\n          octo/x@v1', 'v1'],
  ['"octo\\x2fx@v1"', 'v1'],
  ['"octo/x@\\x76\\x31"', '\\x76\\x31'],
])('the ref of %j is located as it is written', (value, ref) => {
  const uses = stepUses(value);
  expect(written(uses.ref)).toBe(ref);
  expect(uses.ref?.value).toBe('v1');
});

test.each([
  [`octo/x@${SHA}`, true, false],
  [`octo/x@${SHA.slice(1)}`, false, true],
  [`octo/x@${SHA}0`, false, false],
  ['octo/x@0123abc', false, true],
  ['octo/x@0123ab', false, false],
  ['octo/x@v1.2.3', false, false],
  ['octo/x@main', false, false],
  ['docker://alpine:3', false, false],
  [`docker://alpine@sha256:${'a'.repeat(64)}`, true, false],
])('%s: pinned %s, abbreviated %s', (value, isPinned, isAbbreviated) => {
  const uses = stepUses(value);
  expect([uses.isPinned, uses.isAbbreviated]).toEqual([isPinned, isAbbreviated]);
});

test.each([
  ['octo/x@v1 # v1.2.3', 'v1.2.3'],
  ['octo/x@v1 #v1  ', 'v1'],
  ['"octo/x@v1"   # pin@v1, because', 'pin@v1, because'],
  ['octo/x@v1', null],
  ['octo/x@v1 #', null],
  ['octo/x@v1#v2', null],
])('the comment behind %j is %j', (value, comment) => {
  const { comment: found } = stepUses(value);
  expect(found?.value ?? null).toBe(comment);
  expect(written(found)).toBe(comment);
});

test.each([
  ['v1.2.3', 'v1.2.3'],
  ['4', '4'],
  ['tag=v3', 'v3'],
  ['tag: v3', 'v3'],
  ['pin@v2', 'v2'],
  ['ratchet:octo/x/sub@v1.0', 'v1.0'],
  ['v6-beta (main)', 'v6-beta'],
  ['the (v4.2) of old', 'v4.2'],
  ['main', null],
  ['see 1234', null],
  ['20240501', null],
  ['2024-05-01', null],
  ['#1234', null],
  ['issues/12', null],
])('the version in the comment %j is %j', (comment, expected) => {
  const uses = stepUses(`octo/x@v1 # ${comment}`);
  const found = versionInComment(uses);
  expect(found?.tag ?? null).toBe(expected);
  expect(found ? uses.source.text.slice(found.start, found.end) : null).toBe(expected);
});

describe('patterns', () => {
  test.each([
    ['octo/x@v1', 'octo/*', true],
    ['OCTO/X@v1', 'octo/x', true],
    ['octo/x/sub@v1', 'octo/x', true],
    ['octo/x/sub@v1', 'octo/*', true],
    ['octo/x/sub@v1', 'octo/x/sub', true],
    ['octo/x/sub/more@v1', 'octo/x/sub', false],
    ['octo/x@v1', 'octo/x/sub', false],
    ['octo/x@v1', '*', true],
    ['octo/x@v1', 'oct/*', false],
    ['octo-evil/x@v1', 'octo/*', false],
    ['evil/octo@v1', 'octo/*', false],
    ['octo/setup-go@v1', 'octo/setup-*', true],
    ['octo/go-setup@v1', 'octo/*-setup', true],
    ['octo/x@v1', 'octo', false],
    ['./octo/x', 'octo/x', false],
    ['docker://octo/x', '*', false],
  ])('%s is one of %s: %s', (value, pattern, expected) => {
    expect(stepUses(value).matches([pattern])).toBe(expected);
    expect(stepUses(value).matches(['nobody/nothing', pattern])).toBe(expected);
  });
});
