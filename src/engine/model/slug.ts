/** Patterns of one list, ready to be asked. */
interface Compiled {
  readonly exact: ReadonlySet<string>;
  /** `owner/*`, by owner: most of those with a star. */
  readonly owners: ReadonlySet<string>;
  /** The other patterns with a `*`, as segments. */
  readonly wild: readonly (readonly string[])[];
}

/** Long lists are constants of rules and tables, or a policy's option; a short one is written where it is asked, and made anew each time. */
const SHORT = 4;
const compiledLists = new WeakMap<readonly string[], Compiled>();
const compiledOnes = new Map<string, Compiled>();

/** Whether one of `owner/*`, `owner/repo` (with all its paths), `owner/repo/path` or `*` names a slug in lower case. `*` stands for any part of one segment. */
export function matchesSlug(slug: string, patterns: readonly string[]): boolean {
  if (patterns.length > SHORT) return matches(slug, listOf(patterns));
  for (const pattern of patterns) {
    // Most are written as they are compared, and name a repository or a path in it.
    if (slug === pattern || (!isAlien(slug, pattern) && matches(slug, oneOf(pattern)))) return true;
  }
  return false;
}

/** A pattern of another owner, told by its first letter: nothing that begins otherwise can be meant. Case and stars are for those who look closer. */
function isAlien(slug: string, pattern: string): boolean {
  const first = pattern.charCodeAt(0);
  return first >= LOWER_A && first <= LOWER_Z && first !== slug.charCodeAt(0);
}

const LOWER_A = 97;
const LOWER_Z = 122;

function listOf(patterns: readonly string[]): Compiled {
  const known = compiledLists.get(patterns) ?? compile(patterns);
  compiledLists.set(patterns, known);
  return known;
}

function oneOf(pattern: string): Compiled {
  const known = compiledOnes.get(pattern) ?? compile([pattern]);
  // A policy's option may hold any number of patterns.
  if (compiledOnes.size < 10_000) compiledOnes.set(pattern, known);
  return known;
}

function compile(patterns: readonly string[]): Compiled {
  const lower = patterns.map((pattern) => pattern.toLowerCase());
  const isOwner = (pattern: string) => /^[^*/]+\/\*$/.test(pattern);
  return {
    exact: new Set(lower.filter((pattern) => !pattern.includes('*'))),
    owners: new Set(lower.filter(isOwner).map((pattern) => pattern.slice(0, -2))),
    wild: lower.filter((pattern) => pattern.includes('*') && !isOwner(pattern)).map((pattern) => pattern.split('/')),
  };
}

function matches(slug: string, { exact, owners, wild }: Compiled): boolean {
  if (exact.has(slug)) return true;
  const first = slug.indexOf('/');
  if (owners.size > 0 && first >= 0 && owners.has(slug.slice(0, first))) return true;
  const second = slug.indexOf('/', first + 1);
  if (second >= 0 && exact.has(slug.slice(0, second))) return true;
  return wild.length > 0 && wild.some((pattern) => matchesWild(slug.split('/'), pattern));
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
