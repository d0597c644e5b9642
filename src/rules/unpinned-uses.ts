import { replace } from '../engine/model/source.ts';
import type { Uses } from '../engine/model/uses.ts';
import { defineRule } from '../engine/rule.ts';
import { PLATFORM_OWNERS, refLook, VERSION_TAG_ONLY } from '../knowledge/action-refs.ts';

export const unpinnedUses = defineRule({
  id: 'unpinned-uses',
  severity: 'high',
  section: 'Supply chain',
  summary: 'Action is not pinned to a commit',
  why: 'A tag or branch can be moved to other code after review, by its owner or by whoever takes over an account with write access; a full commit SHA cannot.',
  remedy: 'Pin to the 40-character SHA and keep the tag in a comment: `owner/action@<sha> # v1.2.3`.',
  options: {
    /** `owner/*`, `owner/repo` or `owner/repo/path`: whose tags and branches are taken on trust. */
    trusted: [] as readonly string[],
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
  visit: {
    *uses(uses, { options, facts }) {
      const { ref } = uses;
      if (!ref || uses.matches(options.trusted)) return;
      const look = refLook(ref.value);
      if (look === 'commit' || look === 'abbreviated' || needsTag(uses, ref.value)) return;
      const isBranch = look === 'branch';
      const mover = uses.matches(PLATFORM_OWNERS) ? 'GitHub' : `whoever can push to \`${uses.owner}/${uses.repo}\``;
      const commit = isBranch ? null : facts.refOf(uses);
      yield {
        at: ref,
        message: `\`${uses.slug}@${ref.value}\` names ${isBranch ? 'a branch, or something else that moves' : 'a tag'}: ${mover} can put other code behind it, which then runs with what this job holds`,
        // One finding for each action in a file. From a tag to a branch is another one: that is a step back.
        subject: uses.slug.toLowerCase() + (isBranch ? '@branch' : ''),
        route: '',
        severity: !isBranch && uses.matches(PLATFORM_OWNERS) ? 'medium' : 'high',
        // 64 digits may be a commit of a SHA-256 repository: only GitHub can say.
        confidence: look === 'long-hash' ? 'low' : 'high',
        fix: commit?.tag && commit.sha ? pin(uses, commit.sha, commit.tag) : null,
      };
    },
  },
});

/** Generators that read their version from the tag that they are called by; a commit would break their verifier. */
function needsTag(uses: Uses, ref: string): boolean {
  return uses.matches(VERSION_TAG_ONLY) && uses.kind === 'reusable' && /^v\d+\.\d+\.\d+$/.test(ref);
}

/** The commit, and its tag as the comment; none where another comment, or anything else, stands behind. */
function pin(uses: Uses, sha: string, tag: string) {
  const { ref, source } = uses;
  if (!ref) return null;
  const rest = /^[ \t]*(#[^\r\n]*)?(?=\r?\n|$)/.exec(source.text.slice(uses.end));
  if (!rest || (rest[1] && !/^#\s*v?\d+(\.\d+)*\s*$/.test(rest[1]))) return null;
  const comment = replace(source.at({ start: uses.end, end: uses.end + rest[0].length }), ` # ${tag}`);
  return { title: `Pin to the commit of \`${tag}\``, safe: true, edits: [replace(ref, sha), comment] };
}
