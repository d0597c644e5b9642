import { missingParents } from '../engine/model/parents.ts';
import { isSchemaOld, workflowEvents, workflowSchema } from '../engine/model/schema.ts';
import { schemaFaults } from '../engine/model/schema-check.ts';
import { schemaProblem } from '../engine/model/schema-problem.ts';
import type { Trigger } from '../engine/model/triggers.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const events = defineRule({
  id: 'events',
  severity: 'medium',
  section: 'Correctness',
  summary: 'Trigger that GitHub refuses or that never fires',
  why: 'With an event, an activity type or a filter that does not exist, GitHub refuses the whole workflow, or the workflow never runs: the check that it makes is missing.',
  remedy: 'Write the event, its `types` and its filters as the reference of events has them.',
  peers: ['actionlint: events'],
  visit: {
    *workflow(workflow, { facts }) {
      const on = workflow.node.get('on');
      if (!on) return;
      for (const fault of schemaFaults(workflowSchema, 'on-strict', on, {
        path: ['on'],
        key: workflow.triggers.key,
        isLeft: isOthers,
      })) {
        const problem = schemaProblem(workflow.source, fault, isSchemaOld(facts.today));
        const isEvent =
          fault.kind.startsWith('unknown-') && fault.path.length - Number(fault.kind === 'unknown-key') < 2;
        const meant = fault.near ? `; \`${fault.near}\` is probably meant` : '';
        yield isEvent || (fault.kind === 'unknown-value' && /^\d+$/.test(fault.path[1] ?? ''))
          ? { ...problem, message: `GitHub refuses the file: no event is called \`${fault.word}\`${meant}` }
          : problem;
      }
    },
    *trigger(trigger) {
      yield* bothFilters(trigger);
      if (trigger.event === 'workflow_run') yield* parents(trigger);
    },
  },
});

/** Inputs, outputs and secrets have rules of their own. */
function isOthers([, event, key]: readonly string[]): boolean {
  return (
    (event === 'workflow_dispatch' || event === 'workflow_call') &&
    key !== undefined &&
    ['inputs', 'outputs', 'secrets'].includes(key)
  );
}

function* bothFilters({ source, event, node }: Trigger): Iterable<Problem> {
  if (!workflowEvents.has(event)) return;
  for (const name of ['branches', 'tags', 'paths']) {
    const ignore = node?.entry(`${name}-ignore`);
    if (!ignore || !node?.get(name)) continue;
    yield {
      at: source.at(ignore.key),
      message: `GitHub refuses the file: \`${event}\` has both \`${name}\` and \`${name}-ignore\`, of which an event takes one; \`!\` before a pattern of \`${name}\` excludes`,
    };
  }
}

/** `workflows:` of `workflow_run` against the workflows that there are. */
function* parents(trigger: Trigger): Iterable<Problem> {
  if (!trigger.filter('workflows')?.length) {
    const message = '`workflow_run` names no workflow that it waits for, so it never fires';
    yield { at: trigger, subject: 'no workflows', confidence: 'medium', message };
  }
  for (const { name, near, isSure } of missingParents(trigger)) {
    const meant = near ? `; \`${near}\` is probably meant` : '';
    yield {
      at: name,
      severity: 'low',
      confidence: isSure ? 'medium' : 'low',
      audience: isSure ? 'regular' : 'auditor',
      message: `No workflow of this repository is called \`${name.value}\`${meant}, so its runs start nothing`,
    };
  }
}
