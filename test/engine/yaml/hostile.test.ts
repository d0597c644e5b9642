import { describe, expect, test } from '@jest/globals';
import { parseYaml } from '../../../src/engine/yaml/parse.ts';
import { type Node, resolve, Unreadable } from '../../../src/engine/yaml/tree.ts';

const LIMIT = 512 * 1024;

/** As much of `unit` as fits in the largest file that is read. */
function fill(unit: string, head = '', tail = ''): string {
  return head + unit.repeat(Math.floor((LIMIT - head.length - tail.length) / Buffer.byteLength(unit))) + tail;
}

function lines(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join('\n');
}

const TENFOLD = lines(
  20,
  (i) =>
    `a${i + 1}: &a${i + 1} [${Array(9)
      .fill(i === 0 ? 'x' : `*a${i}`)
      .join(', ')}]`,
);

/** A pull request's author chooses every byte of these: each must be read or refused at once, with an `Unreadable`. */
describe('hostile input ends in under two seconds', () => {
  test.each([
    ['larger than the limit', 'a'.repeat(LIMIT + 1), /larger than 512 KB/],
    ['larger than the limit in bytes only', 'é'.repeat(LIMIT / 2 + 1), /larger than 512 KB/],
    ['a line of a megabyte', `a: ${'b'.repeat(1024 * 1024)}`, /larger than 512 KB/],
    ['a line of half a megabyte', fill('b', 'a: '), null],
    ['open brackets', fill('['), /deeper than 64/],
    ['closed brackets', `${'['.repeat(250_000)}${']'.repeat(250_000)}`, /deeper than 64/],
    ['open braces', fill('{a: '), /deeper than 64/],
    ['brackets on lines', fill('[\n'), /deeper than 64/],
    ['closing brackets', fill(']'), /unexpected flow-seq-end/],
    ['commas', fill(',', '['), /tokens/],
    ['nested block maps', lines(900, (i) => `${' '.repeat(i)}a:`), /deeper than 64/],
    ['nested dashes', fill('- '), /deeper than 64/],
    ['explicit keys', fill('? '), /deeper than 64/],
    ['an alias bomb', TENFOLD, /100000 nodes/],
    ['an alias bomb in one line', `a: &a [${'x,'.repeat(9000)}]\nb: [${'*a,'.repeat(900)}]`, /100000 nodes/],
    ['aliases', `a: &a 1\nb: [${'*a, '.repeat(5000)}]`, /1000 aliases/],
    ['50,000 anchors', lines(50_000, (i) => `- &a${i}`), /10000 items/],
    ['9,000 anchors', lines(9_000, (i) => `- &a${i} x`), null],
    ['anchors on one node', fill('&a '), /tokens/],
    ['tags on one node', fill('!a '), /tokens/],
    ['tags', fill('- !a b\n').slice(0, 20_000), /the tag/],
    ['keys', lines(40_000, (i) => `key${i}: 1`), /10000 items/],
    ['keys in braces', `{${lines(2_000, (i) => `k${i},`)}}`, /1000 keys/],
    ['documents', fill('---\n'), /several documents/],
    ['directives', fill('%YAML 1.1\n'), /directive/],
    ['tag directives', lines(20_000, (i) => `%TAG !a${i}! tag:x,1:`), /directive/],
    ['comments', fill('#\n'), /tokens/],
    ['empty lines', fill('\n'), /tokens/],
    ['an open quote', fill('a', '"'), /missing closing/],
    ['bad escapes', fill('\\q', '"', '"'), /unknown escape/],
    ['escapes', fill('\\x41', '"', '"'), null],
    ['folded lines', fill('a\n ', 'x: "', '"'), null],
    ['a literal of empty lines', fill('\n', 'x: |+\n  a'), null],
    ['a folded text', fill('  a\n\n   b\n', 'x: >\n'), null],
    ['byte order marks', fill('\ufeff\n'), /tokens/],
  ])('%s', (_, text, reason) => {
    const start = process.cpuUsage();
    let message: string | null = null;
    try {
      const { root } = parseYaml(text);
      if (root) walk(root);
    } catch (error) {
      expect(error).toBeInstanceOf(Unreadable);
      message = (error as Unreadable).message;
    }
    // Processor time: the machine that runs the tests may be busy.
    expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
    if (reason === null) expect(message).toBeNull();
    else expect(message).toMatch(reason);
    expect(message?.length ?? 0).toBeLessThan(300);
  });
});

/** Looks at all that a rule would look at, through aliases. */
function walk(node: Node): void {
  const behind = resolve(node);
  if (behind.kind === 'scalar') {
    behind.offsetOf(behind.text.length >> 1);
    void behind.value;
  } else if (behind.kind === 'sequence') behind.items.forEach(walk);
  else for (const { value } of behind.entries) walk(value);
}
