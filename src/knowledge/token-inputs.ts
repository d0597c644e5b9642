/**
 * Inputs that take a GitHub token, by whatever action: named for it.
 *
 * Source: the metadata of widely used actions, November 2026. Lower case; `-` and `_` are alike.
 */
export const TOKEN_INPUTS: ReadonlySet<string> = new Set([
  'access-token-github',
  'gh-pat',
  'gh-token',
  'ghtoken',
  'github-access-token',
  'github-api-token',
  'github-pat',
  'github-personal-access-token',
  'github-token',
  'githubtoken',
  'pat',
  'pat-token',
  'personal-access-token',
  'personal-token',
  'repo-token',
]);

/**
 * Actions whose input `token` goes to GitHub. Elsewhere `token` is a vendor's (Codecov, Sonar, npm …).
 *
 * Source: the actions' own metadata, November 2026. `owner/*` for all actions of one owner; lower case.
 */
export const TOKEN_ACTIONS: readonly string[] = [
  'actions/*',
  'amannn/action-semantic-pull-request',
  'benc-uk/workflow-dispatch',
  'changesets/action',
  'codelytv/pr-size-labeler',
  'crazy-max/ghaction-github-labeler',
  'dependabot/fetch-metadata',
  'dorny/paths-filter',
  'dorny/test-reporter',
  'fastify/github-action-merge-dependabot',
  'github/*',
  'google-github-actions/release-please-action',
  'googleapis/release-please-action',
  'jamesives/github-pages-deploy-action',
  'juliangruber/approve-pull-request-action',
  'lycheeverse/lychee-action',
  'micnncim/action-label-syncer',
  'ncipollo/release-action',
  'mathieudutour/github-tag-action',
  'octokit/*',
  'peter-evans/*',
  'release-drafter/release-drafter',
  'renovatebot/github-action',
  'rtcamp/action-slack-notify',
  'softprops/action-gh-release',
  'tj-actions/*',
];

/** Environment variables that `gh`, git helpers and release tools read a GitHub token from. Source: their documentation, November 2026. */
export const TOKEN_VARIABLES: ReadonlySet<string> = new Set([
  'GH_TOKEN',
  'GITHUB_TOKEN',
  'GH_ENTERPRISE_TOKEN',
  'GITHUB_ENTERPRISE_TOKEN',
  'API_TOKEN_GITHUB',
  'GITHUB_API_TOKEN',
  'GITHUB_OAUTH_TOKEN',
  'GITHUB_PAT',
  'GH_PAT',
  'HOMEBREW_GITHUB_API_TOKEN',
  'RELEASE_PLEASE_TOKEN',
]);

/** Registries that take a GitHub token as password. Source: GitHub Docs, "Working with the Container registry", November 2026. */
export const PACKAGE_HOSTS: ReadonlySet<string> = new Set(['ghcr.io', 'docker.pkg.github.com', 'https://ghcr.io']);

/** A script's text up to a place where a token stands: in the URL of a clone, or behind `Authorization:`. */
export const TOKEN_BEFORE = /(https:\/\/[^\s/@]*|authorization:\s*\S*\s*)$/i;

/** Hosts that take a GitHub token: GitHub's own, and servers that are named for it. Not the pages that people publish. */
export const TOKEN_HOST =
  /(?:^|\.)(?:github\.com|ghcr\.io|githubusercontent\.com|ghe\.com)$|(?:^|[.-])(?:github|ghes?)[.-](?!io$)/i;

/** Variables and expressions in whose place such a host, or its URL, stands. */
export const TOKEN_HOST_NAME =
  /^\$(?:\{\{\s*github\.(?:api|server|graphql)_url\b|[({]?(?:env:)?(?:GITHUB_(?:API|SERVER|GRAPHQL)_URL|GITHUB_HOST|GH_HOST|GHE?S?_(?:HOST|URL))\b)/i;

/** Calls of the API that register runners: `GITHUB_TOKEN` has no scope for them. */
export const RUNNER_CALL =
  /actions\/runners\/(?:registration-token|generate-jitconfig)|createRegistrationTokenFor(?:Repo|Org)|generateRunnerJitconfigFor(?:Repo|Org)/;

/** Names of secrets that say "a person's token"; and those that also say that it is GitHub's. */
export const PERSONAL_NAME = /(^|_)(G?H?PATS?\d*|PERSONAL_([A-Z0-9]+_)*TOKEN|USER_TOKEN|ADMIN_TOKEN|MY_TOKEN)(_|$)/;
export const GITHUB_PAT_NAME = /(^|_)(GH|GITHUB)_([A-Z0-9]+_)*PAT(_|$)|(^|_)PAT_(GH|GITHUB)(_|$)/;

/** Names of secrets that say "a program's account's", and those that say that the key is some vendor's. */
export const PROGRAM_NAME = /BOT|(?:^|_)(?:APP|AUTOMATION|CI|MACHINE|SERVICE|SVC|ROBOT)(?:_|$)/;
export const VENDOR_NAME = /^(?!.*(?:GITHUB|GH_)).*_API_KEY$/;

/**
 * GitHub's prefixes for credentials that act as a person: classic and fine-grained personal access tokens, OAuth and
 * user-to-server tokens. The text behind the prefix is never quoted in a message.
 *
 * Source: GitHub Docs, "GitHub's token formats", November 2026.
 */
export const PERSONAL_TOKEN = /\b(ghp_|gho_|ghu_|github_pat_)[A-Za-z0-9_]{36,}/g;
