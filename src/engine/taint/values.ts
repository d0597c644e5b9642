import type { Access } from '../expression/parse.ts';
import type { Job } from '../model/job.ts';
import { environmentSources, outerSources } from './environment.ts';
import { nameAt, plain, type Reading, type Source, textSources, unknown } from './sources.ts';

/** Where `env.X` comes from: the step's, `GITHUB_ENV`, the job's or the workflow's own text, else the run's. */
export function variableSources(leaf: Access, reading: Reading): readonly Source[] {
  const name = nameAt(leaf, 1);
  if (name === null) return [unknown('env'), ...allVariables(reading)];
  return valueOfVariable(name, reading) ?? [unknown(`env.${name}`)];
}

/** `toJSON(env)`. */
function allVariables({ owner, trail }: Reading): readonly Source[] {
  if (owner.kind === 'action') return [];
  const outer = owner.kind === 'step' ? [owner.env, owner.job?.env, owner.workflow?.env] : [owner.env];
  const variables = outer.flatMap((env) => [...(env?.byName.values() ?? [])]);
  return variables.flatMap(({ text }) => (text.isLiteral ? [] : textSources(text, trail)));
}

function valueOfVariable(name: string, { owner, isEnv, trail }: Reading): readonly Source[] | null {
  if (owner.kind === 'action') return null;
  if (owner.kind === 'step') return isEnv ? outerSources(owner, name, trail) : environmentSources(owner, name, trail);
  const own = isEnv ? null : owner.env.get(name);
  const variable = own ?? (owner.kind === 'job' ? owner.workflow.env.get(name) : null);
  if (!variable) return null;
  return variable.text.isLiteral ? [plain(`env.${name}`)] : textSources(variable.text, trail);
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
