import type { Step } from '../model/step.ts';
import { type Execution, executions, isCleanedBy } from './execution.ts';
import type { RemoteCheckout } from './remote-checkouts.ts';

/** Steps in which something is looked for that runs it. */
const MOST_LATER = 20;

/** The first thing that runs what was checked out, before it is taken away again; else what makes it a program. */
export function executionOf({ step, folder }: RemoteCheckout): Execution | null {
  let prepared: Execution | null = null;
  for (const later of step.parent.steps.slice(step.index, step.index + MOST_LATER)) {
    if (later !== step && isCleanedBy(later, folder)) break;
    const first = later === step && !step.script ? null : firstExecution(later, folder);
    if (first && !isPrepared(first)) return first;
    prepared ??= first;
  }
  return prepared;
}

/** Asked for each checkout that stands before the step. */
const known = new WeakMap<Step, Map<string | null, Execution | null>>();

function firstExecution(step: Step, folder: string | null): Execution | null {
  const byFolder = known.get(step) ?? new Map<string | null, Execution | null>();
  known.set(step, byFolder);
  const before = byFolder.get(folder);
  if (before !== undefined) return before;
  const all = executions(step, folder);
  const found = all.find((one) => !isPrepared(one)) ?? all[0] ?? null;
  byFolder.set(folder, found);
  return found;
}

/** `chmod` runs nothing by itself: it makes a program of what somebody starts in a way that we don't see. */
export function isPrepared({ what }: Execution): boolean {
  return /^chmod\b/.test(what);
}
