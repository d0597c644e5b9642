import { EventEmitter } from 'node:events';
import {
  type CronItem,
  type JobHelpers,
  parseCronItems,
  type Runner,
  run,
  type WorkerEvents,
  type WorkerPool,
} from 'graphile-worker';
import type { Logger } from 'pino';
import type { Database } from '../store/database.ts';
import { quietLogger } from '../store/library-log.ts';
import type { Envelope } from './enqueue.ts';
import { type Handlers, type Performing, perform } from './perform.ts';
import { findDeadWorkers, freeWorkers, keepPresence, type Presence } from './presence.ts';
import type { ForgetOld, Sweep } from './tasks.ts';
import { tidyDead, tidyQueues } from './tidy.ts';

export interface WorkerOptions {
  readonly log: Logger;
  /** Tasks at a time. */
  readonly concurrency?: number;
  /** How long one task may take. */
  readonly timeoutMs?: number;
  /** How long `stop` waits for running tasks before it tells them to stop, and then as long again. */
  readonly graceMs?: number;
  /** How often it looks for workers that died. */
  readonly lookMs?: number;
  readonly onOutcome?: Performing['onOutcome'];
}

export interface Worker {
  /** Whether it is connected and takes tasks. */
  isWorking(): boolean;
  /** Takes no new tasks, lets the running ones finish, and hands back those that don't within the time. */
  stop(): Promise<void>;
}

/** In looks for dead workers. */
const TIDY_EVERY = 12;
const RESTART_MS = 1000;

function cron(task: Sweep | ForgetOld, match: string): CronItem {
  const payload = { task, tries: 0, since: 0 } satisfies Envelope;
  const options = { queueName: task.kind, jobKey: task.kind, maxAttempts: 1, backfillPeriod: 0 };
  return { task: task.kind, match, identifier: task.kind, payload, options };
}

const CRON: readonly CronItem[] = [
  cron({ kind: 'sweep', deliveryId: null }, '* * * * *'),
  cron({ kind: 'forget-old', deliveryId: null }, '17 3 * * *'),
];

/** One life of the library's runner: it ends itself when the database is away for long, and is then started anew. */
interface Life {
  readonly runner: Runner;
  readonly presence: Presence;
}

/**
 * A worker looks for its next task before the end of the last one is written, finds that pull request's queue still taken, and would
 * sleep a second although the newer push waits there.
 */
function lookAgain(pool: () => WorkerPool | null): void {
  const nudge = () => {
    try {
      pool()?.nudge(1);
    } catch {
      // It is being stopped.
    }
  };
  setTimeout(nudge, 15).unref();
  setTimeout(nudge, 100).unref();
}

async function live(database: Database, performing: Performing, concurrency: number): Promise<Life> {
  const events: WorkerEvents = new EventEmitter();
  let presence: Presence | null = null;
  let pool: WorkerPool | null = null;
  events.on('pool:create', ({ workerPool }: { readonly workerPool: WorkerPool }) => {
    pool = workerPool;
    presence = keepPresence(database, workerPool.id);
  });
  const kinds = Object.keys(performing.handlers);
  const work = (payload: unknown, { job }: JobHelpers) =>
    perform(payload as Envelope, job, performing).finally(() => lookAgain(() => pool));
  const runner = await run(
    {
      pgPool: database.pool,
      events,
      logger: quietLogger,
      noHandleSignals: true,
      concurrency,
      pollInterval: 1000,
      parsedCronItems: parseCronItems([...CRON]),
      // Batches are retried and their errors handled; without, a completion that fails ends the process as an unhandled rejection.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      // Asked before each look into the queue: nothing is taken while the others could believe us dead.
      forbiddenFlags: async () => presence?.ready().then(() => null) ?? null,
    },
    Object.fromEntries(kinds.map((kind) => [kind, work])),
  );
  if (!presence) throw new Error('the queue library did not say its id');
  return { runner, presence };
}

async function within(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const ended = promise.then(
    () => true,
    () => true,
  );
  return Promise.race([ended, late]).finally(() => clearTimeout(timer));
}

/** Looks regularly for workers that died. One whose connection was only lost for a moment is spared: it must be missed twice. */
function watchForDead(database: Database, log: Logger, everyMs: number): NodeJS.Timeout {
  let missed: ReadonlySet<string> = new Set();
  let looking = false;
  let looks = 0;
  const look = async () => {
    const now = await findDeadWorkers(database);
    const dead = [...now].filter((id) => missed.has(id));
    missed = now;
    await freeWorkers(database, dead);
    if (dead.length > 0) log.warn({ workers: dead }, 'freed the tasks of workers that died');
    await tidyDead(database);
    if (looks++ % TIDY_EVERY === 0) await tidyQueues(database);
  };
  return setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      .catch((error: unknown) => log.warn({ err: error }, 'could not look for dead workers'))
      .finally(() => {
        looking = false;
      });
  }, everyMs);
}

/** Lets running tasks finish, then tells them to stop, then leaves them: the others take what has no living owner. */
async function endLife(life: Life | null, abort: AbortController, graceMs: number, log: Logger): Promise<void> {
  if (!life) return;
  const ended = life.runner.stop().catch(() => undefined);
  if (!(await within(ended, graceMs))) {
    abort.abort(new Error('the process stops'));
    if (!(await within(ended, graceMs))) log.warn('some tasks did not stop; another worker will take them');
  }
  await life.presence.end();
}

/** Works the queue off until it is stopped. Outlives the database being away. */
export async function startWorker(database: Database, handlers: Handlers, options: WorkerOptions): Promise<Worker> {
  const {
    log,
    concurrency = 4,
    timeoutMs = 10 * 60_000,
    graceMs = 10_000,
    lookMs = 5000,
    onOutcome = () => undefined,
  } = options;
  const abort = new AbortController();
  const performing = { database, handlers, log, timeoutMs, stopping: abort.signal, onOutcome };
  let stopped = false;
  await freeWorkers(database, [...(await findDeadWorkers(database))]);
  let life: Life | null = await live(database, performing, concurrency);

  const supervise = async (): Promise<void> => {
    while (!stopped) {
      await life?.runner.promise.catch((error: unknown) => log.error({ err: error }, 'the queue stopped'));
      if (stopped) return;
      await life?.presence.end();
      life = null;
      await new Promise((resolve) => setTimeout(resolve, RESTART_MS));
      if (!stopped) life = await live(database, performing, concurrency).catch(() => null);
      if (stopped) await endLife(life, abort, graceMs, log);
    }
  };
  const watch = watchForDead(database, log, lookMs);
  void supervise();
  return {
    isWorking: () => life?.presence.isHeld() === true,
    async stop() {
      stopped = true;
      clearInterval(watch);
      await endLife(life, abort, graceMs, log);
    },
  };
}
