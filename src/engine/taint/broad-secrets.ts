import { implicitReaders } from '../../knowledge/secret-readers.ts';
import type { Job } from '../model/job.ts';
import { publishes } from '../model/publishing.ts';
import type { Step } from '../model/step.ts';
import type { Variable } from '../model/variables.ts';
import type { Workflow } from '../model/workflow.ts';
import { executions } from './execution.ts';
import { secretsOfText } from './secret-values.ts';

/** A variable that gives a secret to more than those who read it. */
export interface BroadSecret {
  readonly variable: Variable;
  readonly names: readonly string[];
  /** Who gets it: jobs of a workflow, steps of a job. */
  readonly holders: number;
  /** Those of them that read it, as far as it can be seen. */
  readonly readers: readonly (Job | Step)[];
  /** All that could have a use for it read it. */
  readonly isNeededByAll: boolean;
}

/** The variables of a workflow with secrets for more than one job. */
export function broadSecretsOf(workflow: Workflow): readonly BroadSecret[] {
  const jobs = workflow.jobs.filter((job) => !job.isNever && !job.uses);
  if (jobs.length < 2) return [];
  return secretVariables(workflow.env.byName.values()).map(({ variable, names }) => {
    const readers = jobs.filter((job) => busy(job).some((step) => reads(step, variable.name)));
    // Where nobody is seen to read it, the only stranger of each job is who it is for.
    const few = readers.length === 0 ? 1 : 0;
    const idle = jobs.filter((job) => !readers.includes(job) && busy(job).filter(runsOthersCode).length > few);
    return { variable, names, holders: jobs.length, readers, isNeededByAll: idle.length === 0 };
  });
}

/** The variables of a job with secrets for more than one step. */
export function broadSecretsIn(job: Job): readonly BroadSecret[] {
  const steps = job.steps.filter((step) => !step.isNever);
  if (steps.length < 2) return [];
  return secretVariables(job.env.byName.values()).map(({ variable, names }) => {
    const readers = steps.filter((step) => reads(step, variable.name));
    // Commands of the machine take nothing that they aren't told to.
    const idle = busy(job).filter((step) => !readers.includes(step) && runsOthersCode(step));
    return { variable, names, holders: steps.length, readers, isNeededByAll: readers.length > 0 && idle.length === 0 };
  });
}

function secretVariables(variables: Iterable<Variable>) {
  return [...variables]
    .map((variable) => ({ variable, names: [...new Set(secretsOfText(variable.text))] }))
    .filter(({ names }) => names.length > 0);
}

/** Steps that are more than a checkout or a tool's installation by GitHub's own actions. */
function busy(job: Job): readonly Step[] {
  return job.steps.filter((step) => !step.isNever && !step.uses?.matches(QUIET));
}

const QUIET = ['actions/*'];

/** An action, or something that the repository or its dependencies bring. */
function runsOthersCode(step: Step): boolean {
  return step.uses !== null || executions(step, '').length > 0;
}

/** Whether a step names the variable, or runs a program that is known to read it. */
function reads(step: Step, name: string): boolean {
  if (step.expressions.some(({ code }) => new RegExp(`\\benv\\b[^&|]{0,4}\\b${escaped(name)}\\b`, 'i').test(code)))
    return true;
  const code = step.script?.value ?? step.with('script')?.value ?? '';
  if (new RegExp(`(?<![\\w])${escaped(name)}(?![\\w])`).test(code)) return true;
  const row = implicitReaders.find((one) => one.variable.test(name));
  if (!row) return false;
  if (row.publishes) return publishes(step) !== null;
  return row.programs.test(code) || (step.uses !== null && row.actions.test(step.uses.slug));
}

function escaped(name: string): string {
  return name.replace(/[^\w]/g, '\\$&');
}
