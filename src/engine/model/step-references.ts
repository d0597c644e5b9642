import { knownOutputs } from '../../knowledge/action-outputs.ts';
import type { Access } from '../expression/parse.ts';
import type { Facts } from '../facts.ts';
import { nearest } from '../spelling.ts';
import type { Action } from './action.ts';
import type { Owner } from './element.ts';
import type { Job } from './job.ts';
import { type Lack, lacking, nameIn, namesIn } from './lack.ts';
import { mapOf, scalarOf, sequenceOf } from './nodes.ts';
import { once } from './once.ts';
import type { Step } from './step.ts';

/** `steps.x` where no step before has that id, and `steps.x.outputs.y` where its action has no such output. */
export function stepLack(access: Access, owner: Owner, facts: Facts): Lack | null {
  const parent = owner.kind === 'step' ? owner.parent : owner;
  const [, id, part, output] = access.path;
  if (parent.kind === 'workflow' || typeof id !== 'string') return null;
  const all = idsOf(parent);
  if (all === null) return null;
  const isBefore = ({ index }: StepId) => owner.kind !== 'step' || index < owner.index || isGroup(owner);
  const step = all.find((one) => one.lower === id && isBefore(one));
  if (!step) return lacking(access, 1, absence(access, id, parent, all), idsBefore(all, isBefore));
  if (typeof part !== 'string' || part === '*') return null;
  if (part !== 'outputs' && part !== 'outcome' && part !== 'conclusion') {
    const parts = ['outputs', 'outcome', 'conclusion'];
    return lacking(access, 2, `a step has \`outputs\`, \`outcome\` and \`conclusion\`, no ${nameIn(access, 2)}`, parts);
  }
  if (part !== 'outputs' || typeof output !== 'string' || output === '*' || !step.step) return null;
  const outputs = outputsOf(step.step, facts);
  if (!outputs || outputs.names.has(output)) return null;
  // Code may set outputs that its manifest does not declare.
  if (!outputs.isComplete && !nearest(access.written[3] ?? '', outputs.names.values())) return null;
  const message = `the action of step \`${step.id}\` has no output ${nameIn(access, 3)}`;
  return lacking(access, 3, message, outputs.names.values());
}

function* idsBefore(all: readonly StepId[], isBefore: (one: StepId) => boolean): Iterable<string> {
  for (const one of all) if (isBefore(one)) yield one.id;
}

/** Why there is no such step. */
function absence(access: Access, id: string, parent: Job | Action, all: readonly StepId[]): string {
  const name = nameIn(access, 1);
  if (all.some((one) => one.lower === id)) return `step ${name} has not run before this`;
  const jobs = parent.kind === 'job' ? parent.workflow.jobs : [];
  const other = jobs.find((job) => idsOf(job)?.some((one) => one.lower === id));
  return other
    ? `step ${name} is one of job \`${other.id}\`, whose outputs come by \`needs\``
    : `no step has the id ${name}`;
}

interface StepId {
  readonly id: string;
  readonly lower: string;
  /** Place of the step, or of the group that it stands in. */
  readonly index: number;
  /** Null in a group. */
  readonly step: Step | null;
}

/** The ids of all steps, those in groups that run side by side too; null where one is not known. */
const idsOf = once(readIds);

function readIds(parent: Job | Action): readonly StepId[] | null {
  if (parent.kind === 'action' && parent.runs !== 'composite') return null;
  const ids: StepId[] = [];
  for (const step of parent.steps) {
    const { id, index } = step;
    if (id && !id.isLiteral) return null;
    if (id) ids.push({ id: id.value, lower: id.value.toLowerCase(), index, step });
    for (const item of sequenceOf(step.find('parallel'))?.items ?? []) {
      const inner = scalarOf(mapOf(item)?.get('id'));
      if (inner) ids.push({ id: inner.text, lower: inner.text.toLowerCase(), index, step: null });
    }
  }
  return ids;
}

function isGroup(step: Step): boolean {
  return step.find('parallel') !== null;
}

/** The outputs of a step's action. Only a composite one has no others than it declares. Null: not known. */
function outputsOf(step: Step, facts: Facts): Outputs | null {
  const { uses } = step;
  if (!uses || uses.kind === 'docker') return null;
  const target = (step.workflow ?? step.action)?.project.target(uses);
  if (target?.kind === 'action') return outputsOfManifest(target);
  if (uses.kind !== 'repository') return null;
  const fact = facts.actionOf(uses);
  const names = fact?.outputs ?? knownOutputs.get(uses.slug.toLowerCase());
  if (!names) return null;
  const isComplete = fact?.outputs !== undefined && fact.using === 'composite';
  return { names: new Map(names.map((name) => [name.toLowerCase(), name])), isComplete };
}

interface Outputs {
  readonly names: ReadonlyMap<string, string>;
  readonly isComplete: boolean;
}

const outputsOfManifest = once(
  (action: Action): Outputs => ({
    names: namesIn(action.find('outputs')),
    isComplete: action.runs === 'composite',
  }),
);
