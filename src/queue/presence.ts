import pg from 'pg';
import type { Database } from '../store/database.ts';

/** Says to the other processes that this worker lives, by an advisory lock that the server drops when our connection ends. */
export interface Presence {
  /** Resolves when the lock is held: before that, nothing may be taken from the queue. */
  ready(): Promise<void>;
  isHeld(): boolean;
  end(): Promise<void>;
}

const LOCK = `hashtextextended('gargoyle-worker:' || $1, 0)`;

async function hold(database: Database, id: string, onLost: () => void): Promise<pg.Client> {
  const client = new pg.Client({ ...database.connection, keepAlive: true, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    // A host that vanishes is noticed in half a minute: the lock goes, and its tasks are taken by others.
    await client.query('set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3');
    await client.query(`select pg_advisory_lock(${LOCK})`, [id]);
    client.once('end', onLost);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Holds the lock for a worker id, and takes it again when the connection is lost. */
export function keepPresence(database: Database, id: string): Presence {
  let client: pg.Client | null = null;
  let ended = false;
  let waiting = gate();

  const take = async (): Promise<void> => {
    while (!ended) {
      try {
        client = await hold(database, id, lost);
        if (ended) await client.end();
        waiting.open();
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    }
  };
  const lost = (): void => {
    client = null;
    waiting = gate();
    if (!ended) void take();
  };
  void take();
  return {
    ready: () => waiting.opened,
    isHeld: () => client !== null,
    async end() {
      ended = true;
      waiting.open();
      await client?.end().catch(() => undefined);
    },
  };
}

/** Ids that are on a task and whose lock nobody holds. */
export async function findDeadWorkers(database: Database): Promise<ReadonlySet<string>> {
  const { rows } = await database.pool.query<{ id: string }>(
    'select distinct locked_by as id from graphile_worker.jobs where locked_by is not null',
  );
  const dead = new Set<string>();
  for (const { id } of rows) {
    await database.transaction(async (client) => {
      const { rows } = await client.query<{ free: boolean }>(`select pg_try_advisory_xact_lock(${LOCK}) as free`, [id]);
      if (rows[0]?.free === true) dead.add(id);
    });
  }
  return dead;
}

/** Frees what dead workers had taken; the library itself would wait for four hours. */
export async function freeWorkers(database: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await database.pool.query('select graphile_worker.force_unlock_workers($1)', [ids]);
  await database.pool.query(`select pg_notify('jobs:insert', '{"count":1}')`);
}
