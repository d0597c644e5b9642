import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Verdict } from '../../src/policy/verdict.ts';
import { recordDelivery } from '../../src/queue/record.ts';
import { forgetTasksOf } from '../../src/queue/tidy.ts';
import { blobsStore } from '../../src/store/blobs.ts';
import { deliveriesStore } from '../../src/store/deliveries.ts';
import { policiesStore } from '../../src/store/policies.ts';
import { KEPT_DAYS, retentionStore } from '../../src/store/retention.ts';
import { scansStore } from '../../src/store/scans.ts';
import { threadsStore } from '../../src/store/threads.ts';
import { verdictsStore } from '../../src/store/verdicts.ts';
import { type WorkflowJobFact, workflowJobsStore } from '../../src/store/workflow-jobs.ts';
import { scanTask } from '../queue/fakes.ts';
import { empty, temporaryDatabase } from './temporary-database.ts';

let database: Awaited<ReturnType<typeof temporaryDatabase>>;
const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];

beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database.close());
beforeEach(() => empty(database));

async function count(table: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: string }>(`select count(*) from gargoyle.${table}`);
  return Number(rows[0]?.count);
}

function verdict(some: Partial<Verdict> = {}): Verdict {
  return {
    repository: { id: 10, owner: 'octo', name: 'hello' },
    pull: 7,
    head: a,
    base: { ref: 'main', sha: b },
    policy: 'default',
    engine: '1',
    conclusion: 'success',
    findings: [],
    fixed: [],
    unverified: [],
    notRun: [],
    capabilities: [],
    changed: ['odd\0name'],
    files: 1,
    notices: [],
    ...some,
  };
}

describe('the verdicts of a commit', () => {
  const open = { installationId: 1, isOpen: true };
  const conclusions = async (head = a) =>
    (await verdictsStore(database).ofHead(10, head)).map(({ conclusion }) => conclusion);

  test('are those of every open pull request with that head', async () => {
    const verdicts = verdictsStore(database);
    await verdicts.keep(verdict({ conclusion: 'failure' }), open);
    await verdicts.keep(verdict({ pull: 8, base: { ref: 'mine', sha: b } }), open);
    await verdicts.keep(verdict({ repository: { id: 11, owner: 'x', name: 'y' }, conclusion: 'neutral' }), open);
    expect(await conclusions()).toEqual(['failure', 'success']);
    expect(await verdicts.close(10, 7)).toEqual([a]);
    expect(await conclusions()).toEqual(['success']);
  });

  test('keep those of an earlier base, so that a retarget to one’s own branch turns nothing green, not even through closing', async () => {
    const verdicts = verdictsStore(database);
    await verdicts.keep(verdict({ conclusion: 'failure' }), open);
    await verdicts.keep(verdict({ base: { ref: 'mine', sha: b } }), open);
    expect(await conclusions()).toEqual(['failure', 'success']);
    await verdicts.close(10, 7);
    await verdicts.keep(verdict({ base: { ref: 'mine', sha: b } }), open);
    expect(await conclusions()).toEqual(['failure', 'success']);
  });

  test('are replaced by a newer one on the same base, and come back as they were', async () => {
    const verdicts = verdictsStore(database);
    await verdicts.keep(verdict({ conclusion: 'failure' }), open);
    await verdicts.keep(verdict({ policy: 'p2' }), open);
    expect(await verdicts.ofHead(10, a)).toEqual([verdict({ policy: 'p2' })]);
  });

  test('of merge groups do not end each other', async () => {
    const verdicts = verdictsStore(database);
    await verdicts.keep(verdict({ pull: null }), open);
    await verdicts.keep(verdict({ pull: null, head: b }), { installationId: 1, isOpen: false });
    expect([await conclusions(a), await conclusions(b)]).toEqual([['success'], []]);
  });
});

test('texts of files are one installation’s own, whatever they hold', async () => {
  const blobs = blobsStore(database);
  const texts = new Map([
    ['1', 'name: CI\r\n'],
    ['2', 'nul \0 ü 𝒳'],
    ['3', ''],
  ]);
  await blobs.put(1, texts);
  await blobs.put(1, new Map([['1', 'name: CI\r\n']]));
  expect(await blobs.get(1, ['1', '2', '3', '4'])).toEqual(texts);
  expect(await blobs.get(2, ['1', '2', '3'])).toEqual(new Map());
  expect(await blobs.get(1, [])).toEqual(new Map());
});

