import { hasCodeScanning } from '../engine/model/scanning.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const missingCodeScanning = defineRule({
  id: 'missing-code-scanning',
  severity: 'info',
  section: 'Dependencies and coverage',
  summary: 'Nothing scans the code',
  why: 'Injection, path traversal and their like are found by a scanner before anybody uses them; GitHub’s own needs one switch, and knows workflows as well.',
  remedy:
    'Switch the default setup of code scanning on (Settings, Code security), with the language `actions`, or run a scanner of your own.',
  needs: ['settings.codeScanning'],
  peers: ['scorecard: SAST', 'secure-repo: addworkflow (codeql, scorecards)'],
  visit: {
    *project(project, { facts }) {
      const [workflow] = project.workflows;
      const at = workflow?.triggers.key ?? workflow;
      if (!at || hasCodeScanning(project)) return;
      const languages = facts.setting('codeScanning');
      // Null is also what is not known.
      if (facts.data.settings?.codeScanning === undefined) return;
      const problem: Problem = {
        at,
        subject: 'code scanning',
        message: 'The default setup is off, and no workflow scans the code',
      };
      if (languages === null || languages.length === 0) yield problem;
      else if (!languages.includes('actions')) {
        const message = 'The default setup leaves the workflows out: `actions` is not among its languages';
        yield { ...problem, message, subject: 'actions', audience: 'pedantic' };
      }
    },
  },
});
