import { defineRule } from '../engine/rule.ts';

export const missingTimeout = defineRule({
  id: 'missing-timeout',
  severity: 'low',
  section: 'Hygiene',
  summary: 'A job may hang for six hours',
  why: 'Without `timeout-minutes` a job that hangs, or that somebody makes hang, holds its machine for six hours; on runners of one’s own nobody else’s jobs run meanwhile.',
  remedy: 'Set `timeout-minutes` to a little more than the job usually takes.',
  options: {
    /** What the fix writes. */
    minutes: 60,
  },
  peers: ['ghalint: job_timeout_minutes_is_required', 'sisakulint: missing-timeout-minutes'],
  visit: {
    *job(job, { options: { minutes } }) {
      if (job.uses || job.key('timeout-minutes') || job.steps.length === 0) return;
      if (job.steps.every((step) => step.isNever || step.key('timeout-minutes'))) return;
      // Anyone can make it hang, and the machine is one that others wait for. Elsewhere it costs minutes.
      const isHeld = job.runsOn?.kind === 'self-hosted' && job.reach.level !== 'insider';
      const place = job.runsOn ?? job.idAt;
      yield {
        at: place,
        route: '',
        subject: isHeld ? 'own runner' : 'timeout',
        message: isHeld
          ? 'Anyone can make this job hold your own runner for six hours: it has no time limit'
          : 'This job has no time limit but the six hours that hold for all',
        audience: isHeld ? 'regular' : 'pedantic',
        fix: {
          title: `Stop it after ${minutes} minutes`,
          safe: false,
          edits: [job.insertBefore('steps', 'timeout-minutes', String(minutes))],
        },
      };
    },
  },
});
