import { Gone, RateLimited, Refused, statusOf } from '../github/failures.ts';
import type { PullOverview } from '../github/pulls.ts';
import type { TaskContext } from '../queue/perform.ts';
import type { PullRef, ScanPullRequest } from '../queue/tasks.ts';
import type { Begun } from '../store/scans.ts';
import { closeReset, closeSuperseded, openCheck } from './check.ts';
import { syncReview } from './conversation.ts';
import { endScansOf } from './end-scans.ts';
import { failScan } from './fail-scan.ts';
import { judgeCommits } from './judge-commits.ts';
import { publish } from './publish.ts';
import { Superseded, type Tools } from './tools.ts';

/**
 * START HERE: the way of a pull request through the App. Every step can be repeated: what was intended is written down before it is
 * done, and looked for before it is done again. A failure anywhere throws; the queue tries again; on the last try the check says why.
 */
export async function scanPullRequest(task: ScanPullRequest, tools: Tools, context: TaskContext): Promise<void> {
  const overview = await tools.github.pulls.overview(task, task.pull, task.headHint); // the task names the pull request; GitHub says its head
  if (!overview.pull.isOpen) return endScansOf(tools, task, 'The pull request was closed before the scan ended');

  const begun = await begin(task, overview, tools);
  if (begun.scan.state === 'completed') await closeSuperseded(tools, overview, begun);
  else {
    try {
      await scan(task, overview, begun, tools, context);
    } catch (error) {
      return failScan(tools, { place: overview.place, begun, error, context, commentId: task.commentId });
    }
  }
  if (task.commentId !== null) await tools.github.comments.react(overview.place, task.commentId, 'rocket');
}

async function begin(task: ScanPullRequest, { pull }: PullOverview, { store }: Tools): Promise<Begun> {
  const { installationId, repositoryId, reason, deliveryId } = task;
  return store.scans.begin({
    installationId,
    repositoryId,
    pull: pull.number,
    head: pull.head,
    baseRef: pull.baseRef,
    reason,
    deliveryId,
  });
}

async function scan(
  task: ScanPullRequest,
  overview: PullOverview,
  begun: Begun,
  tools: Tools,
  context: TaskContext,
): Promise<void> {
  const { github, store } = tools;
  const { pull, place, sharing } = overview;
  const stillCurrent = () => assertCurrent(begun, tools, context);

  await stillCurrent();
  const check = await openCheck(tools, place, begun); // found again by external_id after a retry
  await closeSuperseded(tools, overview, begun);
  if (task.reason === 'rerequested') await closeReset(tools, place, begun, check, task.headHint);
  await scanSharing(task, overview, tools);

  const base = await github.pulls.mergeBase(place, pull.baseTip, pull.head);
  const { verdict, snapshot } = await judgeCommits(tools, {
    place,
    policies: overview.policies,
    commits: { base, head: pull.head, tree: overview.tree, pull: pull.number },
    subject: { pull: pull.number, head: pull.head, base: { ref: pull.baseRef, sha: base ?? pull.baseTip } },
  });
  await giveWayIfMoved(task, overview, snapshot.pullNow(), tools);
  await stillCurrent(); // throws Superseded before anything is posted
  await store.verdicts.keep(verdict, { installationId: task.installationId, isOpen: true });
  const conclusion = await publish(tools, { place, check, verdict, sharing, stillCurrent });
  await syncReview(tools, {
    place,
    pull,
    verdict,
    texts: { base: snapshot.texts('base'), head: snapshot.texts('head') },
    isFirst: task.reason === 'opened' && !begun.scan.resumed,
    isRetry: begun.scan.resumed,
    stillCurrent,
  }).catch((error: unknown) => goOnWithoutReview(error, context));
  await store.scans.finish(begun.scan.id, 'completed', conclusion);
  context.log.info({ scan: begun.scan.externalId, head: pull.head, conclusion }, 'scan completed');
}

/** The check has said it all: a review that GitHub does not take (a locked conversation, an outage to the end) is no reason to fail it. */
function goOnWithoutReview(error: unknown, { lastAttempt, signal, log }: TaskContext): void {
  const isOver = error instanceof Superseded || error instanceof Gone || error instanceof RateLimited || signal.aborted;
  const isRefused = error instanceof Refused || statusOf(error) === 403;
  if (isOver || !(isRefused || lastAttempt)) throw error;
  log.warn({ err: error }, 'the review could not be brought up to date');
}

/** Before every write: nothing is posted for a head that isn't the newest any more, nor by a process that was told to stop. */
export async function assertCurrent(
  { scan }: Begun,
  { store }: Pick<Tools, 'store'>,
  { signal }: TaskContext,
): Promise<void> {
  signal.throwIfAborted();
  if (!(await store.scans.isCurrent(scan))) throw new Superseded(`scan ${scan.id} is no longer the newest`);
}

/**
 * Other open pull requests with this head of which nobody has told us, or that we believe closed: a commit has one check, so they must
 * be judged too. What is being scanned now is left alone, or two of them would overtake each other for ever.
 */
async function scanSharing(
  task: ScanPullRequest,
  { pull, sharing }: PullOverview,
  { store, enqueue }: Tools,
): Promise<void> {
  if (sharing.length === 0) return;
  const { repositoryId } = task;
  const running: number[] = [];
  for (const number of sharing)
    if ((await store.scans.unfinished(0, { repositoryId, pull: number })).length > 0) running.push(number);
  const judged = (await store.verdicts.ofHead(repositoryId, pull.head)).map((verdict) => verdict.pull);
  const begun = await store.scans.pullsWithHead(repositoryId, pull.head);
  const unknown = sharing.filter((number) => !running.includes(number) && !judged.includes(number));
  await enqueue(
    unknown.map((number) => ({
      ...missed(task, number, pull.head),
      reason: begun.includes(number) ? ('reopened' as const) : ('missed' as const),
    })),
  );
}

/** A push or retarget that GitHub shows already and whose delivery may yet come, or never: the new head is scanned either way. */
async function giveWayIfMoved(
  task: ScanPullRequest,
  { pull }: PullOverview,
  now: { readonly head: string; readonly baseRef: string; readonly isOpen: boolean } | null,
  { enqueue }: Tools,
): Promise<void> {
  if (now === null || (now.isOpen && now.head === pull.head && now.baseRef === pull.baseRef)) return;
  await enqueue([missed(task, pull.number, now.head)]);
  throw new Superseded(`pull request ${pull.number} moved to ${now.head} while it was scanned`);
}

/** A scan that the App asks itself for. */
export function missed(of: Omit<PullRef, 'pull'>, pull: number, headHint: string | null): ScanPullRequest {
  const { installationId, repositoryId, owner, name } = of;
  return {
    kind: 'scan-pull-request',
    installationId,
    repositoryId,
    owner,
    name,
    pull,
    reason: 'missed',
    headHint,
    baseHint: null,
    commentId: null,
    deliveryId: null,
  };
}
