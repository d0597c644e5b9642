import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { queueDepth } from '../../src/queue/dead-letters.ts';
import { recordDelivery } from '../../src/queue/record.ts';
import type { Worker } from '../../src/queue/worker.ts';
import { readPostmaster } from '../../src/store/postmaster.ts';
import { empty, temporaryDatabase } from '../store/temporary-database.ts';
import { scanTask, until, work } from './fakes.ts';
import { killAll, startProcess } from './processes.ts';

let database: Awaited<ReturnType<typeof temporaryDatabase>>;
const workers: Worker[] = [];

beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(async () => {
  await killAll();
  await database.close();
});
beforeEach(() => empty(database));
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

async function record(id: string, pull: number): Promise<void> {
  const delivery = {
    id,
    event: 'pull_request',
    action: 'opened',
    installationId: 1,
    repositoryId: 10,
    body: Buffer.from('{}'),
  };
  await recordDelivery(database, delivery, [scanTask({ pull, deliveryId: id })], new Date());
}

test('what a process had when it was killed is done by the one that runs beside it, and by nobody while it lives', async () => {
  const done: number[] = [];
  const killed = startProcess(join(database.folder, 'data'), 'work');
  await killed.said('ready');
  await record('d1', 1);
  await killed.said('began 1');
  workers.push(
    await work(database, { 'scan-pull-request': async ({ pull }) => void done.push(pull) }, { lookMs: 100 }),
  );
  await record('d2', 2);
  await until(() => done.includes(2), 'the other pull request');
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(done).toEqual([2]);
  await killed.kill();
  await until(() => done.includes(1), 'the freed task');
  await until(async () => (await queueDepth(database)).running === 0);
  expect(await queueDepth(database)).toEqual({ waiting: 0, running: 0, dead: 0 });
  expect(done).toEqual([2, 1]);
});

test('a worker outlives the database, which is started again: what was queued is done when it is back, and nothing acknowledged is lost', async () => {
  const done: number[] = [];
  let enter: () => void = () => undefined;
  let leave: () => void = () => undefined;
  const entered = new Promise<void>((resolve) => {
    enter = resolve;
  });
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const handler = async ({ pull }: { pull: number }) => {
    if (pull === 1 && !done.includes(1)) {
      enter();
      await left;
    }
    done.push(pull);
  };
  const worker = await work(database, { 'scan-pull-request': handler }, { concurrency: 2, lookMs: 200 });
  workers.push(worker);
  await record('d1', 1);
  await entered;
  const server = join(database.folder, 'data', 'server');
  const postmaster = await readPostmaster(server);
  process.kill(postmaster?.pid ?? 0, 'SIGKILL');
  await until(() => !worker.isWorking(), 'the worker to notice');
  await expect(record('lost', 3)).rejects.toThrow();
  leave();
  await until(() => worker.isWorking(), 'the worker to be back');
  await record('d2', 2);
  await until(() => done.includes(2), 'the task after the outage');
  await until(async () => {
    const { rows } = await database.pool.query("select id from gargoyle.delivery where state <> 'done'");
    return rows.length === 0;
  }, 'every delivery to be done');
  expect([...new Set(done)].sort()).toEqual([1, 2]);
});
