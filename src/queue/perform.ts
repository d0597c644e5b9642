import type { JobHelpers } from 'graphile-worker';
import type { Logger } from 'pino';
import { redact } from '../log.ts';
import type { Database } from '../store/database.ts';
import { deliveriesStore } from '../store/deliveries.ts';
import { type Envelope, lockKey, put } from './enqueue.ts';
import { placeOf, type Task, type TaskKind } from './tasks.ts';
import { forgetTasksOf } from './tidy.ts';

/** What a handler gets besides its task. */
export interface TaskContext {
  /** From 1. */
  readonly attempt: number;
  /** True: if this one throws, the task goes to the dead letters, so the check must be completed with the reason now. */
  readonly lastAttempt: boolean;
  /** Aborted when the task took too long or the process stops. */
  readonly signal: AbortSignal;
  /** Carries the task's and the delivery's ids. */
  readonly log: Logger;
}

/** One handler for each kind of task. */
export type Handlers = {
  readonly [K in TaskKind]: (task: Extract<Task, { kind: K }>, context: TaskContext) => Promise<void>;
};

/** Thrown by a handler: the task runs again after that time, and this try does not count (a rate limit, L3). */
export class RetryAfter extends Error {
  readonly seconds: number;

  constructor(seconds: number, reason: string) {
    super(reason);
    this.seconds = seconds;
  }
}

/** How a try ended. `later`: it asked to be run again; `handed-back`: the process stopped before it was done. */
type Outcome = 'done' | 'retry' | 'later' | 'handed-back' | 'dead';

export interface Performing {
  readonly database: Database;
  readonly handlers: Handlers;
  readonly log: Logger;
  readonly timeoutMs: number;
  /** Aborted when the process stops and will wait no longer. */
  readonly stopping: AbortSignal;
  readonly onOutcome: (kind: TaskKind, outcome: Outcome, seconds: number) => void;
}

/** Postponing has an end, so that a limit that never lifts becomes a dead letter that somebody sees. */
const LONGEST_WAIT_SECONDS = 2 * 60 * 60;
const OLDEST_POSTPONED_MS = 24 * 60 * 60 * 1000;
/** A handler that does not heed its signal for so long is given up; it may go on in the background, and asks `isCurrent` before writing. */
const HEED_MS = 15_000;

type Job = Pick<JobHelpers['job'], 'id' | 'attempts' | 'max_attempts'>;

/** Queues a task again without counting this try; nothing where a newer one has taken its key. */
async function putBack(database: Database, envelope: Envelope, job: Job, seconds: number): Promise<void> {
  await database.transaction(async (client) => {
    await lockKey(client, placeOf(envelope.task).key);
    const { rows } = await client.query<{ key: string | null }>('select key from graphile_worker.jobs where id = $1', [
      job.id,
    ]);
    if (rows[0]?.key == null) return;
    await put(client, { ...envelope, tries: envelope.tries + job.attempts - 1 }, { runInSeconds: seconds });
  });
}

/** Rejects when the signal is aborted and the handler has not ended some time after. */
async function heeding(work: Promise<void>, signal: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let count: () => void = () => undefined;
  const given = new Promise<never>((_resolve, reject) => {
    count = () => {
      timer = setTimeout(() => reject(new Error('the task did not stop when it was told to')), HEED_MS);
    };
  });
  signal.addEventListener('abort', count, { once: true });
  if (signal.aborted) count();
  try {
    await Promise.race([work, given]);
  } finally {
    signal.removeEventListener('abort', count);
    clearTimeout(timer);
  }
}

function context(envelope: Envelope, job: Job, performing: Performing): TaskContext {
  const { task } = envelope;
  const attempt = envelope.tries + job.attempts;
  const about = {
    task: task.kind,
    deliveryId: task.deliveryId,
    repositoryId: 'repositoryId' in task ? task.repositoryId : undefined,
    pull: 'pull' in task ? task.pull : undefined,
    attempt,
  };
  return {
    attempt,
    lastAttempt: job.attempts >= job.max_attempts,
    signal: AbortSignal.any([performing.stopping, AbortSignal.timeout(performing.timeoutMs)]),
    log: performing.log.child(about),
  };
}

async function handle(handlers: Handlers, task: Task, context: TaskContext): Promise<void> {
  // Each handler takes its own kind of task; that the two belong together is lost on the way through the table.
  const handler = handlers[task.kind] as (task: Task, context: TaskContext) => Promise<void>;
  await heeding(handler(task, context), context.signal);
}

/** What is kept of an error: no NUL (the library could not store it, and the task would stay locked), no secret, not endless. */
function describe(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return redact(text)
    .replace(/\0|\p{Surrogate}/gu, '\ufffd')
    .slice(0, 2000);
}

async function failed(
  error: unknown,
  envelope: Envelope,
  job: Job,
  performing: Performing,
  { lastAttempt, log }: TaskContext,
): Promise<Outcome> {
  const { database, stopping } = performing;
  const postponed = error instanceof RetryAfter && Date.now() - (envelope.since || Date.now()) < OLDEST_POSTPONED_MS;
  if (error instanceof RetryAfter && postponed) {
    const seconds = Math.min(Math.max(0, error.seconds), LONGEST_WAIT_SECONDS);
    await putBack(database, envelope, job, seconds);
    log.info({ seconds, reason: describe(error) }, 'task postponed');
    return 'later';
  }
  if (stopping.aborted) {
    await putBack(database, envelope, job, 0);
    return 'handed-back';
  }
  if (!lastAttempt) {
    log.warn({ err: error }, 'task failed and will be tried again');
    return 'retry';
  }
  log.error({ err: error }, 'task failed for good: see `gargoyle queue dead`');
  if (envelope.task.deliveryId) await deliveriesStore(database).failed(envelope.task.deliveryId, describe(error));
  return 'dead';
}

/** Runs one task. Throws when the queue shall try it again, or bury it. */
export async function perform(envelope: Envelope, job: Job, performing: Performing): Promise<void> {
  const { task } = envelope;
  const around = context(envelope, job, performing);
  const begun = performance.now();
  const end = (outcome: Outcome) => performing.onOutcome(task.kind, outcome, (performance.now() - begun) / 1000);
  try {
    await handle(performing.handlers, task, around);
    if (task.kind === 'forget-installation') await forgetTasksOf(performing.database, task.installationId);
    if (task.deliveryId) await deliveriesStore(performing.database).done(task.deliveryId);
  } catch (error) {
    const outcome = await failed(error, envelope, job, performing, around);
    end(outcome);
    if (outcome === 'later' || outcome === 'handed-back') return;
    throw new Error(describe(error), { cause: error });
  }
  end('done');
  around.log.debug('task done');
}
