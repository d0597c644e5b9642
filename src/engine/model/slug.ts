/** Patterns of one list, ready to be asked: lists are constants of rules and tables, or a policy's option. */
interface Compiled {
  readonly exact: ReadonlySet<string>;
  /** Patterns with a `*`, as segments. */
  readonly wild: readonly (readonly string[])[];
}

const compiled = new WeakMap<readonly string[], Compiled>();

/** Whether one of `owner/*`, `owner/repo` (with all its paths), `owner/repo/path` or `*` names a slug in lower case. `*` stands for any part of one segment. */
export function matchesSlug(slug: string, patterns: readonly string[]): boolean {
  let { exact, wild } = compiled.get(patterns) ?? { exact: undefined, wild: undefined };
  if (!exact || !wild) {
    const lower = patterns.map((pattern) => pattern.toLowerCase());
    exact = new Set(lower.filter((pattern) => !pattern.includes('*')));
    wild = lower.filter((pattern) => pattern.includes('*')).map((pattern) => pattern.split('/'));
    compiled.set(patterns, { exact, wild });
  }
  if (exact.has(slug)) return true;
  const [owner = '', repo = '', ...path] = slug.split('/');
  if (path.length > 0 && exact.has(`${owner}/${repo}`)) return true;
  return wild.some((pattern) => matchesWild([owner, repo, ...path], pattern));
}

function matchesWild(segments: readonly string[], pattern: readonly string[]): boolean {
  if (pattern.length > segments.length || (pattern.length > 2 && pattern.length !== segments.length)) return false;
  return pattern.every((part, index) => matchesSegment(segments[index] ?? '', part));
}

function matchesSegment(segment: string, part: string): boolean {
  const star = part.indexOf('*');
  if (star < 0) return segment === part;
  const head = part.slice(0, star);
  const tail = part.slice(part.lastIndexOf('*') + 1);
  return segment.length >= head.length + tail.length && segment.startsWith(head) && segment.endsWith(tail);
}
