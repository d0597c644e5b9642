/**
 * What a text may contain. `arbitrary`: anything, newlines too. `line`: anything on one line. `ref`: a branch or tag
 * name: no space, newline or `~^:?*[\`, but `$`, backtick, quotes, `;`, `|`, `&`, `(`, `<` and `>`, so a shell still
 * obeys it. `path`: a file name, newlines too. `structured`: letters, digits and a few marks, which no shell obeys.
 * `fixed`: a number, SHA, boolean, timestamp or word of a closed list.
 */
export type TextClass = 'arbitrary' | 'line' | 'ref' | 'path' | 'structured' | 'fixed';

/** `outsider`: anyone who can start the run. `writer`: needs triage or write access to this repository. */
export type Author = 'outsider' | 'writer';

export interface AttackerContext {
  /** Path below `github.`, lower case; `*` is one level, `**` any number of levels, `a,b` one of several names. */
  readonly path: string;
  readonly text: TextClass;
  readonly author: Author;
  /** It names something that a writer made before, for another purpose: `base_ref`. */
  readonly existing?: true;
}

/**
 * Who writes what in the `github` context. Order matters: the first pattern that matches decides, so the narrow ones
 * stand first. Sources: GitHub's webhook payload documentation and "Script injections" hardening guide; git's
 * check-ref-format for what a ref name may contain. November 2026.
 */
