import { defineRule } from '../engine/rule.ts';
import { superfluousActions as known } from '../knowledge/replaced-actions.ts';

/** Lists are prepared once. */
const rows = known.map((row) => ({ row, names: [row.action] }));

export const superfluousActions = defineRule({
  id: 'superfluous-actions',
  severity: 'low',
  // By a tag it is found as such; pinned, it is code that somebody chose.
  audience: 'pedantic',
  section: 'Supply chain',
  summary: 'An action does what the runner can do already',
  why: 'Each third-party action is code that somebody else can change, with what the job holds in its hands. What a command of the runner does needs none.',
  remedy: 'Call the command in a `run:` step.',
  peers: ['zizmor: superfluous-actions'],
  visit: {
    *uses(uses) {
      const row = uses.kind === 'repository' && rows.find(({ names }) => uses.matches(names))?.row;
      // Only GitHub's own machines are known to have the commands.
      if (!row || (uses.job && uses.job.runsOn?.kind !== 'hosted') || uses.job?.container) return;
      yield {
        at: uses,
        message: `\`${uses.slug}\` does what \`${row.instead}\` does, which the runner has`,
        subject: uses.slug.toLowerCase(),
        route: '',
      };
    },
  },
});
