import { defineRule } from '../engine/rule.ts';
import { VERIFIED_CREATORS } from '../knowledge/verified-creators.ts';

const VERIFIED: ReadonlySet<string> = new Set(VERIFIED_CREATORS);

export const unverifiedCreator = defineRule({
  id: 'unverified-creator',
  severity: 'info',
  confidence: 'medium',
  audience: 'pedantic',
  section: 'Supply chain',
  summary: 'GitHub has not verified the owner of an action',
  why: 'Anybody can publish an action under any name. The badge says that GitHub has checked which organisation is behind the account.',
  remedy: 'Look at who is behind it and at its code; then name it in the option `trusted`.',
  options: {
    /** `owner/*`, `owner/repo` or `owner/repo/path`: whose actions the organisation trusts. */
    trusted: [] as readonly string[],
  },
  peers: ['poutine: github_action_from_unverified_creator_used'],
  visit: {
    *uses(uses, { options, facts }) {
      if (!uses.isRemote || uses.matches(options.trusted)) return;
      const owner = uses.owner.toLowerCase();
      if (facts.repositoryOf(uses)?.isVerified ?? VERIFIED.has(owner)) return;
      yield {
        at: uses,
        message: `\`${uses.owner}\` is not among the creators that GitHub has verified, as far as is known`,
        // One finding for a file: it is one habit.
        route: '',
        subject: 'creators',
        member: owner,
      };
    },
  },
});
