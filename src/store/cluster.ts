import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, openSync, statSync, truncateSync } from 'node:fs';
import { chmod, chown, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { findPrograms, type Programs } from './programs.ts';
import { type ServerUser, serverUser, userCan } from './server-user.ts';

/** How to reach the embedded server. The password is random and never leaves this folder. */
export interface Access {
  readonly port: number;
  readonly password: string;
}

/** The folder of an embedded database: `server` (PostgreSQL's own), `access.json` and `server.log`. */
export interface Cluster {
  readonly folder: string;
  readonly user: ServerUser | null;
  readonly programs: Programs;
}

const LOG_LIMIT = 16 * 1024 * 1024;

/** PostgreSQL's own folder, inside ours. */
export function serverFolder(cluster: Cluster): string {
  return join(cluster.folder, 'server');
}

function logFile(folder: string): string {
  return join(folder, 'server.log');
}

/** Throws with the remedy where the server's user cannot reach the folder. */
async function checkUser(folder: string, user: ServerUser): Promise<void> {
  // The folder itself is ours to open; what lies above it is not.
  await chmod(folder, 0o711);
  if (!(await userCan(user, '-x', folder))) {
    const why = `The embedded database cannot run as root, so it runs as the user "postgres", who cannot reach ${folder}.`;
    throw new Error(
      `${why} Set GARGOYLE_DATA to a folder that it can reach (such as /var/lib/gargoyle), or start as an ordinary user.`,
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Makes a file with that content, readable by its owner only; false if it was there. Never seen half written. */
async function createOnce(path: string, content: string): Promise<boolean> {
  const own = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(own, content, { mode: 0o600 });
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port')),
      );
    });
  });
}

/** Port and password of this folder's server, made up at the first start. */
export async function readAccess(cluster: Pick<Cluster, 'folder'>): Promise<Access> {
  const path = join(cluster.folder, 'access.json');
  if (!(await exists(path))) {
    await createOnce(path, JSON.stringify({ port: await freePort(), password: randomBytes(24).toString('base64url') }));
  }
  return JSON.parse(await readFile(path, 'utf8')) as Access;
}

/** Another port, because somebody took ours while we were away. */
export async function movePort(cluster: Cluster): Promise<void> {
  const path = join(cluster.folder, 'access.json');
  const next = `${path}.${process.pid}`;
  await writeFile(next, JSON.stringify({ ...(await readAccess(cluster)), port: await freePort() }), { mode: 0o600 });
  await rename(next, path);
}

async function initialise(cluster: Cluster, password: string): Promise<void> {
  const { user, folder } = cluster;
  // Made beside its place and moved there whole: two processes may start at once, and either may be killed half way.
  const fresh = join(folder, `server.new-${process.pid}-${randomBytes(4).toString('hex')}`);
  const secret = `${fresh}.password`;
  await mkdir(fresh, { mode: 0o700 });
  await writeFile(secret, password, { mode: 0o600 });
  if (user) await Promise.all([chown(fresh, user.uid, user.gid), chown(secret, user.uid, user.gid)]);
  try {
    await runInitdb(cluster, fresh, secret);
    await rename(fresh, serverFolder(cluster));
  } catch (error) {
    if (!(await exists(serverFolder(cluster)))) throw error;
  } finally {
    await rm(secret, { force: true });
    await rm(fresh, { recursive: true, force: true });
  }
}

async function runInitdb({ programs, user, folder }: Cluster, into: string, secret: string): Promise<void> {
  const flags = [
    `--pgdata=${into}`,
    '--username=gargoyle',
    `--pwfile=${secret}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
  ];
  const log = openSync(logFile(folder), 'a', 0o600);
  try {
    await new Promise<void>((resolve, reject) => {
      const options = { ...user, cwd: folder, env: serverEnvironment(), stdio: ['ignore', log, log] as const };
      const child = spawn(programs.initdb, [...flags, '--locale=C'], { ...options, stdio: [...options.stdio] });
      child.once('error', reject);
      child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`initdb ended with ${code}`))));
    });
  } catch (cause) {
    const said = await logTail({ folder });
    throw new Error(`The embedded database could not be created in ${folder}: ${said}`, { cause });
  } finally {
    closeSync(log);
  }
}

/** The server gets none of our secrets: the environment holds the App's key. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

/** Makes the folder ready to start a server in. Throws with the remedy where it cannot be. */
export async function prepareCluster(folder: string): Promise<Cluster> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const user = await serverUser();
  if (user) await checkUser(folder, user);
  const programs = await findPrograms(user);
  const cluster = { folder, user, programs };
  const { password } = await readAccess(cluster);
  if (!(await exists(join(serverFolder(cluster), 'PG_VERSION')))) await initialise(cluster, password);
  return cluster;
}

/** A server process that we started; `exited` is null while it runs. */
export interface ServerProcess {
  readonly exited: () => number | null;
}

/** Starts the server in a session of its own, so that it outlives a signal to our process group; on loopback only. */
export function startServer(cluster: Cluster, port: number): ServerProcess {
  const path = logFile(cluster.folder);
  const log = openSync(path, 'a', 0o600);
  chmodSync(path, 0o600);
  if (statSync(path).size > LOG_LIMIT) truncateSync(path);
  const set = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '32MB',
  };
  const flags = Object.entries(set).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let code: number | null = null;
  const child = spawn(cluster.programs.postgres, ['-D', serverFolder(cluster), '-p', String(port), ...flags], {
    ...cluster.user,
    cwd: cluster.folder,
    env: serverEnvironment(),
    stdio: ['ignore', log, log],
    detached: true,
  });
  child.once('exit', (status) => {
    code = status ?? 1;
  });
  child.once('error', () => {
    code = 1;
  });
  child.unref();
  closeSync(log);
  return { exited: () => code };
}

/** The last lines that the server wrote. */
export async function logTail({ folder }: Pick<Cluster, 'folder'>): Promise<string> {
  const text = await readFile(logFile(folder), 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-5).join(' · ') || 'it wrote nothing';
}
