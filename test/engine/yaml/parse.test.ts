import { describe, expect, test } from '@jest/globals';
import { parseYaml } from '../../../src/engine/yaml/parse.ts';
import { type Node, resolve, Unreadable } from '../../../src/engine/yaml/tree.ts';

/** A tree as plain arrays: maps are lists of [key, value], so that the order and odd keys are seen. */
function plain(node: Node | null): unknown {
  if (node === null) return null;
  const behind = resolve(node);
  if (behind.kind === 'scalar') return behind.value;
  if (behind.kind === 'sequence') return behind.items.map(plain);
  return behind.entries.map(({ key, value }) => [key.text, plain(value)]);
}

function reasonFor(text: string): string {
  try {
    parseYaml(text);
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
  return 'was read';
}

describe('values are those of the core schema, as GitHub reads them', () => {
  test.each([
    ['on', 'on'],
    ['yes', 'yes'],
    ['no', 'no'],
    ['true', true],
    ['FALSE', false],
    ['~', null],
    ['null', null],
    ['', null],
    ['12', 12],
    ['-0x1F', '-0x1F'],
    ['0x1F', 31],
    ['0o17', 15],
    ['1.50', 1.5],
    ['1e3', 1000],
    ['.inf', Number.POSITIVE_INFINITY],
    ['-.INF', Number.NEGATIVE_INFINITY],
    ['1_000', '1_000'],
    ['12:30', '12:30'],
    ["'12'", '12'],
    ['"true"', 'true'],
    ['!!str true', 'true'],
    ['! 12', '12'],
    ['!!bool "true"', true],
    ['|-\n  12', '12'],
    ['2001-01-01', '2001-01-01'],
  ])('%j', (written, value) => {
    expect(plain(parseYaml(`k: ${written}\n`).root)).toEqual([['k', value]]);
  });

  test('%YAML 1.1 does not turn `on` into true', () => {
    expect(plain(parseYaml('%YAML 1.1\n---\non: yes\n').root)).toEqual([['on', 'yes']]);
  });
});

describe('the tree', () => {
  test('keys that are properties of objects are keys like others', () => {
    const { root } = parseYaml('__proto__: 1\nconstructor: 2\n');
    expect(plain(root)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ]);
    expect(root?.kind === 'map' && root.get('toString')).toBeUndefined();
  });

  test('aliases keep their place and show their target', () => {
    const { root } = parseYaml('a: &x [1, 2]\nb: *x\n');
    const alias = root?.kind === 'map' ? root.get('b') : undefined;
    expect(alias).toMatchObject({ kind: 'alias', name: 'x', start: 16, end: 18 });
    expect(alias && plain(alias)).toEqual([1, 2]);
  });

  test('an anchor that is given again means the later one from there on', () => {
    expect(plain(parseYaml('- &a 1\n- *a\n- &a 2\n- *a\n').root)).toEqual([1, 1, 2, 2]);
  });

  test('an anchor on a key works', () => {
    expect(plain(parseYaml('&a x: *a\n').root)).toEqual([['x', 'x']]);
  });

  test.each([
    ['', null],
    ['\n# only a comment\n', null],
    ['---\n', null],
    ['\ufeffa: 1\n', [['a', 1]]],
    [
      '{a, b: , "c": d}',
      [
        ['a', null],
        ['b', null],
        ['c', 'd'],
      ],
    ],
    ['[a: b]', [[['a', 'b']]]],
    ['? a\n: b\n', [['a', 'b']]],
    ['- - a\n  - b\n-\n', [['a', 'b'], null]],
    ['just text', 'just text'],
    ['--- # doc\na: 1\n...\n', [['a', 1]]],
  ])('%j', (text, value) => {
    expect(plain(parseYaml(text).root)).toEqual(value);
  });

  test.each([
    ['a: b # c\n', 'a', 'b'],
    ['a: "b" # c\n', 'a', '"b"'],
    ["  a  :   'b'\n", 'a', "'b'"],
    ['a: |2 # why\n    x\n\nz: 1\n', 'a', '|2 # why\n    x\n'],
    ['a: &x !!str b\n', 'a', 'b'],
    ['a:\n  b: c\n  d:\n\nz: 1\n', 'a', 'b: c\n  d:'],
    ['a:\n- b\n- c # d\nz: 1\n', 'a', '- b\n- c'],
    ['a: { b: c, }\nz: 1\n', 'a', '{ b: c, }'],
    ['a: [ b,\n  c ]\n', 'a', '[ b,\n  c ]'],
    ['a: plain\n  more # c\n', 'a', 'plain\n  more'],
  ])('a node spans what is written: %j', (text, key, written) => {
    const { root } = parseYaml(text);
    const node = root?.kind === 'map' ? root.get(key) : undefined;
    expect(text.slice(node?.start, node?.end)).toBe(written);
  });

  test('comments and lines are found, also with CRLF and in flow', () => {
    const text = '# one\r\na: [ # two\r\n  b] # three\r\nrun: | # four\r\n  # text\r\n# five';
    const { comments, lines } = parseYaml(text);
    expect(comments.map(({ text }) => text)).toEqual(['# one', '# two', '# three', '# four', '# five']);
    expect(comments.map(({ start, end }) => text.slice(start, end))).toEqual(comments.map(({ text }) => text));
    expect(lines.position(text.indexOf('# three'))).toEqual({ line: 3, column: 6 });
    expect(lines.offset({ line: 3, column: 6 })).toBe(text.indexOf('# three'));
    expect(lines.position(text.length + 5)).toEqual({ line: 6, column: 7 });
    expect(lines.offset({ line: 99, column: 1 })).toBe(text.length);
  });
});

