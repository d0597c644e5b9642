import type { JobCapabilities } from '../analysis.ts';
import type { Job } from './job.ts';

/** What a job can do, for the capability diff. */
export function capabilitiesOf(job: Job): JobCapabilities {
  const { runsOn, environment } = job;
  return {
    path: job.source.path,
    job: job.id,
    triggers: job.reach.events,
    token: job.token.data,
    secrets: job.secrets,
    environment: environment ? (environment.name?.value ?? '') : null,
    runner: { kind: runsOn?.kind ?? 'unknown', labels: sorted((runsOn?.labels ?? []).map((label) => label.value)) },
    uses: sorted(thirdParty(job)),
  };
}

/** Code from outside the repository: actions, called workflows, images. */
function thirdParty(job: Job): readonly string[] {
  const uses = [job, ...job.steps.filter((step) => !step.isNever)].flatMap((user) => user.uses ?? []);
  const images = [job.container, ...job.services].flatMap((container) => container?.image ?? []);
  return [
    ...uses.filter((one) => one.isRemote || one.kind === 'docker').map((one) => one.value.trim()),
    ...images.map((image) => `docker://${image.value.replace(/^docker:\/\//, '')}`),
  ];
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
