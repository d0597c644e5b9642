import { RUNNER_CALL } from '../../knowledge/token-inputs.ts';
import type { Expression } from './expression.ts';
import { isGithubToken } from './github-token.ts';
import type { Step } from './step.ts';

/** Whether the workflow is called, and declares the secret: what it holds is said where it is passed. */
export function isHandedIn({ owner }: Expression, name: string): boolean {
  const workflow =
    owner.kind === 'job' || owner.kind === 'step' ? owner.workflow : owner.kind === 'workflow' ? owner : null;
  return workflow?.triggers.get('workflow_call')?.secrets.includes(name) === true;
}

/** For a message: the credential that is enough where a person's token stands. */
export function betterToken({ site: { owner } }: Expression): string {
  const steps = owner.kind === 'step' ? [owner] : owner.kind === 'job' ? owner.steps : [];
  if (steps.some(callsForRunner))
    return 'to register runners, for which `GITHUB_TOKEN` has no scope, take a GitHub App’s token';
  if (owner.kind !== 'step' || !owner.uses?.matches(['actions/checkout'])) {
    return 'in this repository `GITHUB_TOKEN` with the scope it needs is enough; take a GitHub App’s token for others, for protected branches, and where what it does must start workflows';
  }
  if (owner.with('repository')) return 'a deploy key of that repository is enough for its source';
  return '`GITHUB_TOKEN` is enough for this repository, a GitHub App’s token where a push must start workflows or go to a protected branch';
}

/** Registers a runner by GitHub's API. */
function callsForRunner({ script, inputs }: Step): boolean {
  return RUNNER_CALL.test(script?.value ?? '') || [...inputs.values()].some(({ value }) => RUNNER_CALL.test(value));
}

/** Whether GitHub is given a stored secret in the job: a person's token, as far as can be seen. */
export function holdsPersonsToken({ job }: Step): boolean {
  return (job?.secretUses ?? []).some(
    ({ name, expression }) => name !== 'GITHUB_TOKEN' && expression !== null && isGithubToken(expression),
  );
}
