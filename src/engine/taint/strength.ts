import type { Job } from '../model/job.ts';

/** Scopes whose write level changes code, packages, releases or runs, not only talk about them. */
const STRONG_SCOPES = [
  'contents',
  'packages',
  'actions',
  'id-token',
  'deployments',
  'pages',
  'attestations',
  'security-events',
];

/** Whether a job holds secrets, or a token that changes more than labels and comments; `maybe`: the repository's setting decides. */
export function strengthOf(job: Job): 'yes' | 'maybe' | 'no' {
  const grants = STRONG_SCOPES.map((scope) => job.grants(scope, 'write'));
  if (job.secrets.length > 0 || grants.includes('yes')) return 'yes';
  return grants.includes('maybe') ? 'maybe' : 'no';
}
