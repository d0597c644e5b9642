/**
 * Which lines of the head GitHub accepts a review comment on: those of the hunks of the pull request's diff, three lines of
 * context included (D8). One line outside, and GitHub refuses the whole review, so every doubt makes a hunk smaller.
 */

/** Consecutive lines of the head, from 1, both ends included, that lie in one hunk. */
export interface Hunk {
  readonly first: number;
  readonly last: number;
}

const CONTEXT = 3;

/** GitHub shows no diff of a larger file (D2). */
const MAX_LINES = 20_000;
const MAX_UNITS = 500_000;

/** Edits that Myers' algorithm looks for; its time grows with their number, its memory with the square (here 9 MB). */
const MAX_EDITS = 1500;

/** A run of changed lines: `[start, end)` in the base gave way to `[start, end)` in the head, lines from 0. */
interface Change {
  readonly base: { readonly start: number; readonly end: number };
  readonly head: { readonly start: number; readonly end: number };
}

/** Lines as numbers: equal lines, equal numbers. */
type Lines = readonly number[];

/** The hunks on the head's side. `base` null: the file is new. */
export function hunks(base: string | null, head: string): readonly Hunk[] {
  if (Math.max(base?.length ?? 0, head.length) > MAX_UNITS) return [];
  const numbers = new Map<string, number>();
  const before = numbered(base ?? '', numbers);
  const after = numbered(head, numbers);
  if (Math.max(before.length, after.length) > MAX_LINES || after.length === 0) return [];
  // Of equally short diffs git may have found another: what the search from the end finds too is what they share.
  const fromStart = joined(changeSpans(before, after), after.length);
  const fromEnd = changeSpans(before.toReversed(), after.toReversed()).map(({ first, last }) => ({
    first: after.length + 1 - last,
    last: after.length + 1 - first,
  }));
  const likely = commonHunks(fromStart, joined(fromEnd, after.length));
  return joined([...certainSpans(before, after), ...likely], after.length);
}

/** Every hunk's lines that also belong to a hunk of the other list. */
export function commonHunks(some: readonly Hunk[], others: readonly Hunk[]): readonly Hunk[] {
  return some.flatMap((one) =>
    others
      .map((other) => ({ first: Math.max(one.first, other.first), last: Math.min(one.last, other.last) }))
      .filter(({ first, last }) => first <= last),
  );
}

/** Lines with their terminators, so that a missing last line break is a difference, as it is to git. */
function numbered(text: string, numbers: Map<string, number>): Lines {
  return (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => {
    const known = numbers.get(line);
    if (known !== undefined) return known;
    numbers.set(line, numbers.size);
    return numbers.size - 1;
  });
}

/** A line that the base does not have is an added one in every diff there is, and its neighbours are its context. */
function certainSpans(before: Lines, after: Lines): readonly Hunk[] {
  const known = new Set(before);
  return after.flatMap((line, index) =>
    known.has(line) ? [] : [{ first: index + 1 - CONTEXT, last: index + 1 + CONTEXT }],
  );
}

/** Changed lines with their context, of our own diff; empty where finding it would take too long. */
function changeSpans(before: Lines, after: Lines): readonly Hunk[] {
  return (changes(before, after) ?? []).map(({ base, head }) => {
    const isInsertion = base.start === base.end;
    const isDeletion = head.start === head.end;
    // A run may begin or end a line earlier or later when it repeats what stands around it; git may have chosen otherwise.
    const slack = isInsertion ? slide(after, head) : isDeletion ? slide(before, base) : { up: 0, down: 0 };
    return { first: head.start + slack.down - CONTEXT + 1, last: head.end - slack.up + CONTEXT };
  });
}

function slide(lines: Lines, { start, end }: Change['head']): { readonly up: number; readonly down: number } {
  let up = 0;
  while (start - up > 0 && lines[start - up - 1] === lines[end - up - 1]) up++;
  let down = 0;
  while (end + down < lines.length && lines[start + down] === lines[end + down]) down++;
  return { up, down };
}

