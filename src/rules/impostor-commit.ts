import type { Facts } from '../engine/facts.ts';
import { versionInComment } from '../engine/model/pin.ts';
import type { Uses } from '../engine/model/uses.ts';
import { defineRule } from '../engine/rule.ts';

export const impostorCommit = defineRule({
  id: 'impostor-commit',
  severity: 'critical',
  section: 'Supply chain',
  summary: 'A pinned commit is not of the repository that it is named with',
  why: 'GitHub serves every commit of a repository’s forks under the name of the repository. Whoever makes a fork can write any code into it and have it used under a trusted name.',
  remedy:
    'Do not run it. Find out who put the commit here and what it holds, then pin to the commit of a tag of the repository itself.',
  peers: ['zizmor: impostor-commit', 'sisakulint: impostor-commit'],
  needs: ['refs'],
  visit: {
    *uses(uses, { facts }) {
      const { ref } = uses;
      if (!ref || !uses.isPinned || facts.refOf(uses)?.isReachable !== false) return;
      yield {
        at: ref,
        message: `No branch and no tag of \`${uses.owner}/${uses.repo}\` contains this commit: it can be anybody's, from a fork, and runs with what this job holds${genuine(uses, facts)}`,
        route: '',
        subject: uses.slug.toLowerCase(),
      };
    },
  },
});

/** The commit that the comment speaks of. */
function genuine(uses: Uses, facts: Facts): string {
  const tag = versionInComment(uses)?.tag;
  const sha = tag && facts.ref(uses, tag)?.sha;
  return sha && sha !== uses.ref?.value.toLowerCase() ? `; its \`${tag}\` is \`${sha}\`` : '';
}
