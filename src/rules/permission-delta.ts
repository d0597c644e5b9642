import type { Exposure } from '../engine/finding.ts';
import type { Job } from '../engine/model/job.ts';
import { type Rise, risesOf } from '../engine/rise.ts';
import { defineRule } from '../engine/rule.ts';

/** Of a job that was not there before: everything that it can do is new. */
const NOTHING: Exposure = {
  reach: 'insider',
  triggers: [],
  token: { kind: 'declared', scopes: {} },
  secrets: [],
  runner: 'hosted',
};

export const permissionDelta = defineRule({
  id: 'permission-delta',
  severity: 'info',
  section: 'Changes',
  summary: 'A job can do more than before',
  why: 'A change that gives a job a scope, a secret, a trigger or a runner is where an attack that comes later gets its power. It deserves a look of its own.',
  remedy: 'Check that the job needs what it gains, and who can start it.',
  *compare({ base, head, basePath }) {
    for (const workflow of head.workflows) {
      const path = basePath(workflow.path);
      const before = path === null ? null : base.workflow(path);
      for (const job of workflow.jobs.filter((one) => !one.isNever)) {
        const known = before?.job(job.id)?.exposure ?? null;
        const rises = risesOf(known ?? NOTHING, job.exposure, job);
        const [first] = rises;
        if (!first) continue;
        yield {
          at: first.at?.source === workflow.source ? first.at : job.idAt,
          message: `The job \`${job.id}\` can do more than before: ${said(rises)}`,
          subject: 'more than before',
          job,
          related: rises.slice(1).flatMap(({ at, message }) => (at ? [{ at, message }] : [])),
          // The capability diff says it all, and other rules what is wrong with a new job; here stands what an outsider gains.
          audience: known && isDangerous(job, known) ? 'regular' : 'pedantic',
        };
      }
    }
  },
});

function said(rises: readonly Rise[]): string {
  return rises.map(({ message }) => message).join('; ');
}

/** An outsider can start it with privileges now, or could and it has more power; or an outsider's code gets to one of our machines. */
function isDangerous({ exposure }: Job, before: Exposure): boolean {
  if (exposure.reach === 'insider') return false;
  const isMachine =
    exposure.runner === 'self-hosted' && (before.runner !== 'self-hosted' || before.reach === 'insider');
  return exposure.reach === 'outsider-privileged' || isMachine;
}
