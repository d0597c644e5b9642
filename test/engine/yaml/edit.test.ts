import { describe, expect, test } from '@jest/globals';
import {
  appendComment,
  applyEdits,
  ensureEntry,
  insertEntry,
  insertEntryBefore,
  removeEntry,
  replaceInScalar,
  replaceRange,
  type TextEdit,
} from '../../../src/engine/yaml/edit.ts';
import { parseYaml } from '../../../src/engine/yaml/parse.ts';
import type { MapNode, Node } from '../../../src/engine/yaml/tree.ts';

/** The map or scalar at a path of keys and indices. */
function at(text: string, path: readonly (string | number)[]): Node {
  let node = parseYaml(text).root;
  for (const step of path) {
    const next: Node | undefined =
      node?.kind === 'map' ? node.get(String(step)) : node?.kind === 'sequence' ? node.items[Number(step)] : undefined;
    if (next === undefined) throw new Error(`nothing at ${path.join('.')}`);
    node = next;
  }
  if (node === null) throw new Error('empty');
  return node;
}

function map(text: string, path: readonly (string | number)[] = []): MapNode {
  const node = at(text, path);
  if (node.kind !== 'map') throw new Error('no map');
  return node;
}

/** The edited text, which must be readable; null when there was no edit. */
function edited(text: string, edit: TextEdit | null): string | null {
  if (edit === null) return null;
  const result = applyEdits(text, [edit]);
  parseYaml(result);
  return result;
}

describe('insertEntry adds one line and changes nothing else', () => {
  test.each([
    ['at the end of the file', 'a: 1\n', [], 'a: 1\nz: 9\n'],
    ['without a last line break', 'a: 1', [], 'a: 1\nz: 9'],
    ['behind a comment', 'a: 1 # c\nb: 2\n', [], 'a: 1 # c\nb: 2\nz: 9\n'],
    ['behind a block scalar', 'a:\n  r: |\n    x\n\nb: 2\n', ['a'], 'a:\n  r: |\n    x\n  z: 9\n\nb: 2\n'],
    ['behind a kept block scalar', 'a:\n  r: |+\n    x\n\nb: 2\n', ['a'], 'a:\n  r: |+\n    x\n\n  z: 9\nb: 2\n'],
    ['behind an empty value', 'a:\n  b: # c\nd: 1\n', ['a'], 'a:\n  b: # c\n  z: 9\nd: 1\n'],
    ['in a step', 's:\n  - a: 1\n    b: 2\n  - c: 3\n', ['s', 0], 's:\n  - a: 1\n    b: 2\n    z: 9\n  - c: 3\n'],
    ['in a step with wide dashes', 's:\n-   a: 1\n-   c: 3\n', ['s', 0], 's:\n-   a: 1\n    z: 9\n-   c: 3\n'],
    ['with CRLF', 'a:\r\n  b: 1\r\nc: 2\r\n', ['a'], 'a:\r\n  b: 1\r\n  z: 9\r\nc: 2\r\n'],
    ['behind a BOM', '\ufeffa: 1\n', [], '\ufeffa: 1\nz: 9\n'],
    ['in braces', 'a: {b: 1} # c\n', ['a'], 'a: {b: 1, z: 9} # c\n'],
    ['in braces with a last comma', 'a: { b: 1, }\n', ['a'], 'a: { b: 1, z: 9, }\n'],
    ['in empty braces', 'a: {}\n', ['a'], 'a: {z: 9}\n'],
    ['in braces on lines', 'a: {\n  b: [1,\n  2] # c\n}\n', ['a'], 'a: {\n  b: [1,\n  2], z: 9 # c\n}\n'],
  ])('%s', (_, text, path, result) => {
    expect(edited(text, insertEntry(text, map(text, path), 'z', '9'))).toBe(result);
  });

  test('several lines are indented like their neighbours', () => {
    const text = 's:\r\n  - a: 1\r\n';
    expect(edited(text, insertEntry(text, map(text, ['s', 0]), 'env', '\n  A: 1\n  B: 2'))).toBe(
      's:\r\n  - a: 1\r\n    env:\r\n      A: 1\r\n      B: 2\r\n',
    );
  });

  test('a value that braces would break is quoted', () => {
    const text = 'a: {b: 1}\n';
    expect(edited(text, insertEntry(text, map(text, ['a']), 'V', "${{ x['y'] }}"))).toBe(
      "a: {b: 1, V: '${{ x[''y''] }}'}\n",
    );
    expect(insertEntry(text, map(text, ['a']), 'V', '\n  x: 1')).toBeNull();
  });

  test.each([
    ['a key with an anchor', '&x a: 1\n'],
    ['an explicit key', '? a\n: 1\n'],
  ])('%s is left alone', (_, text) => {
    expect(insertEntry(text, map(text), 'z', '9')).toBeNull();
  });
});

