import type { Access } from '../expression/parse.ts';
import type { Expression } from './expression.ts';
import type { Job } from './job.ts';
import type { Located } from './source.ts';
import { accesses } from './visit-expression.ts';
import type { Workflow } from './workflow.ts';

/** A place where a job gets hold of a secret. */
export interface SecretUse {
  /** Upper case; `*` for the whole context, a computed name, and `secrets: inherit`. */
  readonly name: string;
  readonly at: Located;
  /** Null for `secrets: inherit`. */
  readonly expression: Expression | null;
}

/** The secrets that an expression names. */
function secretsOf(expression: Expression): readonly SecretUse[] {
  // Most expressions name none; their trees needn't be built for that.
  if (!/secrets/i.test(expression.code) || !expression.tree) return [];
  return accesses(expression.tree)
    .filter((access) => access.path[0] === 'secrets')
    .map((access) => ({ name: nameOf(access), at: expression.at(access), expression }));
}

/** All places where a job gets hold of secrets: its own, its steps', its workflow's `env:`. `GITHUB_TOKEN` included. */
export function secretUses(job: Job): readonly SecretUse[] {
  const env = job.workflow.expressions.filter((expression) => expression.site.key === 'env');
  const expressions = [
    ...env,
    ...job.expressions,
    ...job.steps.flatMap((step) => (step.isNever ? [] : step.expressions)),
  ];
  const inherit = job.inheritsSecrets;
  return [...expressions.flatMap(secretsOf), ...(inherit ? [{ name: '*', at: inherit, expression: null }] : [])];
}

/** Names of the secrets that a job can get, sorted; `*` for all. A called workflow's job gets only what its callers pass. */
export function secretNames(job: Job): readonly string[] {
  const names = new Set(job.secretUses.map((use) => use.name).filter((name) => name !== 'GITHUB_TOKEN'));
  const passed = passedSecrets(job);
  if (passed === null) return [...names].sort();
  if (names.has('*')) return [...passed].sort();
  return [...names].filter((name) => passed.has('*') || passed.has(name)).sort();
}

/** Thousands of jobs may call one workflow, which may have hundreds of jobs. */
const passed = new WeakMap<Workflow, ReadonlySet<string>>();

/** What the callers pass to a job's workflow; null when it is started otherwise too, or its callers aren't known. */
function passedSecrets(job: Job): ReadonlySet<string> | null {
  const { workflow } = job;
  const callers = workflow.callers;
  if (callers.length === 0 || workflow.triggers.all.some((trigger) => trigger.event !== 'workflow_call')) return null;
  const known = passed.get(workflow) ?? new Set(callers.flatMap((call) => call.passedSecrets));
  passed.set(workflow, known);
  return known;
}

function nameOf(access: Access): string {
  const name = access.path[1];
  return typeof name === 'string' && name !== '*' ? name.toUpperCase() : '*';
}
