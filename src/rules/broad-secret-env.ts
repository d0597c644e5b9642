import type { Job } from '../engine/model/job.ts';
import type { SourceEdit } from '../engine/model/source.ts';
import type { Step } from '../engine/model/step.ts';
import { withoutVariable } from '../engine/model/variable-edit.ts';
import { defineRule } from '../engine/rule.ts';
import { type BroadSecret, broadSecretsIn, broadSecretsOf } from '../engine/taint/broad-secrets.ts';

export const broadSecretEnv = defineRule({
  id: 'broad-secret-env',
  severity: 'low',
  section: 'Secrets',
  summary: 'A secret is given to more steps than need it',
  why: 'What stands in `env:` of a job or workflow is in the environment of every step there, of every action and of all that they run, so one bad dependency anywhere gets it.',
  remedy: 'Move it to `env:` of the steps that read it.',
  peers: ['ghalint: workflow_secrets, job_secrets'],
  visit: {
    *workflow(workflow) {
      for (const broad of broadSecretsOf(workflow)) {
        // Where most jobs read it, moving it into each of them takes it from few.
        const isMostly = broad.readers.length * 2 > broad.holders;
        const audience = isMostly ? 'pedantic' : audienceOf(broad, 'pedantic');
        yield { ...problem(broad, 'jobs'), severity: 'medium', audience };
      }
    },
    *job(job) {
      for (const broad of broadSecretsIn(job)) {
        if (broad.isNeededByAll) continue;
        yield { ...problem(broad, 'steps'), audience: audienceOf(broad, 'regular'), fix: move(job, broad) };
      }
    },
  },
});

function problem({ variable, holders, readers }: BroadSecret, what: 'jobs' | 'steps') {
  const seen =
    readers.length === 0
      ? ''
      : readers.length === holders
        ? ', all of which read it in some step'
        : `, of which ${readers.length === 1 ? 'one reads' : `${readers.length} read`} it as far as can be seen`;
  return {
    at: variable.text,
    subject: 'env',
    member: variable.name,
    message: `\`${variable.name}\` is in the environment of all ${holders} ${what}${seen}: any of their actions and tools can take it`,
  };
}

/** The job's own token is within reach of every action anyway, and ends with the job. */
function audienceOf({ names, isNeededByAll }: BroadSecret, needed: 'regular' | 'pedantic') {
  if (names.every((name) => name === 'GITHUB_TOKEN' || name.startsWith('steps.'))) return 'pedantic';
  return isNeededByAll ? needed : 'regular';
}

/** To the one step that reads it. A tool in another step may read it too, so a person must look. */
function move(job: Job, { variable, readers }: BroadSecret) {
  const [step, second] = readers;
  if (!step || second || step.kind !== 'step' || variable.text.node.anchor !== null) return null;
  const removed = withoutVariable(job, variable.name);
  return {
    title: `Move \`${variable.name}\` to the step that reads it`,
    safe: false,
    edits: [removed, added(step, variable)],
  };
}

function added(step: Step, { name, text }: BroadSecret['variable']): SourceEdit | null {
  const written = text.source.slice(text);
  if (step.find('env') || written.includes('\n')) return step.ensure(['env', name], written);
  return step.insertBefore(step.script ? 'run' : 'uses', 'env', `\n  ${name}: ${written}`);
}
