import { ACTION_ADVISORIES } from '../knowledge/action-advisories.ts';
import type { AdvisoryFact, Facts } from './facts.ts';
import { SEVERITIES, type Severity } from './finding.ts';
import type { Uses } from './model/uses.ts';
import { compareVersions, isInRange, type Version, versionOf } from './model/version.ts';
import { type UsedVersion, usedVersion } from './uses-version.ts';

/** Advisories that the version of an action falls under. */
export interface Vulnerability {
  readonly version: UsedVersion;
  readonly advisories: readonly AdvisoryFact[];
  readonly severity: Severity;
  /** The lowest known version that none of them concerns, of the same major if there is one; null where none is known. */
  readonly fixed: string | null;
}

/** What is known to be wrong with the version of a remote `uses`; null: nothing. `allowed`: advisories that were looked at and accepted. */
export function vulnerabilityOf(uses: Uses, facts: Facts, allowed: readonly string[]): Vulnerability | null {
  const key = `${uses.owner}/${uses.repo}`.toLowerCase();
  const all = facts.advisoriesOf(uses) ?? ACTION_ADVISORIES[key] ?? [];
  const known = all.filter(({ id, isOfTags }) => !allowed.includes(id) && !(isOfTags && uses.isPinned));
  const version = known.length > 0 ? usedVersion(uses, facts) : null;
  if (!version) return null;
  const advisories = concerned(known, version);
  if (advisories.length === 0) return null;
  return { version, advisories, severity: worst(advisories), fixed: fixedVersion(known, version) };
}

/** Those that a version is in a range of. */
export function concerned(advisories: readonly AdvisoryFact[], version: Version): readonly AdvisoryFact[] {
  return advisories.filter(({ ranges }) => ranges.some((range) => isInRange(version, range)));
}

/** Malware is critical whatever its advisory says. */
export function worst(advisories: readonly AdvisoryFact[]): Severity {
  const severities = advisories.map(({ severity, isMalware }) => (isMalware ? 'critical' : severity));
  return severities.reduce<Severity>((a, b) => (SEVERITIES.indexOf(b) > SEVERITIES.indexOf(a) ? b : a), 'info');
}

function fixedVersion(advisories: readonly AdvisoryFact[], used: Version): string | null {
  const later = advisories
    .flatMap(({ firstPatched }) => (firstPatched ? [{ text: firstPatched, version: versionOf(firstPatched) }] : []))
    .flatMap(({ text, version }) => (version ? [{ text, version }] : []))
    .filter(({ version }) => compareVersions(version, used) > 0 && concerned(advisories, version).length === 0)
    .sort((a, b) => compareVersions(a.version, b.version));
  return (later.find(({ version }) => version.parts[0] === used.parts[0]) ?? later[0])?.text ?? null;
}
