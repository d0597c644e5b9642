import { describe, expect, test } from '@jest/globals';
import { cacheUse } from '../../../src/engine/model/caching.ts';
import { jobOf } from '../given.ts';

/** Protects the rules on caches from the two mistakes that count: a cache that is on by default, and a switch that is off in releases. */

const TAG = { event: 'push', ref: 'tag' } as const;
const MAIN = { event: 'push', ref: 'branch' } as const;

function step(lines: string) {
  const found = jobOf(`on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - ${lines}\n`).steps[0];
  if (!found) throw new Error(lines);
  return found;
}

test.each([
  ['uses: actions/cache@v5', 'always on', true, true],
  ['uses: actions/cache/restore@v5', 'restores', true, false],
  ['uses: actions/cache/save@v5', 'saves', false, true],
  ['{ uses: actions/setup-node@v4, with: { cache: npm } }', 'named', true, true],
  ['uses: Actions/Setup-Go@v5', 'by default', true, true],
  [
    'uses: actions/setup-go@0123456789012345678901234567890123456789 # v5.5.0',
    'by a version behind the commit',
    true,
    true,
  ],
  ['{ uses: docker/build-push-action@v6, with: { cache-from: type=gha } }', 'layers', true, false],
  ['run: docker buildx build --cache-to type=gha,mode=max .', 'on the command line', false, true],
])('%s: %s', (lines, _what, restores, saves) => {
  expect(cacheUse(step(lines))).toMatchObject({ restores, saves, isOn: 'yes' });
});

test.each([
  '{ uses: actions/cache@v5, with: { lookup-only: true } }',
  'uses: actions/setup-node@v4',
  '{ uses: actions/setup-node@v4, with: { cache: "" } }',
  "{ uses: ruby/setup-ruby@v1, with: { bundler-cache: 'false' } }",
  'uses: actions/setup-go@v3',
  'uses: astral-sh/setup-uv@v3',
  'uses: docker/setup-buildx-action@v3',
  '{ uses: docker/build-push-action@v6, with: { cache-from: "type=registry,ref=a" } }',
])('off: %s', (lines) => {
  expect(cacheUse(step(lines))).toBeNull();
});

describe('an expression decides by the run', () => {
  test.each([
    ["${{ !startsWith(github.ref, 'refs/tags/') && 'npm' || '' }}"],
    ["${{ github.ref == 'refs/heads/main' && 'npm' || '' }}"],
    ["${{ github.ref_type == 'branch' && 'npm' || '' }}"],
  ])('%s', (value) => {
    const node = step(`{ uses: actions/setup-node@v4, with: { cache: "${value}" } }`);
    expect(cacheUse(node, TAG)).toBeNull();
    expect(cacheUse(node, MAIN)).not.toBeNull();
  });

  test("'false' as a text switches off; what nobody knows may be on", () => {
    const text = "${{ github.event_name == 'push' && 'false' || 'true' }}";
    expect(cacheUse(step(`{ uses: actions/setup-go@v5, with: { cache: "${text}" } }`), MAIN)).toBeNull();
    expect(cacheUse(step('{ uses: actions/setup-go@v5, with: { cache: "${{ inputs.x }}" } }'))?.isOn).toBe('maybe');
  });

  test('an action that knows releases itself', () => {
    const node = step('uses: astral-sh/setup-uv@v10');
    expect([cacheUse(node, TAG), cacheUse(node, MAIN)?.isOn]).toEqual([null, 'yes']);
  });
});
