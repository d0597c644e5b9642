interface ScopeOfAction {
  /** `owner/repo`, `owner/repo/path` or `owner/*`, lower case. */
  readonly action: string;
  /** The scope that it must be able to write. */
  readonly scope:
    | 'attestations'
    | 'checks'
    | 'contents'
    | 'id-token'
    | 'issues'
    | 'packages'
    | 'pages'
    | 'pull-requests'
    | 'security-events'
    | 'statuses';
  /** Only where this input is given, and is not `false`. */
  readonly input?: string;
}

/**
 * Actions that write to GitHub with the job's token, given to them or taken by default, and the scope that they cannot do
 * without. Not complete, in actions or in scopes: what is listed explains a write scope, what is not proves nothing.
 *
 * Source: the actions' own documentation and metadata, November 2026.
 */
export const SCOPES_OF_ACTIONS: readonly ScopeOfAction[] = [
  { action: 'actions/attest', scope: 'attestations' },
  { action: 'actions/attest-build-provenance', scope: 'attestations' },
  { action: 'actions/attest-sbom', scope: 'attestations' },
  { action: 'actions/create-release', scope: 'contents' },
  { action: 'actions/delete-package-versions', scope: 'packages' },
  { action: 'actions/deploy-pages', scope: 'pages' },
  { action: 'actions/first-interaction', scope: 'issues' },
  { action: 'actions/github-script', scope: 'issues' },
  { action: 'actions/labeler', scope: 'pull-requests' },
  { action: 'actions/stale', scope: 'issues' },
  { action: 'actions/upload-release-asset', scope: 'contents' },
  { action: 'amannn/action-semantic-pull-request', scope: 'statuses' },
  { action: 'aws-actions/configure-aws-credentials', scope: 'id-token' },
  { action: 'azure/login', scope: 'id-token' },
  { action: 'benchmark-action/github-action-benchmark', scope: 'contents' },
  { action: 'changesets/action', scope: 'contents' },
  { action: 'cycjimmy/semantic-release-action', scope: 'contents' },
  { action: 'docker/bake-action', scope: 'packages', input: 'push' },
  { action: 'docker/build-push-action', scope: 'packages', input: 'push' },
  { action: 'dessant/lock-threads', scope: 'issues' },
  { action: 'dorny/test-reporter', scope: 'checks' },
  { action: 'endbug/add-and-commit', scope: 'contents' },
  { action: 'github/codeql-action/analyze', scope: 'security-events' },
  { action: 'github/codeql-action/upload-sarif', scope: 'security-events' },
  { action: 'google-github-actions/auth', scope: 'id-token' },
  { action: 'google-github-actions/release-please-action', scope: 'contents' },
  { action: 'googleapis/release-please-action', scope: 'contents' },
  { action: 'goreleaser/goreleaser-action', scope: 'contents' },
  { action: 'hmarr/auto-approve-action', scope: 'pull-requests' },
  { action: 'jamesives/github-pages-deploy-action', scope: 'contents' },
  { action: 'jreleaser/release-action', scope: 'contents' },
  { action: 'marocchino/sticky-pull-request-comment', scope: 'pull-requests' },
  { action: 'mikepenz/action-junit-report', scope: 'checks' },
  { action: 'ncipollo/release-action', scope: 'contents' },
  { action: 'peaceiris/actions-gh-pages', scope: 'contents' },
  { action: 'peter-evans/create-issue-from-file', scope: 'issues' },
  { action: 'peter-evans/create-or-update-comment', scope: 'issues' },
  { action: 'peter-evans/create-pull-request', scope: 'contents' },
  { action: 'pypa/gh-action-pypi-publish', scope: 'id-token' },
  { action: 'redhat-actions/push-to-registry', scope: 'packages' },
  { action: 'release-drafter/*', scope: 'contents' },
  { action: 'reviewdog/*', scope: 'checks' },
  { action: 'rubygems/release-gem', scope: 'contents' },
  { action: 'softprops/action-gh-release', scope: 'contents' },
  { action: 'stefanzweifel/git-auto-commit-action', scope: 'contents' },
  { action: 'svenstaro/upload-release-action', scope: 'contents' },
];
