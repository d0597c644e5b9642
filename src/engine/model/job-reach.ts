import type { Job } from './job.ts';
import { behind, JobReach, narrowed, type Start, startOf, unknownStart } from './reach.ts';
import { Token } from './token.ts';

/** GitHub nests reusable workflows ten deep; a job behind a deeper chain of calls is one of which nothing is known. */
const MAX_CALLS = 10;
/** How far a chain of `needs` is followed; beyond, nothing is narrowed. */
const MAX_NEEDS = 64;

/** Jobs whose callers' or needed jobs' reach is being computed: a circle (GitHub refuses it) must end. */
const calling = new Set<Job>();
const needing = new Set<Job>();

/** A job's token: its own permissions replace the workflow's; a called workflow's is narrowed by each caller. */
export function jobToken(job: Job): Token {
  const own = (job.permissions ?? job.workflow.permissions)?.token ?? Token.unknown;
  const { workflow } = job;
  if (workflow.callers.length === 0 || calling.size >= MAX_CALLS || calling.has(job)) return own;
  calling.add(job);
  try {
    const called = workflow.callers.map((caller) => caller.token.narrowedTo(own));
    const isStartedOtherwise = workflow.triggers.all.some((trigger) => trigger.event !== 'workflow_call');
    return Token.union(isStartedOtherwise ? [...called, own] : called);
  } finally {
    calling.delete(job);
  }
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
  return job.workflow.triggers.all.flatMap((trigger) => {
    if (trigger.event !== 'workflow_call') return [startOf(trigger, power)];
    const { callers } = job.workflow;
    if (callers.length > 0) return callers.flatMap((caller) => callerStarts(caller, job));
    return [unknownStart(trigger)];
  });
}

function callerStarts(caller: Job, job: Job): readonly Start[] {
  if (calling.has(caller)) return [];
  if (calling.size >= MAX_CALLS) return [unknownStart(null)];
  calling.add(caller);
  try {
    const own = (job.permissions ?? job.workflow.permissions)?.token ?? Token.unknown;
    const mayWrite = caller.token.narrowedTo(own).mayWrite;
    const power = mayWrite || (job.secrets.length > 0 && caller.passedSecrets.length > 0);
    return caller.reach.starts.map((start) => ({
      ...start,
      isPrivileged: start.holdsAll && start.outsider !== 'no' && power,
    }));
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
