import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whom the embedded server runs as; null: as ourselves. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const NAME = 'postgres';

async function look(): Promise<ServerUser | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

/**
 * PostgreSQL refuses to run as root. Where we are root, it runs as the user `postgres`, which is created if need be.
 * Throws with the remedy when it cannot be.
 */
export async function serverUser(): Promise<ServerUser | null> {
  if (process.getuid?.() !== 0) return null;
  const known = await look();
  if (known) return known;
  try {
    await run('groupadd', ['--system', NAME]).catch(() => undefined);
    await run('useradd', ['--system', '--gid', NAME, '--no-create-home', '--shell', '/bin/false', NAME]);
  } catch (cause) {
    const why = `The embedded database cannot run as root, and the user "${NAME}" could not be created for it.`;
    throw new Error(`${why} Start Gargoyle as an ordinary user, create that user, or set DATABASE_URL.`, { cause });
  }
  const made = await look();
  if (!made) throw new Error(`The user "${NAME}" was created and cannot be found. Start Gargoyle as an ordinary user.`);
  return made;
}

/** Whether that user may do so with a path: `-x` enter or run, `-w` write. */
export async function userCan(user: ServerUser, may: '-x' | '-w', path: string): Promise<boolean> {
  return run('/bin/sh', ['-c', `test ${may} "$1"`, 'sh', path], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  );
}
