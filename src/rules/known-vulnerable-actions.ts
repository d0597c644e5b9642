import type { Facts } from '../engine/facts.ts';
import { pinEdits } from '../engine/model/pin.ts';
import type { Uses } from '../engine/model/uses.ts';
import { defineRule, type ProposedFix } from '../engine/rule.ts';
import { type Vulnerability, vulnerabilityOf } from '../engine/vulnerabilities.ts';

export const knownVulnerableActions = defineRule({
  id: 'known-vulnerable-actions',
  severity: 'high',
  section: 'Supply chain',
  summary: 'A version of an action has a known vulnerability',
  why: 'The advisory tells everybody how to attack it, and the action runs with the token and the secrets of the job.',
  remedy: 'Move to a version that the advisory does not concern, and pin it.',
  options: {
    /** Ids (`GHSA-…`) of advisories that were looked at and do not matter here. */
    allowed: [] as readonly string[],
  },
  peers: [
    'zizmor: known-vulnerable-actions',
    'poutine: known_vulnerability_in_build_component',
    'octoscan: known-vulnerability',
    'sisakulint: known-vulnerable-actions',
    'CodeQL: vulnerable-action',
  ],
  needs: ['advisories'],
  visit: {
    *uses(uses, { options, facts }) {
      const found = uses.isRemote ? vulnerabilityOf(uses, facts, options.allowed) : null;
      if (!found) return;
      const { version, advisories, severity, fixed } = found;
      const ids = advisories.map(({ id, summary }) => `${id} (${summary})`).join(', ');
      yield {
        at: uses.ref ?? uses,
        message: `\`${uses.owner}/${uses.repo}\` ${version.text} has ${ids}${fixed ? `; ${fixed} has not` : ''}`,
        route: '',
        subject: `${uses.owner}/${uses.repo}`.toLowerCase(),
        severity,
        confidence: version.by === 'tag' ? 'high' : version.by === 'comment' ? 'medium' : 'low',
        fix: fixOf(uses, found, facts),
      };
    },
  },
});

/** Pins to the fixed version, where its commit is known. */
function fixOf(uses: Uses, { fixed }: Vulnerability, facts: Facts): ProposedFix | null {
  if (!fixed) return null;
  for (const tag of [`v${fixed}`, fixed]) {
    const sha = facts.ref(uses, tag)?.sha;
    const edits = sha ? pinEdits(uses, sha, tag) : null;
    if (edits) return { title: `Move to \`${tag}\``, safe: false, edits };
  }
  return null;
}
