import type { Job } from './job.ts';
import { behind, JobReach, keyOf, narrowed, type Start, startOf, unknownStart } from './reach.ts';
import { Token } from './token.ts';
import type { Workflow } from './workflow.ts';

/** GitHub nests reusable workflows ten deep; a job behind a deeper chain of calls is one of which nothing is known. */
const MAX_CALLS = 10;
/** How far a chain of `needs` is followed; beyond, nothing is narrowed. */
const MAX_NEEDS = 64;

/** Jobs whose callers' or needed jobs' reach is being computed: a circle (GitHub refuses it) must end. */
const calling = new Set<Job>();
const needing = new Set<Job>();

/** A job's token: its own permissions replace the workflow's; a called workflow's is narrowed by each caller. */
export function jobToken(job: Job): Token {
  const own = ownToken(job);
  const { workflow } = job;
  if (workflow.callers.length === 0 || calling.size >= MAX_CALLS || calling.has(job)) return own;
  calling.add(job);
  try {
    const called = callsOf(workflow).map((call) => call.token.narrowedTo(own));
    const isStartedOtherwise = workflow.triggers.all.some((trigger) => trigger.event !== 'workflow_call');
    return Token.union(isStartedOtherwise ? [...called, own] : called);
  } finally {
    calling.delete(job);
  }
}

function ownToken(job: Job): Token {
  return (job.permissions ?? job.workflow.permissions)?.token ?? Token.unknown;
}

/** Callers that give the same token, and secrets or none. */
interface Call {
  readonly token: Token;
  readonly hasSecrets: boolean;
  readonly callers: readonly Job[];
}

const known = new WeakMap<Workflow, readonly Call[]>();

/** A workflow's callers by what they give: thousands may call one, and give the same. */
function callsOf(workflow: Workflow): readonly Call[] {
  const before = known.get(workflow);
  if (before) return before;
  const calls = new Map<string, { token: Token; hasSecrets: boolean; callers: Job[] }>();
  for (const caller of workflow.callers) {
    const call = { token: caller.token, hasSecrets: caller.passedSecrets.length > 0, callers: [caller] };
    const key = JSON.stringify([call.token.data, call.hasSecrets]);
    const same = calls.get(key);
    if (same) same.callers.push(caller);
    else calls.set(key, call);
  }
  const found = [...calls.values()];
  // Inside other calls a token may be cut short by their number.
  if (calling.size <= 1) known.set(workflow, found);
  return found;
}

/** Who can start a job: its workflow's events, or its callers', narrowed by its `if` and by the jobs that it needs. */
export function jobReach(job: Job): JobReach {
  const all = new JobReach(
    startsOf(job),
    job.workflow.callers.length > 0 || !job.workflow.triggers.has('workflow_call'),
  );
  const own = narrowed(all, job.condition);
  // A job with always() runs although what it needs was skipped.
  return job.condition?.hasStatusFunction ? own : behindNeeded(own, job);
}

function startsOf(job: Job): readonly Start[] {
  const power = job.token.mayWrite || job.secrets.length > 0;
  const starts = job.workflow.triggers.all.flatMap((trigger) => {
    if (trigger.event !== 'workflow_call') return [startOf(trigger, power)];
    if (job.workflow.callers.length === 0) return [unknownStart(trigger)];
    return callsOf(job.workflow).flatMap((call) => calledStarts(call, job));
  });
  return [...new Map(starts.map((start) => [keyOf(start), start])).values()];
}

function calledStarts({ token, hasSecrets, callers }: Call, job: Job): readonly Start[] {
  const power = token.narrowedTo(ownToken(job)).mayWrite || (hasSecrets && job.secrets.length > 0);
  const starts = callers.flatMap(callerStarts);
  return starts.map((start) => ({ ...start, isPrivileged: start.holdsAll && start.outsider !== 'no' && power }));
}

function callerStarts(caller: Job): readonly Start[] {
  if (calling.has(caller)) return [];
  if (calling.size >= MAX_CALLS) return [unknownStart(null)];
  calling.add(caller);
  try {
    return caller.reach.starts;
  } finally {
    calling.delete(caller);
  }
}

function behindNeeded(reach: JobReach, job: Job): JobReach {
  let left = reach;
  for (const id of job.needs) {
    const needed = job.workflow.job(id.value);
    if (!needed || needed === job || needing.size >= MAX_NEEDS || needing.has(needed)) continue;
    needing.add(needed);
    try {
      left = behind(left, needed.reach);
    } finally {
      needing.delete(needed);
    }
  }
  return left;
}