test('the last good policy is kept for each file, whatever the case of the name', async () => {
  const policies = policiesStore(database);
  const policy = { path: '.github/gargoyle.yml', oid: '1', text: 'extends: strict' };
  await policies.keepGood(1, 'Octo', 'Hello', policy);
  expect(await policies.lastGood(1, 'octo', 'hello', policy.path)).toEqual(policy);
  await policies.keepGood(1, 'octo', 'hello', { ...policy, oid: '2', text: 'extends: observe' });
  expect((await policies.lastGood(1, 'octo', 'hello', policy.path))?.oid).toBe('2');
  expect(await policies.lastGood(2, 'octo', 'hello', policy.path)).toBeNull();
  expect(await policies.lastGood(1, 'octo', 'hello', 'gargoyle.yml')).toBeNull();
});

test('threads are kept by finding, and keep the id that is known', async () => {
  const threads = threadsStore(database);
  const of = { installationId: 1, repositoryId: 10, pull: 7 };
  await threads.keep(of, [{ fingerprint: 'f1', commentId: 5, nodeId: 'n', state: 'open' }]);
  await threads.keep(of, [{ fingerprint: 'f1', commentId: 5, nodeId: null, state: 'ended' }]);
  await threads.keep({ ...of, pull: 8 }, [{ fingerprint: 'f1', commentId: 6, nodeId: null, state: 'open' }]);
  expect(await threads.of(10, 7)).toEqual([{ fingerprint: 'f1', commentId: 5, nodeId: 'n', state: 'ended' }]);
  await threads.remove(10, 7, ['f1']);
  expect([await threads.of(10, 7), (await threads.of(10, 8)).length]).toEqual([[], 1]);
});

function job(some: Partial<WorkflowJobFact> = {}): WorkflowJobFact {
  return {
    repositoryId: 10,
    installationId: 1,
    jobId: 20,
    runId: 30,
    runAttempt: 1,
    status: 'queued',
    conclusion: null,
    workflowName: 'CI',
    jobName: 'build',
    headSha: a,
    headBranch: 'topic',
    labels: ['self-hosted', 'odd,"label"'],
    runnerId: null,
    runnerName: null,
    runnerGroupId: null,
    runnerGroupName: null,
    createdAt: '2026-11-22T12:00:00Z',
    startedAt: null,
    completedAt: null,
    ...some,
  };
}

test('a workflow job that ended stays ended, in whatever order its deliveries come', async () => {
  const jobs = workflowJobsStore(database);
  await jobs.record(job({ status: 'completed', conclusion: 'success', runnerId: 3 }));
  await jobs.record(job());
  await jobs.record(job({ status: 'in_progress', runnerId: 3 }));
  const { rows } = await database.pool.query('select status, conclusion, runner_id, labels from gargoyle.workflow_job');
  expect(rows).toEqual([
    { status: 'completed', conclusion: 'success', runner_id: '3', labels: ['self-hosted', 'odd,"label"'] },
  ]);
});

