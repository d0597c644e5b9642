import { SEVERITIES, type Severity } from '../finding.ts';
import type { Job } from '../model/job.ts';
import { type Danger, isOwnRef } from './danger.ts';

/** Harm of code that somebody else writes part of: by who reaches it, and by what the job holds. */
export function injectionSeverity({ source, reach, confidence, event }: Danger, job: Job | null): Severity {
  if (source.kind === 'plain') return 'info';
  if (source.kind === 'unknown') return source.name.startsWith('inputs.') ? 'low' : 'info';
  // Whoever makes that branch or tag can change the workflow in it as well.
  if (reach === 'insider' && isOwnRef(source.name)) return 'low';
  const levels = source.kind === 'computed' ? COMPUTED : TEXT;
  const level = holdsNothing(job) && reach !== 'outsider-privileged' ? lessened(levels[reach]) : levels[reach];
  // Its parents are started by writers: an outsider has to add a workflow of a parent's name in a fork (correction 13).
  return event === 'workflow_run' && confidence === 'medium' && level === 'critical' ? 'high' : level;
}

const TEXT = { 'outsider-privileged': 'critical', 'outsider-unprivileged': 'high', insider: 'medium' } as const;
const COMPUTED = { 'outsider-privileged': 'medium', 'outsider-unprivileged': 'low', insider: 'low' } as const;

/** A token that only reads, as it says, no secret, and a machine that is thrown away afterwards. */
function holdsNothing(job: Job | null): boolean {
  if (!job || job.token.scopes === null || job.token.mayWrite) return false;
  return job.secrets.length === 0 && job.runsOn?.kind !== 'self-hosted';
}

/** One level less. */
function lessened(severity: Severity): Severity {
  return SEVERITIES[Math.max(0, SEVERITIES.indexOf(severity) - 1)] ?? severity;
}
