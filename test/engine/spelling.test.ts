import { expect, test } from '@jest/globals';
import { nearest } from '../../src/engine/spelling.ts';

/** Protects from "probably meant" being said of words that nobody mistakes for each other. */
test.each([
  ['runs_on', ['runs-on', 'needs'], 'runs-on'],
  ['braches', ['branches', 'branches-ignore'], 'branches'],
  ['pull_requests', ['pull_request', 'push'], 'pull_request'],
  ['STEPS', ['steps'], 'steps'],
  ['tpyes', ['types'], 'types'],
  ['kye', ['key'], 'key'],
  ['a', ['b'], null],
  ['path', ['with'], null],
  ['tag', ['tab', 'tar'], null],
  ['completely', ['other'], null],
  ['', ['a'], null],
  ['x'.repeat(100), ['x'.repeat(99)], null],
])('%j among %j is %j', (word, candidates, near) => {
  expect(nearest(word, candidates)).toBe(near);
});
