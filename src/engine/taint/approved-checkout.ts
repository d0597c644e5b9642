import type { Facts } from '../facts.ts';
import type { Start } from '../model/reach.ts';
import type { Step } from '../model/step.ts';
import type { ForeignCheckout } from './checkouts.ts';
import { type ForeignCode, foreignCode } from './foreign-code.ts';
import { type Guard, guardsOf, reviewedEnvironment } from './guards.ts';
import { stepIndexes } from './step-order.ts';

/** Somebody else's commits that a person approved, named in a way that lets them change before they are fetched. */
export interface ApprovedCheckout {
  readonly code: ForeignCode;
  /** The approval. */
  readonly guard: Guard;
  /** The run in which it can be got round. */
  readonly start: Start;
}

/** What a step checks out after an approval that says nothing of the commit. */
export function approvedCheckouts(step: Step, facts: Facts): readonly ApprovedCheckout[] {
  return foreignCode(step).flatMap((code) => {
    const moved = code.starts.map((start) => approved(code, start, facts));
    // Where one way is open, it is a checkout without any approval, which another rule reports.
    if (moved.includes('open')) return [];
    const [first] = moved.filter((one) => one !== 'open' && one !== 'sound');
    return first ? [first] : [];
  });
}

function approved(code: ForeignCode, start: Start, facts: Facts): ApprovedCheckout | 'open' | 'sound' {
  const { checkout } = code;
  const { step } = checkout;
  const reviewed = step.job && reviewedEnvironment(step.job, facts);
  const guards = [...guardsOf(step, start.event), ...(reviewed ? [reviewed] : [])];
  if (guards.length === 0) return 'open';
  // A trusted author's commits need no approval.
  if (guards.some(({ kind, how }) => kind === 'hard' || how === 'author')) return 'sound';
  // A label of an earlier day approves whatever comes: that is improper-access-control.
  const guard = guards.find(({ how }) => how !== 'labels');
  return guard && isMovable(checkout, start.event) ? { code, guard, start } : 'sound';
}

/** What the ref names can be replaced between the approval and the checkout. */
function isMovable({ kind, source, step }: ForeignCheckout, event: string): boolean {
  if (kind === 'commit' && FIXED.test(source)) return false;
  // A comment's payload has no commit: what is looked up in the run is what is there by then.
  return event.startsWith('pull_request') || event === 'workflow_run' || !comparisons.before(step);
}

/** The event's own commit: the run that was approved is about this one. */
const FIXED = /^github\.event\.(?:pull_request|after|workflow_run|review|comment|check_run|check_suite|deployment)\b/;

/** A step compares when the head was pushed with when it was approved, or the head with a commit that was named. */
const comparisons = stepIndexes(({ script, isNever, inputs }) => {
  const code = isNever ? '' : (script?.value ?? inputs.get('script')?.value ?? '');
  return COMPARED.test(code);
});

const COMPARED =
  /pushed_?at|pushed_?date|committed_?date|committer\.date|created_?at|expected_?(?:head_?)?sha|match-head/i;
