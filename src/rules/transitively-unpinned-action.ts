import { matchesSlug } from '../engine/model/slug.ts';
import { defineRule } from '../engine/rule.ts';
import { PLATFORM_OWNERS } from '../knowledge/action-refs.ts';

/** More names say nothing new. */
const MOST_NAMES = 5;

export const transitivelyUnpinnedAction = defineRule({
  id: 'transitively-unpinned-action',
  severity: 'medium',
  section: 'Supply chain',
  summary: 'A pinned action runs code that is not pinned',
  why: 'The pin holds the action’s own files, not the actions and images that these name by tags. Whoever can move one of those tags gets into the job in spite of the pin.',
  remedy: 'Ask the owner of the action to pin what it uses; until then replace it, or give its job no secrets.',
  peers: ['poutine: unpinnable_action'],
  needs: ['actions'],
  visit: {
    *uses(uses, { facts }) {
      if (uses.kind !== 'repository' || !uses.isPinned) return;
      const loose = (facts.actionOf(uses)?.uses ?? []).filter(isLoose);
      if (loose.length === 0) return;
      const names = loose.slice(0, MOST_NAMES).map((one) => `\`${one}\``);
      const more = loose.length > MOST_NAMES ? ` and ${loose.length - MOST_NAMES} more` : '';
      // GitHub's own tags are moved by GitHub, which runs the job anyway.
      const isOfPlatform = loose.every((one) => matchesSlug(one.split('@')[0]?.toLowerCase() ?? '', PLATFORM_OWNERS));
      yield {
        at: uses.ref ?? uses,
        message: `\`${uses.slug}\` is pinned and itself uses ${names.join(', ')}${more}: whoever can move those gets into this job`,
        route: '',
        subject: uses.slug.toLowerCase(),
        ...(isOfPlatform ? { severity: 'info', audience: 'pedantic' } : {}),
      };
    },
  },
});

/** Named by a tag or branch; an image, without a digest. What the action brings itself is not. */
function isLoose(value: string): boolean {
  if (value.startsWith('docker://')) return !/@sha256:[0-9a-f]{64}$/.test(value);
  return /^[\w.-]+\/[^@]+@/.test(value) && !/@[0-9a-f]{40}$/i.test(value);
}
