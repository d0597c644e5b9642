import type { Access } from '../expression/parse.ts';
import type { Job } from '../model/job.ts';
import type { Step } from '../model/step.ts';
import type { Variable } from '../model/variables.ts';
import { nameAt, plain, type Reading, type Source, textSources, unknown } from './sources.ts';

/** Where `env.X` comes from: the step's, the job's or the workflow's own text, else the run's. */
export function variableSources(leaf: Access, reading: Reading): readonly Source[] {
  const name = nameAt(leaf, 1);
  if (name === null) return [unknown('env')];
  const found = variableOf(name, reading);
  if (!found) return [unknown(`env.${name}`)];
  const { variable, isOwn } = found;
  if (!variable.text.isLiteral) return textSources(variable.text, reading.trail);
  const step = reading.owner.kind === 'step' ? reading.owner : null;
  // What an earlier step writes to GITHUB_ENV beats the job's and the workflow's value, never the step's own.
  const isOverwritten = !isOwn && (step?.earlier ?? []).some((earlier) => mayWrite(earlier, name));
  return [isOverwritten ? unknown(`env.${name}`) : plain(`env.${name}`)];
}

interface FoundVariable {
  readonly variable: Variable;
  readonly isOwn: boolean;
}

function variableOf(name: string, { owner, isEnv }: Reading): FoundVariable | null {
  if (owner.kind === 'action') return null;
  const own = isEnv ? null : owner.env.get(name);
  if (own) return { variable: own, isOwn: owner.kind === 'step' };
  if (owner.kind === 'workflow') return null;
  const outer = owner.kind === 'step' ? owner.job?.env.get(name) : null;
  const variable = outer ?? owner.workflow?.env.get(name);
  return variable ? { variable, isOwn: false } : null;
}

/** A step that names the variable in the same script as GITHUB_ENV. Other writers (actions) are rare, and not seen. */
function mayWrite(step: Step, name: string): boolean {
  const code = step.script?.value ?? step.with('script')?.value ?? '';
  return /GITHUB_ENV|exportVariable/.test(code) && code.includes(name);
}

/** Where `matrix.x.y` comes from: the values that are written, else whatever makes the matrix. */
export function matrixSources(leaf: Access, { owner, trail }: Reading): readonly Source[] {
  const job = owner.kind === 'job' ? owner : owner.kind === 'step' ? owner.job : null;
  if (!job?.matrix) return [];
  const path = leaf.path.slice(1).map((segment) => (typeof segment === 'string' ? segment : '*'));
  const { values, isComplete } = job.matrix.values(path);
  const written = values.flatMap(({ text }) => (text && !text.isLiteral ? textSources(text, trail) : []));
  return isComplete || (values.length > 0 && !isMade(job, path[0] ?? ''))
    ? written
    : [...written, ...madeSources(job, leaf, trail)];
}

/** The matrix as a whole, this key's values, or `include` come out of an expression. */
function isMade(job: Job, key: string): boolean {
  return [[], [key], ['include']].some((path) => job.text('strategy', 'matrix', ...path)?.isLiteral === false);
}

/** What the expressions that make the matrix are made of; where that can't be read, a value of the run's own. */
function madeSources(job: Job, leaf: Access, trail: readonly unknown[]): readonly Source[] {
  const texts = [...job.texts].filter(({ site }) => site.key === 'strategy' && site.name.startsWith('matrix'));
  const sources = texts.filter((text) => !text.isLiteral).flatMap((text) => textSources(text, trail));
  const name = leaf.path.map((segment) => (typeof segment === 'string' ? segment : '*')).join('.');
  return sources.map((source): Source => {
    if (source.kind !== 'unknown') return source;
    return { ...source, kind: 'computed', name, confidence: 'medium' };
  });
}