export const attackerContexts = [
  // Texts that anyone writes.
  {
    path: 'event.issue,pull_request,comment,review,review_comment,discussion,answer.body',
    text: 'arbitrary',
    author: 'outsider',
  },
  { path: 'event.changes.body.from', text: 'arbitrary', author: 'outsider' },
  { path: 'event.changes.new_issue,new_discussion,old_issue.body', text: 'arbitrary', author: 'outsider' },
  { path: 'event.changes.new_issue,new_discussion,old_issue.title', text: 'line', author: 'outsider' },
  { path: 'event.issue,pull_request,discussion.title', text: 'line', author: 'outsider' },
  { path: 'event.changes.title.from', text: 'line', author: 'outsider' },
  { path: 'event.workflow_run.name', text: 'fixed', author: 'writer' },
  { path: 'event.workflow_run.display_title', text: 'line', author: 'outsider' },
  { path: 'event.comment.diff_hunk', text: 'arbitrary', author: 'outsider' },
  { path: 'event.comment.path', text: 'path', author: 'outsider' },
  // Commits: whoever wrote the commit, a fork's author through workflow_run and check_suite.
  { path: 'event.commits.*.message', text: 'arbitrary', author: 'outsider' },
  { path: 'event.head_commit.message', text: 'arbitrary', author: 'outsider' },
  { path: 'event.workflow_run,merge_group,check_suite.head_commit.message', text: 'arbitrary', author: 'outsider' },
  { path: 'event.commits.*.author,committer.name,email,username', text: 'line', author: 'outsider' },
  { path: 'event.head_commit.author,committer.name,email,username', text: 'line', author: 'outsider' },
  {
    path: 'event.workflow_run,merge_group,check_suite.head_commit.author,committer.name,email,username',
    text: 'line',
    author: 'outsider',
  },
  { path: 'event.commit.commit.message', text: 'arbitrary', author: 'outsider' },
  { path: 'event.commit.commit.author,committer.name,email,username', text: 'line', author: 'outsider' },
  { path: 'event.commits.*.added,modified,removed.*', text: 'path', author: 'outsider' },
  { path: 'event.head_commit.added,modified,removed.*', text: 'path', author: 'outsider' },
  { path: 'event.commits.*.added,modified,removed', text: 'path', author: 'outsider' },
  { path: 'event.head_commit.added,modified,removed', text: 'path', author: 'outsider' },
  // Names of branches in a fork.
  { path: 'head_ref', text: 'ref', author: 'outsider' },
  { path: 'event.pull_request.head.ref,label', text: 'ref', author: 'outsider' },
  { path: 'event.workflow_run.head_branch', text: 'ref', author: 'outsider' },
  { path: 'event.workflow_run,check_suite,check_run.pull_requests.*.head.ref', text: 'ref', author: 'outsider' },
  { path: 'event.check_suite.head_branch', text: 'ref', author: 'outsider' },
  { path: 'event.check_run.check_suite.head_branch', text: 'ref', author: 'outsider' },
  { path: 'event.changes.head.ref.from', text: 'ref', author: 'outsider' },
  { path: 'event.branches.*.name', text: 'ref', author: 'outsider' },
  { path: 'event.pull_request.head.repo.default_branch', text: 'ref', author: 'outsider' },
  { path: 'event.workflow_run.head_repository.default_branch', text: 'ref', author: 'outsider' },
  { path: 'event.forkee.default_branch', text: 'ref', author: 'outsider' },
  // What the owner of a fork writes about it.
  { path: 'event.pull_request.head.repo.description,homepage', text: 'line', author: 'outsider' },
  { path: 'event.workflow_run.head_repository.description,homepage', text: 'line', author: 'outsider' },
  { path: 'event.forkee.description,homepage', text: 'line', author: 'outsider' },
  { path: 'event.workflow_run.path', text: 'path', author: 'outsider' },
  { path: 'event.workflow_run.referenced_workflows.*.path,ref', text: 'path', author: 'outsider' },
  // A wiki is open to everyone in many repositories.
  { path: 'event.pages.*.page_name,title,summary', text: 'line', author: 'outsider' },
  // What a check, a status or a deployment says: its program took it from the fork's commit.
  { path: 'event.check_run.name', text: 'line', author: 'outsider' },
  { path: 'event.check_run.output.title', text: 'line', author: 'outsider' },
  { path: 'event.check_run.output.summary,text', text: 'arbitrary', author: 'outsider' },
  { path: 'event.description,context,target_url', text: 'line', author: 'outsider' },
  {
    path: 'event.deployment,deployment_status.description,environment,original_environment,environment_url,log_url,target_url,task',
    text: 'line',
    author: 'outsider',
  },
  { path: 'event.deployment.ref', text: 'ref', author: 'outsider' },
  { path: 'event.deployment.payload.**', text: 'arbitrary', author: 'outsider' },
  { path: 'event.*.user,author,sender.name,email', text: 'line', author: 'outsider' },
  { path: 'event.sender,blocked_user.name,email', text: 'line', author: 'outsider' },
  // Texts of people with triage or write access.
  { path: 'event.milestone.description', text: 'arbitrary', author: 'writer' },
  { path: 'event.milestone.title', text: 'line', author: 'writer' },
  { path: 'event.issue,pull_request.milestone.title', text: 'line', author: 'writer' },
  { path: 'event.issue,pull_request.milestone.description', text: 'arbitrary', author: 'writer' },
  { path: 'event.label.name,description', text: 'line', author: 'writer' },
  { path: 'event.issue,pull_request,discussion.labels.*.name,description', text: 'line', author: 'writer' },
  { path: 'event.release.body', text: 'arbitrary', author: 'writer' },
  { path: 'event.release.name', text: 'line', author: 'writer' },
  { path: 'event.release.tag_name,target_commitish', text: 'ref', author: 'writer' },
  { path: 'event.release.assets.*.name,label', text: 'line', author: 'writer' },
  { path: 'ref,ref_name', text: 'ref', author: 'writer' },
  { path: 'base_ref', text: 'ref', author: 'writer', existing: true },
  { path: 'event.ref,base_ref,master_branch', text: 'ref', author: 'writer' },
  { path: 'event.pull_request.base.ref,label', text: 'ref', author: 'writer', existing: true },
  { path: 'event.merge_group.head_ref,base_ref', text: 'ref', author: 'writer', existing: true },
  {
    path: 'event.workflow_run,check_suite,check_run.pull_requests.*.base.ref',
    text: 'ref',
    author: 'writer',
    existing: true,
  },
  { path: 'event.client_payload.**', text: 'arbitrary', author: 'writer' },
  { path: 'event.inputs.**', text: 'arbitrary', author: 'writer' },
  { path: 'event.pusher.name', text: 'structured', author: 'writer' },
  { path: 'event.pusher.email', text: 'line', author: 'writer' },
  { path: 'event.registry_package,package.**', text: 'line', author: 'writer' },
  { path: 'event.changes.*.from', text: 'arbitrary', author: 'writer' },
  { path: 'event.repository,organization.description', text: 'line', author: 'writer' },
  { path: 'event.repository.homepage', text: 'line', author: 'writer' },
  { path: 'event.repository.default_branch', text: 'fixed', author: 'writer' },
  { path: 'event.pull_request.base.repo.default_branch', text: 'fixed', author: 'writer' },
  { path: 'event.workflow.path', text: 'path', author: 'writer' },
  { path: 'event.workflow.name', text: 'line', author: 'writer' },
  { path: 'workflow', text: 'fixed', author: 'writer' },
  { path: 'workflow_ref', text: 'ref', author: 'writer' },
  // Names with an alphabet that no shell obeys.
  {
    path: 'actor,triggering_actor,repository,repository_owner,action_repository',
    text: 'structured',
    author: 'outsider',
  },
  { path: 'event.**.login', text: 'structured', author: 'outsider' },
  { path: 'event.**.repo,repository,head_repository,forkee.name,full_name', text: 'structured', author: 'outsider' },
  { path: 'event.repository,organization,enterprise,app.name,full_name,slug', text: 'structured', author: 'writer' },
  { path: 'event.name', text: 'structured', author: 'outsider' },
] as const satisfies readonly AttackerContext[];

