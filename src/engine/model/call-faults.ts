import { nearest } from '../spelling.ts';
import type { Job } from './job.ts';
import { mapOf, scalarOf } from './nodes.ts';
import { workflowSchema } from './schema.ts';
import type { Located } from './source.ts';
import type { InputDeclaration, Trigger } from './triggers.ts';
import { callUsesFault } from './uses-format.ts';
import { accesses } from './visit-expression.ts';
import type { Workflow } from './workflow.ts';

/** What is wrong with a call of a reusable workflow. `near`: what was probably meant, to be written in the place of `at`. */
export interface CallFault {
  readonly at: Located;
  readonly subject: string;
  readonly message: string;
  readonly near?: string | null;
}

/** Faults of a job with `uses`: the reference, keys that such a job cannot have, inputs and secrets against a callee of this repository. */
export function* callFaults(job: Job): Iterable<CallFault> {
  const { uses } = job;
  if (!uses) return;
  const format = callUsesFault(uses);
  if (format) yield { at: uses, subject: 'uses', message: `\`${uses.value}\` is no workflow: ${format}` };
  for (const { key } of job.node.entries) {
    if (!workflowSchema.hasKey('job-factory', key.text) || workflowSchema.hasKey('workflow-job', key.text)) continue;
    yield {
      at: job.source.at(key),
      subject: key.text,
      message: `a job that calls a workflow cannot have \`${key.text}\``,
    };
  }
  if (format || uses.kind !== 'local' || uses.path === null) return;
  const { project } = job.workflow;
  const callee = project.target(uses);
  if (callee?.kind === 'workflow') yield* againstCallee(job, callee);
  else if (project.data.paths && !project.data.paths.has(uses.path)) {
    yield { at: uses, subject: 'missing', message: `\`${uses.value}\` is not there` };
  }
}

function* againstCallee(job: Job, callee: Workflow): Iterable<CallFault> {
  const at = job.uses ?? job;
  const trigger = callee.triggers.get('workflow_call');
  if (!trigger) {
    yield { at, subject: 'not callable', message: `\`${callee.path}\` has no \`workflow_call\` among its triggers` };
    return;
  }
  yield* inputFaults(job, callee, trigger.inputs);
  if (job.inheritsSecrets || job.text('secrets')) return;
  const secrets = mapOf(trigger.node?.get('secrets'))?.entries ?? [];
  yield* given(job, 'secrets', 'secret', new Map(secrets.map(({ key }) => [key.text.toLowerCase(), key.text])));
  const required = secrets.filter(({ value }) => scalarOf(mapOf(value)?.get('required'))?.value === true);
  yield* missing(
    job,
    callee,
    'secrets',
    required.map(({ key }) => key.text),
  );
}

function* inputFaults(job: Job, callee: Workflow, inputs: Trigger['inputs']): Iterable<CallFault> {
  if (job.text('with')) return;
  yield* given(job, 'with', 'input', new Map([...inputs].map(([name, input]) => [name, input.name])));
  // Unlike an action's, a required input with a default must be given all the same.
  const required = [...inputs.values()].filter((input) => input.isRequired);
  yield* missing(
    job,
    callee,
    'with',
    required.map(({ name }) => name),
  );
  for (const { key } of mapOf(job.find('with'))?.entries ?? []) {
    const type = inputs.get(key.text.toLowerCase())?.type;
    const text = job.text('with', key.text);
    if (!text?.isLiteral || !type || isOfType(type, text.value)) continue;
    const message = `the input \`${key.text}\` is a ${type}, not \`${text.value}\``;
    yield { at: text, subject: `type ${key.text}`, message };
  }
}

function isOfType(type: InputDeclaration['type'], value: string): boolean {
  if (type === 'boolean') return /^(true|false)$/i.test(value);
  return type !== 'number' || (value.trim() !== '' && Number.isFinite(Number(value)));
}

/** What is required and not given, as one fault. */
function* missing(
  job: Job,
  callee: Workflow,
  key: 'with' | 'secrets',
  required: readonly string[],
): Iterable<CallFault> {
  const entries = mapOf(job.find(key))?.entries ?? [];
  const names = new Set(entries.map((entry) => entry.key.text.toLowerCase()));
  if (entries.some((entry) => entry.key.text.includes('${{'))) return;
  const lacking = required.filter((name) => !names.has(name.toLowerCase()));
  if (lacking.length === 0) return;
  const what = `${key === 'with' ? 'input' : 'secret'}${lacking.length > 1 ? 's' : ''}`;
  const list = lacking
    .slice(0, 8)
    .map((name) => `\`${name}\``)
    .join(', ');
  yield {
    at: job.uses ?? job,
    subject: `missing ${key}`,
    message: `\`${callee.path}\` asks for the ${what} ${list}, which ${lacking.length > 1 ? 'are' : 'is'} not given`,
  };
}

/** What is given and not declared. `declared`: names in lower case → as declared. */
function* given(
  job: Job,
  key: 'with' | 'secrets',
  what: string,
  declared: ReadonlyMap<string, string>,
): Iterable<CallFault> {
  let unknown = 0;
  for (const entry of mapOf(job.find(key))?.entries ?? []) {
    const name = entry.key.text;
    if (declared.has(name.toLowerCase()) || name.includes('${{')) continue;
    unknown += 1;
    const near = unknown > 20 ? null : nearest(name, declared.values());
    const meant = near ? `; \`${near}\` is probably meant` : '';
    yield {
      at: job.source.at(entry.key),
      subject: `${what} ${name}`,
      message: `the called workflow declares no ${what} \`${name}\`${meant}`,
      near,
    };
  }
}

/** Outputs of a reusable workflow whose value names a job or an output of a job that is not there. */
export function* outputFaults(workflow: Workflow): Iterable<CallFault> {
  const path = ['on', 'workflow_call', 'outputs'] as const;
  for (const { key } of mapOf(workflow.find(...path))?.entries ?? []) {
    const text = workflow.text(...path, key.text, 'value');
    for (const expression of text?.expressions ?? []) {
      for (const access of expression.tree ? accesses(expression.tree) : []) {
        const [context, id, part, name] = access.path;
        if (context !== 'jobs' || typeof id !== 'string' || id === '*') continue;
        const job = workflow.jobs.find((one) => one.id.toLowerCase() === id);
        const at = expression.at(access);
        if (!job)
          yield {
            at,
            subject: `job ${id}`,
            message: `the output \`${key.text}\` is taken from the job \`${access.written[1]}\`, which is not there`,
          };
        else if (part === 'outputs' && typeof name === 'string' && name !== '*' && !hasOutput(job, name)) {
          yield {
            at,
            subject: `output ${id} ${name}`,
            message: `the output \`${key.text}\` is taken from \`${access.written[3]}\`, which job \`${job.id}\` does not give`,
          };
        }
      }
    }
  }
}

/** Of a workflow elsewhere nothing is known, so it may have it. */
function hasOutput(job: Job, name: string): boolean {
  const has = (map: ReturnType<typeof mapOf>) =>
    map?.entries.some(({ key }) => key.text.toLowerCase() === name) ?? false;
  if (!job.uses) return job.text('outputs') !== null || has(mapOf(job.find('outputs')));
  const callee = job.workflow.project.target(job.uses);
  return callee?.kind !== 'workflow' || has(mapOf(callee.find('on', 'workflow_call', 'outputs')));
}
