import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { until } from './fakes.ts';

export interface Process {
  /** Waits until it has printed that line. */
  said(line: string): Promise<void>;
  kill(): Promise<void>;
}

const child = join(process.cwd(), 'test', 'queue', 'child.ts');

const all: Process[] = [];

/** Kills whatever a failed test left behind. */
export async function killAll(): Promise<void> {
  await Promise.all(all.splice(0).map((process) => process.kill()));
}

/** Starts `child.ts` on a database folder. */
export function startProcess(dataFolder: string, mode: 'work' | 'open'): Process {
  const running: ChildProcess = spawn(process.execPath, ['--import', 'tsx', child, dataFolder, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  running.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  const ended = new Promise<void>((resolve) => running.once('exit', () => resolve()));
  const started: Process = {
    said: (line) => until(() => output.split('\n').includes(line), `the process to say "${line}"`),
    async kill() {
      running.kill('SIGKILL');
      await ended;
    },
  };
  all.push(started);
  return started;
}