/** Names below `github.event.`, or of the context itself, that only some events have; others are in every event. Same source. */
export const carriers: Readonly<Record<string, readonly string[]>> = {
  issue: ['issues', 'issue_comment'],
  pull_request: ['pull_request', 'pull_request_target', 'pull_request_review', 'pull_request_review_comment'],
  number: ['pull_request', 'pull_request_target'],
  review: ['pull_request_review'],
  comment: ['issue_comment', 'discussion_comment', 'pull_request_review_comment'],
  discussion: ['discussion', 'discussion_comment'],
  answer: ['discussion'],
  changes: [
    'issues',
    'issue_comment',
    'pull_request',
    'pull_request_target',
    'discussion',
    'discussion_comment',
    'release',
    'label',
    'milestone',
    'pull_request_review',
    'pull_request_review_comment',
  ],
  commits: ['push'],
  head_commit: ['push'],
  pusher: ['push'],
  workflow_run: ['workflow_run'],
  check_suite: ['check_suite'],
  check_run: ['check_run'],
  merge_group: ['merge_group'],
  deployment: ['deployment', 'deployment_status'],
  deployment_status: ['deployment_status'],
  forkee: ['fork'],
  pages: ['gollum'],
  release: ['release'],
  milestone: ['milestone', 'issues', 'pull_request', 'pull_request_target'],
  label: ['label', 'issues', 'pull_request', 'pull_request_target', 'discussion'],
  client_payload: ['repository_dispatch'],
  inputs: ['workflow_dispatch'],
  registry_package: ['registry_package'],
  commit: ['status'],
  branches: ['status'],
  description: ['status', 'create'],
  context: ['status'],
  target_url: ['status'],
  head_ref: ['pull_request', 'pull_request_target'],
  base_ref: ['pull_request', 'pull_request_target'],
};

/** Last names of a path whose values are numbers, SHAs, booleans, times or words of a closed list. Same source. */
export const fixedNames = [
  'sha',
  'before',
  'after',
  'id',
  'node_id',
  'number',
  'size',
  'state',
  'state_reason',
  'status',
  'conclusion',
  'author_association',
  'type',
  'action',
  'fork',
  'private',
  'draft',
  'merged',
  'mergeable',
  'mergeable_state',
  'locked',
  'visibility',
  'ref_type',
  'ref_protected',
  'event',
  'event_name',
  'event_path',
  'run_number',
  'run_attempt',
  'run_id',
  'server_url',
  'api_url',
  'graphql_url',
  'workspace',
  'action_path',
  'action_ref',
  'action_status',
  'job',
  'job_workflow_sha',
  'workflow_sha',
  'token',
  'retention_days',
  'secret_source',
  'repository_visibility',
  'repositoryurl',
  'env',
  'path',
  'url',
  'html_url',
  'created',
  'deleted',
  'forced',
  'prerelease',
  'line',
  'position',
  'start_line',
  'original_line',
  'additions',
  'deletions',
  'commits',
  'comments',
  'changed_files',
  'rebaseable',
  'maintainer_can_modify',
  'color',
  'default',
  'schedule',
  'distinct',
  'timestamp',
  'pusher_type',
  'archived',
  'disabled',
  'has_issues',
  'has_wiki',
  'has_pages',
  'is_template',
] as const;

/** Ends of names whose values are of the same kinds. */
export const fixedSuffixes = ['_sha', '_id', '_number', '_at', '_count', '_url', '_attempt'] as const;

/** Values of other contexts that nobody shapes: `needs.x.result`, `steps.x.outcome`, `runner.os`, `strategy.job-index`. */
export const fixedContexts = [
  'needs.*.result',
  'steps.*.outcome,conclusion',
  'job.status',
  'job.container.id,network',
  'job.services.*.id,network',
  'job.services.*.ports.*',
  'job.check_run_id',
  'runner.**',
  'strategy.**',
] as const;

/** Variables that the runner sets itself, and the context that each equals outside a container. docs.github.com "Variables reference". */
export const runnerVariables = {
  'github.head_ref': 'GITHUB_HEAD_REF',
  'github.base_ref': 'GITHUB_BASE_REF',
  'github.ref': 'GITHUB_REF',
  'github.ref_name': 'GITHUB_REF_NAME',
  'github.actor': 'GITHUB_ACTOR',
  'github.triggering_actor': 'GITHUB_TRIGGERING_ACTOR',
  'github.repository': 'GITHUB_REPOSITORY',
  'github.repository_owner': 'GITHUB_REPOSITORY_OWNER',
  'github.event_name': 'GITHUB_EVENT_NAME',
  'github.workflow': 'GITHUB_WORKFLOW',
  'github.workflow_ref': 'GITHUB_WORKFLOW_REF',
} as const satisfies Record<string, string>;
