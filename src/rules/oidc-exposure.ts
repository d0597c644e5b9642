import { buildOf, identityGrant, identityUse, installsUnlocked } from '../engine/model/identity-use.ts';
import type { Job } from '../engine/model/job.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { foreignCode } from '../engine/taint/foreign-code.ts';
import { guardsOf } from '../engine/taint/guards.ts';

export const oidcExposure = defineRule({
  id: 'oidc-exposure',
  severity: 'high',
  confidence: 'medium',
  section: 'Permissions',
  summary: 'Foreign code can take the job’s identity',
  why: 'Every program of a job with `id-token: write` may ask GitHub for a token that says it is this workflow; clouds and registries that trust the workflow then let it in.',
  remedy:
    'Grant `id-token: write` only to a job that runs nothing but the login and what needs it, and hand over what other jobs built as an artifact.',
  peers: ['zizmor: excessive-permissions', 'octoscan: debug-oidc-action'],
  visit: {
    *job(job) {
      const at = identityGrant(job);
      const problem = at && !job.uses ? (byForeignCode(job) ?? byStart(job) ?? byBuild(job) ?? byPackages(job)) : null;
      // A grant for all jobs is one cause.
      const holder = job.permissions ? { job } : { route: '' as const };
      if (at && problem) yield { at, subject: 'id-token', ...holder, ...problem };
    },
    *permissions({ job, workflow, entries }) {
      const entry = job ? undefined : entries.find(({ scope, level }) => scope === 'id-token' && level === 'write');
      const heirs = workflow.jobs.filter((one) => !one.isNever && !one.permissions);
      if (!entry || heirs.length < 2) return;
      const message = `Jobs ${heirs.map(({ id }) => `\`${id}\``).join(', ')} can all take the workflow’s identity`;
      // That many jobs hold too much is said by another rule.
      yield { at: entry.at, message, subject: 'id-token of all', severity: 'medium', audience: 'pedantic' };
    },
  },
});

type Found = Omit<Problem, 'at'>;

/** Somebody else's commits are run in it. */
function byForeignCode({ id, steps }: Job): Found | null {
  for (const code of steps.flatMap((step) => foreignCode(step))) {
    const [execution] = code.executions;
    if (!execution || code.confidence === 'low') continue;
    return {
      message: `Job \`${id}\` runs what an outsider writes (\`${execution.what}\`), which can take the workflow’s identity`,
      related: [{ at: execution.at, message: 'runs the outsider’s files' }],
    };
  }
  return null;
}

/** Outsiders start it; what it runs is the repository's own, as far as is seen. */
function byStart(job: Job): Found | null {
  const { id, reach } = job;
  const events = [...new Set(reach.dangerous.map(({ event }) => event))];
  if (events.length === 0) return null;
  const use = identityUse(job);
  // A job that is there to use it may well be meant so, and one behind a gate is not the outsiders'.
  const isMeant = use === 'yes' || events.every((event) => guardsOf(job, event).length > 0);
  const message = `Outsiders can start job \`${id}\` (${events.map((event) => `\`${event}\``).join(', ')}), which holds the workflow’s identity${use === 'no' ? ' and needs it for nothing' : ''}`;
  return { message, severity: 'medium', confidence: isMeant ? 'low' : 'medium' };
}

/** It builds or tests, and nothing in it needs the identity. */
function byBuild(job: Job): Found | null {
  const build = identityUse(job) === 'no' ? buildOf(job) : null;
  if (!build) return null;
  const message = `Job \`${job.id}\` gives the workflow’s identity to every package that \`${build.what}\` runs, and no step needs it`;
  // That jobs share a scope which not all need is said by another rule.
  const isShared = !job.permissions && job.workflow.jobs.filter((one) => !one.isNever && !one.permissions).length > 1;
  const audience = isShared ? 'pedantic' : 'regular';
  return { message, severity: 'medium', audience, related: [{ at: build.at, message: 'runs them' }] };
}

/** Packages are installed by name alone: whoever publishes the next version runs in it. */
function byPackages({ id, steps }: Job): Found | null {
  const step = steps.find((one) => !one.isNever && installsUnlocked(one));
  if (!step) return null;
  const message = `Job \`${id}\` installs packages that no lockfile pins; their next version can take the workflow’s identity`;
  return { message, severity: 'medium', audience: 'pedantic', related: [{ at: step, message: 'installs them' }] };
}
