import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import type { Settings } from '../settings.ts';
import { type EmbeddedServer, openEmbedded } from './embedded.ts';
import { quietLogger } from './library-log.ts';
import { MIGRATIONS } from './migrations.ts';

/** PostgreSQL, wherever it runs. */
export interface Database {
  readonly pool: pg.Pool;
  /** How to open a connection outside the pool, for a lock that lives as long as its holder. */
  readonly connection: pg.ClientConfig;
  /** Runs `work` in a transaction, and rolls back when it throws. */
  transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  /** Ends the connections, and stops the embedded server when nobody else uses it. */
  close(): Promise<void>;
}

/** Two processes that start at once must not migrate together. */
const MIGRATION_LOCK = 7_264_002;

async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await runMigrations({ pgPool: pool, logger: quietLogger });
    await client.query('create schema if not exists gargoyle');
    await client.query(
      'create table if not exists gargoyle.migration (number integer primary key, at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ number: number }>('select number from gargoyle.migration');
    const applied = new Set(rows.map((row) => row.number));
    if (applied.size > MIGRATIONS.length) {
      throw new Error('The database was written by a newer Gargoyle. Start that version, or restore a backup.');
    }
    for (const [number, sql] of MIGRATIONS.entries()) {
      if (applied.has(number)) continue;
      await client.query('begin');
      await client.query(sql);
      await client.query('insert into gargoyle.migration (number) values ($1)', [number]);
      await client.query('commit');
    }
  } finally {
    // Not handed back: this also gives up the lock, and an open transaction of a step that failed.
    client.release(true);
  }
}

async function transaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failed: Error) => {
      broken = failed;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

async function openPool(connection: pg.ClientConfig): Promise<pg.Pool> {
  const pool = new pg.Pool({ ...connection, max: 16, connectionTimeoutMillis: 5000, keepAlive: true });
  // Without these an idle connection that the server closes ends the whole process. What was asked on it fails by itself.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await migrate(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return pool;
}

/** A task that was given up may hold a connection for ever; then it is left to the end of the process. */
async function endPool(pool: pg.Pool): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, 5000);
  });
  await Promise.race([pool.end(), late]).finally(() => clearTimeout(timer));
}

/** Opens the database that the settings name, starting the embedded one, with the newest schema. Throws with the remedy. */
export async function openDatabase(settings: Pick<Settings, 'dataFolder' | 'databaseUrl'>): Promise<Database> {
  const embedded: EmbeddedServer | null =
    settings.databaseUrl === null ? await openEmbedded(settings.dataFolder) : null;
  const connection = embedded?.connection ?? { connectionString: settings.databaseUrl ?? '' };
  let pool: pg.Pool;
  try {
    pool = await openPool(connection);
  } catch (cause) {
    await embedded?.release();
    if (embedded) throw cause;
    const why = `The database of DATABASE_URL cannot be used (${cause instanceof Error ? cause.message : cause}).`;
    throw new Error(`${why} It must answer, and its user must be allowed to create schemas in it.`, { cause });
  }
  return {
    pool,
    connection,
    transaction: (work) => transaction(pool, work),
    async close() {
      await endPool(pool);
      await embedded?.release();
    },
  };
}
