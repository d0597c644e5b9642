import type { Action } from '../model/action.ts';
import type { Job } from '../model/job.ts';
import type { Script } from '../model/script.ts';
import type { Step } from '../model/step.ts';
import { commandSources } from './command-texts.ts';
import { type EnvironmentWrite, environmentWrites } from './environment-writes.ts';
import { javascriptSources } from './javascript-values.ts';
import type { Part } from './printed-lines.ts';
import { commandsOf } from './script-commands.ts';
import { rangeSources } from './shell-values.ts';
import { distinct, MAX_TRAIL, plain, type Source, textSources, unknown } from './sources.ts';

/**
 * What a variable of the environment holds in a step: its own `env:`, else what the last earlier step wrote to
 * `GITHUB_ENV`, else the job's and the workflow's `env:` (corrections 25). Null where nothing sets it.
 */
export function environmentSources(step: Step, name: string, trail: readonly unknown[]): readonly Source[] | null {
  const own = step.env.get(name);
  if (own) return own.text.isLiteral ? [plain(`env.${name}`)] : textSources(own.text, trail);
  return outerSources(step, name, trail);
}

/** The same without the step's own `env:`, for texts in that `env:`. */
export function outerSources(step: Step, name: string, trail: readonly unknown[]): readonly Source[] | null {
  if (trail.length > MAX_TRAIL) return [unknown(`env.${name}`)];
  const written: Source[] = [];
  let isCertain = false;
  for (const write of writesBefore(step, name)) {
    written.push(...writtenSources(write, trail));
    isCertain = write.name !== null && !write.step.condition;
    if (isCertain) break;
  }
  if (isCertain) return distinct(written.length > 0 ? written : [plain(`env.${name}`)]);
  const outer = step.action ? callerSources(step.action, name, trail) : declaredSources(step, name, trail);
  return outer || written.length > 0 ? distinct([...written, ...(outer ?? [])]) : null;
}

function declaredSources(step: Step, name: string, trail: readonly unknown[]): readonly Source[] | null {
  const variable = step.job?.env.get(name) ?? step.workflow?.env.get(name);
  if (!variable) return null;
  return variable.text.isLiteral ? [plain(`env.${name}`)] : textSources(variable.text, trail);
}

/** An action's steps see the variables of the step that uses it. */
function callerSources(action: Action, name: string, trail: readonly unknown[]): readonly Source[] | null {
  if (trail.includes(action)) return null;
  const found = action.callers
    .slice(0, MAX_CALLERS)
    .map((caller) => environmentSources(caller, name, [...trail, action]));
  return found.some((sources) => sources !== null) ? distinct(found.flatMap((sources) => sources ?? [])) : null;
}

/** An action that every job uses is asked for once by each of its steps. */
const MAX_CALLERS = 32;

/** What one write puts into its variable or output. */
export function writtenSources(write: EnvironmentWrite, trail: readonly unknown[]): readonly Source[] {
  const before = sources.get(write);
  if (before) return before;
  sources.set(write, []);
  const { step, values } = write;
  const script = step.script && step.script.shell !== 'python' ? step.script : null;
  const found = distinct(
    values.flatMap((part) => {
      if (!script) return javascriptSources(write.text, part, trail);
      return part.isCommand ? outputSources(script, part, trail) : rangeSources(script, part, trail);
    }),
  );
  sources.set(write, found);
  return found;
}

/** What the last command in a span prints. */
function outputSources(script: Script, { start, end }: Part, trail: readonly unknown[]): readonly Source[] {
  const inside = commandsOf(script).filter((one) => start <= one.start && one.start < end);
  const [first] = inside;
  const last = inside.filter(({ pipeline }) => pipeline.id === first?.pipeline.id).at(-1);
  return last ? commandSources(script, last, trail) : [];
}

const sources = new WeakMap<EnvironmentWrite, readonly Source[]>();

/** Writes to a variable before a step, the last one first; those that may be of any name are among them. */
function* writesBefore(step: Step, name: string): Iterable<EnvironmentWrite> {
  const { byName, any } = writesOf(step.parent);
  const [named, unnamed] = [byName.get(name) ?? [], any];
  let [i, j, count] = [lastBefore(named, step.index), lastBefore(unnamed, step.index), 0];
  for (; (i >= 0 || j >= 0) && count < MAX_WRITES; ) {
    const [a, b] = [named[i], unnamed[j]];
    const isNamed = a !== undefined && (b === undefined || a.index >= b.index);
    const next = isNamed ? a : b;
    if (isNamed) i -= 1;
    else j -= 1;
    if (!next) continue;
    count += 1;
    yield next.write;
  }
}

/** The place of the last one of an ascending list that stands before a step; -1 for none. */
function lastBefore(all: readonly Indexed[], index: number): number {
  let [from, to] = [0, all.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((all[middle]?.index ?? 0) < index) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}

/** A job of thousands of steps may write the same variable in each. */
const MAX_WRITES = 32;

interface Indexed {
  readonly index: number;
  readonly write: EnvironmentWrite;
}

interface Writes {
  readonly byName: ReadonlyMap<string, readonly Indexed[]>;
  /** The name is computed, or whole lines come from elsewhere. */
  readonly any: readonly Indexed[];
}

const writes = new WeakMap<Job | Action, Writes>();

/** All writes to `GITHUB_ENV` of a job's or action's steps, those of the actions of this repository that they use too. */
function writesOf(parent: Job | Action): Writes {
  const known = writes.get(parent);
  if (known) return known;
  // An action that uses itself.
  writes.set(parent, { byName: new Map(), any: [] });
  const all = parent.steps.flatMap((step) => writesIn(step).map((write) => ({ index: step.index, write })));
  const byName = new Map<string, Indexed[]>();
  for (const one of all) {
    const name = one.write.name;
    const same = name === null ? undefined : byName.get(name);
    if (same) same.push(one);
    else if (name !== null) byName.set(name, [one]);
  }
  const found = { byName, any: all.filter(({ write }) => write.name === null) };
  writes.set(parent, found);
  return found;
}

function writesIn(step: Step): readonly EnvironmentWrite[] {
  if (step.isNever) return [];
  const project = step.workflow?.project ?? step.action?.project;
  const target = step.uses?.kind === 'local' ? project?.target(step.uses) : null;
  if (target?.kind === 'action') {
    const { byName, any } = writesOf(target);
    return [...[...byName.values()].flat(), ...any].sort((a, b) => a.index - b.index).map(({ write }) => write);
  }
  return environmentWrites(step).filter((write) => write.target === 'env');
}
