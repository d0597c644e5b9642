import { POPULAR_ACTIONS } from '../knowledge/popular-actions.ts';

/** A popular action that another one is named almost like. */
export interface Lookalike {
  /** `owner/repo`, lower case. */
  readonly popular: string;
  /** `owner`: the same repository of an owner one letter away. `repository`: an unknown repository of the same owner, one letter away. `account`: only the owner is one letter away. */
  readonly in: 'owner' | 'repository' | 'account';
}

const SLUGS: ReadonlySet<string> = new Set(POPULAR_ACTIONS);
const BY_OWNER = groupedBy(0);
const BY_REPO = groupedBy(1);

/** The popular action that `owner/repo` may be mistaken for; null when it is popular itself, or like none. */
export function lookalikeOf(owner: string, repo: string): Lookalike | null {
  const [a, b] = [owner.toLowerCase(), repo.toLowerCase()];
  if (SLUGS.has(`${a}/${b}`)) return null;
  const siblings = BY_OWNER.get(a);
  if (siblings) {
    const sibling = siblings.find((one) => isOneEditAway(b, one));
    return sibling ? { popular: `${a}/${sibling}`, in: 'repository' } : null;
  }
  const namesake = (BY_REPO.get(b) ?? []).find((one) => isOneEditAway(a, one));
  if (namesake) return { popular: `${namesake}/${b}`, in: 'owner' };
  // Short names are near one another by chance.
  const neighbour = a.length < MIN_ACCOUNT ? undefined : [...BY_OWNER.keys()].find((one) => isOneEditAway(a, one));
  return neighbour ? { popular: `${neighbour}/${BY_OWNER.get(neighbour)?.[0]}`, in: 'account' } : null;
}

const MIN_ACCOUNT = 6;

/** Whether one insertion, deletion, replacement, or exchange of neighbours makes one text the other. */
export function isOneEditAway(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from += 1;
  if (a.length !== b.length) {
    const [short, long] = a.length < b.length ? [a, b] : [b, a];
    return short.slice(from) === long.slice(from + 1);
  }
  if (a.slice(from + 1) === b.slice(from + 1)) return true;
  return a[from] === b[from + 1] && a[from + 1] === b[from] && a.slice(from + 2) === b.slice(from + 2);
}

function groupedBy(part: 0 | 1): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const slug of POPULAR_ACTIONS) {
    const [owner = '', repo = ''] = slug.split('/');
    const [key, other] = part === 0 ? [owner, repo] : [repo, owner];
    const group = groups.get(key);
    if (group) group.push(other);
    else groups.set(key, [other]);
  }
  return groups;
}