describe('what GitHub refuses, or two parsers read differently, is not read', () => {
  test.each([
    ['a: 1\nb: 2\na: 3\n', 'line 3: key `a` twice'],
    ['x: {a: 1, "a": 2}', 'line 1: key `a` twice'],
    ['a: &x {b: 1}\nc:\n  <<: *x\n', 'line 3: a merge key (`<<`), which GitHub does not know'],
    ['a: 1\n---\nb: 2\n', 'line 2: it holds several documents'],
    ['a: *x\n', 'line 1: the alias `*x` has no anchor'],
    ['a: *x\nb: &x 1\n', 'line 1: the alias `*x` has no anchor'],
    ['a: &x\n  b: *x\n', 'line 2: the alias `*x` is inside its own anchor'],
    ['a: &x 1\nb: &x\n  - *x\n', 'line 3: the alias `*x` is inside its own anchor'],
    ['a: !secret b\n', 'line 1: the tag !secret'],
    ['a: !!binary aGk=\n', 'line 1: the tag tag:yaml.org,2002:binary'],
    ['a: !!set {b}\n', 'line 1: the tag tag:yaml.org,2002:set'],
    ['[a, b]: c\n', 'line 1: a key that is not a scalar'],
    ['a: \0\n', 'line 1: a NUL character'],
    ['a: b\n# \u001b[2J\n', 'line 2: the control character U+001B'],
    ['# x\rjobs: {}\n', 'line 1: a carriage return without line feed'],
    ['# x\u2028permissions: write-all\n', 'line 1: U+2028, which some parsers take for a line break'],
    ['a: \ud800\n', 'line 1: half a surrogate pair'],
    ['a: "b\n', expect.stringMatching(/^line 2: missing closing/)],
    ['a: b: c\n', expect.stringMatching(/^line 1: nested mappings/)],
    ['a: "\\q"\n', 'line 1: a double-quoted text with an unknown escape'],
    ['a:\n\tb: c\n', expect.stringMatching(/^line 2: tabs are not allowed/)],
    ['a: ]\n', expect.stringMatching(/^line 1: unexpected flow-seq-end/)],
  ])('%j', (text, reason) => {
    expect(reasonFor(text)).toEqual(reason);
  });
});
