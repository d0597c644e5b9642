import type { Place } from '../github/client.ts';
import type { Conversation, OwnThread } from '../github/threads.ts';
import type { Verdict } from '../policy/verdict.ts';
import { makeMarker, readMarker } from '../report/marker.ts';
import { type KnownThread, type ReviewInput, type ReviewPlan, review } from '../report/review.ts';
import type { Tools } from './tools.ts';

/** One pull request's review, as far as it depends on this scan. */
export interface Talk {
  readonly place: Place & { readonly repositoryId: number };
  readonly pull: { readonly number: number; readonly isDraft: boolean; readonly isBot: boolean };
  readonly verdict: Verdict;
  readonly texts: Pick<ReviewInput, 'base' | 'head'>;
  /** True: this is the first that we hear of the pull request, so nothing of ours can be there. */
  readonly isFirst: boolean;
  /** True: an earlier try of this scan may have posted its review. */
  readonly isRetry: boolean;
  readonly stillCurrent: () => Promise<void>;
}

type Using = Pick<Tools, 'github' | 'store' | 'markerKey'>;

/**
 * Says what is new, ends what is fixed, repeats nothing. GitHub is the truth about threads; the store remembers which findings were
 * reported, so that a pull request without any costs no request. A review that an earlier try posted is found by its head.
 */
export async function syncReview(tools: Using, talk: Talk): Promise<void> {
  const { store } = tools;
  const { place, pull, verdict } = talk;
  const rows = await store.threads.of(place.repositoryId, pull.number);
  const reported = new Set(rows.flatMap((row) => (row.state === 'open' ? [row.fingerprint] : [])));
  const first = planOf(tools, talk, [], reported);
  if (rows.length === 0 && first.review === null) return;
  const isKnown = rows.length > 0 || !talk.isFirst;
  const conversation = isKnown ? await tools.github.threads.conversation(place, pull.number) : NOTHING_SAID;
  const threads = conversation.threads.flatMap((thread) => known(tools, talk, thread));
  const isReviewed = talk.isRetry && conversation.reviewedHeads.includes(verdict.head);
  const plan = isKnown
    ? planOf(
        tools,
        talk,
        threads.map((thread) => thread.known),
        reported,
      )
    : first;
  // Among more threads than we read may be the one that says it already.
  if (plan.review !== null && !isReviewed && conversation.isComplete) {
    await talk.stillCurrent();
    await tools.github.reviews.post(place, pull.number, plan.review);
  }
  await remember(tools, talk, { threads, plan, reported, hasSpoken: plan.review !== null });
  await changeThreads(tools, talk, plan, threads);
}

const NOTHING_SAID: Conversation = { threads: [], reviewedHeads: [], isComplete: true };

interface ThreadOfOurs {
  readonly known: KnownThread;
  readonly own: OwnThread;
}

function scopeOf({ place, pull }: Talk) {
  return { installationId: place.installationId, repositoryId: place.repositoryId, pull: pull.number };
}

function planOf(
  { markerKey }: Using,
  talk: Talk,
  threads: readonly KnownThread[],
  reported: ReadonlySet<string>,
): ReviewPlan {
  const mark = (fingerprint: string) => makeMarker(markerKey, scopeOf(talk), fingerprint);
  const { isDraft, isBot } = talk.pull;
  return review(talk.verdict, { ...talk.texts, isDraft, isBot, threads, reported, mark });
}

/** A thread that we began and signed. We ended it where our last word in it says so; one that a person resolved is not ours to open. */
function known({ markerKey }: Using, talk: Talk, own: OwnThread): ThreadOfOurs[] {
  const fingerprint = readMarker(markerKey, scopeOf(talk), own.body);
  if (fingerprint === null) return [];
  const saysEnded = (body: string) =>
    body.startsWith('Fixed in ') && readMarker(markerKey, scopeOf(talk), body) === fingerprint;
  const isEnded = saysEnded(own.body) || (own.isResolved && own.replies.some(saysEnded));
  const { commentId, threadId, isAnswered } = own;
  return [{ own, known: { fingerprint, commentId, threadId, isEnded, isAnswered } }];
}

/** Before threads are changed: a row that outlives its thread costs one request, a thread without its row would be said twice. */
async function remember(
  { store }: Using,
  talk: Talk,
  {
    threads,
    plan,
    reported,
    hasSpoken,
  }: { threads: readonly ThreadOfOurs[]; plan: ReviewPlan; reported: ReadonlySet<string>; hasSpoken: boolean },
): Promise<void> {
  const commenting = talk.verdict.findings.filter((finding) => finding.comments).map((finding) => finding.fingerprint);
  const reopened = new Set(plan.reopened.map(({ thread }) => thread.fingerprint));
  const saying = new Set(
    commenting.filter((fingerprint) => hasSpoken || reported.has(fingerprint) || reopened.has(fingerprint)),
  );
  const ended = new Set(plan.ended.map(({ thread }) => thread.fingerprint));
  const rows = threads.map(({ known }) => ({
    fingerprint: known.fingerprint,
    commentId: known.commentId,
    nodeId: known.threadId,
    state:
      (known.isEnded && !saying.has(known.fingerprint)) || ended.has(known.fingerprint)
        ? ('ended' as const)
        : ('open' as const),
  }));
  const listed = new Set(rows.map((row) => row.fingerprint));
  const unlisted = [...saying].filter((fingerprint) => !listed.has(fingerprint));
  const said = unlisted.map((fingerprint) => ({ fingerprint, commentId: 0, nodeId: null, state: 'open' as const }));
  await store.threads.keep(scopeOf(talk), [...rows, ...said]);
  const gone = [...reported].filter((fingerprint) => !saying.has(fingerprint) && !listed.has(fingerprint));
  if (talk.verdict.unverified.length === 0) await store.threads.remove(talk.place.repositoryId, talk.pull.number, gone);
}

async function changeThreads(
  tools: Using,
  talk: Talk,
  plan: ReviewPlan,
  threads: readonly ThreadOfOurs[],
): Promise<void> {
  const { github, store } = tools;
  const { place, pull } = talk;
  if (plan.ended.length === 0 && plan.reopened.length === 0) return;
  const mayResolve = (await github.grants(place.installationId)).contents === 'write';
  const ownOf = (thread: KnownThread) => threads.find((each) => each.known.commentId === thread.commentId)?.own;
  for (const { thread, body } of plan.ended) {
    await talk.stillCurrent();
    const own = ownOf(thread);
    if (!own || own.isResolved) continue;
    if (mayResolve) {
      if (!own.replies.includes(body)) await github.threads.reply(place, pull.number, thread.commentId, body);
      await github.threads.resolve(place, own.threadId);
    } else if (thread.isAnswered) {
      await github.threads.edit(place, thread.commentId, body);
    } else {
      await github.threads.remove(place, thread.commentId);
      await store.threads.remove(place.repositoryId, pull.number, [thread.fingerprint]);
    }
  }
  for (const { thread, body } of plan.reopened) {
    await talk.stillCurrent();
    const own = ownOf(thread);
    if (own?.body.startsWith('Fixed in ')) await github.threads.edit(place, thread.commentId, body);
    if (own?.isResolved && mayResolve) await github.threads.unresolve(place, own.threadId);
  }
}