describe('insertEntryBefore', () => {
  test.each([
    ['on its own line', 'a: 1\nb: 2\n', [], 'b', 'a: 1\nz: 9\nb: 2\n'],
    ['above the comment that belongs to it', 'a: 1\n\n# about b\nb: 2\n', [], 'b', 'a: 1\n\nz: 9\n# about b\nb: 2\n'],
    ['below the heading of the file', '# licence\na: 1\n', [], 'a', '# licence\nz: 9\na: 1\n'],
    ['behind a dash', 's:\n  - a: 1\n    b: 2\n', ['s', 0], 'a', 's:\n  - z: 9\n    a: 1\n    b: 2\n'],
    ['behind a BOM', '\ufeffa: 1\n', [], 'a', '\ufeffz: 9\na: 1\n'],
    ['in braces', 'a: {b: 1, c: 2}\n', ['a'], 'c', 'a: {b: 1, z: 9, c: 2}\n'],
    ['behind a block scalar', 'a: |\n  # text\nb: 2\n', [], 'b', 'a: |\n  # text\nz: 9\nb: 2\n'],
  ])('%s', (_, text, path, before, result) => {
    expect(edited(text, insertEntryBefore(text, map(text, path), before, 'z', '9'))).toBe(result);
  });

  test('not before what is not there', () => {
    expect(insertEntryBefore('a: 1\n', map('a: 1\n'), 'q', 'z', '9')).toBeNull();
  });
});

describe('ensureEntry', () => {
  test.each([
    ['creates the map', '- uses: a\n- b: 1\n', '- uses: a\n  with:\n    p: false\n- b: 1\n'],
    ['extends the map', '- uses: a\n  with:\n      q: 1 # c\n', '- uses: a\n  with:\n      q: 1 # c\n      p: false\n'],
    ['replaces the value', '- with:\n    p: "true" # c\n', '- with:\n    p: false # c\n'],
    ['gives an empty value', '- with:\n    p: # c\n', '- with:\n    p: false # c\n'],
    ['fills an empty map', '- with: # c\n  uses: a\n', '- with: # c\n    p: false\n  uses: a\n'],
    ['fills a null', '- with: ~\n', '- with: { p: false }\n'],
    ['fills braces', '- with: {}\n', '- with: {p: false}\n'],
    ['extends braces', '- {uses: a}\n', '- {uses: a, with: { p: false }}\n'],
    ['fills a null in braces', '- {uses: a, with: }\n', '- {uses: a, with: { p: false } }\n'],
    [
      'takes over the indentation',
      '- env:\n      A: 1\n  uses: a\n',
      '- env:\n      A: 1\n  uses: a\n  with:\n      p: false\n',
    ],
    ['keeps CRLF', '- uses: a\r\n', '- uses: a\r\n  with:\r\n    p: false\r\n'],
  ])('%s', (_, text, result) => {
    expect(edited(text, ensureEntry(text, map(text, [0]), ['with', 'p'], 'false'))).toBe(result);
  });

  test.each([
    ['an alias', 'x: &w {p: 1}\ns:\n  with: *w\n', ['s']],
    ['an expression', 's:\n  with: ${{ x }}\n', ['s']],
    ['a list', 's:\n  with: [a]\n', ['s']],
  ])('%s in the way is left alone', (_, text, path) => {
    expect(ensureEntry(text, map(text, path), ['with', 'p'], 'false')).toBeNull();
  });
});

