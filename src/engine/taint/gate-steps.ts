import { gateActions, gateCalls, outputGates, throwingCalls } from '../../knowledge/gates.ts';
import type { Condition } from '../model/condition.ts';
import type { Assume } from '../model/decide.ts';
import type { Job } from '../model/job.ts';
import type { Step } from '../model/step.ts';
import { accesses, pathOf } from '../model/visit-expression.ts';
import { inRun } from './approval.ts';
import { stepIndexes } from './step-order.ts';
import { neededBy } from './way.ts';

/** How far a chain of `needs` is followed to a gate. */
const MAX_NEEDS = 64;
/** More gates than these in one job are there to be slow. */
const MAX_GATES = 16;

/**
 * The step that asks whether a person may, and that stands before another one or before a whole job in runs by an event
 * (null: any): it fails when the person may not, or what it found is tested by an `if`. Null: there is none, or an
 * outsider gets past it.
 */
export function gateBefore(at: Step | Job, event: string | null): Step | null {
  const known = gatesOf(at);
  const before = known.get(event);
  if (before !== undefined) return before;
  const gate =
    at.kind === 'step' ? (gateOfStep(at, event) ?? (at.job ? gateBefore(at.job, event) : null)) : gateOfJob(at, event);
  known.set(event, gate);
  return gate;
}

function gatesOf(at: Step | Job): Map<string | null, Step | null> {
  const known = found.get(at) ?? new Map<string | null, Step | null>();
  found.set(at, known);
  return known;
}

const found = new WeakMap<Step | Job, Map<string | null, Step | null>>();

function gateOfStep(step: Step, event: string | null): Step | null {
  for (const index of gates.of(step.parent).slice(0, MAX_GATES)) {
    if (index >= step.index) break;
    const gate = step.parent.steps[index];
    if (!gate) continue;
    const isFailed = fails(gate, step.condition, event) && !step.condition?.hasStatusFunction;
    if (isFailed || isTested(gate, 'steps', step.condition, event)) return gate;
  }
  return null;
}

function gateOfJob(job: Job, event: string | null): Step | null {
  // A circle proves nothing, nor does a chain that is too long to be meant.
  gatesOf(job).set(event, null);
  if (depth >= MAX_NEEDS) return null;
  depth++;
  try {
    for (const before of neededBy(job)) {
      const own = gatesIn(before).find(
        (step) => fails(step, null, event) || isTested(step, 'needs', job.condition, event),
      );
      const gate = own ?? gateBefore(before, event);
      if (gate) return gate;
    }
    return null;
  } finally {
    depth--;
  }
}

let depth = 0;

/** A called workflow of this repository may be the gate. */
function gatesIn(job: Job): readonly Step[] {
  if (job.text('continue-on-error')) return [];
  const target = job.uses && job.workflow.project.target(job.uses);
  const jobs = target?.kind === 'workflow' ? target.jobs : [job];
  return jobs.flatMap((one) => gates.of(one).flatMap((index) => one.steps[index] ?? []));
}

const gates = stepIndexes(isGate);

/** It asks what the person may do, so that later steps can know. */
export function isGate(step: Step): boolean {
  if (step.isNever || step.continuesOnError !== 'no') return false;
  return (step.uses?.matches(gateActions) && !asksForNothing(step)) || asks(step);
}

/** Everyone may read a public repository. */
function asksForNothing({ inputs }: Step): boolean {
  return ['permission', 'require', 'permission-level', 'required-permission'].some((name) =>
    /^(?:none|read)$/i.test(inputs.get(name)?.value.trim() ?? ''),
  );
}

/** It asks GitHub, or the event, what the person may do; a local action may do so for it. */
function asks(step: Step): boolean {
  const project = step.workflow?.project ?? step.action?.project;
  const target = step.uses?.kind === 'local' ? project?.target(step.uses) : null;
  if (target?.kind === 'action') return target.steps.some((inner) => !inner.uses && asks(inner));
  const code = codeOf(step);
  if (gateCalls.test(code)) return true;
  const given = [...step.env.byName.values()].some(({ text }) => /author_association/i.test(text.value));
  return (given || /author_association|authorAssociation/.test(code)) && STOPS.test(code);
}

function codeOf(step: Step): string {
  return step.script?.value ?? step.with('script')?.value ?? '';
}

/** The step fails for a person who may not, whatever the later steps ask. */
function fails(gate: Step, behind: Condition | null, event: string | null): boolean {
  // An `if` of its own lets everyone past for whom it is false, unless the later step has the same.
  const isMaybe = gate.condition?.decide(inRun(event, nothing)) !== true;
  if (gate.condition && isMaybe && gate.condition.value.trim() !== behind?.value.trim()) return false;
  const row = outputGates.find(({ action }) => gate.uses?.matches([action]));
  if (row) return row.failsBy !== null && gate.with(row.failsBy)?.value.trim().toLowerCase() === 'true';
  if (gate.uses?.matches(gateActions) || gate.uses?.kind === 'local') return true;
  const code = codeOf(gate);
  return STOPS.test(code) || (throwingCalls.test(code) && !/\bcatch\b/.test(code));
}

/** Ends a step with a failure. */
const STOPS =
  /\bexit\s+(?:[1-9]|\$)|\bsetFailed\b|\bthrow\b|process\.exit\(\s*[1-9]|\bgrep\s+-\w*q|^\s*(?:test|\[\[?)\s(?!.*\|\|\s*(?:true\b|:|echo\b|printf\b))/m;

/** The condition is false when the gate has said nothing. */
function isTested(gate: Step, context: 'steps' | 'needs', condition: Condition | null, event: string | null): boolean {
  const { tree } = condition ?? {};
  if (!tree) return false;
  const name = (context === 'steps' ? gate.id?.value : gate.job?.id)?.toLowerCase();
  const prefix = context === 'steps' ? `steps.${name}.outputs.` : 'needs.';
  const writesEnv = /GITHUB_ENV|exportVariable/.test(codeOf(gate));
  const isSaid = (path: string) => path.startsWith(prefix) || (writesEnv && path.startsWith('env.'));
  const assume: Assume = (part) => {
    const isMeant =
      (part.kind === 'access' && isSaid(pathOf(part))) ||
      (part.kind === 'property' && accesses(part.of).some((access) => isSaid(pathOf(access))));
    return isMeant ? { known: true, value: '' } : undefined;
  };
  return condition?.decide(inRun(event, assume)) === false;
}

const nothing: Assume = () => undefined;
