/** Longer words and more candidates are nobody's slip of the pen, and somebody's way to keep the analysis busy. */
const MAX_WORD = 40;
const MAX_CANDIDATES = 100;

/** The candidate that a word is most likely a slip of: one or two letters away, nearer than every other; null where none is. Case is ignored. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length < 2 || word.length > MAX_WORD) return null;
  const lower = word.toLowerCase();
  const limit = word.length < 5 ? 1 : 2;
  let best: { readonly candidate: string; readonly distance: number } | null = null;
  let isTied = false;
  let count = 0;
  for (const candidate of candidates) {
    count += 1;
    if (count > MAX_CANDIDATES) return null;
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const distance = distanceOf(lower, candidate.toLowerCase(), limit);
    if (distance > limit || (best && distance > best.distance)) continue;
    isTied = best !== null && distance === best.distance;
    best = { candidate, distance };
  }
  return isTied ? null : (best?.candidate ?? null);
}

/** Letters to add, drop, change or swap with their neighbour from two places on; anything above `limit` where there are more. */
function distanceOf(a: string, b: string, limit: number, fromA = 0, fromB = 0): number {
  let i = fromA;
  let j = fromB;
  while (i < a.length && j < b.length && a[i] === b[j]) {
    i += 1;
    j += 1;
  }
  if (i === a.length || j === b.length) return a.length - i + b.length - j;
  // Few paths: at most two of them part.
  if (limit === 0) return 1;
  const isSwap = a[i] === b[j + 1] && a[i + 1] === b[j];
  return (
    1 +
    Math.min(
      distanceOf(a, b, limit - 1, i + 1, j + 1),
      distanceOf(a, b, limit - 1, i + 1, j),
      distanceOf(a, b, limit - 1, i, j + 1),
      isSwap ? distanceOf(a, b, limit - 1, i + 2, j + 2) : limit,
    )
  );
}
