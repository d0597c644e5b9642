import { dependabotGate } from '../../knowledge/gates.ts';
import type { Confidence, Severity } from '../finding.ts';
import type { Assume } from '../model/decide.ts';
import type { Start } from '../model/reach.ts';
import type { Step } from '../model/step.ts';
import { pathOf } from '../model/visit-expression.ts';
import { isApproved, isStopped } from './approval.ts';
import { confidenceOn, type ForeignCheckout, foreignCheckouts } from './checkouts.ts';
import { type Execution, executions, isCleanedBy } from './execution.ts';
import { hasOnlyWritersTypes, hasOpenParent } from './trigger-guards.ts';

/** Somebody else's commits in a run that holds the repository's token or secrets, and what runs them. */
export interface ForeignCode {
  readonly checkout: ForeignCheckout;
  /** The ways in which an outsider starts it, at least one. */
  readonly starts: readonly Start[];
  readonly confidence: Confidence;
  /** In the order of the source. */
  readonly executions: readonly Execution[];
  /** Only runs lead there that follow a workflow of writers, or one branch's: an outsider needs a trick (corrections 13). */
  readonly isNarrow: boolean;
  /** A token that may write, secrets, or a machine that lives on. */
  readonly isPrivileged: boolean;
}

/** Commits of outsiders that a step checks out in a run of the repository's own. */
export function foreignCode(step: Step): readonly ForeignCode[] {
  const known = read.get(step);
  if (known) return known;
  const found = readForeignCode(step);
  read.set(step, found);
  return found;
}

/** Three rules ask the same of each step. */
const read = new WeakMap<Step, readonly ForeignCode[]>();

function readForeignCode(step: Step): readonly ForeignCode[] {
  const { dangerous, outsiders, isKnown } = step.reach;
  // Nobody in the repository calls it: an outsider's run may.
  const called = isKnown ? [] : outsiders.filter(({ event }) => event === 'workflow_call');
  if (dangerous.length === 0 && called.length === 0) return [];
  return foreignCheckouts(step).flatMap((checkout) => {
    const starts = startsWith(checkout, dangerous);
    if (starts.length > 0) return isMergedOnly(checkout) ? [] : [codeOf(checkout, starts)];
    return called.length > 0 ? [{ ...codeOf(checkout, called), confidence: 'low' }] : [];
  });
}

function codeOf(checkout: ForeignCheckout, starts: readonly Start[]): ForeignCode {
  const { step } = checkout;
  const isPrivileged = starts.some((start) => start.isPrivileged) || step.job?.runsOn?.kind === 'self-hosted';
  return {
    checkout,
    starts,
    isNarrow: starts.every(({ event, trigger }) => event === 'workflow_run' && trigger && !hasOpenParent(trigger)),
    isPrivileged,
    confidence: confidenceOf(checkout, starts),
    executions: executed(checkout, starts),
  };
}

function confidenceOf(checkout: ForeignCheckout, starts: readonly Start[]): Confidence {
  const { step } = checkout;
  const isLabelled = starts.every(({ trigger }) => trigger && hasOnlyWritersTypes(trigger));
  if (isLabelled || isApproved(step) || step.earlier.some(provesDependabot)) return 'low';
  const levels = starts.map(({ event }) => confidenceOn(checkout, event));
  return levels.includes('medium') || levels.includes('high') ? 'medium' : 'low';
}

/** The steps after a checkout that run its files, for one of the same events, until another checkout takes them away. */
function executed(checkout: ForeignCheckout, starts: readonly Start[]): readonly Execution[] {
  const found: Execution[] = [...executions(checkout.step, checkout.folder)].filter(
    ({ at }) => at.start > checkout.at.start,
  );
  for (const step of checkout.step.later) {
    // Another foreign checkout in the same place is a finding of its own, with what runs after it.
    if (isCleanedBy(step, checkout.folder)) break;
    const isReached = step.reach.starts.some((start) => starts.some(({ trigger }) => trigger === start.trigger));
    if (isReached) found.push(...executions(step, checkout.folder));
  }
  return found;
}

function startsWith({ events }: ForeignCheckout, starts: readonly Start[]): readonly Start[] {
  return starts.filter(({ event }) => events === null || events.includes(event));
}

/** The job runs for merged pull requests only, at a commit that nobody can move any more (corrections 11). */
function isMergedOnly({ kind, source, step }: ForeignCheckout): boolean {
  return kind === 'commit' && source.includes('pull_request') && isStopped(step, notMerged);
}

const notMerged: Assume = (part) => {
  const isMerged = part.kind === 'access' && pathOf(part) === 'github.event.pull_request.merged';
  return isMerged ? { known: true, value: false } : undefined;
};

/** A step that fails unless all commits are Dependabot's (corrections 15). */
function provesDependabot(step: Step): boolean {
  if (!step.uses?.matches([dependabotGate.action]) || step.continuesOnError !== 'no' || step.isNever) return false;
  return dependabotGate.unless.every((input) => (step.with(input)?.value.trim() ?? 'false') === 'false');
}

/** Harm of running somebody else's commits. */
export function executionSeverity({ checkout, isNarrow, isPrivileged, executions: found }: ForeignCode): Severity {
  if (checkout.isOwnBranch) return 'low';
  if (isNarrow || !found.some(({ direct }) => direct)) return 'medium';
  // Without a token that writes there are still the cache and the identity of the run.
  return isPrivileged ? 'critical' : 'high';
}
