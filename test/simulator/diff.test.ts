/** Which lines a comment may be on, and where they go when the file changes: GitHub's rule decides whether a review is accepted. */
import { describe, expect, test } from '@jest/globals';
import { hunkOf, movedLine, parseDiff } from '../../simulator/git/diff.ts';
import { suggestionText } from '../../simulator/suggestion.ts';

const raw = (status: string, ...paths: string[]): string =>
  `:100644 100644 ${'a'.repeat(40)} ${'b'.repeat(40)} ${status}\0${paths.join('\0')}\0`;
const PATCH =
  'diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -2,4 +2,5 @@ name\n two\n-three\n+THREE\n+more\n four\n five\n@@ -20,3 +21,2 @@\n twenty\n-gone\n last\n';

describe('a file of a diff', () => {
  const [file] = parseDiff(raw('M', 'f'), PATCH);
  if (!file) throw new Error('no file');

  test.each([
    [1, 'RIGHT', -1],
    [2, 'RIGHT', 0],
    [3, 'RIGHT', 0],
    [4, 'RIGHT', 0],
    [6, 'RIGHT', 0],
    [7, 'RIGHT', -1],
    [21, 'RIGHT', 1],
    [22, 'RIGHT', 1],
    [23, 'RIGHT', -1],
    [3, 'LEFT', 0],
    [21, 'LEFT', 1],
    [22, 'LEFT', 1],
    [6, 'LEFT', -1],
  ] as const)('line %i on the %s is in hunk %i', (line, side, hunk) => {
    expect(hunkOf(file, line, side)).toBe(hunk);
  });

  test.each([
    [1, 1],
    [2, 2],
    [3, null],
    [4, 5],
    [10, 11],
    [20, 21],
    [21, null],
    [22, 22],
    [30, 30],
  ])('line %i becomes %p', (line, moved) => {
    expect(movedLine(file, line)).toBe(moved);
  });

  test('counts', () => expect([file.additions, file.deletions, file.status]).toEqual([2, 2, 'modified']));
});

test('content that looks like the next file, renames and changes of type do not shift the files', () => {
  const evil = 'diff --git a/x b/x\n@@ -0,0 +1,2 @@\n+diff --git a/y b/y\n+\u2028diff --git a/z b/z\n';
  const type =
    'diff --git a/t b/t\ndeleted file mode 100644\n@@ -1 +0,0 @@\n-x\ndiff --git a/t b/t\nnew file mode 120000\n@@ -0,0 +1 @@\n+to\n';
  const files = parseDiff(
    raw('A', 'x') + raw('T', 't') + raw('R100', 'old', 'new') + raw('M', 'f'),
    `${evil}${type}diff --git a/old b/new\nsimilarity index 100%\n${PATCH}`,
  );
  expect(files.map(({ path, previousPath, additions }) => [path, previousPath, additions])).toEqual([
    ['x', null, 2],
    ['t', null, 1],
    ['new', 'old', 0],
    ['f', null, 2],
  ]);
});

test.each([
  ['```suggestion\na\nb\n```', 'a\nb'],
  ['text\n````suggestion\n```\n````\nmore', '```'],
  ['```suggestion\n```', ''],
  ['```yaml\na\n```', null],
])('the suggestion of %j', (body, text) => {
  expect(suggestionText(body)).toBe(text);
});
