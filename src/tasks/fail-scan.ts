import { AnalysisFailed } from '../analyzer/analyzer.ts';
import type { Place } from '../github/client.ts';
import { Gone, RateLimited } from '../github/failures.ts';
import type { TaskContext } from '../queue/perform.ts';
import { checkFailed } from '../report/check-run.ts';
import type { Begun } from '../store/scans.ts';
import { Superseded, type Tools } from './tools.ts';

/** A scan that threw. */
export interface FailedScan {
  readonly place: Place;
  readonly begun: Begun;
  readonly error: unknown;
  readonly context: TaskContext;
  /** The comment that asked for it, or null. */
  readonly commentId: number | null;
}

/**
 * On the last try, completes the check as a failure with the reason: a scan that could not run never looks like a pass. Throws the
 * error on, so that the queue tries again or buries the task. An analysis that failed twice fails always: that ends here.
 */
export async function failScan(
  { github, store }: Pick<Tools, 'github' | 'store'>,
  { place, begun, error, context, commentId }: FailedScan,
): Promise<void> {
  const isOver = error instanceof Superseded || error instanceof Gone || error instanceof RateLimited;
  const isHopeless = error instanceof AnalysisFailed && context.attempt > 1;
  if (isOver || !(context.lastAttempt || isHopeless) || context.signal.aborted) throw error;
  const { scan } = begun;
  const found =
    scan.checkRunId ??
    (await github.checks.ofHead(place, scan.head, 'all')).find((check) => check.externalId === scan.externalId)?.id;
  if (found !== undefined && (await store.scans.isCurrent(scan))) {
    const { conclusion, output } = checkFailed(reasonOf(error), scan.externalId);
    await github.checks.update(place, found, { conclusion, output, annotations: [] });
    await store.scans.finish(scan.id, 'failed', conclusion);
  }
  if (commentId !== null) await github.comments.react(place, commentId, 'confused');
  if (!isHopeless) throw error;
  context.log.error({ err: error, scan: scan.externalId }, 'the analysis failed');
}

/** For a person who cannot see our log: what failed, and nothing that an error might quote. */
function reasonOf(error: unknown): string {
  if (error instanceof AnalysisFailed) return error.message;
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number'
    ? `GitHub answered ${status} to a request that it needs`
    : 'an error inside the App';
}
