import { handedSecrets, inWords } from '../engine/model/handed-secrets.ts';
import { pinFix } from '../engine/model/pin-fix.ts';
import { defineRule } from '../engine/rule.ts';
import { isImmutable, PLATFORM_OWNERS, refLook, VERSION_TAG_ONLY } from '../knowledge/action-refs.ts';

export const secretToMutableAction = defineRule({
  id: 'secret-to-mutable-action',
  severity: 'high',
  section: 'Secrets',
  summary: 'A secret is handed to code that somebody else can change',
  why: 'Whoever moves the tag or branch of the action, or takes over an account that may, gets the secret with the next run, and no log shows it.',
  remedy: 'Pin the action to the commit that was looked at, or do the step without it.',
  options: {
    /** `owner/*`, `owner/repo` or `owner/repo/path`: who may hold secrets by a tag or branch. */
    trusted: [] as readonly string[],
  },
  peers: [],
  visit: {
    *uses(uses, { options, facts, project }) {
      const { ref } = uses;
      if (!ref || uses.matches(options.trusted) || uses.matches(VERSION_TAG_ONLY)) return;
      const look = refLook(ref.value);
      if (look !== 'version' && look !== 'branch') return;
      // Only GitHub can move their tags; that they are tags is said elsewhere.
      if (look === 'version' && uses.matches(PLATFORM_OWNERS)) return;
      // Nor is the repository's own owner a stranger.
      if (look === 'version' && uses.owner.toLowerCase() === project.data.owner?.toLowerCase()) return;
      if (facts.refOf(uses)?.isImmutable || isImmutable(uses.slug, ref.value)) return;
      const handed = handedSecrets(uses);
      const [first] = handed;
      if (!first) return;
      yield {
        at: ref,
        message: `\`${uses.slug}@${ref.value}\` is given ${inWords(handed)}, and whoever can push to \`${uses.owner}/${uses.repo}\` can put other code behind it`,
        // One habit of a file.
        subject: 'secrets',
        route: '',
        member: `${uses.slug.toLowerCase()}${look === 'branch' ? ' (a branch)' : ''}`,
        severity: facts.repositoryOf(uses)?.isVerified && look === 'version' ? 'medium' : 'high',
        fix: look === 'branch' ? null : pinFix(uses, facts.refOf(uses)),
        related: [{ at: first.at, message: 'is handed over here' }],
      };
    },
  },
});
