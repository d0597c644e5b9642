import type { Job } from '../engine/model/job.ts';
import { seemsToReadOnly } from '../engine/model/token-needs.ts';
import type { Workflow } from '../engine/model/workflow.ts';
import { defineRule } from '../engine/rule.ts';
import { privilegedWork } from '../engine/taint/privileged-work.ts';
import { PLATFORM_OWNERS } from '../knowledge/action-refs.ts';

const GIVES = {
  unknown: 'maybe write access to everything',
  permissive: 'which is write access to nearly everything',
  restricted: 'read access as of today',
} as const;
/** More names make no better message. */
const MAX_NAMES = 8;

export const missingPermissions = defineRule({
  id: 'missing-permissions',
  severity: 'medium',
  // The repository's setting may be the restricted one: GitHub can say.
  confidence: 'medium',
  section: 'Permissions',
  summary: 'Token permissions are left to the repository’s setting',
  why: 'Without `permissions:` the token gets whatever the repository or organisation sets as default; where that was never changed, it can write nearly everything, and so can any code that the job runs.',
  remedy: 'Set `permissions:` for the workflow (`contents: read`, or `{}`) and give each job what it needs.',
  peers: [
    'zizmor: excessive-permissions',
    'poutine: default_permissions_on_risky_events',
    'ghalint: job_permissions',
    'scorecard: Token-Permissions',
    'sisakulint: permissions',
    'secure-repo: AddPermissions',
    'CodeQL: missing-workflow-permissions',
  ],
  visit: {
    *workflow(workflow, { facts }) {
      const setting = facts.setting('defaultToken');
      const jobs = workflow.permissions ? [] : workflow.jobs.filter((job) => leavesOpen(job));
      const at = workflow.key('jobs');
      if (!at || jobs.length === 0) return;
      const events = [...new Set(jobs.flatMap(openings))].map((event) => `\`${event}\``).join(', ');
      const isOnlyCalled = workflow.triggers.all.every((trigger) => trigger.event === 'workflow_call');
      const who = events ? `, and outsiders can start it (${events})` : '';
      yield {
        at,
        message: `The token of ${listed(jobs)} has what the repository’s setting gives, ${GIVES[setting ?? 'unknown']}${who}`,
        subject: 'permissions',
        severity: isOnlyCalled || setting === 'restricted' ? 'low' : events ? 'high' : 'medium',
        confidence: setting ? 'high' : 'medium',
        // A called workflow cannot hold more than its caller, where the same finding stands.
        audience: isOnlyCalled ? 'pedantic' : 'regular',
        fix: jobs.every((job) => seemsToReadOnly(job)) ? readContents(workflow) : null,
      };
    },
  },
});

/** Events by which outsiders start the job with its token, and get something of theirs, or of a third party, to run beside it. */
function openings(job: Job): readonly string[] {
  const hasStranger = job.steps.some(({ uses }) => uses?.kind === 'repository' && !uses.matches(PLATFORM_OWNERS));
  return job.reach.outsiders.flatMap(({ event, isPrivileged, trigger }) => {
    const work = isPrivileged && trigger ? privilegedWork(job, trigger) : null;
    return work && (work.fetches || work.checksOut || hasStranger) ? [event] : [];
  });
}

/** Nothing says what its token may do, and it runs something. */
function leavesOpen(job: Job): boolean {
  if (job.isNever || job.permissions) return false;
  if (!job.uses) return job.steps.length > 0;
  const callee = job.workflow.project.target(job.uses);
  // Where the called workflow narrows the token itself, the caller's default reaches nothing.
  return callee?.kind !== 'workflow' || callee.jobs.some((called) => !called.permissions && !callee.permissions);
}

function listed(jobs: readonly Job[]): string {
  const names = jobs.slice(0, MAX_NAMES).map((job) => `\`${job.id}\``);
  return names.join(', ') + (jobs.length > MAX_NAMES ? ` and ${jobs.length - MAX_NAMES} more` : '');
}

function readContents(workflow: Workflow) {
  const value = workflow.node.flow ? '{ contents: read }' : '\n  contents: read\n';
  const edits = [workflow.insertBefore('jobs', 'permissions', value)];
  return { title: 'Let the token read the contents, and nothing else', safe: false, edits };
}
