/**
 * What each operation asks for, as GitHub documents it ("Permissions required for GitHub Apps", docs.github.com, 2026) and
 * says in its `X-Accepted-GitHub-Permissions` header.
 */
import type { Level, Permissions } from './entities.ts';

export interface Need {
  /** Who may call: the App itself by its JWT, or an installation by its token. */
  readonly as: 'app' | 'installation';
  /** Alternatives: each is one permission and its level. Empty: none is needed. */
  readonly anyOf: readonly (readonly [permission: string, level: Level])[];
  /** Creates content that people are notified of: 80 a minute (github.md L2). */
  readonly content?: true;
}

const app: Need = { as: 'app', anyOf: [] };
const free: Need = { as: 'installation', anyOf: [] };
const needs = (...anyOf: Need['anyOf']): Need => ({ as: 'installation', anyOf });
const creates = (...anyOf: Need['anyOf']): Need => ({ as: 'installation', anyOf, content: true });

const comments = [
  ['issues', 'write'],
  ['pull_requests', 'write'],
] as const;
const commentsRead = [
  ['issues', 'read'],
  ['pull_requests', 'read'],
] as const;

export const operationNeeds: Readonly<Record<string, Need>> = {
  'apps/get-authenticated': app,
  'apps/list-webhook-deliveries': app,
  'apps/get-webhook-delivery': app,
  'apps/redeliver-webhook-delivery': app,
  'apps/list-installations': app,
  'apps/get-installation': app,
  'apps/create-installation-access-token': app,
  'apps/get-repo-installation': app,
  'apps/get-org-installation': app,
  'apps/list-repos-accessible-to-installation': free,
  'orgs/get': free,
  'users/get-by-username': free,
  'rate-limit/get': free,
  'repos/get': needs(['metadata', 'read']),
  'actions/get-workflow-run': needs(['actions', 'read']),
  'checks/get': needs(['checks', 'read']),
  'checks/list-annotations': needs(['checks', 'read']),
  'checks/list-for-ref': needs(['checks', 'read']),
  'checks/create': needs(['checks', 'write']),
  'checks/update': needs(['checks', 'write']),
  'repos/get-collaborator-permission-level': needs(['metadata', 'read']),
  'repos/get-commit': needs(['contents', 'read']),
  'repos/compare-commits-with-basehead': needs(['contents', 'read']),
  'repos/get-content': needs(['contents', 'read']),
  'repos/list-pull-requests-associated-with-commit': needs(['pull_requests', 'read']),
  'git/get-blob': needs(['contents', 'read']),
  'git/get-tree': needs(['contents', 'read']),
  'git/get-ref': needs(['contents', 'read']),
  'issues/list-comments': needs(...commentsRead),
  'issues/get-comment': needs(...commentsRead),
  'issues/create-comment': creates(...comments),
  'issues/update-comment': needs(...comments),
  'issues/delete-comment': needs(...comments),
  'reactions/create-for-issue-comment': needs(...comments),
  'pulls/list': needs(['pull_requests', 'read']),
  'pulls/get': needs(['pull_requests', 'read'], ['contents', 'read']),
  'pulls/list-files': needs(['pull_requests', 'read']),
  'pulls/list-reviews': needs(['pull_requests', 'read']),
  'pulls/create-review': creates(['pull_requests', 'write']),
  'pulls/list-review-comments': needs(['pull_requests', 'read']),
  'pulls/get-review-comment': needs(['pull_requests', 'read']),
  'pulls/create-review-comment': creates(['pull_requests', 'write']),
  'pulls/create-reply-for-review-comment': creates(['pull_requests', 'write']),
  'pulls/update-review-comment': needs(['pull_requests', 'write']),
  'pulls/delete-review-comment': needs(['pull_requests', 'write']),
};

const RANK: Readonly<Record<Level, number>> = { read: 1, write: 2, admin: 3 };

/** Metadata is always granted to read. */
export function grants(permissions: Permissions, permission: string, level: Level): boolean {
  const granted = permissions[permission] ?? (permission === 'metadata' ? 'read' : undefined);
  return granted !== undefined && RANK[granted] >= RANK[level];
}

export function acceptedHeader(need: Need): string {
  return need.anyOf.map(([permission, level]) => `${permission}=${level}`).join('; ');
}
