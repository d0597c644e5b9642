import type { Action } from '../model/action.ts';
import type { Step } from '../model/step.ts';
import { accesses } from '../model/visit-expression.ts';
import { type ForeignCheckout, type ForeignRef, foreignCheckouts, foreignRefs } from './checkouts.ts';
import { scriptCalls } from './script-executions.ts';

/** More are never told apart. */
const MAX_CHECKOUTS = 8;

/** What an action of this repository checks out into the workspace of the job that uses it. */
export function localCheckouts(step: Step): readonly ForeignCheckout[] {
  const { uses } = step;
  const project = step.workflow?.project ?? step.action?.project;
  const target = uses && project?.target(uses);
  if (!uses || target?.kind !== 'action') return [];
  return checkoutsOf(target).flatMap((checkout) => {
    const ref = refFor(step, checkout);
    return ref ? [{ ...checkout, step, at: uses, source: ref.source, events: ref.events }] : [];
  });
}

const known = new WeakMap<Action, readonly ForeignCheckout[]>();

function checkoutsOf(action: Action): readonly ForeignCheckout[] {
  const before = known.get(action);
  if (before) return before;
  // An action that uses itself adds nothing.
  known.set(action, []);
  const found = action.steps.flatMap(foreignCheckouts).slice(0, MAX_CHECKOUTS);
  known.set(action, found);
  return found;
}

/** What this caller's inputs lead to; the action's other callers may pass something else. */
function refFor(step: Step, { step: inner, source, events, confidence, kind }: ForeignCheckout): ForeignRef | null {
  const inputs = ['ref', 'repository'].flatMap((name) => inner.with(name)?.expressions ?? []);
  const names = inputs.flatMap(({ tree }) =>
    (tree ? accesses(tree) : []).flatMap(({ path: [context, name] }) =>
      context === 'inputs' && typeof name === 'string' ? [name] : [],
    ),
  );
  if (names.length === 0) return { source, events, confidence, kind };
  return names.flatMap((name) => step.with(name) ?? []).flatMap(foreignRefs)[0] ?? null;
}

/** `exec('git fetch origin pull/1/head')` in a step of JavaScript. */
export function scriptCheckouts(step: Step): readonly ForeignCheckout[] {
  const call = scriptCalls(step).find(({ kind, text }) => kind === 'command' && FETCHES.test(text));
  if (!call) return [];
  const parts = { kind: 'commit', folder: '', isOwnBranch: false, isRefused: false, confidence: 'medium' } as const;
  return [{ step, at: call.at, source: 'refs/pull/…', events: null, ...parts }];
}

const FETCHES = /\bgit\s+(?:fetch|pull)\b.*\bpull\/|\bgh\s+pr\s+checkout\b|\bgit\s+clone\b.*\bhead\.repo\b/;
