import type { Exposure, Reach, RunnerKind } from '../finding.ts';
import type { Job } from './job.ts';
import { Token } from './token.ts';

const REACHES = ['insider', 'outsider-unprivileged', 'outsider-privileged'] as const satisfies readonly Reach[];
const RUNNERS = ['hosted', 'managed', 'unknown', 'self-hosted'] as const satisfies readonly RunnerKind[];

/** What a problem in a job exposes. */
export function exposureOf(job: Job): Exposure {
  return {
    reach: job.reach.level,
    triggers: job.reach.events,
    token: job.token.data,
    secrets: job.secrets,
    // A job that calls a workflow has no machine of its own.
    runner: job.runsOn?.kind ?? 'unknown',
  };
}

/** The worst of several exposures; without any, nothing is known. */
export function unionOf(exposures: readonly Exposure[]): Exposure {
  if (exposures.length === 1 && exposures[0]) return exposures[0];
  const tokens = exposures.map(({ token }) =>
    token.kind === 'default' ? Token.unknown : Token.of(Object.entries(token.scopes)),
  );
  const isUnknown = exposures.length === 0;
  return {
    reach: isUnknown
      ? 'outsider-unprivileged'
      : worst(
          REACHES,
          exposures.map(({ reach }) => reach),
        ),
    triggers: [...new Set(exposures.flatMap(({ triggers }) => triggers))].sort(),
    token: isUnknown ? { kind: 'default' } : Token.union(tokens).data,
    secrets: [...new Set(exposures.flatMap(({ secrets }) => secrets))].sort(),
    runner: isUnknown
      ? 'unknown'
      : worst(
          RUNNERS,
          exposures.map(({ runner }) => runner),
        ),
  };
}

function worst<T>(order: readonly [T, ...T[]], values: readonly T[]): T {
  return values.reduce<T>((worse, value) => (order.indexOf(value) > order.indexOf(worse) ? value : worse), order[0]);
}
