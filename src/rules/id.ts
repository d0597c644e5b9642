import type { Action } from '../engine/model/action.ts';
import { idFault } from '../engine/model/ids.ts';
import type { Job } from '../engine/model/job.ts';
import { mapOf } from '../engine/model/nodes.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const id = defineRule({
  id: 'id',
  severity: 'low',
  section: 'Correctness',
  summary: 'Id that GitHub refuses, or that two bear',
  why: 'GitHub refuses a workflow with an id that is none or stands twice, and nothing of it runs.',
  remedy:
    'Begin ids with a letter or `_`, go on with letters, digits, `-` and `_`, and give each job, and each step of a job, its own.',
  peers: ['actionlint: id', 'sisakulint: id'],
  visit: {
    *workflow(workflow) {
      const seen = new Map<string, string>();
      for (const { key } of mapOf(workflow.find('jobs'))?.entries ?? []) {
        const at = workflow.source.at(key);
        const earlier = seen.get(key.text.toLowerCase());
        const fault = idFault(key.text);
        if (fault) yield { at, message: `GitHub refuses the file: \`${key.text}\` is no id for a job: ${fault}` };
        else if (earlier) {
          yield {
            at,
            message: `GitHub refuses the file: job \`${key.text}\` has the id of job \`${earlier}\`, as case does not count`,
          };
        }
        seen.set(key.text.toLowerCase(), key.text);
      }
      for (const job of workflow.jobs) yield* stepIds(job);
    },
    *action(action) {
      yield* stepIds(action);
    },
  },
});

function* stepIds(parent: Job | Action): Iterable<Problem> {
  const seen = new Set<string>();
  for (const step of parent.steps) {
    const text = step.id;
    if (!text?.isLiteral || text.value === '') continue;
    const fault = idFault(text.value);
    const lower = text.value.toLowerCase();
    if (fault) yield { at: text, message: `GitHub refuses the file: \`${text.value}\` is no id for a step: ${fault}` };
    else if (seen.has(lower)) {
      yield {
        at: text,
        subject: `again ${lower}`,
        message: `GitHub refuses the file: an earlier step has the id \`${text.value}\` already; case does not count`,
      };
    }
    seen.add(lower);
  }
}
