import { describe, expect, test } from '@jest/globals';
import { makeMarker, readMarker } from '../../src/report/marker.ts';

const scope = { installationId: 1, repositoryId: 2, pull: 3 };
const fingerprint = 'ab'.repeat(32);
const other = 'cd'.repeat(32);
const marker = makeMarker('key', scope, fingerprint);

// Whoever can write a comment can write any marker into it: only one that we signed for this very place counts (T7).
describe('a marker', () => {
  test('is an HTML comment of one line, which nobody sees', () => {
    expect(marker).toMatch(/^<!-- [^\n<>]* -->$/);
  });

  test.each([
    ['read back', 'key', scope, `text\n${marker}`, fingerprint],
    ['with white space behind it', 'key', scope, `text\n${marker}\r\n`, fingerprint],
    ['of another key', 'other', scope, marker, null],
    ['of another installation', 'key', { ...scope, installationId: 9 }, marker, null],
    ['of another repository', 'key', { ...scope, repositoryId: 9 }, marker, null],
    ['of another pull request', 'key', { ...scope, pull: 9 }, marker, null],
    ['with another fingerprint', 'key', scope, marker.replace(fingerprint, other), null],
    ['with a shortened signature', 'key', scope, marker.replace(/.{4} -->/, ' -->'), null],
    [
      'copied into text of ours, above our own',
      'key',
      scope,
      `${makeMarker('key', scope, other)}\n${marker}`,
      fingerprint,
    ],
    ['not at the end', 'key', scope, `${marker} more`, null],
    ['none', 'key', scope, 'text', null],
  ])('%s', (_, key, place, body, expected) => {
    expect(readMarker(key, place, body)).toBe(expected);
  });
});
