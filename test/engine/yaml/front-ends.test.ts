import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { noFacts } from '../../../src/engine/facts.ts';
import { readEvents } from '../../../src/engine/yaml/from-events.ts';
import { readTree } from '../../../src/engine/yaml/from-yaml.ts';
import { checkText } from '../../../src/engine/yaml/limits.ts';
import { Lines } from '../../../src/engine/yaml/lines.ts';
import type { Node } from '../../../src/engine/yaml/tree.ts';
import { mutantsOf } from '../../rules/mutants.ts';

/**
 * The fast front-end reads what the other one reads, to the offset, or nothing at all. Protects positions and edits, and the
 * reader of a workflow from a file that two parsers understand differently.
 */

const fixtures = join(import.meta.dirname, '../../rules');
const texts = readdirSync(fixtures)
  .filter((name) => name.endsWith('.yml'))
  .flatMap((name) => readFileSync(join(fixtures, name), 'utf8').split(/^---$/m));

/** Everything that the engine may ask of a tree. */
function plain(node: Node | null): unknown {
  if (node === null) return null;
  const { kind, start, end, anchor } = node;
  switch (node.kind) {
    case 'scalar':
      return [kind, start, end, anchor, node.style, node.text, node.value, node.token];
    case 'map':
      return [kind, start, end, anchor, node.flow, node.entries.map((entry) => [plain(entry.key), plain(entry.value)])];
    case 'sequence':
      return [kind, start, end, anchor, node.flow, node.items.map(plain)];
    case 'alias':
      return [kind, start, end, node.name, node.target.start];
  }
}

function read(reader: typeof readEvents, text: string): unknown {
  try {
    checkText(text);
    const tree = reader(text);
    return tree && { root: plain(tree.root), comments: tree.comments };
  } catch (error) {
    return `unreadable: ${(error as Error).message}`;
  }
}

const slow = (text: string) => readTree(text, new Lines(text));

/** How many texts the fast one read; each as the other does. */
function compared(all: Iterable<string>): { readonly read: number; readonly all: number } {
  const count = { read: 0, all: 0 };
  for (const text of all) {
    count.all += 1;
    const fast = read(readEvents, text);
    if (fast === null) continue;
    count.read += 1;
    const other = read(slow, text);
    if (JSON.stringify(fast) !== JSON.stringify(other)) expect({ text, fast }).toEqual({ text, fast: other });
  }
  return count;
}

describe('the two front-ends agree', () => {
  test('on every example of the rules, and the fast one reads nearly all of them', () => {
    const { read, all } = compared(texts);
    // The rest begins with nothing but a comment, or is broken on purpose.
    expect(read / all).toBeGreaterThan(0.8);
  });

  test('with carriage returns, a byte order mark, a document start', () => {
    compared(
      texts.flatMap((text) => [
        text.replaceAll('\n', '\r\n'),
        `\ufeff${text}`,
        `---\n${text}`,
        `# x\n--- # y\n${text}`,
      ]),
    );
  });

  test('on damaged files', () => {
    const { read, all } = compared(
      texts.flatMap((text, index) => {
        const example = { isBad: false, why: '', options: {}, facts: noFacts, paths: null, base: null, marks: [] };
        const mutants = mutantsOf(`${index}`, [{ ...example, files: [{ path: 'x', text }] }]);
        return [...mutants]
          .filter((_, at) => at % 100 === index % 100)
          .flatMap(({ files: [file] }) => file?.text ?? []);
      }),
    );
    expect(read / all).toBeGreaterThan(0.2);
  });

  test.each([
    'a: |\n\n  x\n',
    'a: |\n   \n  x\n',
    'a: |2\n   x\n',
    'a: |+\n  x\n\n\nb: c\n',
    'a: >-\n  x\n   y\n\n  z\n',
    '|\n x\n',
    'a: |\n  ',
    'a: &x b\nc: *x\n',
    'a: &x\n  b: c\nd: *x\n',
    'a: &x [*x]\n',
    'a: &x b\nc: &x d\ne: *x\n',
    '*x : a\n',
    '&x a: b\n',
    '<<: a\n',
    'a: 1\na: 2\n',
    '{a, b: c, d: }\n',
    '[a: b]\n',
    '? a\n: b\n',
    'a:\n- b\n-\n- c: d\n  e:\n',
    '!!str a: !!int 1\n',
    '%YAML 1.1\n---\non: a\n',
    'a\n---\nb\n',
    'a: b\n...\n',
    '"a#b": \'c # d\' # e\nf: g#h # i\n',
    'a: b # &x\nc: # d\n  e # f\n',
    'run: | # what\n  # no comment\n  a\n # a comment\nb: c\n',
    '\ta: b\n',
    'a:\n\t- b\n',
    '# nothing\n',
    '',
  ])('on %j', (text) => {
    compared([text]);
  });
});
