import { type CallFault, callFaults, outputFaults } from '../engine/model/call-faults.ts';
import { mapOf } from '../engine/model/nodes.ts';
import { isSchemaOld, workflowSchema } from '../engine/model/schema.ts';
import { schemaFaults } from '../engine/model/schema-check.ts';
import { schemaProblem } from '../engine/model/schema-problem.ts';
import { replace } from '../engine/model/source.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

const DECLARED = [
  ['secrets', 'workflow-call-secrets'],
  ['outputs', 'workflow-call-outputs'],
] as const;

export const workflowCall = defineRule({
  id: 'workflow-call',
  severity: 'medium',
  section: 'Correctness',
  summary: 'Call of a reusable workflow that GitHub refuses',
  why: 'GitHub compares a call with what the called workflow declares before it starts anything. Where they differ, it refuses the calling workflow as a whole.',
  remedy:
    'Give the inputs and secrets that the called workflow declares, by their names and types, and leave all else to its own jobs.',
  peers: ['actionlint: workflow-call', 'sisakulint: workflow-call'],
  visit: {
    *workflow(workflow, { facts }) {
      for (const job of workflow.jobs) for (const fault of callFaults(job)) yield problemOf(fault);
      for (const [key, type] of DECLARED) {
        const entry = mapOf(workflow.find('on', 'workflow_call'))?.entry(key);
        if (!entry) continue;
        for (const fault of schemaFaults(workflowSchema, type, entry.value, {
          path: ['on', 'workflow_call', key],
          key: entry.key,
        })) {
          yield schemaProblem(workflow.source, fault, isSchemaOld(facts.today));
        }
      }
      for (const { key } of mapOf(workflow.find('on', 'workflow_call', 'secrets'))?.entries ?? []) {
        if (key.text.toUpperCase() !== 'GITHUB_TOKEN') continue;
        yield {
          at: workflow.source.at(key),
          message:
            'GitHub refuses the file: a secret of a called workflow cannot be called `GITHUB_TOKEN`, which every run has by itself',
        };
      }
      for (const { at, subject, message } of outputFaults(workflow)) {
        yield { at, subject, message: `The caller gets nothing: ${message}` };
      }
    },
  },
});

function problemOf({ at, subject, message, near }: CallFault): Problem {
  return {
    at,
    subject,
    message: `GitHub refuses the call: ${message}`,
    fix: near ? { title: `Write \`${near}\``, safe: false, edits: [replace(at, near)] } : null,
  };
}
