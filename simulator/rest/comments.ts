/** Review comments, conversation comments and reactions. Only the App's own can be changed by it. */
import type { IssueComment, Pull, ReviewComment } from '../entities.ts';
import type { Side } from '../git/diff.ts';
import { forbidden, notFound, unprocessable } from '../refusal.ts';
import { addReview, addReviewComment, addThread, bodyProblem, deleteReviewComment, diffAt } from '../reviewing.ts';
import { nodeId } from '../world.ts';
import { type Call, type Handler, paged } from './call.ts';
import { issueCommentShape, reviewCommentShape } from './pull-shapes.ts';
import { refuseComment } from './pulls.ts';
import { accountShape } from './shapes.ts';

interface NewReviewComment {
  readonly body: string;
  readonly commit_id: string;
  readonly path: string;
  readonly line?: number;
  readonly side?: Side;
  readonly start_line?: number;
  readonly start_side?: Side;
  readonly subject_type?: 'line' | 'file';
}

export const commentHandlers: Readonly<Record<string, Handler>> = {
  'pulls/list-review-comments': (call) => {
    const comments = call.pull.threads
      .flatMap((thread) => thread.comments)
      .filter(({ review }) => review.state !== 'PENDING')
      .sort((a, b) => a.id - b.id);
    const { items, headers } = paged(call, call.parameters.direction === 'desc' ? comments.reverse() : comments);
    return { status: 200, body: items.map((comment) => reviewCommentShape(call.site.world, comment)), headers };
  },
  'pulls/create-review-comment': async (call) => {
    const { pull, bot, site } = call;
    const body = call.body as NewReviewComment;
    const files = await diffAt(pull, body.commit_id);
    if (files === null)
      throw unprocessable('PullRequestReviewComment', 'commit_id', 'commit_id is not part of the pull request');
    const draft = {
      path: body.path,
      body: body.body,
      subject: body.subject_type === 'file' ? ('FILE' as const) : ('LINE' as const),
      line: body.line ?? null,
      startLine: body.start_line ?? null,
      side: body.side ?? 'RIGHT',
      startSide: body.start_side ?? null,
    };
    refuseComment(files, draft);
    const review = addReview(site.world, pull, { author: bot, body: '', state: 'COMMENTED', commit: body.commit_id });
    const comment = await addThread(site.world, review, draft, files);
    return { status: 201, body: reviewCommentShape(site.world, comment) };
  },
  'pulls/create-reply-for-review-comment': (call) => {
    const { pull, bot, site } = call;
    const { body } = call.body as { body: string };
    const parent = site.world.reviewComments.get(call.number('comment_id'));
    if (!parent || parent.thread.pull !== pull) throw notFound();
    refuseBody('PullRequestReviewComment', body);
    const review = addReview(site.world, pull, { author: bot, body: '', state: 'COMMENTED', commit: pull.headSha });
    return {
      status: 201,
      body: reviewCommentShape(site.world, addReviewComment(site.world, parent.thread, review, body)),
    };
  },
  'pulls/get-review-comment': (call) => ({
    status: 200,
    body: reviewCommentShape(call.site.world, reviewCommentOf(call)),
  }),
  'pulls/update-review-comment': (call) => {
    const comment = reviewCommentOf(call);
    const { body } = call.body as { body: string };
    if (comment.author !== call.bot) throw forbidden();
    refuseBody('PullRequestReviewComment', body);
    comment.body = body;
    comment.updatedAt = call.site.world.now();
    return { status: 200, body: reviewCommentShape(call.site.world, comment) };
  },
  'pulls/delete-review-comment': (call) => {
    deleteReviewComment(call.site.world, reviewCommentOf(call)); // anybody's: whoever may write to pull requests may moderate
    return { status: 204, body: null };
  },
  'issues/list-comments': (call) => {
    const { items, headers } = paged(call, pullOfIssue(call).comments);
    return { status: 200, body: items.map((comment) => issueCommentShape(call.site.world, comment)), headers };
  },
  'issues/create-comment': (call) => {
    const { body } = call.body as { body: string };
    const pull = pullOfIssue(call);
    refuseBody('IssueComment', body);
    const { world, webhooks } = call.site;
    const now = world.now();
    const comment = world.add<IssueComment>({
      kind: 'issueComment',
      id: world.nextId(),
      pull,
      author: call.bot,
      app: call.app,
      body,
      reactions: [],
      minimized: null,
      createdAt: now,
      updatedAt: now,
    });
    pull.comments.push(comment);
    world.issueComments.set(comment.id, comment);
    void webhooks.issueComment('created', comment, call.bot);
    return { status: 201, body: issueCommentShape(world, comment) };
  },
  'issues/get-comment': (call) => ({ status: 200, body: issueCommentShape(call.site.world, issueCommentOf(call)) }),
  'issues/update-comment': (call) => {
    const comment = issueCommentOf(call);
    const { body } = call.body as { body: string };
    if (comment.author !== call.bot) throw forbidden();
    refuseBody('IssueComment', body);
    const before = comment.body;
    comment.body = body;
    comment.updatedAt = call.site.world.now();
    void call.site.webhooks.issueComment('edited', comment, call.bot, { body: { from: before } });
    return { status: 200, body: issueCommentShape(call.site.world, comment) };
  },
  'issues/delete-comment': (call) => {
    const comment = issueCommentOf(call);
    comment.pull.comments.splice(comment.pull.comments.indexOf(comment), 1);
    call.site.world.issueComments.delete(comment.id);
    call.site.world.remove(comment);
    return { status: 204, body: null };
  },
  'reactions/create-for-issue-comment': (call) => {
    const comment = issueCommentOf(call);
    const { content } = call.body as { content: string };
    const { world } = call.site;
    const known = comment.reactions.find((reaction) => reaction.content === content && reaction.user === call.bot);
    const reaction = known ?? { id: world.nextId(), content, user: call.bot };
    if (!known) comment.reactions.push(reaction);
    const shape = {
      id: reaction.id,
      node_id: `REA_${nodeId(comment)}${reaction.id}`,
      user: accountShape(world, call.bot),
      content,
      created_at: world.now(),
    };
    return { status: known ? 200 : 201, body: shape };
  },
};

function refuseBody(resource: string, body: string): void {
  const problem = bodyProblem(body);
  if (problem !== null) throw unprocessable(resource, 'body', `body ${problem}`, 'unprocessable');
}

function pullOfIssue(call: Call): Pull {
  const pull = call.repository.pulls.get(call.number('issue_number'));
  if (!pull) throw notFound();
  return pull;
}

function issueCommentOf(call: Call): IssueComment {
  const { repository } = call;
  const comment = call.site.world.issueComments.get(call.number('comment_id'));
  if (!comment || comment.pull.repository !== repository) throw notFound();
  return comment;
}

function reviewCommentOf(call: Call): ReviewComment {
  const { repository } = call;
  const comment = call.site.world.reviewComments.get(call.number('comment_id'));
  if (!comment || comment.thread.pull.repository !== repository) throw notFound();
  return comment;
}
