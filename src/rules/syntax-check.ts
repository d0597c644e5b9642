import type { Job } from '../engine/model/job.ts';
import { mapOf, sequenceOf } from '../engine/model/nodes.ts';
import { dependabotFileSchema, isSchemaOld, workflowSchema } from '../engine/model/schema.ts';
import { type SchemaFault, schemaFaults } from '../engine/model/schema-check.ts';
import { schemaProblem } from '../engine/model/schema-problem.ts';
import type { Workflow } from '../engine/model/workflow.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const syntaxCheck = defineRule({
  id: 'syntax-check',
  severity: 'medium',
  section: 'Correctness',
  summary: 'GitHub refuses the file',
  why: 'GitHub runs nothing of a workflow that it cannot read, so what the workflow was to build, test or check is missing, and often nobody is told.',
  remedy: 'Write the key or value as the reference of the workflow syntax has it.',
  peers: ['actionlint: syntax-check', 'sisakulint: syntax'],
  visit: {
    *workflow(workflow, { facts }) {
      for (const fault of schemaFaults(workflowSchema, 'workflow-root-strict', workflow.node, { isLeft: isOthers })) {
        if (!isOfCall(workflow, fault)) yield schemaProblem(workflow.source, fault, isSchemaOld(facts.today));
      }
      const jobs = mapOf(workflow.find('jobs'));
      const key = workflow.key('jobs');
      if (jobs?.entries.length === 0 && key) yield { at: key, message: 'GitHub refuses the file: it has no job' };
      for (const job of workflow.jobs) yield* withoutSteps(job);
    },
    *dependabot({ source, node }, { facts }) {
      for (const fault of schemaFaults(dependabotFileSchema, 'root', node)) {
        // No schema is published: a key that is no slip of another may be new.
        const isSure = fault.kind !== 'unknown-key' || fault.near !== null;
        const audience = isSure ? 'regular' : 'auditor';
        const problem = schemaProblem(source, fault, isSchemaOld(facts.today));
        yield { ...problem, severity: 'low', confidence: isSure ? 'medium' : 'low', audience };
      }
    },
  },
});

/** What other rules look at: events and inputs, permissions, the ids of jobs. */
function isOthers(path: readonly string[]): boolean {
  return path[0] === 'on' || path[0] === 'permissions' || (path[0] === 'jobs' && path[2] === 'permissions');
}

/** Keys that a job with `uses` cannot have are the business of `workflow-call`, job ids that of `id`, expressions in `uses` that of both. */
function isOfCall(workflow: Workflow, { kind, path }: SchemaFault): boolean {
  if (kind === 'expression' && path.at(-1) === 'uses') return true;
  if (path[0] !== 'jobs') return false;
  if (kind === 'duplicate-key' && path.length === 2) return true;
  const isCall = workflow.job(path[1] ?? '')?.key('uses') !== null;
  if (kind === 'two-of') return isCall && path.length === 2;
  return isCall && path.length === 3 && workflowSchema.hasKey('job-factory', path[2] ?? '');
}

function* withoutSteps(job: Job): Iterable<Problem> {
  if (job.key('uses') || !job.key('runs-on')) return;
  const key = job.key('steps');
  const count = sequenceOf(job.find('steps'))?.items.length;
  if (key && count !== 0) return;
  yield { at: key ?? job.idAt, subject: 'steps', message: `GitHub refuses the file: job \`${job.id}\` has no steps` };
}
