import type { Facts } from '../engine/facts.ts';
import type { Uses } from '../engine/model/uses.ts';
import { defineRule, type ProposedFix } from '../engine/rule.ts';
import { refLook } from '../knowledge/action-refs.ts';

export const replaceableAction = defineRule({
  id: 'replaceable-action',
  severity: 'info',
  section: 'Supply chain',
  summary: 'There is a maintained action in the place of this one',
  why: 'The organisation keeps, or has looked at, another action for this purpose: one party less to trust, and somebody who mends it.',
  remedy: 'Use the one that is named; inputs may differ.',
  options: {
    /** `owner/repo` or `owner/repo/path` → what to write: `owner/repo@ref`. Empty: nothing is found. */
    map: {} as Readonly<Record<string, string>>,
  },
  peers: ['secure-repo: maintainedActions'],
  visit: {
    *uses(uses, { options: { map }, facts }) {
      if (!uses.isRemote) return;
      const entry = Object.entries(map).find(([old]) => uses.matches([old]));
      const [slug = '', ref] = entry?.[1].trim().split('@') ?? [];
      if (slug === '' || uses.matches([slug])) return;
      yield {
        at: uses,
        message: `\`${uses.slug}\` has a successor here: \`${slug}\``,
        subject: uses.slug.toLowerCase(),
        route: '',
        fix: ref ? replacement(uses, slug, ref, facts) : null,
      };
    },
  },
});

/** The other action, pinned where its commit is known. What is neither a commit nor can be made one is left to people. */
function replacement(uses: Uses, slug: string, ref: string, facts: Facts): ProposedFix | null {
  const [owner = '', repo = ''] = slug.split('/');
  const { sha, tag } = facts.ref({ owner, repo }, ref) ?? { sha: null, tag: null };
  const commit = refLook(ref) === 'commit' ? ref : sha;
  const { source, end, text, value } = uses;
  const rest = /^[ \t]*(#[^\r\n]*)?(?=\r?\n|$)/.exec(source.text.slice(end));
  if (!commit || !rest) return null;
  // A comment on the old one's version would be wrong.
  const note = tag ? ` # ${tag}` : '';
  const comment = source.edit({ start: end, end: end + rest[0].length, text: note });
  return {
    title: `Use \`${slug}\``,
    safe: false,
    edits: [text.replace(0, value.length, `${slug}@${commit}`), comment],
  };
}
