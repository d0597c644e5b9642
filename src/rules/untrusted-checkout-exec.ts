import type { Confidence, Severity } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';
import { isOpenTo } from '../engine/taint/approval.ts';
import { executionSeverity, type ForeignCode, foreignCode } from '../engine/taint/foreign-code.ts';
import { reviewedEnvironment } from '../engine/taint/guards.ts';
import { staleLabels } from '../engine/taint/stale-label.ts';
import { allowancePlaces, triggerPlaces } from '../engine/taint/trigger-places.ts';

export const untrustedCheckoutExec = defineRule({
  id: 'untrusted-checkout-exec',
  severity: 'critical',
  confidence: 'medium',
  section: 'Triggers and access control',
  summary: 'Code of a pull request is run in a privileged run',
  why: 'Whoever opens the pull request decides what this command does, and the run holds the token and the secrets of the repository. Build tools, test runners and local actions all run what is in the files.',
  remedy:
    'Build and test in a workflow on `pull_request`, without secrets, and let the privileged workflow read its result as data.',
  peers: [
    'poutine: untrusted_checkout_exec',
    'octoscan: local-action',
    'sisakulint: untrusted-checkout',
    'gato-x: PWN_REQUEST',
    'CodeQL: untrusted-checkout/critical',
  ],
  visit: {
    *step(step, { facts }) {
      const stale = staleLabels(step).map(({ code }) => code);
      for (const code of foreignCode(step)) {
        const [first, ...rest] = [...code.executions].sort((a, b) => Number(b.direct) - Number(a.direct));
        if (!first) continue;
        yield {
          at: first.at,
          subject: `${code.checkout.source} ${first.what}`,
          message: `\`${first.what}\` runs what a pull request can change (${first.edits}), since \`${code.checkout.source}\` put its files there${code.isRefused ? '; this version of the action refuses forks, so the job fails for them' : ''}`,
          severity: stale.includes(code) ? atMostHigh(executionSeverity(code)) : executionSeverity(code),
          confidence:
            step.job && reviewedEnvironment(step.job, facts) ? 'low' : confidenceOf(code, stale.includes(code)),
          related: [
            { at: code.checkout.at, message: 'the pull request is checked out here' },
            ...allowancePlaces(code.checkout.step),
            ...triggerPlaces(code.starts, step),
            ...rest.slice(0, 8).map(({ at, what }) => ({ at, message: `\`${what}\` runs it too` })),
          ],
        };
      }
    },
  },
});

/** Events that anyone starts directly, whatever other workflows do. */
const DIRECT = ['pull_request_target', 'issue_comment', 'issues', 'discussion', 'discussion_comment'];

/** Somebody has to put the label on once. */
function atMostHigh(severity: Severity): Severity {
  return severity === 'critical' ? 'high' : severity;
}

/** Nothing but the text decides: the ref is a pull request's, anyone starts the job, and nothing stands before it. */
function confidenceOf(
  { checkout, starts, confidence, executions, isRefused }: ForeignCode,
  isStale: boolean,
): Confidence {
  // A label that stays on holds nothing that is pushed after it.
  if (isStale && checkout.confidence !== 'low') return 'medium';
  if (confidence !== 'medium' || isRefused || checkout.confidence !== 'high' || checkout.isOwnBranch) return confidence;
  const { step } = checkout;
  const { job, condition } = step;
  const isOpen = job?.needs.length === 0 && !job.environment && isOpenTo(condition) && isOpenTo(job.condition);
  const isSure =
    isOpen && executions.some(({ direct }) => direct) && starts.some(({ event }) => DIRECT.includes(event));
  return isSure ? 'high' : confidence;
}
