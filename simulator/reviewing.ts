/** Which review comments GitHub accepts, and what becomes of them (github.md D8). Shared by REST and GraphQL. */
import type { Account, Pull, Review, ReviewComment, Thread } from './entities.ts';
import { diffHunkUntil, type FileDiff, hunkOf, type Side } from './git/diff.ts';
import { moveThreads } from './pulls.ts';
import type { World } from './world.ts';

export interface DraftComment {
  readonly path: string;
  readonly body: string;
  readonly subject: 'LINE' | 'FILE';
  readonly line: number | null;
  readonly startLine: number | null;
  readonly side: Side;
  readonly startSide: Side | null;
}

const MAX_BODY = 65_536;

/** GitHub's reason against a body, as a clause after the field's name; null when it is accepted. */
export function bodyProblem(body: string): string | null {
  if (body.trim() === '') return "can't be blank";
  return body.length > MAX_BODY ? `is too long (maximum is ${MAX_BODY} characters)` : null;
}

export interface Rejection {
  readonly field: 'path' | 'body' | 'line' | 'start_line' | 'diff_hunk';
  readonly message: string;
}

/** The diff that this commit of the pull request has; null where the commit isn't one of the pull request's. */
export async function diffAt(pull: Pull, commit: string): Promise<readonly FileDiff[] | null> {
  const { git } = pull.repository;
  const base = await git.mergeBase(pull.baseSha, pull.headSha);
  if (base === null || !/^[0-9a-f]{40}$/.test(commit)) return null;
  const commits = await git.log(base, pull.headSha);
  return commits.includes(commit) ? git.diff(base, commit) : null;
}

export function rejections(files: readonly FileDiff[], draft: DraftComment): Rejection[] {
  const found: Rejection[] = [];
  const body = bodyProblem(draft.body);
  if (body !== null) found.push({ field: 'body', message: `body ${body}` });
  const file = files.find((candidate) => candidate.path === draft.path);
  if (!file) return [...found, { field: 'path', message: 'path could not be resolved' }];
  return draft.subject === 'FILE' ? found : [...found, ...lineRejections(file, draft)];
}

function lineRejections(file: FileDiff, draft: DraftComment): Rejection[] {
  const { line, startLine, side } = draft;
  if (line === null) return [{ field: 'line', message: 'line is required' }];
  const hunk = hunkOf(file, line, side);
  if (hunk === -1) {
    return [
      { field: 'line', message: 'line must be part of the diff' },
      { field: 'diff_hunk', message: "diff hunk can't be blank" },
    ];
  }
  if (startLine === null) return [];
  const startSide = draft.startSide ?? side;
  if (startSide === side && startLine >= line)
    return [{ field: 'start_line', message: 'start line must precede the end line.' }];
  if (hunkOf(file, startLine, startSide) === hunk) return [];
  return [{ field: 'start_line', message: 'start line must be part of the same hunk as the line.' }];
}

export function addReview(
  world: World,
  pull: Pull,
  review: { author: Account; body: string; state: Review['state']; commit: string },
): Review {
  const added = world.add<Review>({ kind: 'review', id: world.nextId(), pull, submittedAt: world.now(), ...review });
  pull.reviews.push(added);
  return added;
}

/** A new thread on lines or on a whole file; the draft has been accepted. */
export async function addThread(
  world: World,
  review: Review,
  draft: DraftComment,
  files: readonly FileDiff[],
): Promise<ReviewComment> {
  const { pull } = review;
  const file = files.find((candidate) => candidate.path === draft.path);
  const isFile = draft.subject === 'FILE';
  const thread = world.add<Thread>({
    kind: 'thread',
    id: world.nextId(),
    pull,
    path: draft.path,
    subject: draft.subject,
    side: draft.side,
    startSide: draft.startLine === null ? null : (draft.startSide ?? draft.side),
    originalLine: isFile ? null : draft.line,
    originalStartLine: isFile ? null : draft.startLine,
    originalCommit: review.commit,
    line: isFile ? null : draft.line,
    startLine: isFile ? null : draft.startLine,
    diffHunk: file && draft.line !== null && !isFile ? diffHunkUntil(file, draft.line, draft.side) : '',
    resolvedBy: null,
    comments: [],
  });
  pull.threads.push(thread);
  const comment = addReviewComment(world, thread, review, draft.body);
  if (review.commit !== pull.headSha) await moveThreads(pull);
  return comment;
}

export function addReviewComment(world: World, thread: Thread, review: Review, body: string): ReviewComment {
  const now = world.now();
  const comment = world.add<ReviewComment>({
    kind: 'reviewComment',
    id: world.nextId(),
    thread,
    review,
    author: review.author,
    body,
    minimized: null,
    createdAt: now,
    updatedAt: now,
  });
  thread.comments.push(comment);
  world.reviewComments.set(comment.id, comment);
  return comment;
}

/** Its thread goes with the last comment, and its review too when nothing of it is left, as on GitHub. */
export function deleteReviewComment(world: World, comment: ReviewComment): void {
  const { thread, review } = comment;
  const { pull } = thread;
  remove(thread.comments, comment);
  world.reviewComments.delete(comment.id);
  world.remove(comment);
  if (thread.comments.length === 0) {
    remove(pull.threads, thread);
    world.remove(thread);
  }
  const isUsed = pull.threads.some((other) => other.comments.some((another) => another.review === review));
  if (!isUsed && review.body === '') {
    remove(pull.reviews, review);
    world.remove(review);
  }
}

function remove<T>(from: T[], item: T): void {
  const index = from.indexOf(item);
  if (index !== -1) from.splice(index, 1);
}
