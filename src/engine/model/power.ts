import type { Exposure } from '../finding.ts';
import type { Step } from './step.ts';
import type { Uses } from './uses.ts';

/** Scopes whose write level changes code, packages, releases or runs, not only talk about them. */
export const STRONG_SCOPES: ReadonlySet<string> = new Set([
  'contents',
  'packages',
  'actions',
  'id-token',
  'deployments',
  'pages',
  'attestations',
]);

/** Whether code that runs in a step can take something: the job's secrets, or a token that changes more than labels and comments. */
export function holdsPower(step: Step): boolean {
  const { exposure } = step.parent;
  const known = powerful.get(exposure) ?? isPowerful(exposure);
  powerful.set(exposure, known);
  return known;
}

/** Every step of a job asks the same. */
const powerful = new WeakMap<Exposure, boolean>();

function isPowerful({ token, secrets }: Exposure): boolean {
  if (secrets.length > 0) return true;
  return (
    token.kind === 'declared' &&
    Object.entries(token.scopes).some(([scope, level]) => level === 'write' && STRONG_SCOPES.has(scope))
  );
}

/** Whoever moves the tag or branch gets a machine for some minutes, and a token that reads. */
export function holdsNothing({ user }: Uses): boolean {
  const { token, secrets, runner } = (user.kind === 'step' ? user.parent : user).exposure;
  // Where nothing is declared, that is a finding of its own.
  const mayWrite = token.kind === 'declared' && Object.values(token.scopes).includes('write');
  return !mayWrite && secrets.length === 0 && runner !== 'self-hosted';
}
