import type { TokenScopeName } from './token-scopes.ts';

/** Scopes of the job's token, with the level that is used. */
type Scopes = Readonly<Partial<Record<TokenScopeName, 'read' | 'write'>>>;

/** What an action does with the job's token only where an input says so. */
interface ScopesByInput {
  readonly input: string;
  /** `on`: given, and not `false`. `unless-off`: always but for `false`. A list: one of these values. Expressions count as any. */
  readonly is: 'on' | 'unless-off' | readonly string[];
  readonly scopes: Scopes;
}

/** What an action does with the job's token. */
export interface ActionScopes {
  /** `owner/repo`, `owner/repo/path` or `owner/*`, lower case. The first row that names an action counts. */
  readonly action: string;
  /** The most that it uses. */
  readonly scopes: Scopes;
  readonly when?: readonly ScopesByInput[];
  /** Given this input, it works with another token than the job's. */
  readonly token?: string;
  /** Only these are used: with a listed action a scope that it has not is one that it cannot use. */
  readonly isWhole: boolean;
  /** For people: what the scopes are for. Left out where there are none. */
  readonly why?: string;
}

const NOTHING = { scopes: {}, isWhole: true } as const;
const OIDC = { scopes: { 'id-token': 'write' }, isWhole: true } as const;

/**
 * What actions do with the job's token. `isWhole` rows may be relied on to take a scope away, so each is the upper bound of
 * what the action's own documentation and metadata say, over all its versions; the others only explain a scope.
 *
 * Source: the README and action.yml of each action, November 2026, read for this table.
 */
