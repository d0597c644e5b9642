import { defineRule } from '../engine/rule.ts';
import { refLook } from '../knowledge/action-refs.ts';

export const abbreviatedSha = defineRule({
  id: 'abbreviated-sha',
  severity: 'high',
  // GitHub can say whether a tag or branch has this name; without, the run fails.
  confidence: 'medium',
  section: 'Supply chain',
  summary: 'Action is pinned to an abbreviated commit',
  why: 'The runner refuses abbreviated commits. Such a reference works only while a tag or branch of that name exists, and those can be moved to other code.',
  remedy: 'Write all 40 digits of the commit, after checking that it is the one that was meant.',
  options: {
    /** `owner/*`, `owner/repo` or `owner/repo/path`: whose tags and branches are taken on trust. */
    trusted: [] as readonly string[],
  },
  visit: {
    *uses(uses, { options }) {
      const { ref } = uses;
      if (!ref || refLook(ref.value) !== 'abbreviated' || uses.matches(options.trusted)) return;
      yield {
        at: ref,
        message: `\`${uses.slug}@${ref.value}\` has ${ref.value.length} of a commit's 40 digits: either the run fails, or \`${uses.owner}/${uses.repo}\` has a tag or branch of that name, which can be moved`,
        subject: uses.slug.toLowerCase(),
        route: '',
      };
    },
  },
});
