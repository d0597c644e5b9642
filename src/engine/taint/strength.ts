import type { Job } from '../model/job.ts';
import { STRONG_SCOPES } from '../model/power.ts';

/** Whoever steers a tainted job and may write alerts can close those that would show it. */
const SCOPES = [...STRONG_SCOPES, 'security-events'];

/** Whether a job holds secrets, or a token that changes more than labels and comments; `maybe`: the repository's setting decides. */
export function strengthOf(job: Job): 'yes' | 'maybe' | 'no' {
  const grants = SCOPES.map((scope) => job.grants(scope, 'write'));
  if (job.secrets.length > 0 || grants.includes('yes')) return 'yes';
  return grants.includes('maybe') ? 'maybe' : 'no';
}
