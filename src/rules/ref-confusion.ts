import { pinEdits } from '../engine/model/pin.ts';
import { defineRule } from '../engine/rule.ts';

export const refConfusion = defineRule({
  id: 'ref-confusion',
  severity: 'high',
  section: 'Supply chain',
  summary: 'An action is named by something that is both a tag and a branch',
  why: 'Which of the two runs is for the resolver to choose. Whoever can make a branch in that repository can put code behind a name that looks like a release.',
  remedy: 'Pin to the commit of the tag.',
  peers: ['zizmor: ref-confusion', 'sisakulint: ref-confusion'],
  needs: ['refs'],
  visit: {
    *uses(uses, { facts }) {
      const { ref } = uses;
      if (!ref || uses.isPinned) return;
      const fact = facts.refOf(uses);
      if (!fact?.kinds.includes('tag') || !fact.kinds.includes('branch')) return;
      const edits = fact.sha ? pinEdits(uses, fact.sha, fact.tag ?? ref.value) : null;
      yield {
        at: ref,
        message: `\`${ref.value}\` is a tag and a branch of \`${uses.owner}/${uses.repo}\`: whoever can push the branch may decide which code runs with what this job holds`,
        route: '',
        subject: uses.slug.toLowerCase(),
        fix: edits && { title: `Pin to the commit of the tag \`${ref.value}\``, safe: false, edits },
      };
    },
  },
});
