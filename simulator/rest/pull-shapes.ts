/** Pull requests, their reviews and comments as REST writes them. */
import type { Account, IssueComment, Pull, Repository, Review, ReviewComment, Thread } from '../entities.ts';
import { diffOf } from '../pulls.ts';
import { nodeId, type World } from '../world.ts';
import { accountShape, appShape, htmlUrl, repositoryShape, repositoryUrl, type Shape } from './shapes.ts';

export function association(repository: Repository, account: Account): string {
  if (account === repository.owner) return 'OWNER';
  const role = repository.roles.get(account.login.toLowerCase()) ?? 'none';
  if (role === 'none' || role === 'read') return 'NONE';
  return repository.owner.type === 'Organization' ? 'MEMBER' : 'COLLABORATOR';
}

/** What lists of pull requests hold (`pull-request-simple`). */
export function pullSimple(world: World, pull: Pull): Shape {
  const { repository } = pull;
  const url = `${repositoryUrl(world, repository)}/pulls/${pull.number}`;
  const issue = `${repositoryUrl(world, repository)}/issues/${pull.number}`;
  const html = `${htmlUrl(world, repository)}/pull/${pull.number}`;
  const statuses = `${repositoryUrl(world, repository)}/statuses/${pull.headSha}`;
  const links = {
    self: url,
    html,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${repositoryUrl(world, repository)}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses,
  };
  return {
    url,
    id: pull.id,
    node_id: nodeId(pull),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: statuses,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: accountShape(world, pull.author),
    body: pull.body,
    labels: [],
    milestone: null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.merged ? pull.closedAt : null,
    merge_commit_sha: pull.mergeCommit,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: {
      label: `${pull.headOwner.login}:${pull.headRef}`,
      ref: pull.headRef,
      sha: pull.headSha,
      user: accountShape(world, pull.headOwner),
      repo: pull.headRepository ? repositoryShape(world, pull.headRepository) : null,
    },
    base: {
      label: `${repository.owner.login}:${pull.baseRef}`,
      ref: pull.baseRef,
      sha: pull.baseSha,
      user: accountShape(world, repository.owner),
      repo: repositoryShape(world, repository),
    },
    _links: Object.fromEntries(Object.entries(links).map(([key, href]) => [key, { href }])),
    author_association: association(repository, pull.author),
    auto_merge: null,
    active_lock_reason: null,
    draft: pull.draft,
  };
}

export async function pullShape(world: World, pull: Pull): Promise<Shape> {
  const files = await diffOf(pull);
  const base = await pull.repository.git.mergeBase(pull.baseSha, pull.headSha);
  const commits = await pull.repository.git.log(base, pull.headSha);
  return {
    ...pullSimple(world, pull),
    merged: pull.merged,
    mergeable: pull.state === 'open' ? true : null,
    rebaseable: null,
    mergeable_state: pull.draft ? 'draft' : 'clean',
    merged_by: null,
    comments: pull.comments.length,
    review_comments: pull.threads.reduce((sum, thread) => sum + thread.comments.length, 0),
    maintainer_can_modify: false,
    commits: Math.min(commits.length, 250),
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

export function reviewShape(world: World, review: Review): Shape {
  const { pull } = review;
  const html = `${htmlUrl(world, pull.repository)}/pull/${pull.number}#pullrequestreview-${review.id}`;
  const url = `${repositoryUrl(world, pull.repository)}/pulls/${pull.number}`;
  return {
    id: review.id,
    node_id: nodeId(review),
    user: accountShape(world, review.author),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: url,
    author_association: association(pull.repository, review.author),
    _links: { html: { href: html }, pull_request: { href: url } },
    submitted_at: review.submittedAt,
    commit_id: review.commit,
  };
}

export function reviewCommentShape(world: World, comment: ReviewComment): Shape {
  const { thread, review } = comment;
  const { pull } = thread;
  const url = `${repositoryUrl(world, pull.repository)}/pulls/comments/${comment.id}`;
  const html = `${htmlUrl(world, pull.repository)}/pull/${pull.number}#discussion_r${comment.id}`;
  const pullUrl = `${repositoryUrl(world, pull.repository)}/pulls/${pull.number}`;
  const first = thread.comments[0];
  return {
    url,
    pull_request_review_id: review.id,
    id: comment.id,
    node_id: nodeId(comment),
    diff_hunk: thread.diffHunk,
    path: thread.path,
    commit_id: thread.line === null && thread.subject === 'LINE' ? thread.originalCommit : pull.headSha,
    original_commit_id: thread.originalCommit,
    ...(first && first !== comment ? { in_reply_to_id: first.id } : {}),
    user: accountShape(world, comment.author),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    html_url: html,
    pull_request_url: pullUrl,
    author_association: association(pull.repository, comment.author),
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pullUrl } },
    ...lines(thread),
    subject_type: thread.subject.toLowerCase(),
    reactions: reactions(url, []),
  };
}

/** Lines of a comment on a whole file are null on GitHub, though its description gives `line` as a number only. */
function lines(thread: Thread): Shape {
  if (thread.subject === 'FILE') return { position: 1, original_position: 1, side: 'RIGHT' };
  return {
    line: thread.line,
    original_line: thread.originalLine,
    side: thread.side,
    start_line: thread.startLine,
    original_start_line: thread.originalStartLine,
    start_side: thread.startSide,
  };
}

export function issueCommentShape(world: World, comment: IssueComment): Shape {
  const { pull } = comment;
  const url = `${repositoryUrl(world, pull.repository)}/issues/comments/${comment.id}`;
  return {
    id: comment.id,
    node_id: nodeId(comment),
    url,
    html_url: `${htmlUrl(world, pull.repository)}/pull/${pull.number}#issuecomment-${comment.id}`,
    issue_url: `${repositoryUrl(world, pull.repository)}/issues/${pull.number}`,
    body: comment.body,
    user: accountShape(world, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: association(pull.repository, comment.author),
    performed_via_github_app: comment.app ? appShape(world, comment.app) : null,
    reactions: reactions(
      url,
      comment.reactions.map((reaction) => reaction.content),
    ),
  };
}

function reactions(url: string, contents: readonly string[]): Shape {
  const names = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'];
  const counts = names.map((name) => [name, contents.filter((content) => content === name).length]);
  return { url: `${url}/reactions`, total_count: contents.length, ...Object.fromEntries(counts) };
}
