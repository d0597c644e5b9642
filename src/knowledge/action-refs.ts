/**
 * What the part behind `@` of a `uses:` looks like. Only a look: a branch may be called `v1`, and a tag `main`.
 * `commit`: 40 hex digits. `long-hash`: 64, a commit of a SHA-256 repository, or a name chosen to look like one.
 * `abbreviated`: 7 to 39 hex digits that are no date. `version`: `v4`, `1.2.3`, `v2-beta`. `branch`: everything else.
 */
export function refLook(ref: string): 'commit' | 'long-hash' | 'abbreviated' | 'version' | 'branch' {
  if (/^[0-9a-f]{40}$/i.test(ref)) return 'commit';
  if (/^[0-9a-f]{64}$/i.test(ref)) return 'long-hash';
  if (/^(19|20)\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])(\d\d)?$/.test(ref)) return 'version';
  if (/^[0-9a-f]{7,39}$/i.test(ref)) return 'abbreviated';
  return /^([a-z]+[-_@/.]?)?v?\d+(\.\d+)*([-+._][0-9a-z.+-]*)?$/i.test(ref) && !/^releases?\//i.test(ref)
    ? 'version'
    : 'branch';
}

/**
 * Workflows that refuse to be called by a commit: their verifier reads the version from the ref that signed. Only with a
 * full version tag.
 *
 * Source: slsa-framework/slsa-github-generator, "Referencing SLSA builders and generators", November 2026.
 */
export const VERSION_TAG_ONLY = ['slsa-framework/slsa-github-generator'] as const;

/**
 * Owners whose tags only GitHub can move. A tag is a tag, but the attacker must be inside GitHub.
 *
 * Source: GitHub's own organisations on github.com, November 2026.
 */
export const PLATFORM_OWNERS = ['actions/*', 'github/*'] as const;

/** Action → the major version since which its releases are immutable, so that the tag of a full version stays where it is. Source: release notes of astral-sh/setup-uv v8.0.0; November 2026. */
const IMMUTABLE_SINCE: Readonly<Record<string, number>> = { 'astral-sh/setup-uv': 8 };

/** Whether a full version tag of an action is known to be of an immutable release. GitHub knows it of all (`RefFact.isImmutable`). */
export function isImmutable(slug: string, ref: string): boolean {
  const major = /^v(\d+)\.\d+\.\d+$/.exec(ref)?.[1];
  const since = Object.hasOwn(IMMUTABLE_SINCE, slug.toLowerCase()) ? IMMUTABLE_SINCE[slug.toLowerCase()] : undefined;
  return major !== undefined && since !== undefined && Number(major) >= since;
}
