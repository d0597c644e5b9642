/**
 * Actions that push with the credential which actions/checkout left behind: without it they fail.
 *
 * Source: the actions' own documentation, November 2026.
 */
export const GIT_PUSHERS: readonly string[] = [
  'stefanzweifel/git-auto-commit-action',
  'endbug/add-and-commit',
  'phips28/gh-action-bump-version',
  'helm/chart-releaser-action',
  'devops-infra/action-commit-push',
  'github-actions-x/commit',
  'test-room-7/action-update-file',
];

/**
 * Actions that fetch, push or release, mostly with a token of their own, some with the checkout's in a private
 * repository: a person must look before it is taken away.
 *
 * Source: the actions' own documentation, November 2026.
 */
export const GIT_USERS: readonly string[] = [
  'ad-m/github-push-action',
  'changesets/action',
  'cycjimmy/semantic-release-action',
  'dorny/paths-filter',
  'goreleaser/goreleaser-action',
  'jamesives/github-pages-deploy-action',
  'mathieudutour/github-tag-action',
  'peaceiris/actions-gh-pages',
  'peter-evans/create-pull-request',
  'planetscale/ghcommit-action',
  'python-semantic-release/*',
  'step-security/changed-files',
  'tj-actions/changed-files',
];

/** Subcommands of git that read from the remote, which needs the credential in a private repository. */
export const GIT_READS: readonly string[] = ['fetch', 'pull', 'ls-remote', 'submodule', 'lfs', 'clone', 'remote'];
