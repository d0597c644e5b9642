import type { Severity } from '../engine/finding.ts';
import { type Lookalike, lookalikeOf } from '../engine/lookalike.ts';
import type { Uses } from '../engine/model/uses.ts';
import { defineRule, type ProposedFix } from '../engine/rule.ts';

export const typosquatUses = defineRule({
  id: 'typosquat-uses',
  severity: 'high',
  confidence: 'medium',
  section: 'Supply chain',
  summary: 'An action is named almost like a popular one',
  why: 'Names one letter away from popular ones are taken by people who wait for a slip of the keyboard; their code then runs with the token and the secrets of the job.',
  remedy: 'Write the name of the action that is meant, and pin it; or allow this one by the option `allowed`.',
  options: {
    /** `owner/*`, `owner/repo` or `owner/repo/path`: they are meant. */
    allowed: [] as readonly string[],
  },
  peers: ['zizmor: typosquat-uses'],
  visit: {
    *uses(uses, { options, facts }) {
      const found = uses.isRemote && !uses.matches(options.allowed) ? lookalikeOf(uses.owner, uses.repo) : null;
      if (!found) return;
      const isThere = facts.repositoryOf(uses)?.state !== 'missing';
      const isKnown = facts.repositoryOf(uses) !== null && isThere;
      yield {
        at: uses,
        message: messageOf(uses, found, isThere),
        route: '',
        subject: `${uses.owner}/${uses.repo}`.toLowerCase(),
        severity: severityOf(found),
        // Nobody is fooled by an account of another action; only the name hints at it.
        confidence: found.in === 'account' ? 'low' : isKnown && found.in === 'owner' ? 'high' : 'medium',
        fix: fixOf(uses, found),
      };
    },
  },
});

/** The owner of the popular one is the only one who can take the other name in the same account. */
function severityOf(found: Lookalike): Severity {
  return found.in === 'repository' ? 'medium' : 'high';
}

function messageOf(uses: Uses, found: Lookalike, isThere: boolean): string {
  const name = `\`${uses.owner}/${uses.repo}\``;
  if (found.in === 'repository')
    return `${name} is one letter away from \`${found.popular}\`: the step fails, or runs something else than was meant`;
  const whose = isThere ? 'is somebody else’s' : 'is free for anybody to take';
  const what = found.in === 'owner' ? `\`${found.popular}\`` : `the owner of \`${found.popular}\``;
  return `${name} is one letter away from ${what} and ${whose}: their code would run with what this job holds`;
}

function fixOf(uses: Uses, { popular, in: place }: Lookalike): ProposedFix | null {
  const from = uses.value.indexOf(`${uses.owner}/${uses.repo}`);
  // A commit of the one is none of the other.
  if (place === 'account' || uses.isPinned || from < 0) return null;
  const edits = [uses.text.replace(from, from + uses.owner.length + 1 + uses.repo.length, popular)];
  return { title: `Use \`${popular}\``, safe: false, edits };
}
