import { describe, expect, test } from '@jest/globals';
import { parseYaml } from '../../../src/engine/yaml/parse.ts';
import type { ScalarNode } from '../../../src/engine/yaml/tree.ts';

function scalar(text: string): ScalarNode {
  const { root } = parseYaml(text);
  const node = root?.kind === 'map' ? root.get('k') : root;
  if (node?.kind !== 'scalar') throw new Error('no scalar');
  return node;
}

const STYLES: readonly (readonly [string, string])[] = [
  ['plain', 'k: a ${{ x }} b\n'],
  ['plain on two lines', 'k: a\n  ${{ x }} b\n'],
  ['plain with empty lines', 'k: a\n\n\n  ${{ x }} b\n'],
  ['single', "k: 'it''s ${{ x }} b'\n"],
  ['single on lines', "k: 'it''s\n\n  ''${{ x }} b'\n"],
  ['double', 'k: "\\t\\u00e9\\x41\\U0001F600 ${{ x }} b"\n'],
  ['double, folded', 'k: "a  \n\n  b ${{ x }} c"\n'],
  ['double, escaped line break', 'k: "a \\\n  ${{ x }} c"\n'],
  ['double in braces', '{k: "${{ x }}"}'],
  ['literal', 'k: |\n  a\n    b ${{ x }}\n'],
  ['literal, deeper first', 'k: |2\n     a ${{ x }}\n  b\n'],
  ['literal, stripped', 'k: |-\n\n  a ${{ x }}\n\n'],
  ['literal, kept', 'k: |+ # c\n  a ${{ x }}\n\n'],
  ['literal at the end of the file', 'k: |\n  a ${{ x }}'],
  ['folded', 'k: >\n  a\n  b\n\n  ${{ x }} c\n'],
  ['folded, deeper lines', 'k: >-\n  a\n    b ${{ x }}\n\n    c\n  d\n'],
  ['folded, deeper line behind an empty one', 'k: >\n  a\n\n    b ${{ x }}\n'],
  ['folded, indented more', 'k: >\n        a\n        ${{ x }}\n'],
  ['in a sequence', 'k: |\n  x: y\n   ${{ x }}\n'],
];

/** Findings and edits stand or fall with these offsets. */
describe.each([
  ['LF', (text: string) => text],
  ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
  ['BOM', (text: string) => `\ufeff${text}`],
])('decoded offsets are found in the source (%s)', (_, spell) => {
  test.each(STYLES)('%s', (_, written) => {
    const text = spell(written);
    const node = scalar(text);
    const start = node.text.indexOf('${{');
    const range = node.rangeOf(start, start + 8);
    expect(text.slice(range?.start, range?.end)).toBe('${{ x }}');
    for (let i = 0; i < node.text.length; i++) {
      const at = node.offsetOf(i);
      if (at !== null) expect([node.text[i], '\\', '\r', "'"]).toContain(text[at]);
    }
  });
});

describe('what is not written as such', () => {
  test('a folded line break has no offset, but may be inside a range', () => {
    const text = 'k: a\n  b\n';
    const node = scalar(text);
    expect(node.text).toBe('a b');
    expect(node.offsetOf(1)).toBeNull();
    expect(node.rangeOf(1, 2)).toBeNull();
    expect(node.rangeOf(0, 3)).toEqual({ start: 3, end: 8 });
  });

  test('an escape spans its spelling', () => {
    const text = 'k: "a\\u00e9b"\n';
    const node = scalar(text);
    const range = node.rangeOf(1, 2);
    expect(text.slice(range?.start, range?.end)).toBe('\\u00e9');
    expect(node.rangeOf(3, 3)).toEqual({ start: 12, end: 12 });
  });

  test('half of an escaped surrogate pair has no range', () => {
    const node = scalar('k: "\\U0001F600"\n');
    expect(node.text).toBe('😀');
    expect(node.rangeOf(0, 2)).toEqual({ start: 4, end: 14 });
    expect(node.rangeOf(0, 1)).toBeNull();
    expect(node.rangeOf(1, 2)).toBeNull();
  });

  test('a doubled quote is one character of two', () => {
    const text = "k: 'a''b'\n";
    const node = scalar(text);
    const range = node.rangeOf(0, 2);
    expect(text.slice(range?.start, range?.end)).toBe("a''");
  });

  test('nothing is outside', () => {
    const node = scalar('k: ab\n');
    expect(node.offsetOf(2)).toBe(5);
    expect(node.offsetOf(3)).toBeNull();
    expect(node.offsetOf(-1)).toBeNull();
    expect(node.rangeOf(1, 3)).toBeNull();
    expect(scalar('k:\n').offsetOf(0)).toBeNull();
  });
});
