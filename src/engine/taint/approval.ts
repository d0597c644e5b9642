import { gateActions, gateCalls } from '../../knowledge/gates.ts';
import type { Folded } from '../expression/fold.ts';
import type { Action } from '../model/action.ts';
import type { Condition } from '../model/condition.ts';
import type { Assume } from '../model/decide.ts';
import type { Job } from '../model/job.ts';
import type { Step } from '../model/step.ts';
import { accesses, pathOf } from '../model/visit-expression.ts';
import type { Workflow } from '../model/workflow.ts';
import { stepIndexes } from './step-order.ts';

/** No account has this name: a login may not begin with a dash. */
const STRANGER = '-stranger-';

/** What a person is, relative to the repository, who may not write to it. */
const STRANGERS = ['NONE', 'CONTRIBUTOR'] as const;

/** Whether the step runs only when the author of a text (`github.event.comment.body`) is somebody whom an `if` names or trusts. */
export function isAuthorTrusted(name: string, at: Step | Job): boolean {
  const object = authoredObject(name);
  if (object === null) return false;
  return STRANGERS.every((association) => isStopped(at, strangerWrote(object, association)));
}

/** One for each object and association, so that `isStopped` knows the question again. The objects are few. */
function strangerWrote(object: string, association: string): Assume {
  const key = `${object} ${association}`;
  const assume = strangers.get(key) ?? assumeStranger(object, association);
  strangers.set(key, assume);
  return assume;
}

const strangers = new Map<string, Assume>();

/** `github.event.pull_request` of `github.event.pull_request.head.ref` and of `github.head_ref`; null for other texts. */
function authoredObject(name: string): string | null {
  if (name === 'github.head_ref') return 'github.event.pull_request';
  return /^github\.event\.(?:comment|issue|pull_request|review|discussion)(?=\.)/.exec(name)?.[0] ?? null;
}

function assumeStranger(object: string, association: string): Assume {
  return (part) => {
    if (part.kind !== 'access') return undefined;
    const path = pathOf(part);
    if (path === `${object}.author_association`) return known(association);
    if (path === `${object}.user.login`) return known(STRANGER);
    // Whoever comments is the actor; of a pull request's text the actor may be another person than the author.
    const isActor = path === 'github.actor' || path === 'github.event.sender.login';
    return isActor && object === 'github.event.comment' ? known(STRANGER) : undefined;
  };
}

function known(value: string): Folded {
  return { known: true, value };
}

/** Whether some `if` on the way to a step is false under assumptions: its own, its job's, its callers', those of the jobs that it needs. */
export function isStopped(at: Step | Job, assume: Assume): boolean {
  const way = ways.get(assume) ?? new Way(assume);
  ways.set(assume, way);
  return way.isStopped(at);
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

/** The jobs that must succeed before; none where an `if` calls always() or its like (corrections 16). */
function neededBy(job: Job): readonly Job[] {
  const known = needed.get(job);
  if (known) return known;
  const ids = job.condition?.hasStatusFunction ? [] : job.needs;
  const jobs = [...new Set(ids.flatMap((id) => job.workflow.job(id.value) ?? []))];
  needed.set(job, jobs);
  return jobs;
}

const needed = new WeakMap<Job, readonly Job[]>();

/**
 * Whether a person's approval stands before a step: a condition on a label, on the commenter or the actor, or an
 * earlier step that asks for permission. It is soft: what was approved can change afterwards.
 */
export function isApproved(step: Step): boolean {
  const { job, condition } = step;
  if (!job) return false;
  return (condition !== null && asksForApproval(condition)) || gates.before(step) || isJobApproved(job);
}

/** Whether a person's approval stands before a whole job; what an environment asks for is not known. */
export function isJobApproved(job: Job): boolean {
  return approvedJobs(job.workflow).has(job) || neededBy(job).some((before) => gates.of(before).length > 0);
}

/** The jobs with a condition that asks for approval, and those that need one of them, however far before. */
function approvedJobs(workflow: Workflow): ReadonlySet<Job> {
  const known = approved.get(workflow);
  if (known) return known;
  const dependents = new Map<Job, Job[]>();
  for (const job of workflow.jobs) {
    for (const before of neededBy(job)) {
      const behind = dependents.get(before);
      if (behind) behind.push(job);
      else dependents.set(before, [job]);
    }
  }
  const jobs = new Set(workflow.jobs.filter(({ condition }) => condition && asksForApproval(condition)));
  // A set may grow while it is walked.
  for (const job of jobs) for (const behind of dependents.get(job) ?? []) jobs.add(behind);
  approved.set(workflow, jobs);
  return jobs;
}

const approved = new WeakMap<Workflow, ReadonlySet<Job>>();

const APPROVALS =
  /^github\.(?:event\.(?:label\.name|pull_request\.labels\.\*\.name|issue\.labels\.\*\.name|(?:comment|issue|pull_request|review)\.(?:author_association|user\.login)))$/;

/** Nothing that a condition asks depends on anyone but the person who starts the run: the event, and what it says. */
export function isOpenTo(condition: Condition | null): boolean {
  if (!condition) return true;
  const { tree } = condition;
  return tree !== null && accesses(tree).every((access) => OPEN.test(pathOf(access)));
}

const OPEN =
  /^github\.(?:event_name|repository|repository_owner|event\.(?:action|(?:comment|review)\.body|(?:issue|pull_request|discussion)\.(?:title|body|draft|state|number|pull_request)|issue\.pull_request\.url))$|^github\.event\.(?:issue|pull_request)$/;

/** It is false when every approval that it names is missing. */
function asksForApproval(condition: Condition): boolean {
  const { tree } = condition;
  if (!tree || !accesses(tree).some((access) => APPROVALS.test(pathOf(access)))) return false;
  return (
    condition.decide((part) => {
      if (part.kind === 'access' && APPROVALS.test(pathOf(part))) return known(STRANGER);
      const [list] = part.kind === 'call' && part.name === 'contains' ? part.args : [];
      const isLabels = list?.kind === 'access' && /\.labels\.\*\.name$/.test(pathOf(list));
      return isLabels ? { known: true, value: false } : undefined;
    }) === false
  );
}

const gates = stepIndexes(isGate);

function isGate(step: Step): boolean {
  if (step.isNever || step.continuesOnError !== 'no') return false;
  const code = step.script?.value ?? step.with('script')?.value ?? '';
  return (step.uses?.matches(gateActions) ?? false) || gateCalls.test(code);
}
