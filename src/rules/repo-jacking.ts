import type { Facts, RepositoryFact } from '../engine/facts.ts';
import type { Uses } from '../engine/model/uses.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const repoJacking = defineRule({
  id: 'repo-jacking',
  severity: 'high',
  section: 'Supply chain',
  summary: 'An action is named by a name that another can take',
  why: 'When an account or repository is renamed or deleted, its old name is free. Whoever registers it decides what the workflow runs, with the token and the secrets of the job.',
  remedy: 'Write the present name; where there is none, replace the action.',
  peers: ['octoscan: repo-jacking'],
  needs: ['repositories'],
  visit: {
    *uses(uses, { facts }) {
      const fact = uses.isRemote ? facts.repositoryOf(uses) : null;
      const problem = fact?.state === 'missing' ? missing(uses, fact, facts) : fact ? moved(uses, fact) : null;
      if (problem) yield { ...problem, route: '', subject: `${uses.owner}/${uses.repo}`.toLowerCase() };
    },
  },
});

function missing(uses: Uses, { isOwnerFree }: RepositoryFact, facts: Facts): Problem {
  if (isOwnerFree) {
    return {
      at: uses,
      message: `There is no account \`${uses.owner}\`: whoever registers it decides what runs here with what this job holds`,
      severity: 'critical',
    };
  }
  const visibility = facts.setting('visibility');
  const mayBeOurs = visibility === 'private' || visibility === 'internal';
  return {
    at: uses,
    message: `There is no repository \`${uses.owner}/${uses.repo}\`, or it is private: if it is gone, its name can be taken again`,
    severity: 'medium',
    confidence: mayBeOurs ? 'low' : 'medium',
  };
}

function moved(uses: Uses, { movedTo, isOwnerFree }: RepositoryFact): Problem | null {
  const old = `${uses.owner}/${uses.repo}`;
  if (!movedTo || movedTo.toLowerCase() === old.toLowerCase()) return null;
  const isSameOwner = movedTo.split('/')[0]?.toLowerCase() === uses.owner.toLowerCase();
  const from = uses.value.indexOf(old);
  const who = isOwnerFree ? 'whoever registers the old account' : `whoever holds the account \`${uses.owner}\``;
  return {
    at: uses,
    message: `\`${old}\` has moved to \`${movedTo}\`: ${who} can put other code in its old place, which then runs here`,
    // In one account only its owner can take the old name.
    ...(isSameOwner ? { severity: 'low', audience: 'pedantic' } : {}),
    ...(isOwnerFree ? { severity: 'critical' } : isOwnerFree === false && !isSameOwner ? { severity: 'medium' } : {}),
    fix: {
      title: `Use \`${movedTo}\``,
      safe: true,
      edits: [from < 0 ? null : uses.text.replace(from, from + old.length, movedTo)],
    },
  };
}
