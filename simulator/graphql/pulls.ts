/** Pull requests in GraphQL: their commits, review threads, reviews and comments. */

import type { IssueComment, Pull, Review, ReviewComment, Thread } from '../entities.ts';
import { grants } from '../permissions.ts';
import { diffOf } from '../pulls.ts';
import { association } from '../rest/pull-shapes.ts';
import { htmlUrl } from '../rest/shapes.ts';
import type { World } from '../world.ts';
import { nodeId } from '../world.ts';
import { type CommitSource, gitObject, refSource, stateOf } from './git.ts';
import { type Context, connection, fields, type ResolverTable } from './resolving.ts';

interface PullCommit {
  readonly pull: Pull;
  readonly source: CommitSource;
}

function pullUrl(world: World, pull: Pull): string {
  return `${htmlUrl(world, pull.repository)}/pull/${pull.number}`;
}

/** A pending review and its threads are seen by their author only. */
function seen(context: Context, review: Review): boolean {
  return review.state !== 'PENDING' || review.author === context.viewer;
}

function seenThreads(pull: Pull, context: Context): Thread[] {
  return pull.threads.filter((thread) => thread.comments.some(({ review }) => seen(context, review)));
}

async function commitsOf(pull: Pull): Promise<PullCommit[]> {
  const { repository } = pull;
  const base = await repository.git.mergeBase(pull.baseSha, pull.headSha);
  const shas = (await repository.git.log(base, pull.headSha)).reverse().slice(0, 250);
  const sources = await Promise.all(shas.map((sha) => gitObject(repository, sha)));
  return sources.flatMap((source) => (source?.kind === 'commit' ? [{ pull, source }] : []));
}

const count = async (pull: Pull, of: 'additions' | 'deletions'): Promise<number> =>
  (await diffOf(pull)).reduce((sum, file) => sum + file[of], 0);

