import type { Severity } from '../engine/finding.ts';
import { SEVERITIES } from '../engine/finding.ts';
import type { Job } from '../engine/model/job.ts';
import type { PermissionEntry, Permissions } from '../engine/model/permissions.ts';
import { visiblyWrites } from '../engine/model/token-needs.ts';
import { defineRule } from '../engine/rule.ts';
import { isTokenScope, TOKEN_SCOPES } from '../knowledge/token-scopes.ts';

export const excessivePermissions = defineRule({
  id: 'excessive-permissions',
  severity: 'high',
  section: 'Permissions',
  summary: 'Token may do more than its jobs need',
  why: 'What the workflow grants, every job gets: a test job that runs somebody’s package can then push, release or approve because another job must.',
  remedy: 'Grant `{}` or `contents: read` to the workflow and each write scope to the job that needs it.',
  peers: [
    'zizmor: excessive-permissions',
    'ghalint: deny_read_all_permission, deny_write_all_permission',
    'scorecard: Token-Permissions',
    'sisakulint: permissions',
  ],
  visit: {
    *permissions(permissions) {
      const { job, kind } = permissions;
      const heirs = job ? [job] : permissions.workflow.jobs.filter((one) => !one.isNever && !one.permissions);
      if (kind === 'write-all' || kind === 'read-all') {
        const all = kind === 'write-all' ? 'write' : 'read';
        yield {
          at: permissions,
          message: `\`${kind}\` lets ${job ? `job \`${job.id}\`` : 'every job'} ${all} with every scope there is, also those to come`,
          subject: kind,
          severity: kind === 'write-all' ? 'high' : 'medium',
          audience: heirs.length === 0 ? 'pedantic' : 'regular',
        };
      } else if (!job) yield* writeScopes(permissions, heirs);
    },
  },
});

/** One finding for a block: its worst scope, the others beside it. */
function* writeScopes(permissions: Permissions, heirs: readonly Job[]) {
  const writes = permissions.entries.filter((entry) => entry.level === 'write');
  const worst = [...writes].sort((a, b) => rank(harm(b, heirs)) - rank(harm(a, heirs)))[0];
  if (!worst) return;
  const jobs = heirs.map((job) => `\`${job.id}\``).join(', ');
  const scopes = writes.map((entry) => `\`${entry.scope}: write\``).join(', ');
  yield {
    at: worst.at,
    message:
      heirs.length > 1
        ? `Jobs ${jobs} all get ${scopes}, whichever of them needs it`
        : `The workflow grants ${scopes}; a job added later gets it unasked`,
    subject: 'write',
    severity: harm(worst, heirs),
    audience: heirs.length > 1 ? ('regular' as const) : ('pedantic' as const),
    related: writes
      .filter((entry) => entry !== worst)
      .map(({ at, scope }) => ({ at, message: `\`${scope}: write\` for these jobs, too` })),
  };
}

/** A scope's harm; only worth a note where each job that gets it visibly needs it. */
function harm({ scope }: PermissionEntry, heirs: readonly Job[]): Severity {
  if (heirs.length > 0 && heirs.every((job) => visiblyWrites(job, scope))) return 'info';
  // GitHub's own template for Pages: what the build makes is deployed anyway.
  const isPages = heirs.some((job) => job.steps.some((step) => step.uses?.matches(DEPLOY_PAGES)));
  if (isPages && (scope === 'pages' || scope === 'id-token')) return 'medium';
  return isTokenScope(scope) ? TOKEN_SCOPES[scope].harm : 'medium';
}

const DEPLOY_PAGES = ['actions/deploy-pages'];

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
