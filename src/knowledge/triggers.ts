/** Who can cause a run by an event, what that run holds, and which commit it is about. */
export interface TriggerFacts {
  /**
   * `outsider`: anyone with an account. `indirect`: an outsider's act makes another program start it (a check, a
   * status or a deployment of a fork's commit). `parent`: whoever starts a workflow named in `workflows:`.
   * `caller`: whoever starts the calling workflow. `writer`: needs at least triage or write access.
   */
  readonly startedBy: 'outsider' | 'indirect' | 'parent' | 'caller' | 'writer';
  /**
   * What the run holds when the person is an outsider (for `writer`: what it holds at all). `full`: the declared token
   * and all secrets. `fork`: a read-only token and no secrets, because the head is in a fork. `caller`: as the caller.
   */
  readonly holds: 'full' | 'fork' | 'caller';
  /**
   * What `github.ref`, and a checkout without `ref`, name. `base`: the default branch (github.com since 2025-12-08; on
   * older servers the base branch). `merge`: the pull request merged into its base. `deployed`: the deployed commit,
   * maybe a fork's head. `pushed`: the branch or tag of the event.
   */
  readonly ref: 'default' | 'base' | 'merge' | 'deployed' | 'pushed' | 'caller';
  /**
   * Contexts whose text comes from an outsider while the run is privileged, although `holds` is `fork`: a review of a
   * same-repository pull request starts a run with the full token. Paths below `github.`.
   */
  readonly privilegedText?: readonly string[];
  /** Activity types that only someone with triage access or more can cause. */
  readonly writerTypes?: readonly string[];
}

/**
 * Every event that starts a workflow. Sources: docs.github.com "Events that trigger workflows" and "Securing
 * pull_request_target", GitHub's changelog of 2025-12-08 (pull_request_target runs the default branch); the rules of
 * privilege for reviews of same-repository pull requests are general knowledge. November 2026.
 */
const triggers = {
  branch_protection_rule: { startedBy: 'writer', holds: 'full', ref: 'default' },
  check_run: { startedBy: 'indirect', holds: 'full', ref: 'default' },
  check_suite: { startedBy: 'indirect', holds: 'full', ref: 'default' },
  create: { startedBy: 'writer', holds: 'full', ref: 'pushed' },
  delete: { startedBy: 'writer', holds: 'full', ref: 'default' },
  deployment: { startedBy: 'indirect', holds: 'full', ref: 'deployed' },
  deployment_status: { startedBy: 'indirect', holds: 'full', ref: 'deployed' },
  discussion: {
    startedBy: 'outsider',
    holds: 'full',
    ref: 'default',
    writerTypes: [
      'labeled',
      'unlabeled',
      'pinned',
      'unpinned',
      'locked',
      'unlocked',
      'transferred',
      'category_changed',
    ],
  },
  discussion_comment: { startedBy: 'outsider', holds: 'full', ref: 'default' },
  fork: { startedBy: 'outsider', holds: 'full', ref: 'default' },
  gollum: { startedBy: 'outsider', holds: 'full', ref: 'default' },
  image_version: { startedBy: 'writer', holds: 'full', ref: 'default' },
  issue_comment: { startedBy: 'outsider', holds: 'full', ref: 'default' },
  // `labeled` and `assigned` are not writers' types here: an issue template with `labels:` fires them for any opener.
  issues: {
    startedBy: 'outsider',
    holds: 'full',
    ref: 'default',
    writerTypes: ['transferred', 'pinned', 'unpinned', 'locked', 'unlocked', 'deleted', 'milestoned', 'demilestoned'],
  },
  label: { startedBy: 'writer', holds: 'full', ref: 'default' },
  merge_group: { startedBy: 'writer', holds: 'full', ref: 'pushed' },
  milestone: { startedBy: 'writer', holds: 'full', ref: 'default' },
  page_build: { startedBy: 'writer', holds: 'full', ref: 'default' },
  project: { startedBy: 'writer', holds: 'full', ref: 'default' },
  project_card: { startedBy: 'writer', holds: 'full', ref: 'default' },
  project_column: { startedBy: 'writer', holds: 'full', ref: 'default' },
  public: { startedBy: 'writer', holds: 'full', ref: 'default' },
  pull_request: { startedBy: 'outsider', holds: 'fork', ref: 'merge' },
  pull_request_review: {
    startedBy: 'outsider',
    holds: 'fork',
    ref: 'merge',
    privilegedText: ['event.review.body'],
  },
  pull_request_review_comment: {
    startedBy: 'outsider',
    holds: 'fork',
    ref: 'merge',
    privilegedText: ['event.comment.body', 'event.comment.diff_hunk', 'event.comment.path'],
  },
  pull_request_target: {
    startedBy: 'outsider',
    holds: 'full',
    ref: 'base',
    writerTypes: [
      'labeled',
      'unlabeled',
      'assigned',
      'unassigned',
      'review_requested',
      'review_request_removed',
      'milestoned',
      'demilestoned',
      'locked',
      'unlocked',
      'enqueued',
      'dequeued',
      'auto_merge_enabled',
      'auto_merge_disabled',
    ],
  },
  push: { startedBy: 'writer', holds: 'full', ref: 'pushed' },
  registry_package: { startedBy: 'writer', holds: 'full', ref: 'pushed' },
  release: { startedBy: 'writer', holds: 'full', ref: 'pushed' },
  repository_dispatch: { startedBy: 'writer', holds: 'full', ref: 'default' },
  schedule: { startedBy: 'writer', holds: 'full', ref: 'default' },
  status: { startedBy: 'indirect', holds: 'full', ref: 'default' },
  watch: { startedBy: 'outsider', holds: 'full', ref: 'default' },
  workflow_call: { startedBy: 'caller', holds: 'caller', ref: 'caller' },
  workflow_dispatch: { startedBy: 'writer', holds: 'full', ref: 'pushed' },
  workflow_run: { startedBy: 'parent', holds: 'full', ref: 'default' },
} as const satisfies Record<string, TriggerFacts>;

const WORST: TriggerFacts = { startedBy: 'outsider', holds: 'full', ref: 'merge' };

/** The facts of an event; one that the table lacks is the worst case: anyone, with everything, on code of theirs. */
export function triggerFacts(event: string): TriggerFacts {
  return Object.hasOwn(triggers, event) ? triggers[event as keyof typeof triggers] : WORST;
}

/** What `github.ref` of a run by an event is; one that the table lacks: `caller`, of which nothing is known. */
export function refOfEvent(event: string): TriggerFacts['ref'] {
  return Object.hasOwn(triggers, event) ? triggerFacts(event).ref : 'caller';
}