export const pullResolvers: Readonly<Record<string, ResolverTable>> = {
  PullRequest: fields<Pull>({
    id: (pull) => nodeId(pull),
    databaseId: ({ id }) => id,
    fullDatabaseId: ({ id }) => String(id),
    number: ({ number }) => number,
    title: ({ title }) => title,
    body: ({ body }) => body ?? '',
    state: (pull) => stateOf(pull),
    closed: ({ state }) => state === 'closed',
    merged: ({ merged }) => merged,
    isDraft: ({ draft }) => draft,
    createdAt: ({ createdAt }) => createdAt,
    updatedAt: ({ updatedAt }) => updatedAt,
    closedAt: ({ closedAt }) => closedAt,
    mergedAt: ({ merged, closedAt }) => (merged ? closedAt : null),
    author: ({ author }) => author,
    authorAssociation: ({ repository, author }) => association(repository, author),
    viewerDidAuthor: ({ author }, _, { viewer }) => author === viewer,
    repository: ({ repository }) => repository,
    url: (pull, _, { site }) => pullUrl(site.world, pull),
    headRefName: ({ headRef }) => headRef,
    headRefOid: ({ headSha }) => headSha,
    headRef: ({ headRepository, headRef }) => headRepository && refSource(headRepository, headRef),
    headRepository: ({ headRepository }) => headRepository,
    headRepositoryOwner: ({ headRepository, headOwner }) => headRepository && headOwner,
    baseRefName: ({ baseRef }) => baseRef,
    baseRefOid: ({ baseSha }) => baseSha,
    baseRef: ({ repository, baseRef }) => refSource(repository, baseRef),
    baseRepository: ({ repository }) => repository,
    isCrossRepository: ({ headRepository, repository }) => headRepository !== repository,
    maintainerCanModify: () => false,
    isInMergeQueue: () => false,
    changedFiles: async (pull) => (await diffOf(pull)).length,
    additions: (pull) => count(pull, 'additions'),
    deletions: (pull) => count(pull, 'deletions'),
    mergeCommit: ({ repository, mergeCommit }) => (mergeCommit === null ? null : gitObject(repository, mergeCommit)),
    commits: async (pull, args) => connection(await commitsOf(pull), args, 'commits'),
    reviewThreads: (pull, args, context) => connection(seenThreads(pull, context), args, 'reviewThreads'),
    reviews: ({ reviews }, args, context) =>
      connection(
        reviews.filter((review) => seen(context, review)),
        args,
        'reviews',
      ),
    comments: ({ comments }, args) => connection(comments, args, 'comments'),
  }),
  PullRequestCommit: fields<PullCommit>({
    id: ({ pull, source }) => `PRC_kw${pull.id}_${source.oid}`,
    commit: ({ source }) => source,
    pullRequest: ({ pull }) => pull,
    url: ({ pull, source }, _, { site }) => `${pullUrl(site.world, pull)}/commits/${source.oid}`,
  }),
  PullRequestReviewThread: fields<Thread>({
    id: (thread) => nodeId(thread),
    path: ({ path }) => path,
    line: ({ line }) => line,
    startLine: ({ startLine }) => startLine,
    originalLine: ({ originalLine }) => originalLine,
    originalStartLine: ({ originalStartLine }) => originalStartLine,
    diffSide: ({ side }) => side,
    startDiffSide: ({ startSide }) => startSide,
    subjectType: ({ subject }) => subject,
    isResolved: ({ resolvedBy }) => resolvedBy !== null,
    resolvedBy: ({ resolvedBy }) => (resolvedBy?.type === 'User' ? resolvedBy : null),
    isCollapsed: ({ resolvedBy }) => resolvedBy !== null,
    isOutdated: ({ line, subject }) => subject === 'LINE' && line === null,
    pullRequest: ({ pull }) => pull,
    repository: ({ pull }) => pull.repository,
    comments: ({ comments }, args) => connection(comments, args, 'comments'),
    viewerCanResolve: ({ resolvedBy }, _, { token }) =>
      resolvedBy === null && grants(token.permissions, 'contents', 'write'),
    viewerCanUnresolve: ({ resolvedBy }, _, { token }) =>
      resolvedBy !== null && grants(token.permissions, 'contents', 'write'),
    viewerCanReply: () => true,
  }),
  PullRequestReviewComment: fields<ReviewComment>({
    ...commentFields<ReviewComment>((comment) => comment.thread.pull, 'discussion_r'),
    path: ({ thread }) => thread.path,
    line: ({ thread }) => thread.line,
    startLine: ({ thread }) => thread.startLine,
    originalLine: ({ thread }) => thread.originalLine,
    originalStartLine: ({ thread }) => thread.originalStartLine,
    subjectType: ({ thread }) => thread.subject,
    outdated: ({ thread }) => thread.subject === 'LINE' && thread.line === null,
    diffHunk: ({ thread }) => thread.diffHunk,
    state: ({ review }) => (review.state === 'PENDING' ? 'PENDING' : 'SUBMITTED'),
    commit: ({ thread }) =>
      gitObject(thread.pull.repository, thread.line === null ? thread.originalCommit : thread.pull.headSha),
    originalCommit: ({ thread }) => gitObject(thread.pull.repository, thread.originalCommit),
    replyTo: (comment) => (comment.thread.comments[0] === comment ? null : (comment.thread.comments[0] ?? null)),
    pullRequestReview: ({ review }) => review,
  }),
  PullRequestReview: fields<Review>({
    id: (review) => nodeId(review),
    databaseId: ({ id }) => id,
    fullDatabaseId: ({ id }) => String(id),
    body: ({ body }) => body,
    state: ({ state }) => state,
    author: ({ author }) => author,
    viewerDidAuthor: ({ author }, _, { viewer }) => author === viewer,
    authorAssociation: ({ pull, author }) => association(pull.repository, author),
    submittedAt: ({ submittedAt }) => submittedAt,
    createdAt: ({ submittedAt }) => submittedAt,
    pullRequest: ({ pull }) => pull,
    commit: ({ pull, commit }) => gitObject(pull.repository, commit),
    url: (review, _, { site }) => `${pullUrl(site.world, review.pull)}#pullrequestreview-${review.id}`,
    comments: (review, args) => {
      const all = review.pull.threads
        .flatMap(({ comments }) => comments)
        .filter((comment) => comment.review === review);
      return connection(all, args, 'comments');
    },
  }),
  IssueComment: fields<IssueComment>(commentFields<IssueComment>((comment) => comment.pull, 'issuecomment-')),
};

type AnyComment = IssueComment | ReviewComment;
type CommentResolvers<C> = Readonly<
  Record<string, (comment: C, args: Readonly<Record<string, unknown>>, context: Context) => unknown>
>;

function commentFields<C extends AnyComment>(pullOf: (comment: C) => Pull, anchor: string): CommentResolvers<C> {
  return {
    id: (comment) => nodeId(comment),
    databaseId: ({ id }) => id,
    fullDatabaseId: ({ id }) => String(id),
    body: ({ body }) => body,
    author: ({ author }) => author,
    authorAssociation: (comment) => association(pullOf(comment).repository, comment.author),
    viewerDidAuthor: ({ author }, _, { viewer }) => author === viewer,
    viewerCanDelete: (_, __, { token }) => grants(token.permissions, 'pull_requests', 'write'),
    viewerCanUpdate: ({ author }, _, { viewer }) => author === viewer,
    createdAt: ({ createdAt }) => createdAt,
    updatedAt: ({ updatedAt }) => updatedAt,
    isMinimized: ({ minimized }) => minimized !== null,
    minimizedReason: ({ minimized }) => minimized,
    repository: (comment) => pullOf(comment).repository,
    pullRequest: (comment) => pullOf(comment),
    url: (comment, _, { site }) => `${pullUrl(site.world, pullOf(comment))}#${anchor}${comment.id}`,
  };
}
