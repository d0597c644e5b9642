import { type CacheUse, cacheUse } from './caching.ts';
import type { Condition } from './condition.ts';
import type { Job } from './job.ts';
import { holdsPower } from './power.ts';
import { isReleaseTrigger, mayPublish, mayPublishUnder, type Publication, publishes } from './publishing.ts';
import type { Start } from './reach.ts';
import { assumeRun, type RunRef } from './run-of.ts';
import type { Step } from './step.ts';
import type { Trigger } from './triggers.ts';

/** A run in which a step publishes. */
export interface ReleaseRun {
  readonly publication: Publication;
  readonly start: Start;
  readonly ref: RunRef;
}

/** The runs in which a job publishes something that was built, as far as conditions decide them. */
export function releaseRuns(job: Job): readonly ReleaseRun[] {
  const known = read.get(job) ?? readRuns(job);
  read.set(job, known);
  return known;
}

/** Every job of a workflow is asked for each of its others. */
const read = new WeakMap<Job, readonly ReleaseRun[]>();

/** The runs in which what a job uploads is published by a later job of its workflow. */
export function handedOnRuns(job: Job): readonly ReleaseRun[] {
  if (!job.steps.some((step) => !step.isNever && step.uses?.matches(UPLOADS))) return [];
  // A called workflow builds for what comes behind the call.
  return [job, ...job.workflow.callers.slice(0, MAX_CALLERS)].flatMap((one) => {
    const takers = one.workflow.jobs.filter(
      (other) => other !== one && takes(other) && releaseRuns(other).length > 0 && needs(other, one.id, new Set()),
    );
    return takers.flatMap(releaseRuns);
  });
}

/** More say nothing new. */
const MAX_CALLERS = 8;

const UPLOADS = ['actions/upload-artifact'];
const DOWNLOADS = ['actions/download-artifact'];

function takes(job: Job): boolean {
  return job.steps.some((step) => !step.isNever && step.uses?.matches(DOWNLOADS));
}

function needs(job: Job, id: string, seen: Set<string>): boolean {
  seen.add(job.id);
  return job.needs.some(({ value }) => {
    const needed = seen.has(value) ? null : job.workflow.job(value);
    return value === id || (needed !== null && needs(needed, id, seen));
  });
}

function readRuns(job: Job): readonly ReleaseRun[] {
  return job.steps.flatMap((step) => {
    const seen = publishes(step);
    // A name says little where there is nothing to publish with.
    const publication = seen ?? (holdsPower(step) ? mayPublish(step) : null);
    if (!publication || publication.kind === 'notes') return [];
    return step.reach.starts.flatMap((start) =>
      refsOf(start.trigger)
        // By its name alone it is a release only where a tag or a release starts it.
        .filter((ref) => seen !== null || (ref === 'tag' && start.trigger !== null && isReleaseTrigger(start.trigger)))
        .filter((ref) => mayRun(step, start, ref) && mayPublishUnder(step, assumeRun(eventOf(start), ref)))
        .map((ref) => ({ publication, start, ref })),
    );
  });
}

/** The caches that a job restores in one of those runs. */
export function restoredCaches(job: Job, runs: readonly ReleaseRun[]): readonly CacheUse[] {
  // What publishes does not matter here, and thousands of steps may.
  const distinct = [
    ...new Map(
      runs.map((run) => [`${run.start.trigger?.start} ${run.start.trigger?.source.path} ${run.ref}`, run]),
    ).values(),
  ];
  return job.steps.flatMap((step) => {
    const shared = distinct.filter(
      ({ start, ref }) =>
        step.reach.starts.some(({ trigger }) => trigger === start.trigger) && mayRun(step, start, ref),
    );
    const uses = shared.flatMap(({ start, ref }) => cacheUse(step, { event: eventOf(start), ref }) ?? []);
    const restoring = uses.filter(({ restores }) => restores);
    return restoring.find(({ isOn }) => isOn === 'yes') ?? restoring[0] ?? [];
  });
}

/** What a push may be about, by its filters. A release is one of a tag. */
function refsOf(trigger: Trigger | null): readonly RunRef[] {
  if (trigger?.event === 'release') return ['tag'];
  if (trigger?.event !== 'push') return ['branch'];
  const isTagged = trigger.filter('tags') !== null || trigger.filter('tags-ignore') !== null;
  const isBranched = trigger.filter('branches') !== null || trigger.filter('branches-ignore') !== null;
  if (isTagged === isBranched) return ['tag', 'branch'];
  return isTagged ? ['tag'] : ['branch'];
}

function mayRun(step: Step, start: Start, ref: RunRef): boolean {
  const assume = assumeRun(eventOf(start), ref);
  const conditions: readonly (Condition | null | undefined)[] = [step.condition, step.job?.condition];
  return conditions.every((condition) => condition?.decide(assume) !== false);
}

/** Inside a called workflow the event is its caller's; without one it is not known. */
function eventOf({ event }: Start): string | null {
  return event === 'workflow_call' ? null : event;
}

/** `cache-mode` of a job: its own, else its workflow's; null where neither says. */
export function cacheMode(job: Job): string | null {
  const text = job.text('cache-mode') ?? job.workflow.text('cache-mode');
  return text?.isLiteral ? text.value.trim().toLowerCase() : null;
}
