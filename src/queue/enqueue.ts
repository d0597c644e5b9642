import type { PoolClient } from 'pg';
import { newGeneration } from '../store/scans.ts';
import { placeOf, priorityOf, type ScanReason, type Task } from './tasks.ts';

/** Tries of a task before it is a dead letter: waits of 3 s, 7 s, 20 s, 55 s, 2.5 min, 7 min, 18 min between them. */
export const MAX_ATTEMPTS = 8;

/** Held shared by whoever adds tasks, so that the names of queues are tidied only when nobody does. */
export const TIDY_LOCK = 7_264_003;

/** How a task lies in the queue. */
export interface Envelope {
  readonly task: Task;
  /** Tries that were used up before it was queued again. */
  readonly tries: number;
  /** When it was first queued, in milliseconds. */
  readonly since: number;
}

/** Where and when; `runInSeconds` counts from now, by the database's clock. */
interface Options {
  readonly runInSeconds?: number;
}

/** What each envelope's kind may do to a scan that is running: a person's request waits for its end. */
const OVERTAKES: ReadonlySet<ScanReason> = new Set(['opened', 'push', 'reopened', 'retarget']);

/** NUL would make `json` unreadable for every later query, half a surrogate pair for some: both come from outsiders' text. */
function toJson(envelope: Envelope): string {
  return JSON.stringify(envelope, (_key, value: unknown) =>
    typeof value === 'string' ? value.replace(/\0|\p{Surrogate}/gu, '\ufffd') : value,
  );
}

/** Serialises what is written under one key, between deliveries and the workers that put tasks back. */
export async function lockKey(client: PoolClient, key: string): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`gargoyle-task:${key}`]);
}

/** Puts an envelope into the queue, inside a transaction. A waiting one with its key is replaced; one that runs is not retried any more. */
export async function put(client: PoolClient, envelope: Envelope, { runInSeconds = 0 }: Options = {}): Promise<void> {
  const { queue, key } = placeOf(envelope.task);
  await client.query('select pg_advisory_xact_lock_shared($1)', [TIDY_LOCK]);
  await client.query(
    `select graphile_worker.add_job($1, payload := $2::json, queue_name := $3, job_key := $4, max_attempts := $5,
       run_at := now() + $6 * interval '1 second', priority := $7)`,
    [
      envelope.task.kind,
      toJson(envelope),
      queue,
      key,
      Math.max(1, MAX_ATTEMPTS - envelope.tries),
      runInSeconds,
      priorityOf(envelope.task),
    ],
  );
}

/**
 * Queues tasks in the transaction of the given connection. A newer push replaces the scan that waits, and tells the one that runs to
 * stop; what a person asked for does neither.
 */
export async function enqueue(client: PoolClient, tasks: readonly Task[]): Promise<void> {
  // In one order everywhere: two deliveries about the same pull requests must not wait for each other.
  for (const key of tasks.map((task) => placeOf(task).key).sort()) await lockKey(client, key);
  for (const task of tasks) {
    if (task.kind === 'scan-pull-request' && OVERTAKES.has(task.reason)) {
      const head = task.reason === 'opened' || task.reason === 'push' ? task.headHint : null;
      await newGeneration(client, task.repositoryId, task.pull, head);
    }
    if (task.kind === 'close-pull-request') await newGeneration(client, task.repositoryId, task.pull, null);
    await put(client, { task, tries: 0, since: Date.now() });
  }
}
