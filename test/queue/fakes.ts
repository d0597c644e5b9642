import { pino } from 'pino';
import type { Handlers } from '../../src/queue/perform.ts';
import type { ScanPullRequest } from '../../src/queue/tasks.ts';
import { startWorker, type Worker, type WorkerOptions } from '../../src/queue/worker.ts';
import type { Database } from '../../src/store/database.ts';

const silent = pino({ level: 'silent' });

const nothing = async () => undefined;

/** Handlers that do nothing, but for the given ones. */
function handlers(some: Partial<Handlers>): Handlers {
  return {
    'scan-pull-request': nothing,
    'close-pull-request': nothing,
    'scan-merge-group': nothing,
    'rescan-commit': nothing,
    'answer-comment': nothing,
    'record-workflow-job': nothing,
    'forget-installation': nothing,
    'forget-repositories': nothing,
    sweep: nothing,
    'forget-old': nothing,
    ...some,
  };
}

export function scanTask(some: Partial<ScanPullRequest> = {}): ScanPullRequest {
  return {
    kind: 'scan-pull-request',
    installationId: 1,
    repositoryId: 10,
    owner: 'octo',
    name: 'hello',
    pull: 7,
    reason: 'push',
    headHint: 'a'.repeat(40),
    baseHint: 'main',
    commentId: null,
    deliveryId: null,
    ...some,
  };
}

export async function work(
  database: Database,
  some: Partial<Handlers>,
  options: Partial<WorkerOptions> = {},
): Promise<Worker> {
  return startWorker(database, handlers(some), { log: silent, ...options });
}

/** Waits until it is so, asking often. */
export async function until(question: () => boolean | Promise<boolean>, what = 'it'): Promise<void> {
  for (let tries = 0; tries < 1500; tries++) {
    if (await question()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Lets everything that waits for its time run now. */
export async function hurry({ pool }: Pick<Database, 'pool'>): Promise<void> {
  await pool.query(
    `select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs where run_at > now()), now())`,
  );
  await pool.query(`select pg_notify('jobs:insert', '{"count":1}')`);
}
