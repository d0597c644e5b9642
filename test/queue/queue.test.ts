import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { listDead, queueDepth, replay } from '../../src/queue/dead-letters.ts';
import { enqueue, MAX_ATTEMPTS } from '../../src/queue/enqueue.ts';
import { RetryAfter } from '../../src/queue/perform.ts';
import { recordDelivery } from '../../src/queue/record.ts';
import type { Task } from '../../src/queue/tasks.ts';
import { tidyDead, tidyQueues } from '../../src/queue/tidy.ts';
import type { Worker } from '../../src/queue/worker.ts';
import { deliveriesStore } from '../../src/store/deliveries.ts';
import { scansStore } from '../../src/store/scans.ts';
import { empty, temporaryDatabase } from '../store/temporary-database.ts';
import { hurry, scanTask, until, work } from './fakes.ts';

let database: Awaited<ReturnType<typeof temporaryDatabase>>;
const workers: Worker[] = [];
const now = new Date('2026-11-22T12:00:00Z');

beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database.close());
beforeEach(() => empty(database));
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

function delivery(id: string) {
  return {
    id,
    event: 'pull_request',
    action: 'opened',
    installationId: 1,
    repositoryId: 10,
    body: Buffer.from('{"a":"\\u0000"}'),
  };
}

async function start(
  ...args: Parameters<typeof work> extends [unknown, ...infer Rest] ? Rest : never
): Promise<Worker> {
  const worker = await work(database, ...args);
  workers.push(worker);
  return worker;
}

async function queue(...tasks: readonly Task[]): Promise<void> {
  await database.transaction((client) => enqueue(client, tasks));
}

async function waiting(): Promise<number> {
  return (await queueDepth(database)).waiting;
}

async function deliveryState(id: string): Promise<string | undefined> {
  const { rows } = await database.pool.query<{ state: string }>('select state from gargoyle.delivery where id = $1', [
    id,
  ]);
  return rows[0]?.state;
}

describe('a delivery and its tasks', () => {
  test('are written together', async () => {
    await expect(recordDelivery(database, delivery('d1'), [scanTask({ deliveryId: 'd1' })], now)).resolves.toBe('new');
    expect(await waiting()).toBe(1);
    expect((await deliveriesStore(database).body('d1'))?.toString()).toBe('{"a":"\\u0000"}');
  });

  test('are not written at all when one of them cannot be', async () => {
    const broken = { ...scanTask(), kind: 'x'.repeat(200) } as unknown as Task;
    await expect(recordDelivery(database, delivery('d1'), [scanTask(), broken], now)).rejects.toThrow();
    expect(await waiting()).toBe(0);
    expect(await deliveryState('d1')).toBeUndefined();
  });

  test('count once, however often GitHub or an attacker sends them, also at the same time', async () => {
    const send = () => recordDelivery(database, delivery('d1'), [scanTask({ deliveryId: 'd1' })], now);
    const all = await Promise.all([send(), send(), send()]);
    expect(all.sort()).toEqual(['new', 'seen', 'seen']);
    const ran: string[] = [];
    await start({ 'scan-pull-request': async (task) => void ran.push(task.reason) });
    await until(async () => (await deliveryState('d1')) === 'done');
    expect(await send()).toBe('seen');
    expect(ran).toHaveLength(1);
  });

  test('are taken again after they failed for good', async () => {
    const task = scanTask({ deliveryId: 'd1' });
    await recordDelivery(database, delivery('d1'), [task], now);
    let broken = true;
    await start({
      'scan-pull-request': async () => {
        if (broken) throw new Error('no such thing\0 ghs_0123456789abcdefghij');
      },
    });
    await until(async () => {
      await hurry(database);
      return (await deliveryState('d1')) === 'failed';
    }, 'the delivery to fail');
    await until(async () => (await listDead(database)).length === 1, 'the dead letter');
    expect((await listDead(database))[0]?.error).toBe('no such thing\ufffd [redacted]');
    broken = false;
    expect(await recordDelivery(database, delivery('d1'), [task], now)).toBe('again');
    await until(async () => (await deliveryState('d1')) === 'done', 'the delivery to be done');
    expect(await listDead(database)).toEqual([]);
  });

  test('that could not be understood are kept, without a task', async () => {
    await recordDelivery(database, delivery('odd'), 'ignored', now);
    expect(await deliveryState('odd')).toBe('ignored');
    expect(await waiting()).toBe(0);
  });
});

