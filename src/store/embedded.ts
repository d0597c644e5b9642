import pg from 'pg';
import {
  type Access,
  type Cluster,
  logTail,
  movePort,
  prepareCluster,
  readAccess,
  type ServerProcess,
  serverFolder,
  startServer,
} from './cluster.ts';
import { readPostmaster, removeStalePid, stopPostmaster } from './postmaster.ts';

/** A PostgreSQL server in a folder, shared by the processes that use the folder. */
export interface EmbeddedServer {
  readonly connection: pg.ClientConfig;
  /** Stops the server unless another process still uses it. */
  release(): Promise<void>;
}

/** Held shared by every process that uses the server; who gets it alone is the last one. */
const USERS_LOCK = 7_264_001;
const PATIENCE_MS = 30_000;

function connectionOf({ port, password }: Access): pg.ClientConfig {
  return { host: '127.0.0.1', port, user: 'gargoyle', password, database: 'postgres' };
}

/** A connection that marks us as a user of this folder's server, or null where none answers. */
async function join(cluster: Cluster, access: Access): Promise<pg.Client | null> {
  const client = new pg.Client({ ...connectionOf(access), connectionTimeoutMillis: 3000, keepAlive: true });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>('show data_directory');
    // Somebody else's server may answer on a port that was ours once.
    if (rows[0]) {
      const folder = Object.values(rows[0])[0];
      if (folder !== serverFolder(cluster)) throw new Error(`another server answers on port ${access.port}`);
    }
    await client.query('select pg_advisory_lock_shared($1)', [USERS_LOCK]);
    return client;
  } catch {
    await client.end().catch(() => undefined);
    return null;
  }
}

/** The access under which a server that runs already would answer: its pid file knows the port best. */
async function likelyAccess(cluster: Cluster): Promise<Access> {
  const access = await readAccess(cluster);
  const running = await readPostmaster(serverFolder(cluster));
  return running ? { ...access, port: running.port } : access;
}

async function portIsTaken(cluster: Cluster): Promise<boolean> {
  return /could not bind|Address already in use|could not create any TCP/.test(await logTail(cluster));
}

/**
 * Connects to the folder's server, and starts it where none runs. After a `kill -9` of ours it may still run, be recovering, or have
 * left a pid file behind: what counts is whether it answers, tried again for some seconds.
 */
async function connectOrStart(
  cluster: Cluster,
  mayMove: boolean,
): Promise<{ readonly member: pg.Client; readonly access: Access }> {
  const deadline = Date.now() + PATIENCE_MS;
  let started: ServerProcess | null = null;
  while (Date.now() < deadline) {
    const access = await likelyAccess(cluster);
    const member = await join(cluster, access);
    if (member) return { member, access };
    if (started === null || started.exited() !== null) {
      if (started !== null && mayMove && (await portIsTaken(cluster))) await movePort(cluster);
      await removeStalePid(serverFolder(cluster));
      started = startServer(cluster, (await readAccess(cluster)).port);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const said = await logTail(cluster);
  const remedy = 'Look at server.log in that folder, or set DATABASE_URL to a PostgreSQL server.';
  throw new Error(`The embedded database in ${cluster.folder} does not start. It says: ${said}. ${remedy}`);
}

async function leave(cluster: Cluster, member: pg.Client): Promise<void> {
  let last = false;
  try {
    await member.query('select pg_advisory_unlock_shared($1)', [USERS_LOCK]);
    const { rows } = await member.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [USERS_LOCK]);
    last = rows[0]?.last === true;
  } catch {
    // The server is gone already: nothing to stop.
  }
  await member.end().catch(() => undefined);
  if (last) await stopPostmaster(serverFolder(cluster));
}

/** Opens the embedded database of a folder (absolute path), and starts its server again when it dies. Throws with the remedy. */
export async function openEmbedded(folder: string): Promise<EmbeddedServer> {
  const cluster = await prepareCluster(folder);
  const first = await connectOrStart(cluster, true);
  let member: pg.Client | null = null;
  let released = false;
  const stay = (joined: pg.Client): void => {
    member = joined;
    joined.once('end', () => {
      member = null;
      if (!released) void rejoin();
    });
  };
  // The server died under us, or was stopped by hand. The port stays: the connections of this process know no other.
  const rejoin = async (): Promise<void> => {
    while (!released && !member) {
      const again = await connectOrStart(cluster, false).catch(() => null);
      if (again && released) await leave(cluster, again.member);
      else if (again) stay(again.member);
    }
  };
  stay(first.member);
  return {
    connection: connectionOf(first.access),
    async release() {
      released = true;
      if (member) await leave(cluster, member);
    },
  };
}
