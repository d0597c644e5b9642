import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { commonHunks, type Hunk, hunks } from '../../src/report/diff.ts';

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\n`).join('');
const twenty = numbered(1, 20);

describe('the lines of the head that a comment may stand on', () => {
  test.each<[string, string | null, string, Hunk[]]>([
    ['nothing changed', twenty, twenty, []],
    ['a new file is all of it', null, numbered(1, 5), [{ first: 1, last: 5 }]],
    ['an empty file', null, '', []],
    ['all is gone', twenty, '', []],
    ['one line', twenty, twenty.replace('line 10\n', 'x\n'), [{ first: 7, last: 13 }]],
    ['the first line', twenty, twenty.replace('line 1\n', 'x\n'), [{ first: 1, last: 4 }]],
    ['the last line', twenty, twenty.replace('line 20\n', 'x\n'), [{ first: 17, last: 20 }]],
    ['a line behind the last', twenty, `${twenty}x\n`, [{ first: 18, last: 21 }]],
    ['a line went away', twenty, twenty.replace('line 10\n', ''), [{ first: 7, last: 12 }]],
    [
      'six lines between: one hunk',
      twenty,
      twenty.replace('line 5\n', 'x\n').replace('line 12\n', 'y\n'),
      [{ first: 2, last: 15 }],
    ],
    [
      'seven lines between: two',
      twenty,
      twenty.replace('line 5\n', 'x\n').replace('line 13\n', 'y\n'),
      [
        { first: 2, last: 8 },
        { first: 10, last: 16 },
      ],
    ],
    ['only the line endings', 'a\nb\n', 'a\r\nb\r\n', [{ first: 1, last: 2 }]],
    ['only the break at the end', 'a\nb\nc\nd\ne\nf\n', 'a\nb\nc\nd\ne\nf', [{ first: 3, last: 6 }]],
    ['a bare carriage return ends no line', 'a\rb\n', 'a\rc\n', [{ first: 1, last: 1 }]],
  ])('%s', (_, base, head, expected) => {
    expect(hunks(base, head)).toEqual(expected);
  });

  test('a repeated block may be the one above or below: only what both readings show counts', () => {
    const block = 'a\nb\nc\nd\ne\nf\ng\nh\n';
    // Eight lines came, at the start (hunk 1–11), at the end (6–16) or anywhere between.
    expect(hunks(block, block + block)).toEqual([{ first: 6, last: 11 }]);
  });

  test('what two readings have in common', () => {
    expect(
      commonHunks(
        [
          { first: 1, last: 5 },
          { first: 9, last: 12 },
        ],
        [{ first: 4, last: 10 }],
      ),
    ).toEqual([
      { first: 4, last: 5 },
      { first: 9, last: 10 },
    ]);
  });
});

describe('hostile sizes', () => {
  const many = (word: string) => Array.from({ length: 20_000 }, (_, index) => `${word} ${index % 7}\n`).join('');
  test.each([
    ['everything differs', numbered(1, 19_000), many('x').slice(0, 490_000)],
    [
      'seven lines, shuffled',
      many('x'),
      Array.from({ length: 20_000 }, (_, index) => `x ${(index * index) % 7}\n`).join(''),
    ],
    ['one line of a megabyte', 'a', 'b'.repeat(1_000_000)],
    ['half a megabyte of line breaks', '\n', '\n'.repeat(500_000)],
  ])('%s ends at once', (_, base, head) => {
    const start = performance.now();
    hunks(base, head);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('more changes than are looked for: lines that the base has nowhere are certain all the same', () => {
    const base = Array.from({ length: 6000 }, (_, index) => `a ${index}\n`).join('');
    const head = Array.from({ length: 6000 }, (_, index) =>
      index % 100 === 50 ? 'new\n' : `a ${6000 - index}\n`,
    ).join('');
    expect(hunks(base, head)).toContainEqual({ first: 48, last: 54 });
  });
});

// GitHub's diff is git's: whatever we take for commentable must be so there, or the whole review is refused (D8).
test("every hunk of ours lies within one of git's", () => {
  const folder = mkdtempSync(join(tmpdir(), 'gargoyle-diff-'));
  let seed = 42;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  const step = (index: number) => [
    `      - name: step ${index}`,
    '        uses: octo/action@v1',
    '        with:',
    `          input: ${index % 3}`,
    '',
  ];
  let seen = 0;
  for (let round = 0; round < 40; round++) {
    const lines = [
      'on: push',
      'jobs:',
      '  a:',
      '    steps:',
      ...Array.from({ length: 12 }, (_, index) => step(index)).flat(),
    ];
    const base = `${lines.join('\n')}\n`;
    for (let edit = 0; edit <= random(4); edit++) {
      const at = random(lines.length);
      const kind = random(4);
      if (kind === 0) lines.splice(at, random(5));
      else if (kind === 1) lines.splice(at, 0, ...step(100 + edit));
      else if (kind === 2) lines.splice(at, 0, ...lines.slice(at, at + random(9)));
      else lines[at] = `${lines[at]} # changed`;
    }
    const head = `${lines.join('\n')}\n`;
    writeFileSync(join(folder, 'base'), base);
    writeFileSync(join(folder, 'head'), head);
    const diff = spawnSync('git', ['diff', '--no-index', '--no-color', join(folder, 'base'), join(folder, 'head')]);
    const gits = Array.from(
      diff.stdout.toString().matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm),
      ([, first, length]) => ({
        first: Number(first),
        last: Number(first) + Number(length ?? 1) - 1,
      }),
    );
    for (const ours of hunks(base, head)) {
      seen++;
      expect(gits.some((git) => git.first <= ours.first && ours.last <= git.last)).toBe(true);
    }
  }
  rmSync(folder, { recursive: true });
  expect(seen).toBeGreaterThan(40);
});
