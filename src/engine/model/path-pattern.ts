/**
 * Whether a pattern of folders names a path, both as segments: `*` and `?` stay within one, `**` stands for any number of
 * them. In time of their lengths multiplied, whatever the pattern: it may be a stranger's.
 */
export function matchesSegments(path: readonly string[], pattern: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const part of pattern) {
    const next = new Set<number>();
    const [first = path.length] = [...reached].sort((a, b) => a - b);
    if (part === '**') {
      for (let at = first; at <= path.length; at += 1) next.add(at);
    } else {
      for (const at of reached) {
        const segment = path[at];
        if (segment !== undefined && matchesSegment(segment, part)) next.add(at + 1);
      }
    }
    if (next.size === 0) return false;
    reached = next;
  }
  return reached.has(path.length);
}

/** The last `*` takes as much as is needed, the ones before it as little as they can. */
function matchesSegment(text: string, pattern: string): boolean {
  let [at, to, star, tried] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[to] === '*') {
      [star, tried] = [to, at];
      to += 1;
    } else if (to < pattern.length && (pattern[to] === '?' || pattern[to] === text[at])) {
      at += 1;
      to += 1;
    } else if (star >= 0) {
      tried += 1;
      [at, to] = [tried, star + 1];
    } else return false;
  }
  while (pattern[to] === '*') to += 1;
  return to === pattern.length;
}
