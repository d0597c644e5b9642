import type { Severity } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';
import { type ForeignCode, foreignCode } from '../engine/taint/foreign-code.ts';
import { reviewedEnvironment } from '../engine/taint/guards.ts';
import { allowancePlaces, triggerPlaces } from '../engine/taint/trigger-places.ts';

export const untrustedCheckout = defineRule({
  id: 'untrusted-checkout',
  severity: 'high',
  confidence: 'medium',
  section: 'Triggers and access control',
  summary: 'Code of a pull request is checked out in a privileged run',
  why: 'The run holds the token and the secrets of the repository, and the files are those of whoever opened the pull request. One step that runs, sources or trusts one of them hands both over.',
  remedy:
    'Do the work on the code in a workflow on `pull_request`, and hand only its result to the privileged one; or check out the base.',
  peers: [
    'octoscan: dangerous-checkout',
    'scorecard: Dangerous-Workflow (untrusted checkout)',
    'semgrep: pull-request-target-code-checkout, workflow-run-target-code-checkout',
    'sisakulint: untrusted-checkout',
    'gato-x: PWN_REQUEST',
    'CodeQL: untrusted-checkout',
  ],
  visit: {
    *step(step, { facts }) {
      for (const code of foreignCode(step)) {
        // What runs those files is reported instead, by its own rule; what an action checks out, in the action.
        if (code.executions.length > 0 || code.checkout.step.uses?.kind === 'local') continue;
        yield {
          at: code.checkout.at,
          subject: code.checkout.source,
          message: messageOf(code),
          severity: severityOf(code),
          // Reviewers look at it first: whether it can change meanwhile is untrusted-checkout-toctou.
          confidence: step.job && reviewedEnvironment(step.job, facts) ? 'low' : code.confidence,
          related: [...allowancePlaces(code.checkout.step), ...triggerPlaces(code.starts, step)],
        };
      }
    },
  },
});

function severityOf({ checkout, isNarrow, isPrivileged, isRefused }: ForeignCode): Severity {
  if (checkout.isOwnBranch || isRefused) return 'low';
  // Nothing was seen that uses the files; in a folder of their own they are out of the way of what runs.
  return isPrivileged && !isNarrow && checkout.folder === '' ? 'high' : 'medium';
}

function messageOf({ checkout, starts, isPrivileged, isRefused }: ForeignCode): string {
  const events = [...new Set(starts.map(({ event }) => `\`${event}\``))].join(', ');
  const held = isPrivileged ? "a run that holds the repository's token or secrets" : 'a run of this repository';
  const refused = isRefused ? '; this version of the action refuses forks, so the step fails for them' : '';
  return `\`${checkout.source}\` puts code that anyone can write into ${held} (${events})${refused}`;
}