describe('the queue', () => {
  test('keeps the newest push only, and what a person asked for besides', async () => {
    await queue(scanTask({ headHint: '1' }), scanTask({ headHint: '2' }), scanTask({ reason: 'rescan', commentId: 5 }));
    await queue(
      scanTask({ headHint: '3' }),
      scanTask({ reason: 'rescan', commentId: 6 }),
      scanTask({ pull: 8, headHint: '4' }),
    );
    const seen: unknown[] = [];
    await start({
      'scan-pull-request': async ({ pull, commentId, headHint }) => void seen.push(commentId ?? `${pull}:${headHint}`),
    });
    await until(async () => (await waiting()) === 0 && seen.length === 4);
    expect(seen.map(String).sort()).toEqual(['5', '6', '7:3', '8:4']);
  });

  test('runs one task of a pull request at a time, with two workers on one database, and each task once', async () => {
    const running = new Map<number, number>();
    let most = 0;
    let together = 0;
    const ran: number[] = [];
    const handler = async ({ pull, commentId }: { pull: number; commentId: number | null }) => {
      running.set(pull, (running.get(pull) ?? 0) + 1);
      most = Math.max(most, running.get(pull) ?? 0);
      together = Math.max(
        together,
        [...running.values()].reduce((sum, count) => sum + count, 0),
      );
      await new Promise((resolve) => setTimeout(resolve, 15));
      running.set(pull, (running.get(pull) ?? 0) - 1);
      ran.push(commentId ?? 0);
    };
    const tasks = Array.from({ length: 60 }, (_, index) =>
      scanTask({ pull: index % 6, reason: 'rescan', commentId: index + 1 }),
    );
    await queue(...tasks);
    await Promise.all([start({ 'scan-pull-request': handler }), start({ 'scan-pull-request': handler })]);
    await until(() => ran.length >= 60, 'sixty tasks');
    expect(most).toBe(1);
    expect(together).toBeGreaterThan(1);
    expect(new Set(ran).size).toBe(60);
  });

  test('tries again with growing waits, then buries, then lets an operator replay', async () => {
    const attempts: { attempt: number; lastAttempt: boolean }[] = [];
    let broken = true;
    const outcomes: string[] = [];
    await queue(scanTask({ deliveryId: null }));
    const handler = async (_task: Task, { attempt, lastAttempt }: { attempt: number; lastAttempt: boolean }) => {
      attempts.push({ attempt, lastAttempt });
      if (broken) throw new Error(`try ${attempt}`);
    };
    await start(
      { 'scan-pull-request': handler },
      { onOutcome: (kind, outcome) => outcomes.push(`${kind} ${outcome}`) },
    );
    const waits: number[] = [];
    while (attempts.length < MAX_ATTEMPTS) {
      const before = attempts.length;
      await until(
        async () => {
          const { rows } = await database.pool.query<{ wait: number }>(
            'select extract(epoch from run_at - now())::float as wait from graphile_worker.jobs where run_at > now() and locked_at is null',
          );
          if (rows[0]) waits.push(rows[0].wait);
          await hurry(database);
          return attempts.length > before;
        },
        `try ${before + 1}`,
      );
    }
    await until(async () => (await listDead(database)).length === 1, 'the dead letter');
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(attempts.map(({ lastAttempt }) => lastAttempt)).toEqual([...Array(7).fill(false), true]);
    expect(Math.max(...waits)).toBeGreaterThan(300);
    expect(outcomes.at(-1)).toBe('scan-pull-request dead');

    const [letter] = await listDead(database);
    expect(letter).toMatchObject({ error: 'try 8', task: { kind: 'scan-pull-request', pull: 7 } });
    expect(await replay(database, '0')).toBe(0);
    broken = false;
    expect(await replay(database, letter?.id ?? '')).toBe(1);
    await until(() => outcomes.at(-1) === 'scan-pull-request done', 'the replay');
    expect(await listDead(database)).toEqual([]);
  });

  test('postpones when told to, without using up a try', async () => {
    const attempts: number[] = [];
    await queue(scanTask());
    await start({
      'scan-pull-request': async (_task, { attempt }) => {
        attempts.push(attempt);
        if (attempts.length === 1) throw new Error('a real failure');
        if (attempts.length < 12) throw new RetryAfter(60, 'secondary rate limit');
      },
    });
    await until(async () => {
      await hurry(database);
      return attempts.length === 12;
    }, 'twelve tries');
    expect(attempts).toEqual([1, ...Array(11).fill(2)]);
    await until(async () => (await queueDepth(database)).running === 0);
    expect(await queueDepth(database)).toEqual({ waiting: 0, running: 0, dead: 0 });
  });

  test('does not bring back a postponed task that a newer push replaced while it ran', async () => {
    const heads: (string | null)[] = [];
    await queue(scanTask({ headHint: 'old' }));
    await start({
      'scan-pull-request': async ({ headHint }) => {
        heads.push(headHint);
        if (headHint !== 'old') return;
        await queue(scanTask({ headHint: 'new' }));
        throw new RetryAfter(0, 'busy');
      },
    });
    await until(() => heads.includes('new'));
    await until(async () => (await queueDepth(database)).running === 0);
    expect(await waiting()).toBe(0);
    expect(heads).toEqual(['old', 'new']);
  });

  test('does not call a task dead that failed after a newer one replaced it, and clears it away', async () => {
    let once = false;
    await queue(scanTask({ headHint: 'old' }));
    await start({
      'scan-pull-request': async ({ headHint }) => {
        if (headHint !== 'old' || once) return;
        once = true;
        await queue(scanTask({ headHint: 'new' }));
        throw new Error('overtaken');
      },
    });
    await until(async () => once && (await waiting()) === 0 && (await queueDepth(database)).running === 0);
    expect(await listDead(database)).toEqual([]);
    await tidyDead(database);
    expect((await database.pool.query('select 1 from graphile_worker.jobs')).rowCount).toBe(0);
  });

  test('tells a running scan that a newer push, a retarget or a closing came; a repeated delivery or a person does not', async () => {
    const scans = scansStore(database);
    const head = 'a'.repeat(40);
    const begin = async () =>
      (
        await scans.begin({
          installationId: 1,
          repositoryId: 10,
          pull: 7,
          head,
          baseRef: 'main',
          reason: 'push',
          deliveryId: null,
        })
      ).scan;
    const table: readonly [Task, boolean][] = [
      [scanTask({ headHint: head }), true],
      [scanTask({ reason: 'rescan', commentId: 1 }), true],
      [scanTask({ pull: 8, headHint: 'b' }), true],
      [scanTask({ headHint: 'b' }), false],
      [scanTask({ headHint: head, reason: 'retarget' }), false],
      [{ ...scanTask(), kind: 'close-pull-request', head }, false],
    ];
    for (const [task, current] of table) {
      const scan = await begin();
      await queue(task);
      expect([task.kind, await scans.isCurrent(scan)]).toEqual([task.kind, current]);
    }
  });

  test('forgets the names of queues in which nothing waits, and no others', async () => {
    await start({}, { concurrency: 1 });
    await queue(scanTask({ pull: 1 }));
    await until(async () => (await queueDepth(database)).waiting === 0);
    await until(async () => (await queueDepth(database)).running === 0);
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await queue(scanTask({ pull: 2 }));
    await tidyQueues(database);
    const { rows } = await database.pool.query(
      `select queue_name from graphile_worker._private_job_queues where queue_name like '%:%'`,
    );
    expect(rows).toEqual([{ queue_name: 'pull:10:2' }]);
  });

  test('survives NUL and half surrogates in what outsiders wrote', async () => {
    const seen: unknown[] = [];
    await queue({
      ...scanTask(),
      kind: 'answer-comment',
      commentId: 1,
      author: { id: 1, login: 'x\0' },
      command: { name: 'help', args: ['\ud800!'] },
    });
    await start({ 'answer-comment': async ({ author, command }) => void seen.push([author.login, command.args]) });
    await until(() => seen.length === 1);
    expect(seen).toEqual([['x\ufffd', ['\ufffd!']]]);
  });
});

