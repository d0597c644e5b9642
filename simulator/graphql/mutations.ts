/** What the App changes by GraphQL: threads and comments of reviews. */
import type { Pull, Review, ReviewComment, Thread } from '../entities.ts';
import type { Side } from '../git/diff.ts';
import {
  addReview,
  addReviewComment,
  addThread,
  bodyProblem,
  deleteReviewComment,
  diffAt,
  rejections,
} from '../reviewing.ts';
import { nodeById } from './repositories.ts';
import {
  type Arguments,
  type Context,
  fields,
  forbiddenUnless,
  type ResolverTable,
  refused,
  text,
} from './resolving.ts';

type Kinds = { pull: Pull; thread: Thread; reviewComment: ReviewComment; review: Review };

/** The node that an input names; one of another kind is not found. */
function node<K extends keyof Kinds>(input: Arguments, name: string, kind: K, context: Context): Kinds[K] {
  const found = nodeById(text(input, name), context) as { readonly kind: string };
  if (found.kind !== kind)
    throw refused('NOT_FOUND', `Could not resolve to ${kind} node with the global id of '${text(input, name)}'.`);
  return found as Kinds[K];
}

const input = (args: Arguments): Arguments => args.input as Arguments;

/** Needs contents: write besides pull_requests: write (github.md L12). */
function resolving(args: Arguments, context: Context, by: 'viewer' | null): Arguments {
  const thread = node(input(args), 'threadId', 'thread', context);
  const { repository } = thread.pull;
  forbiddenUnless(context, repository, 'pull_requests', 'write');
  forbiddenUnless(context, repository, 'contents', 'write');
  thread.resolvedBy = by === null ? null : context.viewer;
  return { thread, clientMutationId: input(args).clientMutationId ?? null };
}

function acceptedBody(body: string): void {
  const problem = bodyProblem(body);
  if (problem !== null) throw refused('UNPROCESSABLE', `Body ${problem}`);
}

/** The viewer's own pending review, or a new one: what is added to it is not shown to others until it is submitted. */
function pendingReview(context: Context, given: Arguments): Review {
  if (given.pullRequestReviewId) {
    const review = node(given, 'pullRequestReviewId', 'review', context);
    if (review.state !== 'PENDING' || review.author !== context.viewer)
      throw refused('UNPROCESSABLE', 'Pull request review is not pending');
    return review;
  }
  const pull = node(given, 'pullRequestId', 'pull', context);
  const known = pull.reviews.find((review) => review.state === 'PENDING' && review.author === context.viewer);
  return (
    known ??
    addReview(context.site.world, pull, { author: context.viewer, body: '', state: 'PENDING', commit: pull.headSha })
  );
}

async function addReviewThread(args: Arguments, context: Context): Promise<Arguments> {
  const given = input(args);
  const { pull } = given.pullRequestReviewId
    ? node(given, 'pullRequestReviewId', 'review', context)
    : { pull: node(given, 'pullRequestId', 'pull', context) };
  forbiddenUnless(context, pull.repository, 'pull_requests', 'write');
  const draft = {
    path: text(given, 'path'),
    body: text(given, 'body'),
    subject: given.subjectType === 'FILE' ? ('FILE' as const) : ('LINE' as const),
    line: (given.line as number | undefined) ?? null,
    startLine: (given.startLine as number | undefined) ?? null,
    side: (given.side as Side | undefined) ?? 'RIGHT',
    startSide: (given.startSide as Side | undefined) ?? null,
  };
  const files = (await diffAt(pull, pull.headSha)) ?? [];
  const found = rejections(files, draft);
  if (found.length > 0)
    throw refused('UNPROCESSABLE', found.map(({ message }) => `Pull request review thread ${message}`).join(' and '));
  const comment = await addThread(context.site.world, pendingReview(context, given), draft, files);
  return { thread: comment.thread };
}

const STATES = { APPROVE: 'APPROVED', COMMENT: 'COMMENTED', REQUEST_CHANGES: 'CHANGES_REQUESTED' } as const;

export const mutationResolvers: Readonly<Record<string, ResolverTable>> = {
  Mutation: fields<unknown>({
    resolveReviewThread: (_, args, context) => resolving(args, context, 'viewer'),
    unresolveReviewThread: (_, args, context) => resolving(args, context, null),
    minimizeComment: (_, args, context) => {
      const comment = nodeById(text(input(args), 'subjectId'), context) as
        | ReviewComment
        | { kind: 'issueComment'; pull: Pull; minimized: string | null };
      const repository = comment.kind === 'reviewComment' ? comment.thread.pull.repository : comment.pull.repository;
      forbiddenUnless(context, repository, 'pull_requests', 'write');
      comment.minimized = text(input(args), 'classifier').toLowerCase().replaceAll('_', '-');
      return { minimizedComment: comment };
    },
    addPullRequestReviewThread: (_, args, context) => addReviewThread(args, context),
    addPullRequestReviewThreadReply: (_, args, context) => {
      const thread = node(input(args), 'pullRequestReviewThreadId', 'thread', context);
      forbiddenUnless(context, thread.pull.repository, 'pull_requests', 'write');
      acceptedBody(text(input(args), 'body'));
      const { pull } = thread;
      const review = addReview(context.site.world, pull, {
        author: context.viewer,
        body: '',
        state: 'COMMENTED',
        commit: pull.headSha,
      });
      return { comment: addReviewComment(context.site.world, thread, review, text(input(args), 'body')) };
    },
    submitPullRequestReview: (_, args, context) => {
      const given = input(args);
      const review = pendingReview(context, given);
      forbiddenUnless(context, review.pull.repository, 'pull_requests', 'write');
      review.state = STATES[given.event as keyof typeof STATES];
      return { pullRequestReview: review };
    },
    updatePullRequestReviewComment: (_, args, context) => {
      const comment = node(input(args), 'pullRequestReviewCommentId', 'reviewComment', context);
      forbiddenUnless(context, comment.thread.pull.repository, 'pull_requests', 'write');
      if (comment.author !== context.viewer) throw refused('FORBIDDEN', 'Resource not accessible by integration');
      acceptedBody(text(input(args), 'body'));
      comment.body = text(input(args), 'body');
      comment.updatedAt = context.site.world.now();
      return { pullRequestReviewComment: comment };
    },
    deletePullRequestReviewComment: (_, args, context) => {
      const comment = node(input(args), 'id', 'reviewComment', context);
      forbiddenUnless(context, comment.thread.pull.repository, 'pull_requests', 'write');
      deleteReviewComment(context.site.world, comment);
      return { pullRequestReviewComment: comment, pullRequestReview: comment.review };
    },
  }),
};
