import { brandingFaults, manifestFaults, runnerFaults } from '../engine/model/manifest.ts';
import { isSchemaOld } from '../engine/model/schema.ts';
import { schemaProblem } from '../engine/model/schema-problem.ts';
import { defineRule } from '../engine/rule.ts';

export const actionMetadata = defineRule({
  id: 'action-metadata',
  severity: 'low',
  section: 'Correctness',
  summary: 'Manifest of an action that the runner or the Marketplace refuses',
  why: 'Every job that uses the action fails before its first step.',
  remedy:
    'Write `runs` as the reference of action metadata has it for the kind of action: `main` for JavaScript, `image` for Docker, `steps` for composite.',
  peers: ['actionlint: action metadata'],
  visit: {
    *action(action, { facts }) {
      const isOld = isSchemaOld(facts.today);
      for (const { at, subject, message } of manifestFaults(action)) {
        const isEmpty = subject.startsWith('output ');
        const severity = isOld && subject === 'using' ? 'info' : 'low';
        yield {
          at,
          subject,
          severity,
          message: isEmpty ? `Of no use: ${message}` : `The runner refuses the action: ${message}`,
        };
      }
      for (const fault of runnerFaults(action)) {
        const problem = schemaProblem(action.source, fault, isOld);
        yield {
          ...problem,
          message: problem.message.replace('GitHub refuses the file', 'The runner refuses the action'),
        };
      }
      for (const fault of brandingFaults(action)) {
        // A pocket is near a rocket only in letters.
        const problem = schemaProblem(action.source, { ...fault, near: null }, isOld);
        yield {
          ...problem,
          message: problem.message.replace('GitHub refuses the file', 'The Marketplace refuses the action'),
        };
      }
    },
  },
});
