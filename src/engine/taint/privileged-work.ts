import { metadataActions } from '../../knowledge/metadata-actions.ts';
import type { Job } from '../model/job.ts';
import type { Step } from '../model/step.ts';
import type { Trigger } from '../model/triggers.ts';
import { isCheckout } from './checkouts.ts';
import { isStartedBy } from './exploits.ts';
import { foreignCode } from './foreign-code.ts';
import { guardsOf } from './guards.ts';
import { strengthOf } from './strength.ts';

/** What a job does in a run that an outsider starts by one event. `fetches`: something of the outsider's comes in. */
export interface PrivilegedWork {
  readonly fetches: boolean;
  /** Code of the repository is checked out and may be run beside it. */
  readonly checksOut: boolean;
  /** It holds secrets, or a token that changes more than labels and comments; `maybe`: the repository's setting decides. */
  readonly isStrong: 'yes' | 'maybe' | 'no';
  /** Something asks a person first, or may: a condition, a step, an environment. */
  readonly isGated: boolean;
}

/** What an outsider's run of a job does; null when no outsider starts it by this event with something to take. */
export function privilegedWork(job: Job, trigger: Trigger): PrivilegedWork | null {
  const starts = job.reach.dangerous.filter((start) => start.trigger === trigger);
  if (!starts.some((start) => start.isPrivileged)) return null;
  const steps = job.steps.filter((step) => isStartedBy(step, trigger));
  return {
    fetches: steps.some(fetches) || job.uses !== null,
    checksOut: steps.some((step) => isCheckout(step) || step.uses?.kind === 'local'),
    isStrong: strengthOf(job),
    isGated: job.environment !== null || guardsOf(job, trigger.event).length > 0,
  };
}

/** Files of a run or a pull request are brought in: an artifact of another run, a diff, a fetch of its ref. */
function fetches(step: Step): boolean {
  const { uses, script } = step;
  if (foreignCode(step).length > 0) return true;
  if (uses?.matches(['actions/download-artifact'])) return step.with('run-id') !== null;
  if (uses && /download[^/]{0,40}artifact|artifact[^/]{0,40}download/i.test(uses.slug)) return true;
  const code = script?.value ?? step.with('script')?.value ?? '';
  return /\bgh\s+(?:run\s+download|pr\s+diff)|downloadArtifact|\/artifacts\/|refs\/pull\/|\bpull\/\S{1,80}\/head/.test(
    code,
  );
}

/** Only labels, titles and comments are worked on, by actions that are known for that. */
export function isMetadataOnly(job: Job): boolean {
  return job.steps.every((step) => step.isNever || (step.uses?.matches(metadataActions) ?? false));
}
