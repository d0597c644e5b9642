import { checkoutVersionOf } from '../knowledge/checkout-versions.ts';
import type { Facts, RefFact } from './facts.ts';
import { versionInComment } from './model/pin.ts';
import type { Uses } from './model/uses.ts';
import { type Version, versionOf } from './model/version.ts';

const CHECKOUT = ['actions/checkout'] as const;

/** The version of an action at its ref. */
export interface UsedVersion extends Version {
  /** As a tag or as written. */
  readonly text: string;
  /** `tag`: GitHub or the ref itself says it. `comment`: only the comment behind a commit does. `nearest`: the same, of a commit that no tag is at. */
  readonly by: 'tag' | 'comment' | 'nearest';
}

/** What is known of the ref of a remote `uses`; of commits of actions/checkout, which everybody pins, also without asking. */
export function refFactOf(uses: Uses, facts: Facts): RefFact | null {
  const fact = facts.refOf(uses);
  if (fact || !uses.ref || !uses.isPinned || !uses.matches(CHECKOUT)) return fact;
  const version = checkoutVersionOf(uses.ref.value);
  return version === null ? null : { sha: uses.ref.value.toLowerCase(), kinds: ['commit'], tag: `v${version}` };
}

/** What version a `uses:` runs: the longest tag at its commit, else the tag that it names, else what its comment says. Null: nobody knows. */
export function usedVersion(uses: Uses, facts: Facts): UsedVersion | null {
  const fact = refFactOf(uses, facts);
  const said = versionInComment(uses)?.tag;
  const [text, by] = fact?.tag
    ? [fact.tag, 'tag' as const]
    : uses.isPinned
      ? [said, fact ? ('nearest' as const) : ('comment' as const)]
      : [uses.ref?.value, 'tag' as const];
  const version = text === undefined ? null : versionOf(text);
  return version && text !== undefined ? { ...version, text, by } : null;
}