describe('the end of a worker', () => {
  test('stop waits for the running task, and takes no other', async () => {
    const done: number[] = [];
    let began = false;
    await queue(scanTask({ pull: 1 }), scanTask({ pull: 2 }));
    const worker = await start(
      {
        'scan-pull-request': async ({ pull }) => {
          began = true;
          await new Promise((resolve) => setTimeout(resolve, 50));
          done.push(pull);
        },
      },
      { concurrency: 1 },
    );
    await until(() => began);
    workers.pop();
    await worker.stop();
    expect(done).toEqual([1]);
    expect(await queueDepth(database)).toEqual({ waiting: 1, running: 0, dead: 0 });
  });

  test('stop aborts a task that takes too long, and hands it back untried', async () => {
    let began = false;
    await queue(scanTask());
    const worker = await start(
      {
        'scan-pull-request': (_task, { signal }) => {
          began = true;
          return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        },
      },
      { graceMs: 50 },
    );
    await until(() => began);
    workers.pop();
    await worker.stop();
    expect(await queueDepth(database)).toEqual({ waiting: 1, running: 0, dead: 0 });
    const attempts: number[] = [];
    await start({ 'scan-pull-request': async (_task, { attempt }) => void attempts.push(attempt) });
    await until(() => attempts.length > 0);
    expect(attempts).toEqual([1]);
  });

  test('a task that takes longer than it may is aborted and tried again', async () => {
    const attempts: number[] = [];
    await queue(scanTask());
    await start(
      {
        'scan-pull-request': (_task, { signal, attempt }) => {
          attempts.push(attempt);
          if (attempt > 1) return Promise.resolve();
          return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        },
      },
      { timeoutMs: 30 },
    );
    await until(async () => {
      await hurry(database);
      return attempts.length === 2;
    });
    expect(attempts).toEqual([1, 2]);
  });

  test('what a worker had that is gone is freed at the start of the next, and only that', async () => {
    let began = 0;
    let finish: () => void = () => undefined;
    const handler = () => {
      began++;
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    };
    await queue(scanTask({ pull: 1 }), scanTask({ pull: 2 }));
    const living = await start({ 'scan-pull-request': handler }, { concurrency: 1, lookMs: 60_000 });
    await until(() => began === 1);
    // As `kill -9` leaves it: locked by an id whose lock nobody holds.
    await database.pool.query(
      `update graphile_worker._private_jobs set locked_by = 'pool-gone', locked_at = now(), attempts = 1 where locked_at is null`,
    );
    await database.pool.query(
      `update graphile_worker._private_job_queues set locked_by = 'pool-gone', locked_at = now() where locked_at is null`,
    );
    const taken: number[] = [];
    await start({ 'scan-pull-request': async ({ pull }) => void taken.push(pull) }, { lookMs: 60_000 });
    await until(() => taken.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(taken).toEqual([2]);
    finish();
    expect(living.isWorking()).toBe(true);
  });
});