/** Sorted, within the file; spans that touch or overlap are one hunk, as git joins what has no more than six lines between. */
function joined(spans: readonly Hunk[], length: number): readonly Hunk[] {
  const sorted = spans
    .map(({ first, last }) => ({ first: Math.max(first, 1), last: Math.min(last, length) }))
    .filter(({ first, last }) => first <= last)
    .sort((a, b) => a.first - b.first);
  const result: Hunk[] = [];
  for (const span of sorted) {
    const previous = result.at(-1);
    if (previous === undefined || span.first > previous.last + 1) result.push(span);
    else result[result.length - 1] = { first: previous.first, last: Math.max(previous.last, span.last) };
  }
  return result;
}

/** The changes of a shortest edit script, in order; null where there are more edits than we look for. */
function changes(before: Lines, after: Lines): readonly Change[] | null {
  let prefix = 0;
  while (prefix < before.length && prefix < after.length && before[prefix] === after[prefix]) prefix++;
  let suffix = 0;
  const room = Math.min(before.length, after.length) - prefix;
  while (suffix < room && before[before.length - 1 - suffix] === after[after.length - 1 - suffix]) suffix++;
  const a = before.slice(prefix, before.length - suffix);
  const b = after.slice(prefix, after.length - suffix);
  const rounds = forward(a, b);
  return rounds === null ? null : backward(rounds, a.length, b.length, prefix);
}

/** Myers' greedy search (An O(ND) Difference Algorithm, 1986): for each number of edits, how far each diagonal gets. */
function forward(a: Lines, b: Lines): readonly Int32Array[] | null {
  const rounds: Int32Array[] = [];
  let reached = new Int32Array(1);
  for (let edits = 0; edits <= Math.min(MAX_EDITS, a.length + b.length); edits++) {
    // Diagonal k is at index k + edits; the round before had one diagonal fewer on each side.
    const next = new Int32Array(2 * edits + 1);
    for (let k = -edits; k <= edits; k += 2) {
      let x = edits === 0 ? 0 : start(reached, edits, k);
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next[k + edits] = x;
      if (x >= a.length && x - k >= b.length) return [...rounds, next];
    }
    rounds.push(next);
    reached = next;
  }
  return null;
}

/** Where diagonal `k` begins in a round: one down from the diagonal above, or one right from the one below. */
function start(reached: Int32Array, edits: number, k: number): number {
  return isDown(reached, edits, k) ? (reached[k + edits] ?? 0) : (reached[k + edits - 2] ?? 0) + 1;
}

function isDown(reached: Int32Array, edits: number, k: number): boolean {
  // Index of diagonal k ± 1 in the round before, which had `edits - 1` edits.
  return k === -edits || (k !== edits && (reached[k + edits - 2] ?? 0) < (reached[k + edits] ?? 0));
}

/** Walks back from the end of both texts and collects the runs of edits. */
function backward(rounds: readonly Int32Array[], aLength: number, bLength: number, shift: number): readonly Change[] {
  const found: { base: { start: number; end: number }; head: { start: number; end: number } }[] = [];
  let x = aLength;
  let y = bLength;
  for (let edits = rounds.length - 1; edits > 0; edits--) {
    const reached = rounds[edits - 1] ?? new Int32Array(0);
    const k = x - y;
    const down = isDown(reached, edits, k);
    const fromX = start(reached, edits, k) - (down ? 0 : 1);
    const fromY = fromX - (down ? k + 1 : k - 1);
    const toX = down ? fromX : fromX + 1;
    const toY = down ? fromY + 1 : fromY;
    const later = found.at(-1);
    if (later !== undefined && later.base.start === toX + shift && later.head.start === toY + shift) {
      later.base.start = fromX + shift;
      later.head.start = fromY + shift;
    } else {
      found.push({
        base: { start: fromX + shift, end: toX + shift },
        head: { start: fromY + shift, end: toY + shift },
      });
    }
    x = fromX;
    y = fromY;
  }
  return found.reverse();
}
