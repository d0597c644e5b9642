import type { Found } from './findings.ts';
import type { SourceEdit } from './model/source.ts';
import { applyEdits } from './yaml/edit.ts';

/** Fixes that are in each other's way are proved one after another, so often; beyond, they are dropped. */
const MAX_BATCHES = 12;

/** Findings in groups of one key. */
export function groupedBy(
  found: readonly Found[],
  keyOf: (one: Found) => string,
): ReadonlyMap<string, readonly Found[]> {
  const groups = new Map<string, Found[]>();
  for (const one of found) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

/** Fixes in a few groups, in each of which no two edits are in each other's way; those that fit in none are left out. `apart`: nor do two fixes share an edit. */
export function batches(targets: readonly Found[], apart = false): readonly (readonly Found[])[] {
  const done: { readonly found: Found[]; readonly edits: SourceEdit[] }[] = [];
  for (const found of targets) {
    const edits = found.fix?.edits ?? [];
    const fits = (others: readonly SourceEdit[]) =>
      edits.every((edit) => others.every((other) => !collide(edit, other) || (!apart && isEqual(edit, other))));
    const fitting = done.find((batch) => fits(batch.edits));
    if (fitting) {
      fitting.found.push(found);
      fitting.edits.push(...edits);
    } else if (done.length < MAX_BATCHES) done.push({ found: [found], edits: [...edits] });
  }
  return done.map((batch) => batch.found);
}

/** Two insertions at one place collide too: both may write the same key. */
function collide(a: SourceEdit, b: SourceEdit): boolean {
  return a.source === b.source && a.start <= b.end && b.start <= a.end;
}

/** The same edit twice is made once. */
function isEqual(a: SourceEdit, b: SourceEdit): boolean {
  return a.source === b.source && a.start === b.start && a.end === b.end && a.text === b.text;
}

/** The new text of each file; null without edits and when edits overlap. */
export function applied(edits: readonly SourceEdit[]): ReadonlyMap<string, string> | null {
  const bySource = new Map<SourceEdit['source'], Map<string, SourceEdit>>();
  for (const edit of edits) {
    const own = bySource.get(edit.source) ?? new Map<string, SourceEdit>();
    bySource.set(edit.source, own.set(`${edit.start} ${edit.end} ${edit.text}`, edit));
  }
  try {
    const texts = [...bySource].map(([{ path, text }, own]) => [path, applyEdits(text, [...own.values()])] as const);
    return texts.length > 0 ? new Map(texts) : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
