import type { Database } from '../store/database.ts';
import type { Envelope } from './enqueue.ts';
import type { Task } from './tasks.ts';

/** A task that used up its tries. */
export interface DeadLetter {
  readonly id: string;
  readonly task: Task;
  readonly error: string;
  readonly firstQueuedAt: Date;
  readonly failedAt: Date;
}

/**
 * Dead: no tries left, nobody runs it, and no newer one took its key. The payload is in the library's private table (pinned version;
 * a test reads it).
 */
export const DEAD = 'jobs.attempts >= jobs.max_attempts and jobs.locked_at is null';

/** The dead letters, newest first, for an operator to read. */
export async function listDead(database: Pick<Database, 'pool'>, limit = 200): Promise<readonly DeadLetter[]> {
  const { rows } = await database.pool.query<{
    id: string;
    payload: Envelope;
    last_error: string | null;
    updated_at: Date;
  }>(
    `select id, payload, last_error, updated_at from graphile_worker._private_jobs as jobs
     where ${DEAD} and key is not null order by updated_at desc limit $1`,
    [limit],
  );
  return rows.map((row) => ({
    id: row.id,
    task: row.payload.task,
    error: row.last_error ?? 'the worker died while it ran',
    firstQueuedAt: new Date(row.payload.since),
    failedAt: row.updated_at,
  }));
}

/** Lets dead letters run again at once, with all their tries: one by its id, or all. Gives how many there were. */
export async function replay(database: Pick<Database, 'pool'>, id: string | 'all'): Promise<number> {
  const dead = await listDead(database, 10_000);
  const ids = dead.map((letter) => letter.id).filter((known) => id === 'all' || known === id);
  if (ids.length === 0) return 0;
  const { rowCount } = await database.pool.query(
    'select graphile_worker.reschedule_jobs($1::bigint[], now(), attempts := 0)',
    [ids],
  );
  // The library only tells its workers of new tasks; they would look by themselves a moment later.
  await database.pool.query(`select pg_notify('jobs:insert', '{"count":1}')`);
  return rowCount ?? 0;
}

/** How much waits, runs and is dead. */
export async function queueDepth(
  database: Pick<Database, 'pool'>,
): Promise<{ waiting: number; running: number; dead: number }> {
  const { rows } = await database.pool.query<{ waiting: string; running: string; dead: string }>(
    `select count(*) filter (where locked_at is null and attempts < max_attempts) as waiting,
       count(*) filter (where locked_at is not null) as running,
       count(*) filter (where ${DEAD} and key is not null) as dead
     from graphile_worker.jobs`,
  );
  const row = rows[0];
  return { waiting: Number(row?.waiting), running: Number(row?.running), dead: Number(row?.dead) };
}
