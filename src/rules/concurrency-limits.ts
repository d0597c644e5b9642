import { isRelease, isReleaseTrigger } from '../engine/model/publishing.ts';
import type { Workflow } from '../engine/model/workflow.ts';
import { defineRule } from '../engine/rule.ts';

export const concurrencyLimits = defineRule({
  id: 'concurrency-limits',
  severity: 'info',
  audience: 'pedantic',
  section: 'Hygiene',
  summary: 'Runs of the same branch are not limited',
  why: 'Each push to a pull request starts another run while the old one, whose result nobody waits for, goes on.',
  remedy:
    'Add `concurrency` with a group for each branch, and decide by `cancel-in-progress` whether the older run is stopped.',
  peers: ['zizmor: concurrency-limits'],
  visit: {
    *workflow(workflow) {
      // Only where runs of one branch overtake each other; a release is never to be stopped half-way.
      if (!workflow.triggers.has('pull_request', 'push') || isReleasing(workflow)) return;
      const key = workflow.key('concurrency');
      const jobs = workflow.jobs.filter((job) => !job.isNever && job.uses === null);
      if (!key && jobs.every((job) => job.key('concurrency') === null)) {
        if (jobs.length === 0) return;
        const message = 'Nothing limits how many runs of one branch there are at a time';
        yield { at: workflow.triggers.key ?? workflow, subject: 'concurrency', message };
      } else if (key && workflow.find('concurrency', 'cancel-in-progress') === null) {
        const message = 'Nothing says whether an older run of the group is stopped';
        yield { at: key, subject: 'cancel-in-progress', message };
      }
    },
  },
});

function isReleasing({ triggers, jobs }: Workflow): boolean {
  return triggers.all.some(isReleaseTrigger) || jobs.some((job) => job.environment !== null || isRelease(job));
}
