import type { Expr } from '../engine/expression/parse.ts';
import type { Trigger } from '../engine/model/triggers.ts';
import { defineRule, type ProposedFix } from '../engine/rule.ts';
import { type StaleLabel, staleLabels } from '../engine/taint/stale-label.ts';
import { triggerPlaces } from '../engine/taint/trigger-places.ts';

export const improperAccessControl = defineRule({
  id: 'improper-access-control',
  severity: 'high',
  confidence: 'medium',
  section: 'Triggers and access control',
  summary: 'A label approves code that is pushed after it',
  why: 'The label stays on the pull request. Everything that its author pushes later starts the run again, and the test of the labels says yes without anyone having looked.',
  remedy:
    "Start the run by `types: [labeled]` only, test `github.event.label.name`, and check out the event's `head.sha`; or take the label off on every push.",
  peers: ['sisakulint: improper-access-control', 'CodeQL: improper-access-control'],
  visit: {
    *step(step) {
      for (const stale of staleLabels(step)) {
        const { code, test, condition } = stale;
        const { expression } = condition;
        if (!expression) continue;
        yield {
          at: expression.at(test),
          subject: expression.code.slice(test.start, test.end).replace(/\s+/g, ''),
          message: `A label that was put on for earlier code lets in what is pushed later: \`${code.checkout.source}\` is then checked out with the job's token and secrets`,
          severity: code.isRefused ? 'low' : 'high',
          related: [
            { at: code.checkout.at, message: 'the pull request is checked out here' },
            ...triggerPlaces(code.starts, step),
          ],
          fix: fixOf(stale),
        };
      }
    },
  },
});

/** The event of the label itself, its name, and its commit; only where nothing else starts the workflow. */
function fixOf({ code: { starts, checkout }, test, condition }: StaleLabel): ProposedFix | null {
  const [start, other] = starts;
  const label = nameOf(test.args[1]);
  const { expression } = condition;
  if (!start?.trigger || other || start.event !== 'pull_request_target' || !label || !expression) return null;
  const { trigger } = start;
  const offset = expression.from + (condition.text.value.slice(expression.from).indexOf(expression.code) || 0);
  const edits = [
    condition.text.replace(offset + test.start, offset + test.end, `github.event.label.name == ${label}`),
    typesEdit(trigger),
  ];
  const ref = checkout.step.with('ref');
  if (ref?.expression && /head(?:\.|_)ref$/.test(ref.expression.value)) {
    edits.push(ref.replace(ref.expression.from, ref.expression.to, '${{ github.event.pull_request.head.sha }}'));
  }
  return { title: 'Approve by the event of the label', safe: false, edits };
}

function nameOf(item: Expr | undefined): string | null {
  return item?.kind === 'literal' && typeof item.value === 'string' ? `'${item.value.replaceAll("'", "''")}'` : null;
}

function typesEdit({ node, source }: Trigger) {
  const types = node?.get('types');
  return types?.kind === 'sequence' && types.flow ? { ...source.at(types), text: '[labeled]' } : null;
}
