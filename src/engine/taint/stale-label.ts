import type { Call, Expr } from '../expression/parse.ts';
import type { Condition } from '../model/condition.ts';
import type { Step } from '../model/step.ts';
import { accesses, calls, pathOf } from '../model/visit-expression.ts';
import { type ForeignCode, foreignCode } from './foreign-code.ts';
import { guardsOf } from './guards.ts';
import { stepIndexes } from './step-order.ts';

/** Somebody else's commits that a label lets in which may have been put on before they were pushed. */
export interface StaleLabel {
  readonly code: ForeignCode;
  /** The test of the labels. */
  readonly test: Call;
  readonly condition: Condition;
}

/** What a step checks out because its pull request has a label. */
export function staleLabels(step: Step): readonly StaleLabel[] {
  return foreignCode(step).flatMap((code) => {
    const isHeldByOthers = code.starts.every(({ event }) => guardsOf(step, event).some(({ how }) => how !== 'labels'));
    const isHeld = code.starts.some(({ event }) => guardsOf(step, event).some(({ how }) => how === 'labels'));
    if (!isHeld || isHeldByOthers || takesLabelOff(step)) return [];
    const found = conditionsOf(step).flatMap((condition) => {
      const test = condition.tree && calls(condition.tree).find(isLabelTest);
      return test ? [{ code, test, condition }] : [];
    });
    return found.slice(0, 1);
  });
}

/** Another job, or a step before, takes the label off again, so that each push needs a new one; a step behind comes too late. */
function takesLabelOff(step: Step): boolean {
  const others = (step.workflow?.jobs ?? []).filter((job) => job !== step.job);
  return removals.before(step) || others.some((job) => removals.of(job).length > 0);
}

const removals = stepIndexes((step) => {
  const code = step.script?.value ?? step.with('script')?.value ?? '';
  return /remove-label|removeLabel|remove_label/.test(code) || /remove-labels?\b/.test(step.uses?.slug ?? '');
});

function conditionsOf({ condition, job }: Step): readonly Condition[] {
  const before = (job?.needs ?? []).flatMap((id) => job?.workflow.job(id.value)?.condition ?? []);
  return [condition, job?.condition ?? null, ...before].filter((one) => one !== null);
}

function isLabelTest({ name, args: [list] }: Call): boolean {
  return name === 'contains' && list !== undefined && namesLabels(list);
}

function namesLabels(list: Expr): boolean {
  return accesses(list).some((access) => /\.labels(?:\.\*\.name)?$/.test(pathOf(access)));
}
