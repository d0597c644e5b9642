import type { Facts } from '../engine/facts.ts';
import type { Uses } from '../engine/model/uses.ts';
import { defineRule } from '../engine/rule.ts';
import { ARCHIVED_ACTIONS, ARCHIVED_AS_OF } from '../knowledge/archived-actions.ts';

export const archivedUses = defineRule({
  id: 'archived-uses',
  severity: 'medium',
  section: 'Supply chain',
  summary: 'An action is archived',
  why: 'Nobody mends what is found in it, neither a vulnerability nor a runtime that the runner drops, and nobody watches over its account.',
  remedy: 'Replace it by what its owners name, or by the tools that the runner has.',
  options: {
    /** `owner/*`, `owner/repo` or `owner/repo/path`: archived, and used all the same. */
    allowed: [] as readonly string[],
  },
  peers: ['zizmor: archived-uses', 'sisakulint: archived-uses'],
  visit: {
    *uses(uses, { options, facts }) {
      if (!uses.isRemote || uses.matches(options.allowed)) return;
      const since = archivedBy(uses, facts);
      if (since === null) return;
      const instead = ARCHIVED_ACTIONS[slugOf(uses)] ?? ARCHIVED_ACTIONS[`${uses.owner.toLowerCase()}/*`];
      yield {
        at: uses,
        message: `\`${uses.owner}/${uses.repo}\` is archived${since}: nobody mends it any more${instead ? `; its place was taken by ${instead}` : ''}`,
        route: '',
        subject: slugOf(uses),
      };
    },
  },
});

/** What is to be said of when it was archived; null: it is not, as far as anybody knows. What GitHub says goes before the list. */
function archivedBy(uses: Uses, facts: Facts): string | null {
  const fact = facts.repositoryOf(uses);
  if (fact) return fact.state === 'archived' ? '' : null;
  const isListed = slugOf(uses) in ARCHIVED_ACTIONS || `${uses.owner.toLowerCase()}/*` in ARCHIVED_ACTIONS;
  return isListed ? ` (as of ${ARCHIVED_AS_OF})` : null;
}

function slugOf({ owner, repo }: Uses): string {
  return `${owner}/${repo}`.toLowerCase();
}
