import { defineRule } from '../engine/rule.ts';

export const staleActionRefs = defineRule({
  id: 'stale-action-refs',
  severity: 'info',
  audience: 'pedantic',
  section: 'Supply chain',
  summary: 'A pinned commit is no release',
  why: 'A commit between two releases was never announced or tested as one, and update tools, which follow tags, do not move it on.',
  remedy: 'Pin to the commit of a release.',
  options: {
    /** `owner/*`, `owner/repo` or `owner/repo/path`: actions that are released by a branch, without tags. */
    rolling: ['dtolnay/rust-toolchain', 'chainguard-dev/actions', 'homebrew/actions'] as readonly string[],
  },
  peers: ['zizmor: stale-action-refs'],
  needs: ['refs'],
  visit: {
    *uses(uses, { options, facts }) {
      const { ref } = uses;
      if (!ref || !uses.isPinned || uses.matches(options.rolling)) return;
      const fact = facts.refOf(uses);
      // One that no branch contains is a matter of its own.
      if (!fact?.sha || fact.tag || (fact.tags ?? []).length > 0 || fact.isReachable === false) return;
      yield {
        at: ref,
        message: `No tag of \`${uses.owner}/${uses.repo}\` is at this commit`,
        route: '',
        subject: uses.slug.toLowerCase(),
      };
    },
  },
});
