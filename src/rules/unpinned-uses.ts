import { handedSecrets, inWords } from '../engine/model/handed-secrets.ts';
import { pinFix } from '../engine/model/pin-fix.ts';
import { holdsNothing } from '../engine/model/power.ts';
import type { Uses } from '../engine/model/uses.ts';
import { defineRule } from '../engine/rule.ts';
import { isImmutable, PLATFORM_OWNERS, refLook, VERSION_TAG_ONLY } from '../knowledge/action-refs.ts';

export const unpinnedUses = defineRule({
  id: 'unpinned-uses',
  severity: 'high',
  section: 'Supply chain',
  summary: 'Actions are not pinned to commits',
  why: 'A tag or branch can be moved to other code after review, by its owner or by whoever takes over an account with write access; a full commit SHA cannot.',
  remedy: 'Pin to the 40-character SHA and keep the tag in a comment: `owner/action@<sha> # v1.2.3`.',
  options: {
    /** `owner/*`, `owner/repo` or `owner/repo/path`: whose tags and branches are taken on trust. */
    trusted: [] as readonly string[],
    /** The same, for those that need a version tag but no commit: their branches are still found. */
    tagged: [] as readonly string[],
  },
  peers: [
    'zizmor: unpinned-uses',
    'ghalint: action_ref_should_be_full_length_commit_sha',
    'scorecard: Pinned-Dependencies',
    'semgrep: third-party-action-not-pinned-to-commit-sha',
    'sisakulint: commit-sha',
    'secure-repo: pinactions',
    'CodeQL: unpinned-tag',
  ],
  // The same line, the same cause, the same fix: what is handed over is said here.
  subsumes: ['secret-to-mutable-action'],
  visit: {
    *uses(uses, { options, facts, project }) {
      const { ref } = uses;
      if (!ref || uses.matches(options.trusted)) return;
      const look = refLook(ref.value);
      if (look === 'commit' || look === 'abbreviated' || needsTag(uses, ref.value)) return;
      const fact = facts.refOf(uses);
      const isBranch = fact && fact.kinds.length > 0 ? !fact.kinds.includes('tag') : look === 'branch';
      if (!isBranch && uses.matches(options.tagged)) return;
      const isOfGithub = !isBranch && uses.matches(PLATFORM_OWNERS);
      yield {
        at: ref,
        message: messageOf(uses, ref.value, isBranch),
        // One finding for a file: it is one habit. From a tag to a branch is a step back, so that is another member.
        subject: isOfGithub ? 'tags of GitHub' : 'refs',
        route: '',
        member: isBranch ? `${uses.slug.toLowerCase()} (a branch)` : uses.slug.toLowerCase(),
        // Whether GitHub's own tags are taken on trust is decided once for a repository.
        ...(isOfGithub ? { scope: 'repository' as const } : {}),
        severity: isOfGithub || holdsNothing(uses) ? 'medium' : 'high',
        // 64 digits may be a commit of a SHA-256 repository: only GitHub can say.
        confidence: look === 'long-hash' && fact === null ? 'low' : 'high',
        // The tag of an immutable release stays where it is.
        audience:
          fact?.isImmutable || isImmutable(uses.slug, ref.value)
            ? 'pedantic'
            : isOwn(uses, project.data.owner) && (!isBranch || holdsNothing(uses))
              ? 'auditor'
              : 'regular',
        fix: isBranch ? null : pinFix(uses, fact),
      };
    },
  },
});

/** The repository's own owner moves it: nobody else is trusted by it. */
function isOwn(uses: Uses, owner: string | undefined): boolean {
  return owner !== undefined && uses.owner.toLowerCase() === owner.toLowerCase();
}

function messageOf(uses: Uses, ref: string, isBranch: boolean): string {
  const mover = uses.matches(PLATFORM_OWNERS) ? 'GitHub' : `whoever can push to \`${uses.owner}/${uses.repo}\``;
  const name = isBranch ? 'a branch, or something else that moves' : 'a tag';
  const handed = handedSecrets(uses);
  const gift = handed.length > 0 ? ` and is given ${inWords(handed)}` : '';
  return `\`${uses.slug}@${ref}\` names ${name}: ${mover} can put other code behind it, which then runs with what this job holds${gift}`;
}

/** Generators that read their version from the tag that they are called by; a commit would break their verifier. */
function needsTag(uses: Uses, ref: string): boolean {
  return uses.matches(VERSION_TAG_ONLY) && uses.kind === 'reusable' && /^v\d+\.\d+\.\d+$/.test(ref);
}
