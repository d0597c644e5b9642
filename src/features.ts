/**
 * The one table of what the App can do and what each thing needs from GitHub. The three manifests (`app*.yml`), the
 * documentation and the start-up check come from it. Sources: GitHub's "Permissions required for GitHub Apps" and
 * "Webhook events and payloads", and the measurements in docs/decisions.
 */

type GrantLevel = 'read' | 'write';
type Grants = Readonly<Record<string, GrantLevel>>;

/** Three Apps with three keys, so that reading never carries the right to write code or to read an organisation's settings. */
export type Manifest = 'gate' | 'fixer' | 'observer';

export interface Feature {
  /** What a person would call it, as the object of "cannot …". */
  readonly name: string;
  readonly manifest: Manifest;
  readonly permissions: Grants;
  readonly events: readonly string[];
  /** False: planned in the manifest's contract, not yet in the code. */
  readonly built: boolean;
}

export const features = [
  {
    name: 'read workflows, their history and the policy',
    manifest: 'gate',
    permissions: { metadata: 'read', contents: 'read' },
    events: ['push', 'repository'],
    built: true,
  },
  {
    name: 'report check runs and answer re-runs',
    manifest: 'gate',
    permissions: { checks: 'write' },
    events: ['check_run', 'check_suite'],
    built: true,
  },
  {
    name: 'review pull requests',
    manifest: 'gate',
    permissions: { pull_requests: 'write' },
    events: ['pull_request', 'pull_request_review_comment', 'pull_request_review_thread'],
    built: true,
  },
  {
    // GitHub refuses a manifest with issue_comment unless issues is asked for, although pull requests' comments need less.
    name: 'hear commands in comments',
    manifest: 'gate',
    permissions: { issues: 'read', members: 'read' },
    events: ['issue_comment'],
    built: true,
  },
  {
    name: 'check what a merge queue will merge',
    manifest: 'gate',
    permissions: { merge_queues: 'read' },
    events: ['merge_group'],
    built: true,
  },
  {
    name: 'record which jobs ask for which runners',
    manifest: 'gate',
    permissions: { actions: 'read' },
    events: ['workflow_job', 'workflow_run'],
    built: true,
  },
  {
    name: 'commit fixes to workflow files',
    manifest: 'fixer',
    permissions: { metadata: 'read', contents: 'write', workflows: 'write', pull_requests: 'write' },
    events: [],
    built: false,
  },
  {
    name: 'read the settings of repositories and of the organisation',
    manifest: 'observer',
    permissions: {
      metadata: 'read',
      administration: 'read',
      organization_administration: 'read',
      environments: 'read',
      secrets: 'read',
      organization_secrets: 'read',
      organization_self_hosted_runners: 'read',
    },
    events: [],
    built: false,
  },
  {
    name: 'keep the dashboard issue',
    manifest: 'observer',
    permissions: { issues: 'write' },
    events: ['issues'],
    built: false,
  },
] as const satisfies readonly Feature[];

/** GitHub delivers these to every App without being asked; a manifest that names them is refused. */
const ALWAYS_DELIVERED = ['installation', 'installation_repositories', 'github_app_authorization'];

/** The union of what the features of one manifest need, sorted by name. */
function needs(
  manifest: Manifest,
  table: readonly Feature[] = features,
): { grants: Grants; events: readonly string[] } {
  const grants: Record<string, GrantLevel> = {};
  const events = new Set<string>();
  for (const feature of table.filter((each) => each.manifest === manifest)) {
    for (const [scope, level] of Object.entries(feature.permissions))
      if (grants[scope] !== 'write') grants[scope] = level;
    for (const event of feature.events) if (!ALWAYS_DELIVERED.includes(event)) events.add(event);
  }
  return { grants: Object.fromEntries(Object.entries(grants).sort()), events: [...events].sort() };
}

/** Features of the gate that the granted permissions do not allow, each with the scopes that are missing (`checks: write`). */
export function missingGrants(
  granted: Readonly<Record<string, string | undefined>>,
): { feature: string; missing: string[] }[] {
  const suffices = (scope: string, level: GrantLevel) =>
    granted[scope] === level || granted[scope] === 'write' || granted[scope] === 'admin';
  return (features as readonly Feature[])
    .filter((each) => each.manifest === 'gate' && each.built)
    .map((each) => ({
      feature: each.name,
      missing: Object.entries(each.permissions)
        .filter(([scope, level]) => !suffices(scope, level))
        .map(([scope, level]) => `${scope}: ${level}`),
    }))
    .filter((each) => each.missing.length > 0);
}

/** An App manifest as GitHub's manifest flow takes it (https://docs.github.com/apps/sharing-github-apps). */
export interface AppManifest {
  readonly name: string;
  readonly url: string;
  readonly description: string;
  readonly public: boolean;
  readonly hook_attributes: { readonly url: string; readonly active: boolean };
  readonly default_permissions: Grants;
  readonly default_events: readonly string[];
}

const DESCRIPTIONS: Readonly<Record<Manifest, { name: string; description: string }>> = {
  gate: { name: 'Gargoyle', description: 'Checks what a pull request would let GitHub Actions do.' },
  fixer: { name: 'Gargoyle Fixer', description: 'Commits the fixes that a person asked Gargoyle for.' },
  observer: { name: 'Gargoyle Observer', description: 'Reads the settings that decide what GitHub Actions may do.' },
};

/** The manifest of one of the three Apps. The fixer and the observer receive no webhooks of their own. */
export function appManifest(
  manifest: Manifest,
  webhookUrl = 'https://gargoyle.example.com/api/github/webhooks',
): AppManifest {
  const { grants, events } = needs(manifest);
  return {
    ...DESCRIPTIONS[manifest],
    url: 'https://gargoyle.example.com',
    public: false,
    hook_attributes: { url: webhookUrl, active: manifest === 'gate' },
    default_permissions: grants,
    default_events: events,
  };
}
