import { cleanOutputs, plainOutputNames, type TaintedOutput, taintedOutputs } from '../../knowledge/tainted-outputs.ts';
import type { Access } from '../expression/parse.ts';
import type { Action } from '../model/action.ts';
import type { Job } from '../model/job.ts';
import type { Step } from '../model/step.ts';
import type { Text } from '../model/text.ts';
import type { Workflow } from '../model/workflow.ts';
import { writtenSources } from './environment.ts';
import { environmentWrites } from './environment-writes.ts';
import { foreignFilesBefore } from './foreign-files.ts';
import { nameAt, plain, type Reading, type Source, textSources, unknown } from './sources.ts';
import { writtenOutput } from './written-outputs.ts';

/** Where `steps.x.outputs.y` comes from: what the step writes, what the action is known to hand on, else not known. */
export function stepOutputSources(leaf: Access, reading: Reading): readonly Source[] {
  const id = nameAt(leaf, 1);
  const name = nameAt(leaf, 3);
  const step = id === null ? null : stepOf(id, reading);
  const full = `steps.${id ?? '*'}.outputs.${name ?? '*'}`;
  if (!step) return id === null ? allOutputs(reading) : [unknown(full)];
  if (name === null) return stepOutputs(step, reading);
  const written =
    writtenOutput(step, name, reading.trail) ??
    (step.script ? [unknown(full)] : actionOutputs(step, name, full, reading.trail));
  if (!plainOutputNames.test(name.toLowerCase())) return written;
  // `…_sha`, `…_count`: whatever wrote it, no shell obeys it.
  return written.map((source) => (source.kind === 'unknown' ? { ...plain(full), kind: 'fixed' } : source));
}

/** `toJSON(steps)`, `toJSON(steps.x.outputs)`: everything that is seen to be written. */
function allOutputs(reading: Reading): readonly Source[] {
  const { owner } = reading;
  const steps = owner.kind === 'step' ? owner.parent.steps : owner.kind === 'workflow' ? [] : owner.steps;
  const found = steps.filter((step) => step.id && step !== owner).slice(0, MAX_OUTPUTS);
  return [unknown('steps'), ...found.flatMap((step) => stepOutputs(step, reading))];
}

function stepOutputs(step: Step, { trail }: Reading): readonly Source[] {
  if (trail.includes(step)) return [];
  const writes = environmentWrites(step).filter(({ target }) => target === 'output');
  const found = writes.slice(0, MAX_OUTPUTS).flatMap((write) => writtenSources(write, [...trail, step]));
  return found.length > 0 ? found : [unknown(`steps.${step.id?.value ?? '*'}.outputs`)];
}

/** A whole context of thousands of steps, in each of thousands of steps. */
const MAX_OUTPUTS = 32;

/** Where `needs.job.outputs.y`, or `jobs.job.outputs.y` of a called workflow, comes from. */
export function jobOutputSources(leaf: Access, reading: Reading): readonly Source[] {
  const { owner, trail } = reading;
  const workflow = owner.kind === 'workflow' ? owner : owner.kind === 'action' ? null : owner.workflow;
  const id = nameAt(leaf, 1);
  const name = nameAt(leaf, 3);
  const full = `${leaf.path[0]}.${id ?? '*'}.outputs.${name ?? '*'}`;
  const job = id === null ? null : workflow && jobOf(workflow, id);
  if (!job && id === null && owner.kind !== 'workflow')
    return neededOutputs(owner.kind === 'step' ? owner.job : owner, trail);
  if (!job) return [unknown(full)];
  if (name === null) return outputsOf(job, trail);
  const text = job.uses ? calledOutput(job, name) : outputOf(job.outputs, name);
  if (!text) return job.uses ? [unknown(full)] : [];
  return textSources(text, trail);
}

/** `toJSON(needs)`. */
function neededOutputs(owner: Job | Action | null, trail: readonly unknown[]): readonly Source[] {
  if (owner?.kind !== 'job') return [unknown('needs')];
  const jobs = owner.needs.slice(0, MAX_OUTPUTS).flatMap(({ value }) => jobOf(owner.workflow, value) ?? []);
  return [unknown('needs'), ...jobs.flatMap((job) => outputsOf(job, trail))];
}

