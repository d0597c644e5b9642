import { TextCache } from '../text-cache.ts';
import type { Uses } from './uses.ts';

/** UTF-16 units of slugs that one table remembers. */
const REMEMBERED = 20_000;

/** The rows of a table that name a `uses`, in their order. The same few actions are looked up by many rules at thousands of steps. */
export function usesTable<Row>(
  rows: readonly Row[],
  patternsOf: (row: Row) => readonly string[],
): (uses: Uses) => readonly Row[] {
  const known = new TextCache<readonly Row[]>(REMEMBERED);
  const find = (uses: Uses) => rows.filter((row) => uses.matches(patternsOf(row)));
  return (uses) => (uses.isRemote ? known.of(uses.slug, () => find(uses)) : []);
}
