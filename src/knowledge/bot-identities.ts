/**
 * Names and addresses under which programs commit: the address of an App's account (`1234+name[bot]@users.noreply.github.com`),
 * those of GitHub's own runners, and words that people use for automation.
 *
 * Source: GitHub Docs, "Using pre-written building blocks", the metadata of actions that commit, and common use; November 2026.
 */
export const BOT_IDENTITY =
  /\[bot\]|(?:^|[^a-z])(?:bot|robot|ci|cd|gha|actions?|github-?actions?|auto|automat(?:ion|ed|ic)|build(?:s|er|bot)?|deploy(?:er|bot)?|release[rs]?|releng|machine|service|svc|noreply|no-reply|donotreply|do-not-reply|jenkins|runner|workflows?|pipeline|dependabot|renovate|semantic-release(?:-bot)?|admins?|devops|infra|team|support|info|security|opensource|oss|docs|nobody|root|git|test|ops)(?:[^a-z]|$)|bot@|bot$|-bot\b|bot-/i;

/** Hosts that belong to nobody: addresses there are made up. */
export const NOBODYS_HOST =
  /@(?:(?:[^@\s]*\.)?(?:example\.(?:com|org|net)|localhost|local|invalid|test)|github\.com)>?$/i;

/** Inputs of actions that take the committer or author of what the action commits. Sources: the actions' metadata, November 2026. */
export const IDENTITY_INPUTS: readonly { readonly action: string; readonly inputs: readonly string[] }[] = [
  { action: 'endbug/add-and-commit', inputs: ['author_email', 'committer_email'] },
  { action: 'jamesives/github-pages-deploy-action', inputs: ['git-config-email'] },
  { action: 'peaceiris/actions-gh-pages', inputs: ['user_email'] },
  { action: 'peter-evans/create-pull-request', inputs: ['author', 'committer'] },
  { action: 'stefanzweifel/git-auto-commit-action', inputs: ['commit_user_email', 'commit_author'] },
  { action: 'crazy-max/ghaction-github-pages', inputs: ['committer', 'author'] },
  { action: 'cpina/github-action-push-to-another-repository', inputs: ['user-email'] },
];
