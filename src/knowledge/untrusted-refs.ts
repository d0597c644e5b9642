/** A context that names commits of a pull request, or of another outsider's work. */
export interface UntrustedRef {
  /** Path as in a workflow; `*` for one level. */
  readonly path: string;
  /**
   * `commit`: fixed once the run has begun. `branch`: its owner can move it, and in this repository, without a
   * `repository`, it names another branch or none. `repository`: the fork itself.
   */
  readonly kind: 'commit' | 'branch' | 'repository';
  /** Events on which it is an outsider's; absent: on every event that has it. */
  readonly events?: readonly string[];
}

/** Contexts that lead a checkout to an outsider's code. Source: GitHub's webhook payload documentation, November 2026. */
export const untrustedRefs: readonly UntrustedRef[] = [
  { path: 'github.event.pull_request.head.sha', kind: 'commit' },
  { path: 'github.event.pull_request.merge_commit_sha', kind: 'commit' },
  { path: 'github.event.pull_request.head.ref', kind: 'branch' },
  { path: 'github.head_ref', kind: 'branch' },
  { path: 'github.event.after', kind: 'commit', events: ['pull_request_target'] },
  { path: 'github.event.workflow_run.head_sha', kind: 'commit' },
  { path: 'github.event.workflow_run.head_commit.id', kind: 'commit' },
  { path: 'github.event.workflow_run.head_branch', kind: 'branch' },
  { path: 'github.event.workflow_run.pull_requests.*.head.sha', kind: 'commit' },
  { path: 'github.event.workflow_run.pull_requests.*.head.ref', kind: 'branch' },
  { path: 'github.event.check_run.head_sha', kind: 'commit' },
  { path: 'github.event.check_run.check_suite.head_sha', kind: 'commit' },
  { path: 'github.event.check_suite.head_sha', kind: 'commit' },
  { path: 'github.event.check_suite.after', kind: 'commit' },
  { path: 'github.event.check_suite.head_commit.id', kind: 'commit' },
  { path: 'github.event.sha', kind: 'commit', events: ['status'] },
  { path: 'github.event.commit.sha', kind: 'commit', events: ['status'] },
  { path: 'github.event.review.commit_id', kind: 'commit' },
  { path: 'github.event.comment.commit_id', kind: 'commit' },
  { path: 'github.event.deployment.sha', kind: 'commit' },
  { path: 'github.event.deployment.ref', kind: 'branch' },
  { path: 'github.event.pull_request.head.repo.full_name', kind: 'repository' },
  { path: 'github.event.pull_request.head.repo.clone_url', kind: 'repository' },
  { path: 'github.event.pull_request.head.repo.ssh_url', kind: 'repository' },
  { path: 'github.event.pull_request.head.repo.git_url', kind: 'repository' },
  { path: 'github.event.pull_request.head.repo.html_url', kind: 'repository' },
  { path: 'github.event.pull_request.head.repo.url', kind: 'repository' },
  { path: 'github.event.pull_request.head.repo.owner.login', kind: 'repository' },
  { path: 'github.event.pull_request.head.user.login', kind: 'repository' },
  { path: 'github.event.workflow_run.head_repository.full_name', kind: 'repository' },
  { path: 'github.event.workflow_run.head_repository.clone_url', kind: 'repository' },
  { path: 'github.event.workflow_run.head_repository.html_url', kind: 'repository' },
  { path: 'github.event.workflow_run.head_repository.owner.login', kind: 'repository' },
];

/** Outputs of steps that are called after the head of a pull request. */
export const headOutputName =
  /(^|[-_.])(head|pr|pull|fork)[-_.]?(sha|ref|branch|commit|commit[-_]sha|oid|repo|repository)?$/;

/** Outputs of steps that are a commit or branch, of whom is not said. */
export const refOutputName = /(^|[-_.])(sha|ref|branch|commit|oid)$/;
