import type { Action } from '../model/action.ts';
import type { Job } from '../model/job.ts';
import type { Step } from '../model/step.ts';

/** Which steps of a job or action are of a kind, found once for all the steps that ask what stands before or behind them. */
export interface StepIndexes {
  /** Their places among the steps, ascending. */
  of(parent: Job | Action): readonly number[];
  before(step: Step): boolean;
  behind(step: Step): boolean;
}

/** A job may have thousands of steps: to look through the earlier ones for each of them takes minutes. */
export function stepIndexes(isMeant: (step: Step) => boolean): StepIndexes {
  const known = new WeakMap<Job | Action, readonly number[]>();
  const of = (parent: Job | Action): readonly number[] => {
    const found = known.get(parent) ?? parent.steps.filter(isMeant).map(({ index }) => index);
    known.set(parent, found);
    return found;
  };
  return {
    of,
    before: ({ parent, index }) => (of(parent)[0] ?? Number.POSITIVE_INFINITY) < index,
    behind: ({ parent, index }) => (of(parent).at(-1) ?? -1) > index,
  };
}
