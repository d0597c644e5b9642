interface TokenScope {
  /** Levels that GitHub accepts besides `none`, the weaker first. */
  readonly levels: readonly ('read' | 'write')[];
  /** Harm of `write` given to a whole workflow. */
  readonly harm: 'high' | 'medium' | 'low';
}

/**
 * The scopes of `permissions:`, in GitHub's order. `metadata: read` is implicit and cannot be named.
 *
 * Source: GitHub Docs, "Workflow syntax: permissions", and the workflow schema; read November 2026. The harm is ours:
 * high where write changes what others run, install or trust (code, packages, releases, identities, conversations).
 */
export const TOKEN_SCOPES = {
  actions: { levels: ['read', 'write'], harm: 'high' },
  'artifact-metadata': { levels: ['read', 'write'], harm: 'medium' },
  attestations: { levels: ['read', 'write'], harm: 'high' },
  checks: { levels: ['read', 'write'], harm: 'medium' },
  'code-quality': { levels: ['read', 'write'], harm: 'medium' },
  contents: { levels: ['read', 'write'], harm: 'high' },
  'copilot-requests': { levels: ['write'], harm: 'medium' },
  deployments: { levels: ['read', 'write'], harm: 'high' },
  discussions: { levels: ['read', 'write'], harm: 'medium' },
  drives: { levels: ['read', 'write'], harm: 'medium' },
  'id-token': { levels: ['write'], harm: 'high' },
  issues: { levels: ['read', 'write'], harm: 'high' },
  models: { levels: ['read'], harm: 'low' },
  packages: { levels: ['read', 'write'], harm: 'high' },
  pages: { levels: ['read', 'write'], harm: 'high' },
  'pull-requests': { levels: ['read', 'write'], harm: 'high' },
  'repository-projects': { levels: ['read', 'write'], harm: 'medium' },
  'security-events': { levels: ['read', 'write'], harm: 'medium' },
  statuses: { levels: ['read', 'write'], harm: 'low' },
  'vulnerability-alerts': { levels: ['read'], harm: 'low' },
} as const satisfies Record<string, TokenScope>;

/** A name that `permissions:` knows. */
export type TokenScopeName = keyof typeof TOKEN_SCOPES;

/** Whether `permissions:` knows this name. Own keys only: the name is the attacker's (`__proto__`, `constructor`). */
export function isTokenScope(name: string): name is TokenScopeName {
  return Object.hasOwn(TOKEN_SCOPES, name);
}

/**
 * Permissions of GitHub Apps that people take for scopes of the job's token.
 *
 * Source: GitHub Docs, "Permissions required for GitHub Apps", November 2026.
 */
export const FOREIGN_SCOPES: ReadonlySet<string> = new Set([
  'administration',
  'environments',
  'members',
  'metadata',
  'secrets',
  'variables',
  'workflows',
]);
