/** What approves or merges a pull request. Sources: the actions' and command lines' own documentation, November 2026. */
export const mergeActions = [
  'hmarr/auto-approve-action',
  'juliangruber/approve-pull-request-action',
  'ahmadnassri/action-dependabot-auto-merge',
  'peter-evans/enable-pull-request-automerge',
  'pascalgn/automerge-action',
  'koj-co/dependabot-pr-action',
  'alexwilson/enable-github-automerge-action',
  'ridedott/merge-me-action',
  'lewagon/automerge-dependabot-action',
  'frequenz-floss/dependabot-auto-approve',
  'reitermarkus/automerge',
  'plm/merge-me-action',
  'wow-actions/auto-merge',
] as const;

/** Calls of the API that do it, in scripts and in `gh api`. */
export const mergeCalls =
  /\.pulls\.merge\b|\.pulls\.createReview\b[\s\S]{0,400}APPROVE|enablePullRequestAutoMerge|mergePullRequest\b|\/pulls\/[^\s'"`]{1,80}\/merge\b/;

/** Numbers of bots' accounts: Dependabot (two), Renovate, GitHub Actions, Greenkeeper. */
export const botIds = ['49699333', '27856297', '29139614', '41898282', '29110', '23040076'] as const;
