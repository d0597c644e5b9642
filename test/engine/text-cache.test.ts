import { expect, test } from '@jest/globals';
import { TextCache } from '../../src/engine/text-cache.ts';

/** Protects the worker's memory: texts are an attacker's, in number and in length. */
test('what is known is not made again, as long as its texts are not too long in all', () => {
  const cache = new TextCache<number | null>(10);
  const made: string[] = [];
  const ask = (key: string) =>
    cache.of(key, () => {
      made.push(key);
      return key === 'none' ? null : key.length;
    });
  expect([ask('abcde'), ask('abcde'), ask('none'), ask('none')]).toEqual([5, 5, null, null]);
  expect(made).toEqual(['abcde', 'none']);
  // Over the bound: the others are forgotten.
  ask('xy');
  ask('abcde');
  expect(made).toEqual(['abcde', 'none', 'xy', 'abcde']);
  // Longer than all together may be: never kept, and the answer is right.
  const long = 'z'.repeat(11);
  expect([ask(long), ask(long)]).toEqual([11, 11]);
  expect(made.slice(4)).toEqual([long, long]);
});
