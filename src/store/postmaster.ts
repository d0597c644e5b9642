import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What `postmaster.pid` says; it may be left over from a server that is gone. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** Reads PostgreSQL's pid file; null where there is none, or it is being written. */
export async function readPostmaster(serverFolder: string): Promise<Postmaster | null> {
  const text = await readFile(join(serverFolder, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 ? { pid, port } : null;
}

/** State and command of a process, as `ps` prints them; null when it is gone. */
async function describe(pid: number): Promise<{ readonly state: string; readonly command: string } | null> {
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
    if (status === null) return null;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return { state: status.slice(status.lastIndexOf(')') + 2), command: command.replaceAll('\0', ' ') };
  }
  const shown = await promisify(execFile)('ps', ['-o', 'stat=,command=', '-p', String(pid)]).catch(() => null);
  const [state = '', ...command] = shown?.stdout.trim().split(/\s+/) ?? [];
  return state ? { state, command: command.join(' ') } : null;
}

/**
 * Removes a pid file that names a process which isn't this folder's server: gone, a zombie, or another program that was given the
 * number since. PostgreSQL itself would refuse to start on the last two. Call it only after connecting failed.
 */
export async function removeStalePid(serverFolder: string): Promise<void> {
  const named = await readPostmaster(serverFolder);
  if (!named) return;
  const process = await describe(named.pid);
  const lives = process && !process.state.startsWith('Z') && process.command.includes(serverFolder);
  if (!lives) await rm(join(serverFolder, 'postmaster.pid'), { force: true });
}

/** Asks the server to stop, disconnecting whoever is connected, and waits until it has. */
export async function stopPostmaster(serverFolder: string): Promise<void> {
  const named = await readPostmaster(serverFolder);
  if (!named) return;
  try {
    process.kill(named.pid, 'SIGINT');
  } catch {
    return;
  }
  for (let waited = 0; waited < 15_000; waited += 20) {
    const now = await describe(named.pid);
    if (!now || now.state.startsWith('Z')) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
