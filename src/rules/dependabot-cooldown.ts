import { defineRule } from '../engine/rule.ts';
import { DEFAULT_COOLDOWN, withoutCooldown } from '../knowledge/ecosystems.ts';

export const dependabotCooldown = defineRule({
  id: 'dependabot-cooldown',
  severity: 'low',
  section: 'Dependencies and coverage',
  summary: 'Dependabot proposes releases that are hours or a few days old',
  why: 'Most malicious releases of a package are found and taken down within days. Who waits a week never sees them; security updates are not delayed by it.',
  remedy: 'Set `cooldown: default-days: 7` for every updater.',
  options: {
    /** Days that a release must be old. */
    days: 7,
  },
  peers: ['zizmor: dependabot-cooldown', 'secure-repo: dependabotconfig (cooldown)'],
  visit: {
    *dependabot({ updates }, { options: { days } }) {
      for (const update of updates) {
        if (withoutCooldown.has(update.ecosystem) || update.isSecurityOnly) continue;
        const waits = update.cooldownDays ?? DEFAULT_COOLDOWN;
        if (waits >= days) continue;
        const short = update.cooldown?.entries.find(({ key }) => /-days$/.test(key.text));
        yield {
          at: short ? update.source.at(short.key) : update.at,
          subject: update.cooldownDays === null ? 'cooldown' : 'short cooldown',
          message: `Updates of \`${update.ecosystem}\` are proposed when the release is ${waits} days old, before most malicious ones are found`,
          // Dependabot waits three days by itself: to wait longer is a policy, to wait less a mistake.
          audience: update.cooldownDays === null ? 'pedantic' : 'regular',
          fix: update.cooldown?.entries.some(({ key }) => /semver/.test(key.text))
            ? null
            : {
                title: `Wait ${days} days`,
                safe: true,
                edits: [update.ensure(['cooldown', 'default-days'], String(days))],
              },
        };
      }
    },
  },
});
