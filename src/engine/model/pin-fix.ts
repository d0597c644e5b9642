import type { RefFact } from '../facts.ts';
import type { ProposedFix } from '../rule.ts';
import { pinEdits } from './pin.ts';
import type { Uses } from './uses.ts';

/** Names the commit behind a tag, the tag as the comment; null where it is not known, and where another comment, or anything else, stands behind. */
export function pinFix(uses: Uses, fact: RefFact | null): ProposedFix | null {
  if (!fact?.tag || !fact.sha || !fact.kinds.includes('tag')) return null;
  const edits = pinEdits(uses, fact.sha, fact.tag);
  return edits && { title: `Pin to the commit of \`${fact.tag}\``, safe: true, edits };
}
