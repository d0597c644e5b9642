import { cleanOutputs, plainOutputNames, type TaintedOutput, taintedOutputs } from '../../knowledge/tainted-outputs.ts';
import type { Access } from '../expression/parse.ts';
import type { Job } from '../model/job.ts';
import type { Step } from '../model/step.ts';
import type { Text } from '../model/text.ts';
import { nameAt, plain, type Reading, type Source, textSources, unknown } from './sources.ts';
import { writtenOutput } from './written-outputs.ts';

/** Where `steps.x.outputs.y` comes from: what the step writes, what the action is known to hand on, else not known. */
export function stepOutputSources(leaf: Access, reading: Reading): readonly Source[] {
  const id = nameAt(leaf, 1);
  const name = nameAt(leaf, 3);
  const step = id === null ? null : stepOf(id, reading);
  const full = `steps.${id ?? '*'}.outputs.${name ?? '*'}`;
  if (!step || name === null) return [unknown(full)];
  const written = step.script
    ? (writtenOutput(step.script, name, reading.trail) ?? [unknown(full)])
    : actionOutputs(step, name, full, reading.trail);
  if (!plainOutputNames.test(name.toLowerCase())) return written;
  // `…_sha`, `…_count`: whatever wrote it, no shell obeys it.
  return written.map((source) => (source.kind === 'unknown' ? { ...plain(full), kind: 'fixed' } : source));
}

/** Where `needs.job.outputs.y`, or `jobs.job.outputs.y` of a called workflow, comes from. */
export function jobOutputSources(leaf: Access, reading: Reading): readonly Source[] {
  const { owner, trail } = reading;
  const workflow = owner.kind === 'workflow' ? owner : owner.kind === 'action' ? null : owner.workflow;
  const id = nameAt(leaf, 1);
  const name = nameAt(leaf, 3);
  const full = `${leaf.path[0]}.${id ?? '*'}.outputs.${name ?? '*'}`;
  const job = id === null ? null : jobOf(workflow?.jobs ?? [], id);
  if (!job || name === null) return [unknown(full)];
  const text = job.uses ? calledOutput(job, name) : outputOf(job.outputs, name);
  if (!text) return job.uses ? [unknown(full)] : [];
  return textSources(text, trail);
}

function jobOf(jobs: readonly Job[], id: string): Job | null {
  return jobs.find((job) => job.id.toLowerCase() === id.toLowerCase()) ?? null;
}

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
  return parent?.steps.find((step) => step.id?.value.toLowerCase() === id.toLowerCase()) ?? null;
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
  return isTainted(row, name, step) ? [outputText(row, full)] : [{ ...plain(full), kind: 'fixed' }];
}

function outputText(row: TaintedOutput, name: string): Source {
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
