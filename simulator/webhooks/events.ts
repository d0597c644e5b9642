/** The part of each event's payload that is its own. */
import type { Account, CheckRun, CheckSuite, IssueComment, Repository, WorkflowRun } from '../entities.ts';
import { pullsOfHead } from '../pulls.ts';
import { checkShape, pullMinimal } from '../rest/check-shapes.ts';
import { issueCommentShape, pullSimple } from '../rest/pull-shapes.ts';
import { appShape, htmlUrl, repositoryUrl, type Shape } from '../rest/shapes.ts';
import type { World } from '../world.ts';

const NOTHING = '0'.repeat(40);
const MAX_COMMITS = 20;

export async function pushPayload(
  world: World,
  repository: Repository,
  branch: string,
  change: { before: string; after: string; forced: boolean },
  sender: Account,
): Promise<Shape> {
  const { before, after, forced } = change;
  const isDeleted = after === NOTHING;
  const shas = isDeleted
    ? []
    : (await repository.git.log(before === NOTHING ? null : before, after)).slice(0, MAX_COMMITS).reverse();
  const commits = await Promise.all(shas.map((sha) => pushedCommit(world, repository, sha)));
  return {
    ref: `refs/heads/${branch}`,
    before,
    after,
    created: before === NOTHING,
    deleted: isDeleted,
    forced,
    base_ref: null,
    compare: `${htmlUrl(world, repository)}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits,
    head_commit: commits.at(-1) ?? null,
    pusher: { name: sender.login, email: `${sender.login}@users.noreply.github.com` },
  };
}

async function pushedCommit(world: World, repository: Repository, sha: string): Promise<Shape> {
  const commit = await repository.git.readCommit(sha);
  const parent = commit?.parents[0];
  const files = parent === undefined ? [] : await repository.git.diff(parent, sha);
  const named = (status: string): string[] => files.filter((file) => file.status === status).map((file) => file.path);
  const person = { name: commit?.author.name ?? '', email: commit?.author.email ?? '' };
  return {
    id: sha,
    tree_id: commit?.tree ?? '',
    distinct: true,
    message: commit?.message ?? '',
    timestamp: commit?.committer.date ?? '',
    url: `${htmlUrl(world, repository)}/commit/${sha}`,
    author: person,
    committer: person,
    added: named('added'),
    removed: named('removed'),
    modified: named('modified'),
  };
}

export function suiteShape(world: World, repository: Repository, suite: CheckSuite): Shape {
  const checks = repository.checks.filter((check) => check.suite === suite);
  const last = checks.at(-1);
  const pulls = pullsOfHead(repository, suite.headSha);
  const now = world.now();
  return {
    id: suite.id,
    node_id: `CS_kw${suite.id}`,
    head_branch: pulls[0]?.headRef ?? null, // null for forks (github.md W16)
    head_sha: suite.headSha,
    status: last?.status ?? 'queued',
    conclusion: last?.conclusion ?? null,
    url: `${repositoryUrl(world, repository)}/check-suites/${suite.id}`,
    before: NOTHING,
    after: suite.headSha,
    pull_requests: pulls.map((pull) => pullMinimal(world, pull)),
    created_at: last?.startedAt ?? now,
    updated_at: now,
    latest_check_runs_count: checks.length,
    check_runs_url: `${repositoryUrl(world, repository)}/check-suites/${suite.id}/check-runs`,
  };
}

export function checkRunPayload(world: World, check: CheckRun): Shape {
  const suite = { ...suiteShape(world, check.repository, check.suite), app: appShape(world, check.suite.app) };
  return { ...checkShape(world, check), check_suite: suite };
}

export function commentPayload(world: World, comment: IssueComment): Shape {
  const { pull } = comment;
  const simple = pullSimple(world, pull);
  const issue = String(simple.issue_url);
  const html = String(simple.html_url);
  const names = ['labels{/name}', 'comments', 'events'];
  return {
    issue: {
      ...simple,
      url: issue,
      repository_url: repositoryUrl(world, pull.repository),
      ...Object.fromEntries(names.map((name) => [`${name.replace('{/name}', '')}_url`, `${issue}/${name}`])),
      comments: pull.comments.length,
      locked: false,
      body: pull.body,
      pull_request: { url: simple.url, html_url: html, diff_url: `${html}.diff`, patch_url: `${html}.patch` },
    },
    comment: issueCommentShape(world, comment),
  };
}

/** A commit as `check_suite` and `merge_group` write it. */
export async function headCommit(repository: Repository, sha: string): Promise<Shape> {
  const commit = await repository.git.readCommit(sha);
  const { name = '', email = '', date = '' } = commit?.author ?? {};
  const person = { name, email };
  const message = commit?.message ?? '';
  return { id: sha, tree_id: commit?.tree ?? '', message, timestamp: date, author: person, committer: person };
}

export async function mergeGroupPayload(
  repository: Repository,
  group: { base: string; baseRef: string; head: string; headRef: string },
): Promise<Shape> {
  return {
    head_sha: group.head,
    head_ref: group.headRef,
    base_sha: group.base,
    base_ref: group.baseRef,
    head_commit: await headCommit(repository, group.head),
  };
}

/** Names and labels are chosen by whoever wrote the workflow; the runner is unknown while the job is queued (github.md W19 to W21). */
export function workflowJobPayload(world: World, run: WorkflowRun): Shape {
  const { job, repository } = run;
  const url = `${repositoryUrl(world, repository)}/actions`;
  return {
    id: job.id,
    run_id: run.id,
    run_url: `${url}/runs/${run.id}`,
    run_attempt: run.attempt,
    node_id: `CR_kw${job.id}`,
    head_sha: run.headSha,
    head_branch: run.headBranch,
    workflow_name: run.workflowName,
    url: `${url}/jobs/${job.id}`,
    html_url: `${htmlUrl(world, repository)}/actions/runs/${run.id}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: job.createdAt,
    started_at: job.startedAt,
    completed_at: job.completedAt,
    name: job.name,
    steps: steps(run),
    check_run_url: `${repositoryUrl(world, repository)}/check-runs/${job.id}`,
    labels: job.labels,
    runner_id: job.runner?.id ?? null,
    runner_name: job.runner?.name ?? null,
    runner_group_id: job.runner?.groupId ?? null,
    runner_group_name: job.runner?.groupName ?? null,
  };
}

function steps(run: WorkflowRun): Shape[] {
  const { job } = run;
  if (job.status === 'queued') return [];
  const step = { name: 'Set up job', number: 1, started_at: job.startedAt };
  return job.status === 'completed'
    ? [{ ...step, status: 'completed', conclusion: job.conclusion ?? 'success', completed_at: job.completedAt }]
    : [{ ...step, status: 'in_progress', conclusion: null, completed_at: null }];
}
