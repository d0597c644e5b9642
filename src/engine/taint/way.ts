import type { Action } from '../model/action.ts';
import type { Condition } from '../model/condition.ts';
import type { Assume } from '../model/decide.ts';
import type { Job } from '../model/job.ts';
import type { Step } from '../model/step.ts';

/** Whether some `if` on the way to a step is false under assumptions: its own, its job's, its callers', those of the jobs that it needs. */
export function isStopped(at: Step | Job, assume: Assume): boolean {
  const way = ways.get(assume) ?? new Way(assume);
  ways.set(assume, way);
  return way.isStopped(at);
}

/** The nearest `if` that is false under assumptions; null where none of its own or its job's is. */
export function stopper(at: Step | Job, assume: Assume): Condition | null {
  const near = at.kind === 'step' ? [at.condition, at.job?.condition ?? null] : [at.condition];
  return near.find((condition) => condition?.decide(assume) === false) ?? null;
}

/** By what is assumed: hundreds of jobs ask the same of the same jobs before them. */
const ways = new WeakMap<Assume, Way>();

/** One question about all conditions on a way. Each job and action is asked once: their graphs may be made to be slow. */
class Way {
  readonly #assume: Assume;
  readonly #answers = new WeakMap<Job | Action, boolean>();

  constructor(assume: Assume) {
    this.#assume = assume;
  }

  isStopped(at: Step | Job | Action): boolean {
    if (at.kind === 'step') return this.#isFalse(at) || this.isStopped(at.parent);
    const known = this.#answers.get(at);
    if (known !== undefined) return known;
    // A circle proves nothing.
    this.#answers.set(at, false);
    const answer = at.kind === 'job' ? this.#isJobStopped(at) : this.#areAllStopped(at.callers);
    this.#answers.set(at, answer);
    return answer;
  }

  #isJobStopped(job: Job): boolean {
    if (this.#isFalse(job)) return true;
    const { callers, triggers } = job.workflow;
    const isOnlyCalled = triggers.all.every(({ event }) => event === 'workflow_call');
    if (isOnlyCalled && this.#areAllStopped(callers)) return true;
    return neededBy(job).some((needed) => this.isStopped(needed));
  }

  #areAllStopped(callers: readonly (Step | Job)[]): boolean {
    return callers.length > 0 && callers.every((caller) => this.isStopped(caller));
  }

  #isFalse({ condition }: Step | Job): boolean {
    return condition?.decide(this.#assume) === false;
  }
}

/** The jobs that must succeed before; none where an `if` calls always() or its like: such a job runs although they were skipped. */
export function neededBy(job: Job): readonly Job[] {
  const known = needed.get(job);
  if (known) return known;
  const ids = job.condition?.hasStatusFunction ? [] : job.needs;
  const jobs = [...new Set(ids.flatMap((id) => job.workflow.job(id.value) ?? []))];
  needed.set(job, jobs);
  return jobs;
}

const needed = new WeakMap<Job, readonly Job[]>();