describe('forgetting', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  const ago = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60 * 1000);
  const delivery = (id: string, some: object = {}) => ({
    id,
    event: 'push',
    action: null,
    installationId: 1,
    repositoryId: 10,
    body: Buffer.from('{}'),
    ...some,
  });

  async function fill(installationId: number, repositoryId: number): Promise<void> {
    const of = { installationId, repositoryId };
    await recordDelivery(
      database,
      delivery(`d${repositoryId}`, of),
      [scanTask({ ...of, deliveryId: `d${repositoryId}` })],
      now,
    );
    await scansStore(database).begin({ ...of, pull: 7, head: a, baseRef: 'main', reason: 'push', deliveryId: null });
    await verdictsStore(database).keep(verdict({ repository: { id: repositoryId, owner: 'o', name: 'n' } }), {
      installationId,
      isOpen: true,
    });
    await threadsStore(database).keep({ ...of, pull: 7 }, [
      { fingerprint: 'f', commentId: 1, nodeId: null, state: 'open' },
    ]);
    await workflowJobsStore(database).record(job(of));
    await blobsStore(database).put(installationId, new Map([['1', 'secret text']]));
    await policiesStore(database).keepGood(installationId, 'o', 'n', { path: 'p', oid: '1', text: '' });
  }

  const everything = ['delivery', 'scan', 'verdict', 'thread', 'workflow_job', 'blob', 'policy', 'pull'];
  const counts = async () =>
    Object.fromEntries(await Promise.all(everything.map(async (table) => [table, await count(table)])));

  test('an installation leaves nothing of it, and everything of the others', async () => {
    await fill(1, 10);
    await recordDelivery(database, delivery('gone', { event: 'installation', repositoryId: null }), [], now);
    await fill(2, 20);
    const { rows } = await database.pool.query(
      `select table_name from information_schema.tables where table_schema = 'gargoyle' and table_name <> 'migration'`,
    );
    expect(rows.map((row) => row.table_name).sort()).toEqual([...everything].sort());
    await retentionStore(database).forgetInstallation(1);
    await forgetTasksOf(database, 1);
    // The one more delivery is the one that said so: its id is kept, its body is not.
    expect(await counts()).toEqual({
      delivery: 2,
      scan: 1,
      verdict: 1,
      thread: 1,
      workflow_job: 1,
      blob: 1,
      policy: 1,
      pull: 1,
    });
    expect(await deliveriesStore(database).body('gone')).toBeNull();
    expect(await deliveriesStore(database).body('d20')).not.toBeNull();
    expect((await database.pool.query('select 1 from graphile_worker.jobs')).rowCount).toBe(1);
  });

  test('a repository that moved to another installation is that one’s', async () => {
    await fill(1, 10);
    await fill(2, 10);
    await retentionStore(database).forgetInstallation(1);
    expect(await counts()).toMatchObject({ verdict: 1, thread: 1 });
    await retentionStore(database).forgetInstallation(2);
    expect(await counts()).toMatchObject({ verdict: 0, thread: 0 });
  });

  test('a repository leaves the others of its installation', async () => {
    await fill(1, 10);
    await fill(1, 11);
    await retentionStore(database).forgetRepositories(1, [10]);
    expect(await counts()).toMatchObject({ delivery: 1, scan: 1, verdict: 1, thread: 1, workflow_job: 1 });
    await retentionStore(database).forgetRepositories(2, [11]);
    expect(await counts()).toMatchObject({ delivery: 1, scan: 1, verdict: 1, thread: 1, workflow_job: 1 });
  });

  test('by age: bodies first, ids much later', async () => {
    const record = (id: string, at: Date) => recordDelivery(database, delivery(id), [], at);
    await record('young', ago(KEPT_DAYS.bodies - 1));
    await record('older', ago(KEPT_DAYS.bodies + 1));
    await record('oldest', ago(KEPT_DAYS.deliveries + 1));
    await blobsStore(database).put(1, new Map([['1', 'x']]));
    await retentionStore(database).forgetOld(now);
    const deliveries = deliveriesStore(database);
    expect([await deliveries.body('young'), await deliveries.body('older'), await count('delivery')]).toEqual([
      Buffer.from('{}'),
      null,
      2,
    ]);
    expect(await record('older', now)).toBe('seen');
    const later = new Date(Date.now() + 400 * 24 * 60 * 60 * 1000);
    await fill(3, 30);
    await scansStore(database).finish(
      (await scansStore(database).unfinished(-60_000))[0]?.id ?? 0,
      'completed',
      'success',
    );
    await verdictsStore(database).close(30, 7);
    await verdictsStore(database).keep(verdict({ pull: null }), { installationId: 3, isOpen: true });
    await retentionStore(database).forgetOld(later);
    expect(await counts()).toMatchObject({
      delivery: 0,
      scan: 0,
      verdict: 0,
      workflow_job: 0,
      blob: 0,
      pull: 0,
      policy: 1,
    });
  });
});
