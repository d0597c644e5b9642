import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The built App in a process of its own, as an operator runs it. */
export interface AppProcess {
  readonly address: string;
  /** Everything that it logged, one JSON object a line. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  /** When nothing waits or runs in its queue. */
  idle(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** SIGTERM, and the exit status. */
  stop(): Promise<number | null>;
}

export interface AppEnvironment {
  readonly folder: string;
  readonly databaseUrl?: string;
  readonly port?: number;
}

/** `STORY_APP`: another build of the App. */
export const COMMAND = process.env.STORY_APP ?? new URL('../dist/cli.js', import.meta.url).pathname;

/** Starts the App against the simulator, by the settings of an Enterprise Server's user, and has webhooks sent to it. */
export async function startApp(
  simulator: Simulator,
  { folder, databaseUrl, port = 0 }: AppEnvironment,
): Promise<AppProcess> {
  const env: Record<string, string | undefined> = {
    PATH: process.env.PATH,
    APP_ID: String(simulator.app.id),
    PRIVATE_KEY: simulator.app.privateKey,
    WEBHOOK_SECRET: simulator.app.webhookSecret,
    PORT: String(port),
    GARGOYLE_DATA: join(folder, 'data'),
    GHE_HOST: simulator.host,
    GHE_PROTOCOL: 'http',
    LOG_LEVEL: process.env.STORY_LOG ?? 'info',
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
  const child = spawn(process.execPath, [COMMAND, 'serve'], {
    cwd: folder,
    env: env as NodeJS.ProcessEnv, // Probot narrows what it may hold
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: Record<string, unknown>[] = [];
  const address = await listening(child, log);
  simulator.deliverTo(`${address}/api/github/webhooks`);
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    address,
    log,
    idle: () => until(async () => (await queued(address)) === 0, 120),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    stop: () => {
      child.kill('SIGTERM');
      return gone;
    },
  };
}

/** Reads the log until the App says where it listens. */
function listening(child: ChildProcess, log: Record<string, unknown>[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let rest = '';
    let errors = '';
    child.stderr?.on('data', (data: Buffer) => {
      errors += data.toString();
    });
    child.stdout?.on('data', (data: Buffer) => {
      const lines = (rest + data.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (process.env.STORY_LOG) process.stderr.write(`${line}\n`);
        const entry = readLine(line);
        log.push(entry);
        if (typeof entry.address === 'string') resolve(entry.address);
      }
    });
    child.once('exit', (code) =>
      reject(new Error(`the App ended with ${code}: ${errors || JSON.stringify(log.at(-1))}`)),
    );
  });
}

function readLine(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return { msg: line };
  }
}

/** How many tasks wait or run, from the App's own metrics. */
async function queued(address: string): Promise<number> {
  const text = await (await fetch(`${address}/metrics`)).text();
  const values = [...text.matchAll(/^gargoyle_queue_tasks\{state="(?:waiting|running)"\} (\d+)$/gm)];
  return values.length === 2 ? values.reduce((sum, [, value]) => sum + Number(value), 0) : Number.NaN;
}

/** Waits until a condition holds; fails with the last answer after `seconds`. */
export async function until(condition: () => Promise<boolean> | boolean, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not after ${seconds} s: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A GitHub and an App that know each other. */
export interface Stage {
  readonly github: Simulator;
  readonly app: AppProcess;
  readonly folder: string;
  close(): Promise<void>;
}

export async function setStage(options: SimulatorOptions = {}): Promise<Stage> {
  const github = await startSimulator(options);
  const folder = temporaryFolder();
  const app = await startApp(github, { folder });
  return {
    github,
    app,
    folder,
    close: async () => {
      await app.stop();
      await github.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
