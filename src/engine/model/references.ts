import { contextProperties } from '../../knowledge/context-properties.ts';
import type { Access } from '../expression/parse.ts';
import type { Facts } from '../facts.ts';
import { nearest } from '../spelling.ts';
import { inputLack, secretLack } from './input-references.ts';
import type { Job } from './job.ts';
import { type Lack, lacking, nameIn, namesIn } from './lack.ts';
import { matrixLack } from './matrix-references.ts';
import { once } from './once.ts';
import { stepLack } from './step-references.ts';
import type { Text } from './text.ts';
import type { Workflow } from './workflow.ts';

/** What an access names that is not there; null where it is, or where nobody can say. */
export function lackOf(access: Access, { site: { owner } }: Text, facts: Facts): Lack | null {
  const [context, first, second] = access.path;
  if (typeof first !== 'string' || first === '*') return null;
  const job = owner.kind === 'job' ? owner : owner.kind === 'step' ? owner.job : null;
  switch (context) {
    case 'steps':
      return stepLack(access, owner, facts);
    case 'needs':
      return job && needLack(access, job);
    case 'matrix':
      // An action's matrix is its caller's.
      return job && matrixLack(access, job);
    case 'inputs':
      return inputLack(access, 1, owner);
    case 'secrets':
      return secretLack(access, owner);
    case 'github':
      return first === 'event' && second === 'inputs' ? inputLack(access, 3, owner) : propertyLack(access);
    default:
      return propertyLack(access);
  }
}

/** What `needs` does not list has no value, whether or not there is such a job. */
function needLack(access: Access, job: Job): Lack | null {
  const [, id, part, output] = access.path;
  const needs = needsOf(job);
  if (needs === null || typeof id !== 'string') return null;
  const needed = jobsOf(job.workflow).get(id);
  if (!needs.has(id)) {
    const name = nameIn(access, 1);
    const message = needed
      ? `job \`${job.id}\` does not have ${name} among its \`needs\``
      : `there is no job ${name} that job \`${job.id}\` needs`;
    return lacking(access, 1, message, needs.values());
  }
  if (!needed || typeof part !== 'string' || part === '*') return null;
  if (part !== 'outputs' && part !== 'result') {
    const message = `of a job that is needed there are \`outputs\` and \`result\`, no ${nameIn(access, 2)}`;
    return lacking(access, 2, message, ['outputs', 'result']);
  }
  if (part === 'result' || typeof output !== 'string' || output === '*') return null;
  const outputs = outputsOf(needed);
  if (outputs === null || outputs.has(output)) return null;
  const lack = lacking(access, 3, `job \`${needed.id}\` has no output ${nameIn(access, 3)}`, outputs.values());
  // Who took the outputs away took several.
  return { ...lack, subject: `needs.${id}.outputs` };
}

/** Names of the jobs that it needs by their lower case; null where one is not known. */
const needsOf = once(({ needs }: Job) => {
  if (needs.some((need) => !need.isLiteral)) return null;
  return new Map(needs.map(({ value }) => [value.toLowerCase(), value]));
});

const jobsOf = once(({ jobs }: Workflow) => new Map(jobs.map((job) => [job.id.toLowerCase(), job])));

/** Names of a job's outputs by their lower case; null where they are not known. */
const outputsOf = once((job: Job) => {
  if (!job.uses) return job.text('outputs') ? null : namesIn(job.find('outputs'));
  const callee = job.workflow.project.target(job.uses);
  return callee?.kind === 'workflow' ? namesIn(callee.find('on', 'workflow_call', 'outputs')) : null;
});

/** Of GitHub's own contexts only slips are told: it may have learnt more. */
function propertyLack(access: Access): Lack | null {
  const [context, name] = access.path;
  const known = contextProperties.get(context);
  if (!known || typeof name !== 'string' || known.includes(name) || !nearest(name, known)) return null;
  return lacking(access, 1, `\`${context}\` has no ${nameIn(access, 1)}`, known);
}