function outputsOf(job: Job, trail: readonly unknown[]): readonly Source[] {
  return [...job.outputs.values()].slice(0, MAX_OUTPUTS).flatMap((text) => textSources(text, trail));
}

function jobOf(workflow: Workflow, id: string): Job | null {
  const jobs = jobsById.get(workflow) ?? new Map(workflow.jobs.map((job) => [job.id.toLowerCase(), job]));
  jobsById.set(workflow, jobs);
  return jobs.get(id.toLowerCase()) ?? null;
}

const jobsById = new WeakMap<Workflow, ReadonlyMap<string, Job>>();

/** The value that a called workflow of this repository declares for an output. */
function calledOutput(job: Job, name: string): Text | null {
  const target = job.uses && job.workflow.project.target(job.uses);
  if (target?.kind !== 'workflow') return null;
  return target.text('on', 'workflow_call', 'outputs', name, 'value');
}

function outputOf(outputs: ReadonlyMap<string, Text>, name: string): Text | null {
  for (const [key, text] of outputs) if (key.toLowerCase() === name.toLowerCase()) return text;
  return null;
}

function stepOf(id: string, { owner }: Reading): Step | null {
  const parent = owner.kind === 'step' ? owner.parent : owner.kind === 'workflow' ? null : owner;
  if (!parent) return null;
  const steps = stepsById.get(parent) ?? new Map(idsOf(parent.steps));
  stepsById.set(parent, steps);
  return steps.get(id.toLowerCase()) ?? null;
}

/** Of thousands of steps, each may ask for the one before it. */
const stepsById = new WeakMap<Step['parent'], ReadonlyMap<string, Step>>();

function idsOf(steps: readonly Step[]): readonly (readonly [string, Step])[] {
  return steps.flatMap((step) => (step.id ? [[step.id.value.toLowerCase(), step] as const] : [])).reverse();
}

function actionOutputs(step: Step, name: string, full: string, trail: readonly unknown[]): readonly Source[] {
  const { uses } = step;
  if (!uses) return [];
  const project = step.workflow?.project ?? step.action?.project;
  const target = project?.target(uses);
  if (target?.kind === 'action') {
    const text = target.output(name);
    return text ? textSources(text, trail) : [unknown(full)];
  }
  if (uses.matches(cleanOutputs)) return [plain(full)];
  const row = taintedOutputs.find((entry) => uses.matches([entry.action]));
  // A script may set any output.
  if (!row || row.when === 'script') return [unknown(full)];
  return isTainted(row, name, step) ? [outputText(row, full, step)] : [{ ...plain(full), kind: 'fixed' }];
}

function outputText(row: TaintedOutput, name: string, step: Step): Source {
  const [files] = row.when === 'checkout' ? foreignFilesBefore(step) : [];
  if (files)
    return { kind: 'text', name, text: row.text, author: 'outsider', confidence: 'medium', events: files.events };
  if (row.when !== 'always') return unknown(name);
  return { kind: 'text', name, text: row.text, author: 'outsider', confidence: 'medium', events: null };
}

function isTainted(row: TaintedOutput, name: string, step: Step): boolean {
  const isListed = row.outputs.some((pattern) => matchesName(name.toLowerCase(), pattern));
  if (!isListed || !row.cleanFrom) return isListed;
  const { major, unless } = row.cleanFrom;
  return step.with(unless)?.value.trim() === 'false' || isOlder(step, major);
}

/** Its tag, or the tag in the comment behind its commit, is of an older major version. Unknown is taken for current. */
function isOlder(step: Step, major: number): boolean {
  const { uses } = step;
  if (!uses?.ref) return false;
  const line = uses.source.text.slice(uses.ref.start).split('\n', 1)[0] ?? '';
  const version = /(?:^|[\s#@])v?(\d+)(?:\.\d+)*(?:\s|$)/.exec(
    uses.isPinned ? line.slice(uses.ref.value.length) : uses.ref.value,
  );
  return version?.[1] !== undefined && Number(version[1]) < major;
}

function matchesName(name: string, pattern: string): boolean {
  const [head = '', tail] = pattern.split('*');
  if (tail === undefined) return name === pattern;
  return name.length >= head.length + tail.length && name.startsWith(head) && name.endsWith(tail);
}
