import { defineRule, type ProposedFix } from '../engine/rule.ts';
import { type ApprovedCheckout, approvedCheckouts } from '../engine/taint/approved-checkout.ts';
import type { Guard } from '../engine/taint/guards.ts';
import { triggerPlaces } from '../engine/taint/trigger-places.ts';

export const untrustedCheckoutToctou = defineRule({
  id: 'untrusted-checkout-toctou',
  severity: 'high',
  confidence: 'medium',
  section: 'Triggers and access control',
  summary: 'Approved code can be replaced before it is checked out',
  why: 'A person looks at a pull request and says yes, then the run fetches whatever the branch holds by that time. Whoever owns the branch pushes other code in between, and it runs with the token and the secrets.',
  remedy:
    "Check out the commit that was looked at: `github.event.pull_request.head.sha` for a label's event; for a comment, a commit that the comment names, or refuse a head that was pushed after it.",
  peers: [
    'sisakulint: untrusted-checkout-toctou/critical, untrusted-checkout-toctou/high',
    'gato-x: PWN_REQUEST (TOCTOU)',
    'CodeQL: untrusted-checkout-toctou/critical, untrusted-checkout-toctou/high',
  ],
  visit: {
    *step(step, { facts }) {
      for (const approved of approvedCheckouts(step, facts)) {
        const { code, guard, start } = approved;
        const { checkout, executions, isPrivileged, isRefused } = code;
        if (checkout.isOwnBranch && start.event === 'workflow_run') continue;
        const [run] = executions.filter(({ direct }) => direct);
        yield {
          at: checkout.at,
          subject: checkout.source,
          message: `\`${checkout.source}\` names whatever the pull request holds when the run gets there, not what ${APPROVALS[guard.how]}: its author can push other code in between`,
          severity: isRefused ? 'low' : run && isPrivileged && guard.how !== 'environment' ? 'critical' : 'high',
          related: [
            { at: guard.at, message: 'the approval' },
            ...triggerPlaces([start], step),
            ...(run ? [{ at: run.at, message: `\`${run.what}\` runs it` }] : []),
          ],
          fix: fixOf(approved),
        };
      }
    },
  },
});

const APPROVALS: Readonly<Record<Guard['how'], string>> = {
  'same-repository': 'was checked',
  dependabot: 'was checked',
  author: 'was checked',
  starter: 'the person who started it saw',
  permission: 'the person who started it saw',
  label: 'was labelled',
  labels: 'was labelled',
  environment: 'the reviewers of the environment saw',
};

const BRANCHES = ['github.event.pull_request.head.ref', 'github.head_ref'];

/** The label's own event names the commit. */
function fixOf({ code: { checkout }, start }: ApprovedCheckout): ProposedFix | null {
  const ref = checkout.step.with('ref');
  const expression = ref?.expression;
  if (!ref || !expression || !start.event.startsWith('pull_request_target')) return null;
  if (!BRANCHES.includes(expression.value)) return null;
  const edit = ref.replace(expression.from, expression.to, '${{ github.event.pull_request.head.sha }}');
  return { title: 'Check out the commit of the event', safe: false, edits: [edit] };
}
