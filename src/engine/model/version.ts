/** A version as tags and advisories write it: `v4`, `1.2.3`, `codeql-bundle-v2.3.0`, `46.0.1-beta`. */
export interface Version {
  /** One to four numbers, as many as are written. */
  readonly parts: readonly number[];
  /** What follows `-`; '' for a release. */
  readonly prerelease: string;
}

const VERSION = /(?:^|[-_/@])v?(\d{1,9}(?:\.\d{1,9}){0,3})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/i;

/** Null where a text is no version. */
export function versionOf(text: string): Version | null {
  const found = VERSION.exec(text.trim());
  return found?.[1] ? { parts: found[1].split('.').map(Number), prerelease: found[2] ?? '' } : null;
}

/** Negative where `a` is older; what is not written counts as 0, and a prerelease is older than its release. */
export function compareVersions(a: Version, b: Version): number {
  for (let index = 0; index < 4; index += 1) {
    const difference = (a.parts[index] ?? 0) - (b.parts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (a.prerelease === '' || b.prerelease === '') return Number(a.prerelease === '') - Number(b.prerelease === '');
  return a.prerelease.localeCompare(b.prerelease, 'en', { numeric: true });
}

/** Whether `version` is one of those that a shorter one stands for: 4.2.2 of 4, 4.2.2 of 4.2. */
export function isUnder(version: Version, prefix: Version): boolean {
  return (
    prefix.parts.length <= version.parts.length &&
    prefix.prerelease === '' &&
    prefix.parts.every((part, index) => version.parts[index] === part)
  );
}

/**
 * Whether a version is in a range as advisories write it: `>= 1.0.0, < 2.3.4`. A shorter version (`v4`, a tag that moves) is in it
 * only if all that it stands for is: it may be at any of them.
 */
export function isInRange(version: Version, range: string): boolean {
  const bounds = range.split(',').map((bound) => /^\s*(<=|>=|<|>|=)?\s*(\S+)\s*$/.exec(bound));
  return bounds.every((bound) => {
    const limit = versionOf(bound?.[2] ?? '');
    return limit !== null && holds(version, bound?.[1] ?? '=', limit);
  });
}

function holds(version: Version, operator: string, limit: Version): boolean {
  const first = compareVersions(version, limit);
  const last = compareVersions(latest(version), limit);
  if (operator === '>=') return first >= 0;
  if (operator === '>') return first > 0;
  if (operator === '<') return last < 0;
  return operator === '<=' ? last <= 0 : first === 0 && last === 0;
}

/** The last version that a shorter one may stand for. Of none that is written out, itself. */
function latest({ parts, prerelease }: Version): Version {
  if (parts.length >= 3) return { parts, prerelease };
  return { parts: [...parts, ...Array(3 - parts.length).fill(Number.MAX_SAFE_INTEGER)], prerelease };
}
