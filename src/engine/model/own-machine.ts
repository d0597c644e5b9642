import { OWN_MACHINE, runnerKindOf } from '../../knowledge/runner-labels.ts';
import type { Confidence } from '../finding.ts';
import type { RunsOn } from './runs-on.ts';
import type { Located, LocatedText } from './source.ts';

/**
 * What says that a job runs on a machine of one's own: the label or group, else what may say so, and how sure that is. `trusted`:
 * labels of machines that serve one job each; `registered`: labels of the runners that GitHub lists.
 */
export function ownMachine(
  runsOn: RunsOn,
  trusted: readonly string[],
  registered: readonly string[],
): readonly [(Located & { readonly value?: string }) | null, Confidence] {
  const labels = runsOn.alternatives.filter((set) => !isOneJobs(set, trusted)).flat();
  const own =
    labels.find(isSaid) ??
    labels.find(({ value }) => runnerKindOf(value) === 'self-hosted') ??
    labels.find(({ value }) => runnerKindOf(value) === 'unknown' && hasLabel(registered, value));
  // In a branch of an expression it may never be chosen.
  if (own) return [own, runsOn.isDynamic ? 'medium' : 'high'];
  // GitHub's larger runners have groups and labels of the organisation's choice, too: only GitHub can say.
  const open = labels.filter((label) => runnerKindOf(label.value) === 'unknown');
  const named = runsOn.group ? undefined : open.find(({ value }) => OWN_MACHINE.test(value.trim().toLowerCase()));
  if (named && !runsOn.isDynamic) return [named, 'medium'];
  const unknown = runsOn.group ?? open[0];
  return [unknown ?? (isOpen(runsOn, trusted) ? runsOn : null), 'low'];
}

/** Some value can't be read here: `vars.RUNNER`, but not `cond && 'macos-15' || 'ubuntu-24.04'` nor `codebuild-x-${{ … }}`. */
function isOpen({ isDynamic, job }: RunsOn, trusted: readonly string[]): boolean {
  const text = job.text('runs-on');
  if (!isDynamic || (text && !text.expression && isOneJobs([text], trusted))) return false;
  const leaves = text?.expression?.leaves ?? [];
  return leaves.length === 0 || leaves.some((leaf) => leaf.kind !== 'literal');
}

/** A machine with these labels serves one job: so the policy says, or they are a service's. */
function isOneJobs(set: readonly LocatedText[], trusted: readonly string[]): boolean {
  return set.some(({ value }) => hasLabel(trusted, value) || (!set.some(isSaid) && runnerKindOf(value) === 'managed'));
}

function isSaid({ value }: LocatedText): boolean {
  return hasLabel(['self-hosted'], value);
}

/** Whether a list of labels or groups has one; they ignore case. */
export function hasLabel(list: readonly string[], value: string): boolean {
  return list.some((one) => one.toLowerCase() === value.trim().toLowerCase());
}
