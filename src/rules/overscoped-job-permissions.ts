import type { Job } from '../engine/model/job.ts';
import type { PermissionEntry, Permissions } from '../engine/model/permissions.ts';
import { scopeWrites } from '../engine/model/scope-uses.ts';
import type { SourceEdit } from '../engine/model/source.ts';
import { replace } from '../engine/model/source.ts';
import { defineRule } from '../engine/rule.ts';
import { removeEntry } from '../engine/yaml/edit.ts';
import { isTokenScope, TOKEN_SCOPES } from '../knowledge/token-scopes.ts';

/** Scopes of which the tables know every use. The others (drives, Copilot …) are never called unused. */
const JUDGED = [
  'actions',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'discussions',
  'id-token',
  'issues',
  'packages',
  'pages',
  'pull-requests',
  'security-events',
  'statuses',
];

export const overscopedJobPermissions = defineRule({
  id: 'overscoped-job-permissions',
  severity: 'low',
  section: 'Permissions',
  summary: 'Job is granted a write scope that no step uses',
  why: 'Whoever gets code into the job, by a package or an action that it runs, has all that its token may do, also what the job itself never does.',
  remedy: 'Take the scope away, or lower it to `read`; each job needs only what its own steps write.',
  peers: ['scorecard: Token-Permissions', 'secure-repo: AddPermissions'],
  // Its scope is not only shared but for nothing.
  subsumes: ['excessive-permissions'],
  visit: {
    *permissions(permissions) {
      // A workflow's block is its only job's.
      const heirs = permissions.workflow.jobs.filter((one) => !one.isNever && !one.permissions);
      const job = permissions.job ?? (heirs.length === 1 ? heirs[0] : undefined);
      if (!job) return;
      const unused = unusedWrites(permissions, job);
      const worst = [...unused].sort((a, b) => Number(isGrave(b)) - Number(isGrave(a)))[0];
      if (!worst) return;
      yield {
        at: worst.at,
        message: `No step of job \`${job.id}\` writes by ${unused.map(({ scope }) => `\`${scope}\``).join(', ')}; code that somebody brings into it could`,
        subject: 'write',
        severity: isGrave(worst) ? 'medium' : 'low',
        related: unused.filter((entry) => entry !== worst).map(({ at }) => ({ at, message: 'not used, either' })),
        fix: { title: 'Take the write access away', safe: false, edits: edits(permissions, unused) },
      };
    },
  },
});

/** The write scopes of a job's own block that none of its steps can use, as far as all of them are understood. */
function unusedWrites({ entries }: Permissions, job: Job): readonly PermissionEntry[] {
  const granted = entries.filter(({ scope, level }) => level === 'write' && JUDGED.includes(scope));
  const writes = granted.length > 0 ? scopeWrites(job) : null;
  return writes ? granted.filter(({ scope }) => !writes.scopes.has(scope)) : [];
}

/** Code, packages, runs and identities reach other people. */
function isGrave({ scope }: PermissionEntry): boolean {
  return ['contents', 'actions', 'packages', 'id-token'].includes(scope);
}

function edits(
  { source, owner, entries }: Permissions,
  unused: readonly PermissionEntry[],
): readonly (SourceEdit | null)[] {
  const map = owner.find('permissions');
  return unused.map(({ scope, value }) => {
    const levels: readonly string[] = isTokenScope(scope) ? TOKEN_SCOPES[scope].levels : [];
    if (levels.includes('read')) return replace(value, 'read');
    // Without any entry left the block would be nothing at all.
    return map?.kind === 'map' && entries.length > 1 ? source.edit(removeEntry(source.text, map, scope)) : null;
  });
}
