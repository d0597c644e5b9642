/** Pull requests, their files and their reviews. */
import type { Pull, Review } from '../entities.ts';
import type { FileDiff, Side } from '../git/diff.ts';
import { diffOf } from '../pulls.ts';
import { Refusal, unprocessable, unprocessableEntity } from '../refusal.ts';
import { addReview, addThread, bodyProblem, type DraftComment, diffAt, rejections } from '../reviewing.ts';
import { type Call, type Handler, paged } from './call.ts';
import { pullShape, pullSimple, reviewShape } from './pull-shapes.ts';
import { htmlUrl, repositoryUrl, type Shape } from './shapes.ts';

const MAX_FILES = 3000;

interface ReviewBody {
  readonly commit_id?: string;
  readonly body?: string;
  readonly event?: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT';
  readonly comments?: readonly CommentBody[];
}

interface CommentBody {
  readonly path: string;
  readonly body: string;
  readonly position?: number;
  readonly line?: number;
  readonly side?: Side;
  readonly start_line?: number;
  readonly start_side?: Side;
}

const COMMENT_KEYS = new Set(['path', 'body', 'position', 'line', 'side', 'start_line', 'start_side']);
const STATES = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const;

export const pullHandlers: Readonly<Record<string, Handler>> = {
  'pulls/list': (call) => {
    const { state = 'open', head, base, direction = 'desc' } = call.parameters;
    const found = [...call.repository.pulls.values()].filter(
      (pull) =>
        (state === 'all' || pull.state === state) &&
        (base === undefined || pull.baseRef === base) &&
        (head === undefined || `${pull.headOwner.login}:${pull.headRef}`.toLowerCase() === String(head).toLowerCase()),
    );
    const { items, headers } = paged(call, direction === 'asc' ? found : found.reverse());
    return { status: 200, body: items.map((pull) => pullSimple(call.site.world, pull)), headers };
  },
  'pulls/get': async (call) => ({ status: 200, body: await pullShape(call.site.world, call.pull) }),
  'pulls/list-files': async (call) => {
    const { pull } = call;
    const { items, headers } = paged(call, (await diffOf(pull)).slice(0, MAX_FILES));
    return { status: 200, body: items.map((file) => diffEntry(call, pull.headSha, file)), headers };
  },
  'pulls/list-reviews': (call) => {
    const { items, headers } = paged(call, call.pull.reviews);
    return { status: 200, body: items.map((review) => reviewShape(call.site.world, review)), headers };
  },
  'pulls/create-review': async (call) => {
    const { pull, bot, site } = call;
    const body = call.body as ReviewBody;
    const commit = body.commit_id ?? pull.headSha;
    const files = await diffAt(pull, commit);
    if (files === null) throw unprocessableEntity('commit_id is not part of the pull request');
    const drafts = (body.comments ?? []).map(reviewDraft);
    refuseReview(pull, body, drafts, files);
    const state = body.event === undefined ? 'PENDING' : STATES[body.event];
    const review: Review = addReview(site.world, pull, { author: bot, body: body.body ?? '', state, commit });
    for (const draft of drafts) await addThread(site.world, review, draft, files);
    return { status: 200, body: reviewShape(site.world, review) };
  },
};

function reviewDraft(comment: CommentBody): DraftComment {
  for (const key of Object.keys(comment)) {
    if (!COMMENT_KEYS.has(key)) throw new Refusal(422, `Invalid request.\n\n"${key}" is not a permitted key.`, []);
  }
  if (comment.position !== undefined)
    throw new Refusal(501, 'The simulator knows lines only, not `position` (github.md D9)');
  return {
    path: comment.path,
    body: comment.body,
    subject: 'LINE',
    line: comment.line ?? null,
    startLine: comment.start_line ?? null,
    side: comment.side ?? 'RIGHT',
    startSide: comment.start_side ?? null,
  };
}

/** One comment that isn't accepted refuses the whole review. */
function refuseReview(pull: Pull, body: ReviewBody, drafts: readonly DraftComment[], files: readonly FileDiff[]): void {
  if (body.event !== undefined && body.event !== 'APPROVE' && (body.body ?? '').trim() === '' && drafts.length === 0) {
    throw unprocessableEntity("Body can't be blank");
  }
  if ((body.body ?? '') !== '' && bodyProblem(body.body ?? '') !== null) {
    throw unprocessableEntity(`Body ${bodyProblem(body.body ?? '')}`);
  }
  if (body.event === undefined && pull.reviews.some((review) => review.state === 'PENDING')) {
    throw unprocessableEntity('User can only have one pending review per pull request');
  }
  const messages = drafts.flatMap((draft) =>
    rejections(files, draft).map(({ message }) => `Pull request review thread ${message}`),
  );
  if (messages.length > 0) throw unprocessableEntity(...messages);
}

/** A file of a diff; `patch` is left out where it is too large, as GitHub does (github.md D2). */
export function diffEntry(call: Call, sha: string, file: FileDiff): Shape {
  const { repository } = call;
  const { world } = call.site;
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: file.status === 'removed' ? null : file.oid,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${htmlUrl(world, repository)}/blob/${sha}/${path}`,
    raw_url: `${htmlUrl(world, repository)}/raw/${sha}/${path}`,
    contents_url: `${repositoryUrl(world, repository)}/contents/${path}?ref=${sha}`,
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
    ...(file.patch === null || file.patch.length > 500_000 ? {} : { patch: file.patch }),
  };
}

/** 422 as the end points for a single comment write it. */
export function refuseComment(files: readonly FileDiff[], draft: DraftComment): void {
  const found = rejections(files, draft);
  const first = found[0];
  if (!first) return;
  const field = `pull_request_review_thread.${first.field}`;
  throw unprocessable(
    'PullRequestReviewComment',
    field,
    first.message.replace(/^\S+( \S+)? (?=must|can't|is|could)/, `${field} `),
  );
}
