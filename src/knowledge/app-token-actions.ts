/** An action that makes an installation token of a GitHub App. */
interface AppTokenAction {
  readonly action: string;
  /** The input that names repositories; null: it can't be limited to some. */
  readonly repositories: string | null;
  /** Without it the token reaches all repositories of the installation, else only where another owner is named. */
  readonly isWideByDefault: boolean;
  /** Inputs that limit what it may do: a name, or the start of names (`permission-*`); null: it can't be limited. */
  readonly permissions: string | null;
  /** Why it should not be used; null where it is fine. */
  readonly legacy: string | null;
}

/**
 * Actions that make an App's token, and how they limit it. Sources: their own metadata and documentation, November 2026.
 */
export const APP_TOKEN_ACTIONS: readonly AppTokenAction[] = [
  {
    action: 'actions/create-github-app-token',
    repositories: 'repositories',
    isWideByDefault: false,
    permissions: 'permission-*',
    legacy: null,
  },
  {
    action: 'tibdex/github-app-token',
    repositories: 'repositories',
    isWideByDefault: true,
    permissions: 'permissions',
    legacy: 'is archived',
  },
  {
    action: 'getsentry/action-github-app-token',
    repositories: null,
    isWideByDefault: true,
    permissions: null,
    legacy: 'cannot limit what the token may do',
  },
  {
    action: 'wow-actions/use-app-token',
    repositories: null,
    isWideByDefault: true,
    permissions: null,
    legacy: 'cannot limit what the token may do',
  },
  {
    action: 'peter-murray/workflow-application-token-action',
    repositories: null,
    isWideByDefault: true,
    permissions: 'permissions',
    legacy: 'does not limit the token to repositories',
  },
];

/** Permissions of an organisation: a token with these alone has nothing to do with repositories. */
export const ORGANISATION_PERMISSION = /^permission-(?:members|organization-)/;