export const ACTION_SCOPES: readonly ActionScopes[] = [
  // Nothing but to read the repository.
  { action: 'actions/cache', ...NOTHING },
  { action: 'actions/checkout', scopes: { contents: 'read' }, isWhole: true, why: 'gets the source' },
  {
    action: 'actions/dependency-review-action',
    scopes: { contents: 'read' },
    isWhole: true,
    when: [{ input: 'comment-summary-in-pr', is: 'on', scopes: { 'pull-requests': 'write' } }],
    why: 'comments on the pull request',
  },
  { action: 'actions/download-artifact', scopes: { actions: 'read' }, isWhole: true, why: 'gets artifacts' },
  { action: 'actions/setup-*', scopes: { contents: 'read' }, isWhole: true, why: 'gets tools' },
  { action: 'actions/upload-artifact', ...NOTHING },
  { action: 'actions/upload-pages-artifact', ...NOTHING },
  { action: 'actions/create-github-app-token', ...NOTHING },
  { action: 'actions-rust-lang/setup-rust-toolchain', ...NOTHING },
  { action: 'astral-sh/ruff-action', ...NOTHING },
  { action: 'astral-sh/setup-uv', ...NOTHING },
  { action: 'awalsh128/cache-apt-pkgs-action', ...NOTHING },
  { action: 'biomejs/setup-biome', ...NOTHING },
  { action: 'bufbuild/buf-setup-action', ...NOTHING },
  { action: 'cachix/install-nix-action', ...NOTHING },
  { action: 'conda-incubator/setup-miniconda', ...NOTHING },
  { action: 'denoland/setup-deno', ...NOTHING },
  { action: 'docker/metadata-action', scopes: { contents: 'read' }, isWhole: true, why: 'reads the repository' },
  { action: 'docker/setup-buildx-action', ...NOTHING },
  { action: 'docker/setup-qemu-action', ...NOTHING },
  { action: 'dtolnay/rust-toolchain', ...NOTHING },
  { action: 'erlef/setup-beam', ...NOTHING },
  { action: 'extractions/setup-just', ...NOTHING },
  { action: 'hashicorp/setup-terraform', ...NOTHING },
  { action: 'jlumbroso/free-disk-space', ...NOTHING },
  { action: 'moonrepo/setup-rust', ...NOTHING },
  { action: 'mozilla-actions/sccache-action', ...NOTHING },
  { action: 'nick-fields/assert-action', ...NOTHING },
  { action: 'oven-sh/setup-bun', ...NOTHING },
  { action: 'pnpm/action-setup', ...NOTHING },
  { action: 'ruby/setup-ruby', ...NOTHING },
  { action: 'shivammathur/setup-php', ...NOTHING },
  { action: 'step-security/harden-runner', ...NOTHING },
  { action: 'subosito/flutter-action', ...NOTHING },
  { action: 'swatinem/rust-cache', ...NOTHING },
  { action: 'taiki-e/install-action', ...NOTHING },
  { action: 'azure/setup-kubectl', ...NOTHING },
  { action: 'bufbuild/buf-breaking-action', ...NOTHING },
  { action: 'bufbuild/buf-lint-action', ...NOTHING },
  { action: 'crate-ci/typos', ...NOTHING },
  { action: 'embarkstudios/cargo-deny-action', ...NOTHING },
  { action: 'google-github-actions/setup-gcloud', ...NOTHING },
  { action: 'hendrikmuhs/ccache-action', ...NOTHING },
  { action: 'helm/kind-action', ...NOTHING },
  { action: 'pnpm/setup', ...NOTHING },
  {
    action: 'golangci/golangci-lint-action',
    scopes: { checks: 'write', 'pull-requests': 'read', contents: 'read' },
    isWhole: true,
    why: 'annotates',
  },
  { action: 'pyo3/maturin-action', ...OIDC, why: 'may publish without a stored token' },
  { action: 'imjasonh/setup-crane', scopes: { packages: 'write' }, isWhole: true, why: 'logs in to the registry' },
  { action: 'ko-build/setup-ko', scopes: { packages: 'write' }, isWhole: true, why: 'logs in to the registry' },
  {
    action: 'dorny/paths-filter',
    scopes: { 'pull-requests': 'read', contents: 'read' },
    isWhole: true,
    why: 'lists changed files',
  },
  {
    action: 'dependabot/fetch-metadata',
    scopes: { 'pull-requests': 'read', contents: 'read' },
    isWhole: true,
    why: 'reads the pull request',
  },
  {
    action: 'tj-actions/changed-files',
    scopes: { 'pull-requests': 'read', contents: 'read' },
    isWhole: true,
    why: 'lists changed files',
  },

  // Identities: the token of OpenID Connect.
  { action: 'aws-actions/configure-aws-credentials', ...OIDC, why: 'logs in to AWS without a key' },
  { action: 'azure/login', ...OIDC, why: 'logs in to Azure without a key' },
  { action: 'google-github-actions/auth', ...OIDC, why: 'logs in to Google Cloud without a key' },
  { action: 'hashicorp/vault-action', ...OIDC, why: 'logs in to Vault without a key' },
  { action: 'nuget/login', ...OIDC, why: 'publishes without a stored token' },
  { action: 'pypa/gh-action-pypi-publish', ...OIDC, why: 'publishes without a stored token, and attests' },
  { action: 'rust-lang/crates-io-auth-action', ...OIDC, why: 'publishes without a stored token' },
  { action: 'rubygems/configure-rubygems-credentials', ...OIDC, why: 'publishes without a stored token' },
  {
    action: 'rubygems/release-gem',
    scopes: { 'id-token': 'write', contents: 'write' },
    isWhole: true,
    why: 'tags and publishes',
  },
  { action: 'sigstore/cosign-installer', ...NOTHING },
  { action: 'sigstore/gh-action-sigstore-python', ...OIDC, why: 'signs' },
  {
    action: 'codecov/codecov-action',
    scopes: {},
    isWhole: true,
    when: [{ input: 'use_oidc', is: 'on', scopes: { 'id-token': 'write' } }],
    why: 'uploads coverage without a stored token',
  },

  // Attestations and Pages.
  {
    action: 'actions/attest',
    scopes: { 'id-token': 'write', attestations: 'write', 'artifact-metadata': 'write' },
    isWhole: true,
    when: [{ input: 'push-to-registry', is: 'on', scopes: { packages: 'write' } }],
    why: 'signs and stores attestations',
  },
  {
    action: 'actions/attest-build-provenance',
    scopes: { 'id-token': 'write', attestations: 'write', 'artifact-metadata': 'write' },
    isWhole: true,
    when: [{ input: 'push-to-registry', is: 'on', scopes: { packages: 'write' } }],
    why: 'signs and stores attestations',
  },
  {
    action: 'actions/attest-sbom',
    scopes: { 'id-token': 'write', attestations: 'write', 'artifact-metadata': 'write' },
    isWhole: true,
    when: [{ input: 'push-to-registry', is: 'on', scopes: { packages: 'write' } }],
    why: 'signs and stores attestations',
  },
  { action: 'actions/configure-pages', scopes: { pages: 'write' }, isWhole: true, why: 'reads or enables Pages' },
  {
    action: 'actions/deploy-pages',
    scopes: { pages: 'write', 'id-token': 'write', actions: 'read' },
    isWhole: true,
    why: 'deploys Pages',
  },

  // Code scanning.
  {
    action: 'github/codeql-action/analyze',
    scopes: { 'security-events': 'write', actions: 'read', contents: 'read', packages: 'read' },
    isWhole: true,
    why: 'uploads alerts',
  },
  { action: 'github/codeql-action/autobuild', scopes: { contents: 'read' }, isWhole: true, why: 'builds' },
  {
    action: 'github/codeql-action/init',
    scopes: { 'security-events': 'read', actions: 'read', contents: 'read', packages: 'read' },
    isWhole: true,
    why: 'gets query packs',
  },
  {
    action: 'github/codeql-action/upload-sarif',
    scopes: { 'security-events': 'write', actions: 'read', contents: 'read' },
    isWhole: true,
    why: 'uploads alerts',
  },
  {
    action: 'ossf/scorecard-action',
    scopes: {
      contents: 'read',
      actions: 'read',
      checks: 'read',
      issues: 'read',
      'pull-requests': 'read',
      'security-events': 'read',
    },
    isWhole: true,
    when: [{ input: 'publish_results', is: 'on', scopes: { 'id-token': 'write' } }],
    why: 'signs the results that it publishes',
  },
  {
    action: 'zizmorcore/zizmor-action',
    scopes: { contents: 'read', actions: 'read' },
    isWhole: true,
    when: [{ input: 'advanced-security', is: 'unless-off', scopes: { 'security-events': 'write' } }],
    why: 'uploads alerts',
  },
  { action: 'aquasecurity/trivy-action', ...NOTHING },
  {
    action: 'gitleaks/gitleaks-action',
    scopes: { 'pull-requests': 'write' },
    isWhole: false,
    why: 'comments on the pull request',
  },

  // Conversations.
  {
    action: 'actions/first-interaction',
    scopes: { issues: 'write', 'pull-requests': 'write' },
    isWhole: true,
    why: 'greets',
  },
  {
    action: 'actions/labeler',
    scopes: { contents: 'read', issues: 'write', 'pull-requests': 'write' },
    isWhole: true,
    token: 'repo-token',
    why: 'labels, and makes labels that are missing',
  },
  {
    action: 'actions/stale',
    scopes: { issues: 'write', 'pull-requests': 'write', actions: 'write' },
    isWhole: true,
    token: 'repo-token',
    when: [{ input: 'delete-branch', is: 'on', scopes: { contents: 'write' } }],
    why: 'labels and closes, and keeps its state in the cache',
  },
  {
    action: 'amannn/action-semantic-pull-request',
    scopes: { 'pull-requests': 'read' },
    isWhole: true,
    when: [{ input: 'wip', is: 'on', scopes: { statuses: 'write' } }],
    why: 'marks unfinished pull requests',
  },
  {
    action: 'dessant/lock-threads',
    scopes: { issues: 'write', 'pull-requests': 'write', discussions: 'write' },
    isWhole: true,
    why: 'locks threads',
  },
  {
    action: 'hmarr/auto-approve-action',
    scopes: { 'pull-requests': 'write' },
    isWhole: true,
    token: 'github-token',
    why: 'approves',
  },
  {
    action: 'marocchino/sticky-pull-request-comment',
    scopes: { 'pull-requests': 'write', issues: 'write' },
    isWhole: true,
    why: 'comments',
  },
  {
    action: 'peter-evans/create-issue-from-file',
    scopes: { issues: 'write' },
    isWhole: true,
    token: 'token',
    why: 'opens an issue',
  },
  {
    action: 'peter-evans/create-or-update-comment',
    scopes: { issues: 'write', 'pull-requests': 'write' },
    isWhole: true,
    token: 'token',
    why: 'comments',
  },
  {
    action: 'peter-evans/find-comment',
    scopes: { issues: 'read', 'pull-requests': 'read' },
    isWhole: true,
    token: 'token',
    why: 'looks for a comment',
  },
  {
    action: 'actions-ecosystem/action-add-labels',
    scopes: { issues: 'write', 'pull-requests': 'write' },
    isWhole: true,
    token: 'github_token',
    why: 'labels',
  },
  {
    action: 'actions-ecosystem/action-remove-labels',
    scopes: { issues: 'write', 'pull-requests': 'write' },
    isWhole: true,
    token: 'github_token',
    why: 'labels',
  },
  {
    action: 'thollander/actions-comment-pull-request',
    scopes: { issues: 'write', 'pull-requests': 'write' },
    isWhole: true,
    why: 'comments',
  },

  // Checks and reports.
  { action: 'dorny/test-reporter', scopes: { checks: 'write' }, isWhole: false, why: 'makes a check of test results' },
  {
    action: 'mikepenz/action-junit-report',
    scopes: { checks: 'write' },
    isWhole: false,
    why: 'makes a check of test results',
  },
  { action: 'reviewdog/*', scopes: { checks: 'write', 'pull-requests': 'write' }, isWhole: false, why: 'annotates' },

  // Packages.
  { action: 'actions/delete-package-versions', scopes: { packages: 'write' }, isWhole: true, why: 'deletes packages' },
  {
    action: 'docker/login-action',
    scopes: {},
    isWhole: true,
    when: [{ input: 'password', is: 'on', scopes: { packages: 'write' } }],
    why: 'logs in to the registry',
  },
  {
    action: 'docker/bake-action',
    scopes: { contents: 'read' },
    isWhole: true,
    when: [{ input: 'push', is: 'on', scopes: { packages: 'write' } }],
    why: 'pushes images',
  },
  {
    action: 'docker/build-push-action',
    scopes: { contents: 'read' },
    isWhole: true,
    when: [
      { input: 'push', is: 'on', scopes: { packages: 'write' } },
      { input: 'outputs', is: 'on', scopes: { packages: 'write' } },
    ],
    why: 'pushes images',
  },
  { action: 'redhat-actions/push-to-registry', scopes: { packages: 'write' }, isWhole: false, why: 'pushes images' },

  // Releases, tags, commits.
  { action: 'actions/create-release', scopes: { contents: 'write' }, isWhole: true, why: 'makes a release' },
  { action: 'actions/upload-release-asset', scopes: { contents: 'write' }, isWhole: true, why: 'adds to a release' },
  {
    action: 'benchmark-action/github-action-benchmark',
    scopes: { contents: 'write' },
    isWhole: false,
    why: 'pushes results',
  },
  {
    action: 'changesets/action',
    scopes: { contents: 'write', 'pull-requests': 'write' },
    isWhole: false,
    why: 'opens the release pull request, tags and releases',
  },
  {
    action: 'cycjimmy/semantic-release-action',
    scopes: { contents: 'write', issues: 'write', 'pull-requests': 'write' },
    isWhole: false,
    why: 'releases',
  },
  { action: 'endbug/add-and-commit', scopes: { contents: 'write' }, isWhole: true, why: 'pushes' },
  {
    action: 'google-github-actions/release-please-action',
    scopes: { contents: 'write', 'pull-requests': 'write', issues: 'write' },
    isWhole: true,
    token: 'token',
    why: 'opens the release pull request and releases',
  },
  {
    action: 'googleapis/release-please-action',
    scopes: { contents: 'write', 'pull-requests': 'write', issues: 'write' },
    isWhole: true,
    token: 'token',
    why: 'opens the release pull request and releases',
  },
  { action: 'goreleaser/goreleaser-action', scopes: { contents: 'write' }, isWhole: false, why: 'releases' },
  {
    action: 'jamesives/github-pages-deploy-action',
    scopes: { contents: 'write' },
    isWhole: true,
    token: 'token',
    why: 'pushes the site',
  },
  { action: 'jreleaser/release-action', scopes: { contents: 'write' }, isWhole: false, why: 'releases' },
  {
    action: 'ncipollo/release-action',
    scopes: { contents: 'write' },
    isWhole: true,
    token: 'token',
    when: [{ input: 'discussioncategory', is: 'on', scopes: { discussions: 'write' } }],
    why: 'makes a release',
  },
  { action: 'peaceiris/actions-gh-pages', scopes: { contents: 'write' }, isWhole: true, why: 'pushes the site' },
  {
    action: 'peter-evans/create-pull-request',
    scopes: { contents: 'write', 'pull-requests': 'write', issues: 'write' },
    isWhole: true,
    token: 'token',
    why: 'pushes a branch and opens a pull request',
  },
  {
    action: 'peter-evans/repository-dispatch',
    scopes: { contents: 'write' },
    isWhole: true,
    token: 'token',
    why: 'sends an event to a repository',
  },
  {
    action: 'release-drafter/*',
    scopes: { contents: 'write', 'pull-requests': 'write', issues: 'write' },
    isWhole: true,
    why: 'drafts a release',
  },
  {
    action: 'softprops/action-gh-release',
    scopes: { contents: 'write' },
    isWhole: true,
    token: 'token',
    when: [{ input: 'discussion_category_name', is: 'on', scopes: { discussions: 'write' } }],
    why: 'makes a release',
  },
  { action: 'stefanzweifel/git-auto-commit-action', scopes: { contents: 'write' }, isWhole: true, why: 'pushes' },
  { action: 'svenstaro/upload-release-action', scopes: { contents: 'write' }, isWhole: true, why: 'adds to a release' },
  {
    action: 'actions/github-script',
    scopes: { issues: 'write', 'pull-requests': 'write' },
    isWhole: false,
    why: 'calls GitHub’s API',
  },
];
