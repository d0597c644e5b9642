import { inputFaults } from '../engine/model/input-faults.ts';
import { isSchemaOld, workflowSchema } from '../engine/model/schema.ts';
import { schemaFaults } from '../engine/model/schema-check.ts';
import { schemaProblem } from '../engine/model/schema-problem.ts';
import { defineRule } from '../engine/rule.ts';

export const dispatchInputs = defineRule({
  id: 'dispatch-inputs',
  severity: 'low',
  section: 'Correctness',
  summary: 'Input that is declared as GitHub does not take it',
  why: 'GitHub refuses the workflow, or offers a choice that the workflow was never meant for.',
  remedy:
    'Give each input one of the types that the event knows, a choice its `options`, and a default that is of the type.',
  peers: ['actionlint: events, expression'],
  visit: {
    *trigger(trigger, { facts }) {
      const { event, source } = trigger;
      if (event !== 'workflow_dispatch' && event !== 'workflow_call') return;
      const inputs = trigger.node?.entry('inputs');
      const type = event === 'workflow_dispatch' ? 'workflow-dispatch-inputs' : 'workflow-call-inputs';
      if (!inputs) return;
      for (const fault of schemaFaults(workflowSchema, type, inputs.value, {
        path: ['on', event, 'inputs'],
        key: inputs.key,
      })) {
        yield schemaProblem(source, fault, isSchemaOld(facts.today));
      }
      for (const { at, message, isLegal } of inputFaults(trigger)) {
        if (isLegal) yield { at, message: `GitHub takes it, but ${message}`, audience: 'pedantic' };
        else yield { at, message: `GitHub refuses the input: ${message}` };
      }
    },
  },
});
