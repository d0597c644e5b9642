import type { Confidence, Severity } from '../finding.ts';
import type { Assume } from '../model/decide.ts';
import type { Start } from '../model/reach.ts';
import type { Step } from '../model/step.ts';
import { pathOf } from '../model/visit-expression.ts';
import { type ForeignCheckout, foreignCheckouts, isRefusedOn } from './checkouts.ts';
import { type Execution, executions, isCleanedBy } from './execution.ts';
import { guardsOf } from './guards.ts';
import { hasOpenParent } from './trigger-guards.ts';
import { isStopped } from './way.ts';

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
  /** The action refuses a fork's commits in all of these runs: the step fails, and nothing is run. */
  readonly isRefused: boolean;
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
    isNarrow: starts.every((start) => isNarrowStart(start, checkout)),
    isRefused: starts.every(({ event }) => isRefusedOn(checkout, event)),
    isPrivileged,
    confidence: confidenceOf(checkout, starts),
    executions: executed(checkout, starts),
  };
}

/** An outsider needs a trick: a parent of writers, or a deployment that somebody lets their commit have (corrections 17). */
function isNarrowStart({ event, trigger }: Start, { source }: ForeignCheckout): boolean {
  if (event === 'deployment' || event === 'deployment_status') return source === 'github.sha';
  return event === 'workflow_run' && trigger !== null && !hasOpenParent(trigger);
}

function confidenceOf(checkout: ForeignCheckout, starts: readonly Start[]): Confidence {
  const { step } = checkout;
  // What was approved and can change afterwards is untrusted-checkout-toctou.
  if (starts.every(({ event }) => guardsOf(step, event).length > 0)) return 'low';
  return checkout.confidence === 'low' ? 'low' : 'medium';
}

/** The steps after a checkout that run its files, for one of the same events, until another checkout takes them away. */
function executed(checkout: ForeignCheckout, starts: readonly Start[]): readonly Execution[] {
  const found: Execution[] = [...executions(checkout.step, checkout.folder)].filter(
    ({ at }) => at.start > checkout.at.start,
  );
  for (const { step, isCleaning, inStep } of busySteps(checkout)) {
    // Another foreign checkout in the same place is a finding of its own, with what runs after it.
    if (isCleaning) break;
    const isReached = step.reach.starts.some((start) => starts.some(({ trigger }) => trigger === start.trigger));
    if (isReached) found.push(...inStep.filter(({ direct }) => direct || found.length < MAX_EXECUTIONS));
    if (found.length >= MAX_EXECUTIONS && found.some(({ direct }) => direct)) break;
  }
  return found;
}

/** The later steps that run files of a checkout, or take them away. */
function* busySteps({ step: { parent, index }, folder: exact }: ForeignCheckout): Iterable<BusyStep> {
  const byFolder = busy.get(parent) ?? new Map<string | null, readonly BusyStep[]>();
  busy.set(parent, byFolder);
  const folder = byFolder.has(exact) || byFolder.size < MAX_FOLDERS ? exact : null;
  const steps = byFolder.get(folder) ?? parent.steps.flatMap((other) => busyStep(other, folder) ?? []);
  byFolder.set(folder, steps);
  let [from, to] = [0, steps.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((steps[middle]?.step.index ?? 0) > index) to = middle;
    else from = middle + 1;
  }
  // Not sliced: of thousands behind each of thousands, the first few are enough.
  for (; from < steps.length; from++) if (steps[from]) yield steps[from] as BusyStep;
}

function busyStep(step: Step, folder: string | null): BusyStep | null {
  const [isCleaning, inStep] = [isCleanedBy(step, folder), executions(step, folder)];
  return isCleaning || inStep.length > 0 ? { step, isCleaning, inStep } : null;
}

interface BusyStep {
  readonly step: Step;
  readonly isCleaning: boolean;
  readonly inStep: readonly Execution[];
}

/** Beyond, a checkout is still reported, but where its files lie is taken for unknown: each folder asks every step of the job. */
const MAX_FOLDERS = 16;

/** By folder. */
const busy = new WeakMap<Step['parent'], Map<string | null, readonly BusyStep[]>>();

/** More are never shown; each of thousands of checkouts may be followed by thousands of them. */
const MAX_EXECUTIONS = 32;

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

/** Harm of running somebody else's commits. */
export function executionSeverity(code: ForeignCode): Severity {
  const { checkout, isNarrow, isPrivileged, executions: found } = code;
  if (checkout.isOwnBranch || code.isRefused) return 'low';
  if (isNarrow || !found.some(({ direct }) => direct)) return 'medium';
  // Without a token that writes there are still the cache and the identity of the run.
  return isPrivileged ? 'critical' : 'high';
}
