import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { enqueue } from '../../src/queue/enqueue.ts';
import { type ScanStart, scansStore } from '../../src/store/scans.ts';
import { scanTask } from '../queue/fakes.ts';
import { empty, temporaryDatabase } from './temporary-database.ts';

let database: Awaited<ReturnType<typeof temporaryDatabase>>;
let scans: ReturnType<typeof scansStore>;
const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];

beforeAll(async () => {
  database = await temporaryDatabase();
  scans = scansStore(database);
});
afterAll(() => database.close());
beforeEach(() => empty(database));

function start(some: Partial<ScanStart> = {}): ScanStart {
  return {
    installationId: 1,
    repositoryId: 10,
    pull: 7,
    head: a,
    baseRef: 'main',
    reason: 'push',
    deliveryId: 'd1',
    ...some,
  };
}

async function finished(some: Partial<ScanStart> = {}): Promise<number> {
  const { scan } = await scans.begin(start(some));
  await scans.keepCheck(scan.id, 1000 + scan.id);
  await scans.finish(scan.id, 'completed', 'success');
  return scan.id;
}

describe('a scan', () => {
  test('is begun once: a retry goes on with it, its check and its place', async () => {
    const first = await scans.begin(start());
    expect(first).toMatchObject({ scan: { resumed: false, state: 'running', checkRunId: null }, superseded: [] });
    await scans.keepCheck(first.scan.id, 500);
    const second = await scans.begin(start());
    expect(second.scan).toMatchObject({
      id: first.scan.id,
      resumed: true,
      checkRunId: 500,
      externalId: first.scan.externalId,
    });
    expect(await scans.isCurrent(second.scan)).toBe(true);
  });

  test('is begun once, even by two at the same time', async () => {
    const both = await Promise.all([scans.begin(start()), scans.begin(start({ deliveryId: 'd2' }))]);
    expect(both.map(({ scan }) => scan.resumed).sort()).toEqual([false, true]);
    expect(new Set(both.map(({ scan }) => scan.id)).size).toBe(1);
  });

  // What a start on head `a` finds after an earlier scan, and whether it goes on with that one: else the commit gets a check again.
  test.each<[string, Partial<ScanStart>, Partial<ScanStart>, boolean]>([
    ['the task is retried after its end', {}, {}, true],
    ['another delivery tells of the same push', {}, { deliveryId: 'd2' }, true],
    ['opened and pushed come together', { reason: 'opened' }, { deliveryId: 'd2' }, true],
    ['a person asks again', {}, { deliveryId: 'd2', reason: 'rescan' }, false],
    [
      'a person asked, and that task is retried',
      { reason: 'rescan', deliveryId: 'd2' },
      { deliveryId: 'd2', reason: 'rescan' },
      true,
    ],
    ['the button was pressed', {}, { deliveryId: 'd2', reason: 'rerequested' }, false],
    ['it was reopened', {}, { deliveryId: 'd2', reason: 'reopened' }, false],
    ['it was retargeted', {}, { deliveryId: 'd2', reason: 'retarget', baseRef: 'release' }, false],
    ['it is another pull request on that head', {}, { deliveryId: 'd2', pull: 8 }, false],
    ['it is another repository', {}, { repositoryId: 11 }, false],
    ['there is a new head', {}, { deliveryId: 'd2', head: b }, false],
    ['the sweeper thinks it was missed', {}, { deliveryId: null, reason: 'missed' }, true],
  ])('that is finished, when %s', async (_name, earlier, later, same) => {
    const id = await finished(earlier);
    const { scan } = await scans.begin(start(later));
    expect([scan.id === id, scan.resumed, scan.state]).toEqual([same, same, same ? 'completed' : 'running']);
  });

  test('that failed is not taken up again by a redelivery: there is a fresh check', async () => {
    const { scan } = await scans.begin(start());
    await scans.finish(scan.id, 'failed', 'failure');
    const again = await scans.begin(start());
    expect([again.scan.id === scan.id, again.scan.resumed, await scans.isCurrent(again.scan)]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('of a head that was forced back to is a new one', async () => {
    const id = await finished();
    await finished({ head: b, deliveryId: 'd2' });
    const { scan } = await scans.begin(start({ deliveryId: 'd3' }));
    expect([scan.id === id, scan.resumed]).toEqual([false, false]);
  });

  test('that is overtaken is offered until its check is closed, also where the check may not be known', async () => {
    const old = await scans.begin(start());
    const newer = await scans.begin(start({ head: b, deliveryId: 'd2' }));
    const offered = [{ scanId: old.scan.id, head: a, externalId: old.scan.externalId, checkRunId: null }];
    expect(newer.superseded).toEqual(offered);
    expect([await scans.isCurrent(old.scan), await scans.isCurrent(newer.scan)]).toEqual([false, true]);
    expect((await scans.begin(start({ head: b, deliveryId: 'd2' }))).superseded).toEqual(offered);
    await scans.finish(old.scan.id, 'superseded', 'cancelled');
    expect((await scans.begin(start({ head: b, deliveryId: 'd2' }))).superseded).toEqual([]);
    expect(await scans.unfinished(0)).toMatchObject([{ id: newer.scan.id }]);
  });

  test('is no longer the newest as soon as a newer push is written down, before that one begins', async () => {
    const { scan } = await scans.begin(start());
    await database.transaction((client) => enqueue(client, [scanTask({ headHint: b })]));
    expect(await scans.isCurrent(scan)).toBe(false);
    expect((await scans.begin(start())).scan).toMatchObject({ id: scan.id, resumed: true });
    expect(await scans.isCurrent((await scans.begin(start())).scan)).toBe(true);
  });

  test('of a merge group stands for its head', async () => {
    const one = await scans.begin(start({ pull: null, reason: 'merge-group' }));
    const two = await scans.begin(start({ pull: null, reason: 'merge-group', head: b, deliveryId: 'd2' }));
    expect(two.superseded).toEqual([]);
    expect([await scans.isCurrent(one.scan), await scans.isCurrent(two.scan)]).toEqual([true, true]);
    expect((await scans.begin(start({ pull: null, reason: 'merge-group' }))).scan.id).toBe(one.scan.id);
  });

  test('is found by its check’s external id, in its own repository only', async () => {
    const { scan } = await scans.begin(start());
    expect(await scans.byExternalId(10, scan.externalId)).toMatchObject({ id: scan.id, pull: 7 });
    expect(await scans.byExternalId(11, scan.externalId)).toBeNull();
    for (const odd of ['', 'scan:', 'scan:x', `scan:${'9'.repeat(40)}`, '1'])
      expect(await scans.byExternalId(10, odd)).toBeNull();
    expect(await scans.pullsWithHead(10, a)).toEqual([7]);
  });

  test('is left over for the sweeper only after its time', async () => {
    await scans.begin(start());
    expect(await scans.unfinished(60_000)).toEqual([]);
    await database.pool.query(`update gargoyle.scan set started_at = now() - interval '2 minutes'`);
    expect(await scans.unfinished(60_000)).toHaveLength(1);
    expect(await scans.unfinished(0, { repositoryId: 10, pull: 7 })).toHaveLength(1);
    expect(await scans.unfinished(0, { repositoryId: 10, pull: 8 })).toEqual([]);
  });
});
