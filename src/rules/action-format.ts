import { stepUsesFault } from '../engine/model/uses-format.ts';
import { defineRule } from '../engine/rule.ts';

export const actionFormat = defineRule({
  id: 'action-format',
  severity: 'medium',
  section: 'Correctness',
  summary: '`uses` that names no action',
  why: 'GitHub looks for the action before it runs the first step; where it finds none, it refuses the workflow or fails the job at once.',
  remedy: 'Write `owner/repository@ref`, `owner/repository/folder@ref`, `./folder` or `docker://image`.',
  peers: ['actionlint: action', 'sisakulint: workflow-call'],
  visit: {
    *uses(uses, { project }) {
      if (uses.user.kind !== 'step') return;
      const fault = stepUsesFault(uses);
      // A folder may bear an `@`.
      if (!fault || (uses.kind === 'local' && project.target(uses))) return;
      yield { at: uses, subject: uses.value, message: `GitHub refuses \`${uses.value}\`: ${fault}` };
    },
  },
});
