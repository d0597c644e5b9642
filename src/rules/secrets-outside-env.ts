import type { Facts } from '../engine/facts.ts';
import type { Job } from '../engine/model/job.ts';
import { isRelease, publishes } from '../engine/model/publishing.ts';
import { defineRule } from '../engine/rule.ts';
import { isLogin, isStored, ownSecrets } from '../engine/taint/credential-steps.ts';

export const secretsOutsideEnv = defineRule({
  id: 'secrets-outside-env',
  severity: 'low',
  section: 'Secrets',
  summary: 'A release’s secret is not kept in an environment',
  why: 'Every workflow on every branch can read a repository’s secrets, so everybody who may push a branch has them. An environment gives its secrets only to the branches, and after the reviews, that it asks for.',
  remedy:
    'Make an environment with a branch rule or reviewers, move the secret there, and write `environment:` in the job.',
  peers: ['zizmor: secrets-outside-env'],
  options: {
    /** Names of secrets that every branch may have. */
    allowed: [] as readonly string[],
  },
  visit: {
    *job(job, { options, facts }) {
      if (job.environment || job.uses || isOnlyCalled(job)) return;
      const allowed = new Set(['GITHUB_TOKEN', '*', ...options.allowed.map((name) => name.toUpperCase())]);
      const uses = job.secretUses.filter(({ name }) => !allowed.has(name) && !isOfEnvironment(name, facts));
      const releasing = isRelease(job) ? uses.filter(({ name }) => releaseSecrets(job).has(name)) : [];
      const [first] = releasing.length > 0 ? releasing : uses;
      if (!first) return;
      const isReleasing = releasing.length > 0;
      const all = [...new Set((isReleasing ? releasing : uses).map(({ name }) => `\`${name}\``))];
      const names = all.slice(0, 4).join(', ') + (all.length > 4 ? ` and ${all.length - 4} more` : '');
      yield {
        at: first.at,
        job,
        subject: 'environment',
        member: job.id,
        route: '',
        severity: isReleasing ? 'medium' : 'low',
        audience: isReleasing ? 'regular' : 'auditor',
        message: `${names} ${isReleasing ? 'of' : 'in'} the job \`${job.id}\`${isReleasing ? ', which publishes,' : ''} ${names.includes(', ') ? 'belong' : 'belongs'} to no environment: a workflow on any branch can read ${names.includes(', ') ? 'them' : 'it'}`,
      };
    },
  },
});

/** What the job logs in or publishes with. */
function releaseSecrets(job: Job): ReadonlySet<string> {
  const steps = job.steps.filter((step) => publishes(step) !== null || isLogin(step));
  const shared = [...job.env.byName.values()].flatMap(({ text }) => text.expressions);
  const named = job.secretUses.filter(({ expression }) => expression && shared.includes(expression));
  return new Set([...steps.flatMap(ownSecrets), ...named.map(({ name }) => name)].filter(isStored));
}

/** GitHub knows it only in an environment, so a job outside gets nothing. */
function isOfEnvironment(name: string, facts: Facts): boolean {
  const known = facts.setting('secrets')?.filter((secret) => secret.name.toUpperCase() === name) ?? [];
  return known.length > 0 && known.every(({ level }) => level === 'environment');
}

function isOnlyCalled({ workflow }: Job): boolean {
  return workflow.triggers.all.every(({ event }) => event === 'workflow_call');
}
