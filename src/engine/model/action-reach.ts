import type { Action } from './action.ts';
import type { Job } from './job.ts';
import type { ProjectModel } from './project.ts';
import { JobReach, keyOf, narrowed, type Start, unknownStart } from './reach.ts';
import type { Step } from './step.ts';

/** Who gets to an action, directly or through other actions. */
export interface ActionUse {
  readonly reach: JobReach;
  /** The jobs in which it runs. */
  readonly jobs: readonly Job[];
}

/** What has come to an action so far. */
interface Arrived {
  readonly starts: Map<string, Start>;
  readonly jobs: Set<Job>;
}

/**
 * Who gets to each action. What starts a job flows through its steps into the actions that they use, narrowed by each
 * step's `if`, until nothing new arrives anywhere: circles, which an attacker may write, add nothing and end.
 */
export function actionUses(project: ProjectModel): ReadonlyMap<Action, ActionUse> {
  const arrived = new Map<Action, Arrived>();
  const usedBy = usersOf(project);
  for (const action of project.allActions) arrived.set(action, { starts: new Map(), jobs: new Set() });
  const open = new Set<Action>();
  for (const [action, users] of usedBy) {
    for (const step of users) {
      // Only a job's step: what gets to an action's step is being found out.
      if (step.job && add(arrived.get(action), step.reach.starts, [step.job])) open.add(action);
    }
  }
  flow(arrived, usedBy, open);
  // Nobody in the repository uses them: they are there for others.
  for (const [action, { jobs, starts }] of arrived) {
    if (jobs.size === 0 && add(arrived.get(action), [unknownStart(null)], []) && starts.size > 0) open.add(action);
  }
  flow(arrived, usedBy, open);
  return new Map([...arrived].map(([action, one]) => [action, toUse(one)]));
}

function usersOf(project: ProjectModel): ReadonlyMap<Action, readonly Step[]> {
  return new Map(project.allActions.map((action) => [action, action.callers]));
}

function flow(
  arrived: ReadonlyMap<Action, Arrived>,
  usedBy: ReadonlyMap<Action, readonly Step[]>,
  open: Set<Action>,
): void {
  const uses = new Map<Action, { readonly step: Step; readonly target: Action }[]>();
  for (const [target, users] of usedBy) {
    for (const step of users)
      if (step.action) uses.set(step.action, [...(uses.get(step.action) ?? []), { step, target }]);
  }
  for (const action of open) {
    open.delete(action);
    const here = arrived.get(action);
    if (!here) continue;
    const reach = new JobReach([...here.starts.values()], true);
    for (const { step, target } of uses.get(action) ?? []) {
      // Added to the set again, it is visited again by this loop.
      if (add(arrived.get(target), narrowed(reach, step.condition).starts, here.jobs)) open.add(target);
    }
  }
}

/** Adds what arrives; says whether any of it is new. */
function add(to: Arrived | undefined, starts: readonly Start[], jobs: Iterable<Job>): boolean {
  if (!to) return false;
  const before = to.starts.size + to.jobs.size;
  for (const start of starts) to.starts.set(keyOf(start), start);
  for (const job of jobs) to.jobs.add(job);
  return to.starts.size + to.jobs.size > before;
}

function toUse({ starts, jobs }: Arrived): ActionUse {
  const all = [...starts.values()];
  return { reach: new JobReach(all, !all.some((start) => start.event === 'workflow_call')), jobs: [...jobs] };
}
