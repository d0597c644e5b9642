import { type ContainerPower, containerPowers, dockerPowers } from '../engine/model/container-power.ts';
import type { Job } from '../engine/model/job.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const privilegedContainer = defineRule({
  id: 'privileged-container',
  severity: 'high',
  section: 'Runners',
  summary: 'Container is given the host',
  why: 'Whoever gets code into a container that holds the host’s rights, its files or its Docker socket has the host: on a machine of one’s own also the next jobs and the network around it.',
  remedy:
    'Take the option or the volume away; give the one device or capability that is needed, or build images without Docker’s socket (rootless BuildKit, Kaniko).',
  visit: {
    *job(job) {
      const containers = job.container ? [job.container, ...job.services] : job.services;
      for (const container of containers) {
        const whose = container.name ? `Service \`${container.name}\`` : 'The job’s container';
        yield* problems(job, containerPowers(container), whose);
      }
    },
    *script(script) {
      const { job } = script.step;
      // A hosted machine is thrown away: a script on it could do all that without a container.
      const kind = job?.runsOn?.kind;
      if (!job || (kind !== 'self-hosted' && kind !== 'unknown')) return;
      yield* problems(job, dockerPowers(script), 'A container');
    },
  },
});

/** One for each container: several ways into the host are one. */
function* problems(job: Job, powers: readonly ContainerPower[], whose: string): Generator<Problem> {
  const worst = powers.find(({ isWhole }) => isWhole) ?? powers[0];
  if (!worst) return;
  const kind = job.runsOn?.kind ?? 'unknown';
  const isLasting = kind === 'self-hosted';
  yield {
    at: worst.at,
    message: `${whose} is given ${worst.gives} (\`${worst.what}\`)${isLasting ? ', on a machine that lives on: code in it reaches every later job' : ''}`,
    subject: worst.what.split(/[= ]/)[0] ?? '',
    severity: isLasting ? (worst.isWhole ? 'high' : 'medium') : 'low',
    confidence: kind === 'unknown' ? 'low' : 'high',
    audience: isLasting || worst.isWhole ? 'regular' : 'pedantic',
    related: powers.filter((power) => power !== worst).map(({ at, gives }) => ({ at, message: `also ${gives}` })),
  };
}
