/**
 * Labels of runners that GitHub hosts: a new machine for each job. Families instead of a list, because a label that
 * appears next year follows the same form. Larger runners of an organisation have names of its own choice: unknown.
 *
 * Source: GitHub Docs, "GitHub-hosted runners reference" and "Larger runners", and actions/runner-images; November 2026.
 */
const HOSTED: readonly RegExp[] = [
  /^ubuntu-(latest|slim|\d\d\.\d\d)(-arm)?$/,
  /^windows-(latest|\d{4}|11)(-arm|-vs\d{4})?$/,
  /^macos-(latest|\d\d(\.\d+)?)(-(intel|large|xlarge|arm64))?$/,
];

/**
 * Labels of services that run each job on a machine of its own: self-hosted to GitHub, ephemeral in fact.
 *
 * Source: the services' own documentation of `runs-on`, November 2026.
 */
const MANAGED: readonly RegExp[] = [
  /^buildjet-/,
  /^warp-/,
  /^depot-/,
  /^(namespace|nscloud)-/,
  /^blacksmith-/,
  /^codebuild-/,
  /^ubicloud(-|$)/,
  /^runs-on([=/,]|$)/,
  /^cirun-/,
  /^codspeed-/,
  /^actuated-/,
  /^tenki-/,
  /^shipfox-/,
  /^ghcr\.io\/cirruslabs\//,
];

/** Labels that only runners registered by hand or by a controller carry: `self-hosted` and the defaults of `config.sh`. */
const SELF_HOSTED: readonly RegExp[] = [/^self-hosted$/, /^(linux|windows|macos)$/, /^(x64|arm|arm64)$/];

/** What kind of machine serves a `runs-on` label. `unknown`: a name of the organisation's choice. Labels ignore case. */
export function runnerKindOf(label: string): 'hosted' | 'managed' | 'self-hosted' | 'unknown' {
  const name = label.trim().toLowerCase();
  if (SELF_HOSTED.some((pattern) => pattern.test(name))) return 'self-hosted';
  if (MANAGED.some((pattern) => pattern.test(name))) return 'managed';
  if (HOSTED.some((pattern) => pattern.test(name))) return 'hosted';
  return 'unknown';
}

/** The operating system that a label names, null where it names none: decides the default shell. */
export function runnerSystemOf(label: string): 'linux' | 'windows' | 'macos' | null {
  const name = label.toLowerCase();
  if (/(^|[^a-z])win(dows)?([^a-z]|$)/.test(name)) return 'windows';
  if (/(^|[^a-z])mac(os)?([^a-z]|$)/.test(name)) return 'macos';
  if (/(^|[^a-z])(linux|ubuntu)([^a-z]|$)/.test(name)) return 'linux';
  return null;
}
