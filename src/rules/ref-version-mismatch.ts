import type { Facts, RefFact } from '../engine/facts.ts';
import { type NamedVersion, versionInComment } from '../engine/model/pin.ts';
import { replace } from '../engine/model/source.ts';
import type { Uses } from '../engine/model/uses.ts';
import { isUnder, versionOf } from '../engine/model/version.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { refFactOf } from '../engine/uses-version.ts';
import { appendComment } from '../engine/yaml/edit.ts';

export const refVersionMismatch = defineRule({
  id: 'ref-version-mismatch',
  severity: 'medium',
  section: 'Supply chain',
  summary: 'The comment behind a pin names another version than the pin',
  why: 'People and update tools read the version in the comment, the runner runs the commit. Where the two differ, a reviewer approves one version and gets another, which is how a bad commit is passed off as a release.',
  remedy: 'Find out which of the two is meant; then pin to the commit of that tag and name the tag behind it.',
  peers: ['zizmor: ref-version-mismatch'],
  needs: ['refs'],
  visit: {
    *uses(uses, { facts }) {
      if (!uses.isRemote || !uses.isPinned) return;
      const named = versionInComment(uses);
      const fact = refFactOf(uses, facts);
      const problem = named ? mismatch(uses, named, fact, facts) : missing(uses, fact);
      if (problem) yield { ...problem, route: '', subject: uses.slug.toLowerCase() };
    },
  },
});

function mismatch(uses: Uses, named: NamedVersion, fact: RefFact | null, facts: Facts): Problem | null {
  const { tag } = named;
  const target = facts.ref(uses, tag) ?? facts.ref(uses, tag.startsWith('v') ? tag.slice(1) : `v${tag}`);
  if (!fact?.sha || isAt(tag, fact) || target?.sha?.toLowerCase() === fact.sha.toLowerCase()) return null;
  // A tag that we know nothing of may be there: only where all tags of the commit are known, it is not among them.
  if (!target && !fact.tags && !fact.tag) return null;
  const isThere = target?.sha !== null;
  const what = isThere ? 'is another commit than' : 'does not exist, so it cannot be';
  const instead = fact.tag ? `; the pin is \`${fact.tag}\`` : '';
  // A major's tag moves on with every release: a commit that it has left and that was no release of its own is only old.
  const hasMovedOn = isThere && fact.tag === null && (versionOf(tag)?.parts.length ?? 3) < 3;
  return {
    at: uses.source.at(named),
    message: `\`${tag}\` of \`${uses.owner}/${uses.repo}\` ${what} the one that is pinned here${instead}`,
    audience: hasMovedOn ? 'pedantic' : 'regular',
    fix: fact.tag
      ? { title: `Name \`${fact.tag}\``, safe: true, edits: [replace(uses.source.at(named), fact.tag)] }
      : null,
  };
}

/** The tag, or a longer one that it stands for, is at the commit. */
function isAt(tag: string, { tag: longest, tags = [] }: RefFact): boolean {
  const named = versionOf(tag);
  return [...tags, ...(longest ? [longest] : [])].some((one) => {
    const version = versionOf(one);
    return one === tag || (named !== null && version !== null && isUnder(version, named));
  });
}

function missing(uses: Uses, fact: RefFact | null): Problem | null {
  if (!uses.ref || /^\S+$/.test(uses.comment?.value ?? '')) return null;
  const { source, text } = uses;
  const edit = fact?.tag && !uses.comment ? source.edit(appendComment(source.text, text.node, fact.tag)) : null;
  return {
    at: uses.ref,
    message: `No comment says which version of \`${uses.slug}\` this commit is`,
    severity: 'info',
    audience: 'pedantic',
    fix: edit ? { title: `Name \`${fact?.tag}\``, safe: true, edits: [edit] } : null,
  };
}
