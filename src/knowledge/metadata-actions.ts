/**
 * Actions that work on the pull request's or issue's metadata through the API and read no code of it. Sources: the
 * actions' own documentation. November 2026.
 */
export const metadataActions = [
  'actions/labeler',
  'actions/first-interaction',
  'actions/stale',
  'actions/add-to-project',
  'actions/create-github-app-token',
  'amannn/action-semantic-pull-request',
  'pascalgn/size-label-action',
  'codelytv/pr-size-labeler',
  'actions-cool/issues-helper',
  'actions-cool/maintain-one-comment',
  'peter-evans/create-or-update-comment',
  'peter-evans/find-comment',
  'marocchino/sticky-pull-request-comment',
  'thollander/actions-comment-pull-request',
  'mshick/add-pr-comment',
  'kentaro-m/auto-assign-action',
  'toshimaru/auto-author-assign',
  'release-drafter/release-drafter',
  'eps1lon/actions-label-merge-conflict',
  'dessant/lock-threads',
  'deepakputhraya/action-pr-title',
  'thehanimo/pr-title-checker',
  'step-security/harden-runner',
] as const;