describe('removeEntry', () => {
  test.each([
    ['a line', 'a: 1\nb: 2 # c\nc: 3\n', [], 'b', 'a: 1\nc: 3\n'],
    ['the last line', 'a: 1\nb: 2', [], 'b', 'a: 1\n'],
    ['a nested map', 'a: 1\nb:\n  x: 1\n  y: |\n    z\nc: 3\n', [], 'b', 'a: 1\nc: 3\n'],
    ['behind a dash', '- a: 1\n  b: 2\n', [0], 'a', '- b: 2\n'],
    ['in braces', '{a: 1, b: 2, c: 3}', [], 'b', '{a: 1, c: 3}'],
    ['the last in braces', '{a: 1, b: 2 }', [], 'b', '{a: 1 }'],
  ])('%s', (_, text, path, key, result) => {
    expect(edited(text, removeEntry(text, map(text, path), key))).toBe(result);
  });

  test('the only entry stays: a map can not be empty', () => {
    expect(removeEntry('a: 1\n', map('a: 1\n'), 'a')).toBeNull();
  });
});

describe('appendComment', () => {
  test.each([
    ['plain', 'k: a@b\n', 'k: a@b # v1\n'],
    ['before another comment', 'k: "a" # old\n', 'k: "a" # v1 # old\n'],
    ['at the end of the file', 'k: a', 'k: a # v1'],
    ['before CRLF', 'k: a\r\n', 'k: a # v1\r\n'],
    ['not within braces', '{k: a, b: c}', null],
    ['not in a block scalar', 'k: |\n  a\n', null],
    ['not where nothing is written', 'k:\n', null],
  ])('%s', (_, text, result) => {
    expect(edited(text, appendComment(text, at(text, ['k']), 'v1'))).toBe(result);
  });

  test('a comment of several lines would become keys', () => {
    expect(appendComment('k: a\n', at('k: a\n', ['k']), 'v1\nx: y')).toBeNull();
  });
});

describe('replaceInScalar writes as the style asks', () => {
  test.each([
    ['plain', 'k: echo X {y}\n', '"${V}"', 'k: echo "${V}" {y}\n'],
    ['plain that would start with a quote', 'k: X y\n', '"${V}"', 'k: \'"${V}" y\'\n'],
    ['plain that would get a comment', 'k: a X\n', '#b', "k: 'a #b'\n"],
    ['plain that would be a map', 'k: a X\n', 'b: c', "k: 'a b: c'\n"],
    ['plain that would be a number', 'k: X\n', '12', "k: '12'\n"],
    ['plain in braces', '{k: a X}', '${V}', "{k: 'a ${V}'}"],
    ['single', "k: 'a X'\n", "it's", "k: 'a it''s'\n"],
    ['double', 'k: "a X"\n', '"\\\n', 'k: "a \\"\\\\\\n"\n'],
    ['literal', 'k: |\n  a X\n', '"${V}"', 'k: |\n  a "${V}"\n'],
    ['literal, several lines', 'k: |\n    a\n    X\n', 'b\nc', 'k: |\n    a\n    b\n    c\n'],
    ['literal, CRLF', 'k: |\r\n  X\r\n', 'b\nc', 'k: |\r\n  b\r\n  c\r\n'],
    ['folded', 'k: >\n  a\n  X\n', 'b', 'k: >\n  a\n  b\n'],
    ['folded, several lines', 'k: >\n  a X\n', 'b\nc', null],
    ['single, several lines', "k: 'X'\n", 'b\nc', null],
  ])('%s', (_, text, replacement, result) => {
    const node = at(text, ['k']);
    if (node.kind !== 'scalar') throw new Error('no scalar');
    const start = node.text.indexOf('X');
    const changed = edited(text, replaceInScalar(node, start, start + 1, replacement));
    expect(changed).toBe(result);
    if (changed === null) return;
    const now = at(changed, ['k']);
    expect(now.kind === 'scalar' && now.value).toBe(node.text.replace('X', () => replacement));
  });
});

describe('applyEdits', () => {
  test('edits keep their order and places', () => {
    expect(
      applyEdits('abcdef', [
        { start: 4, end: 5, text: 'E' },
        replaceRange({ start: 1, end: 2 }, 'B'),
        { start: 1, end: 1, text: '+' },
      ]),
    ).toBe('a+BcdEf');
  });

  test.each([
    [
      'overlap',
      [
        { start: 1, end: 3, text: '' },
        { start: 2, end: 4, text: '' },
      ],
    ],
    ['outside', [{ start: 1, end: 9, text: '' }]],
    ['backwards', [{ start: 3, end: 1, text: '' }]],
  ])('%s is refused', (_, edits) => {
    expect(() => applyEdits('abcdef', edits)).toThrow(RangeError);
  });
});
