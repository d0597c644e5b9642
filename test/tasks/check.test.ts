import { describe, expect, test } from '@jest/globals';
import { RateLimited } from '../../src/github/failures.ts';
import { closeReset, closeSuperseded, openCheck } from '../../src/tasks/check.ts';
import { closePullRequest } from '../../src/tasks/close-pull-request.ts';
import { failScan } from '../../src/tasks/fail-scan.ts';
import { publish } from '../../src/tasks/publish.ts';
import { Superseded } from '../../src/tasks/tools.ts';
import { compared, HEAD, verdict } from '../report/sample.ts';
import { context, givenTools, place, pullOf, scanOf } from './given.ts';

const OLD = '0ld0000000000000000000000000000000000000';
const bad = (about: Parameters<typeof verdict>[1] = {}) => verdict({ findings: [compared()] }, about);
const stillCurrent = async () => {};

/** Protects: `kill -9` between GitHub's answer and our note of it leaves one check, not two. */
describe('the check of a scan', () => {
  test('a new scan has a new check, and does not look for one', async () => {
    const { tools, github, store } = givenTools();
    const check = await openCheck(tools, place, { scan: scanOf(), superseded: [] });
    expect(check).toEqual({ id: 1, annotations: 0, conclusion: null });
    expect(store.checks.get(1)).toBe(1);
    expect(github.checkRuns).toHaveLength(1);
  });

  test('one that an earlier try created and could not note is found by its external id', async () => {
    const { tools, github, store } = givenTools();
    github.givenCheck({ externalId: 'scan:0' });
    github.givenCheck({ annotations: 50 });
    const check = await openCheck(tools, place, { scan: scanOf({ resumed: true }), superseded: [] });
    expect(check).toEqual({ id: 2, annotations: 50, conclusion: null });
    expect(store.checks.get(1)).toBe(2);
    expect(github.checkRuns).toHaveLength(2);
  });

  test('one that an earlier try noted and completed is not completed again', async () => {
    const { tools, github } = givenTools();
    github.givenCheck({ isCompleted: true, conclusion: 'failure' });
    const scan = scanOf({ resumed: true, checkRunId: 1 });
    await expect(openCheck(tools, place, { scan, superseded: [] })).resolves.toMatchObject({ conclusion: 'failure' });
  });

  test('an overtaken one ends as cancelled and says by what', async () => {
    const { tools, github, store } = givenTools();
    github.givenCheck({ head: OLD, externalId: 'scan:0' });
    const superseded = [{ scanId: 0, head: OLD, externalId: 'scan:0', checkRunId: null }];
    await closeSuperseded(tools, { place }, { scan: scanOf(), superseded });
    expect(github.checkRuns[0]).toMatchObject({ conclusion: 'cancelled', title: `Superseded by ${HEAD.slice(0, 7)}` });
    expect(store.finished).toEqual([[0, 'superseded', 'cancelled']]);
  });

  test('an overtaken one on a commit that another open pull request has says what that one’s verdict says', async () => {
    const { tools, github, store } = givenTools();
    github.givenCheck({ head: OLD, externalId: 'scan:0' });
    store.verdicts.push(verdict({}, { head: OLD, pull: 99 }));
    const superseded = [{ scanId: 0, head: OLD, externalId: 'scan:0', checkRunId: 1 }];
    await closeSuperseded(tools, { place }, { scan: scanOf(), superseded });
    expect(github.checkRuns[0]).toMatchObject({ conclusion: 'success' });
  });

  test('… and what an earlier one of its own says: a failure is not overtaken into a pass', async () => {
    const { tools, github, store } = givenTools();
    github.givenCheck({ head: OLD, externalId: 'scan:0' });
    store.verdicts.push(bad({ head: OLD }), verdict({}, { head: OLD, pull: 99 }));
    const superseded = [{ scanId: 0, head: OLD, externalId: 'scan:0', checkRunId: 1 }];
    await closeSuperseded(tools, { place }, { scan: scanOf(), superseded });
    expect(github.checkRuns[0]).toMatchObject({ conclusion: 'failure' });
  });
});

/** Protects: nothing waits for ever because somebody pressed "Re-run" (W15). */
describe('checks that were put back to waiting', () => {
  test.each([
    ['on the head that is scanned', HEAD, 'Superseded by a newer scan'],
    ['on an older commit', OLD, `Superseded by ${HEAD.slice(0, 7)}`],
  ])('%s: completed, all but the new one and those of others', async (_, head, title) => {
    const { tools, github, store } = givenTools();
    github.givenCheck({ head });
    github.givenCheck({ head, externalId: 'scan:2' });
    const fresh = github.givenCheck({ externalId: 'scan:3' });
    store.scans.push(scanOf({ head, state: 'completed' }), scanOf({ id: 2, head, pull: 13, externalId: 'scan:2' }));
    const begun = { scan: scanOf({ id: 3, externalId: 'scan:3' }), superseded: [] };
    await closeReset(tools, place, begun, { id: fresh.id, annotations: 0, conclusion: null }, head);
    expect(github.checkRuns.map((check) => check.conclusion)).toEqual(['cancelled', null, null]);
    expect(github.checkRuns[0]).toMatchObject({ title });
  });
});

describe('what the check says', () => {
  const many = Array.from({ length: 120 }, (_, index) => compared({ line: index + 1 }));

  test('annotations go out fifty at a time, the conclusion with the last', async () => {
    const { tools, github, store } = givenTools();
    const judged = verdict({ findings: many });
    store.verdicts.push(judged);
    const { id } = github.givenCheck();
    await publish(tools, {
      place,
      check: { id, annotations: 0, conclusion: null },
      verdict: judged,
      sharing: [],
      stillCurrent,
    });
    expect(github.updates.map((each) => [each.annotations.length, each.conclusion])).toEqual([
      [50, null],
      [50, null],
      [20, 'failure'],
    ]);
  });

  test('a retry sends what is missing: GitHub only ever adds annotations (C2)', async () => {
    const { tools, github, store } = givenTools();
    const judged = verdict({ findings: many });
    store.verdicts.push(judged);
    const { id } = github.givenCheck({ annotations: 50 });
    await publish(tools, {
      place,
      check: { id, annotations: 50, conclusion: null },
      verdict: judged,
      sharing: [],
      stillCurrent,
    });
    expect(github.updates.map((each) => each.annotations.length)).toEqual([50, 20]);
  });

  test('nothing is written once something newer speaks', async () => {
    const { tools, github, store } = givenTools();
    store.verdicts.push(bad());
    const { id } = github.givenCheck();
    const overtaken = async () => {
      throw new Superseded('newer');
    };
    const publication = {
      place,
      check: { id, annotations: 0, conclusion: null },
      verdict: bad(),
      sharing: [],
      stillCurrent: overtaken,
    };
    await expect(publish(tools, publication)).rejects.toBeInstanceOf(Superseded);
    expect(github.updates).toEqual([]);
  });
});

/** Protects: a second pull request against one's own branch cannot turn a commit green (product.md section 1). */
describe('one commit, several pull requests', () => {
  const good = verdict({}, { pull: 99, base: { ref: 'mine', sha: OLD } });

  function publishGood(given: ReturnType<typeof givenTools>, sharing: readonly number[] = []) {
    const { id } = given.github.givenCheck({ externalId: 'scan:9' });
    given.store.verdicts.push(good);
    return publish(given.tools, {
      place,
      check: { id, annotations: 0, conclusion: null },
      verdict: good,
      sharing,
      stillCurrent,
    });
  }

  test('the worst decides', async () => {
    const given = givenTools();
    given.store.verdicts.push(bad());
    await expect(publishGood(given)).resolves.toBe('failure');
  });

  test('the other base that a pull request had on this head still counts', async () => {
    const given = givenTools();
    given.store.verdicts.push(bad({ pull: 99 }));
    await expect(publishGood(given)).resolves.toBe('failure');
  });

  test('one that was never judged makes it wait, not pass', async () => {
    const given = givenTools();
    await expect(publishGood(given, [12])).resolves.toBe('failure');
    expect(given.github.checkRuns[0]?.title).toBe('Waits for the scan of #12');
  });

  test('a verdict that is written down while ours is posted is seen', async () => {
    const given = givenTools();
    given.github.onUpdate = () => {
      given.github.onUpdate = () => {};
      given.store.verdicts.push(bad());
    };
    await expect(publishGood(given)).resolves.toBe('failure');
    expect(given.github.updates.map((each) => each.conclusion)).toEqual(['success', 'failure']);
  });

  test('the newest check of the commit, which is what GitHub shows, is brought into line', async () => {
    const given = givenTools();
    const { id } = given.github.givenCheck();
    given.github.givenCheck({ externalId: 'scan:9', isCompleted: true, conclusion: 'success' });
    given.store.verdicts.push(good, bad());
    await publish(given.tools, {
      place,
      check: { id, annotations: 0, conclusion: null },
      verdict: bad(),
      sharing: [99],
      stillCurrent,
    });
    expect(given.github.checkRuns.map((check) => check.conclusion)).toEqual(['failure', 'failure']);
  });

  test('a newest check that is in progress will see for itself', async () => {
    const given = givenTools();
    const { id } = given.github.givenCheck();
    given.github.givenCheck({ externalId: 'scan:9' });
    given.store.verdicts.push(bad());
    await publish(given.tools, {
      place,
      check: { id, annotations: 0, conclusion: null },
      verdict: bad(),
      sharing: [99],
      stillCurrent,
    });
    expect(given.github.checkRuns.map((check) => check.isCompleted)).toEqual([true, false]);
  });
});

/** Protects: closing and reopening is no way round a failure (docs/decisions/0004). */
describe('a closed pull request', () => {
  const task = { kind: 'close-pull-request', ...place, pull: 12, deliveryId: 'd', head: HEAD } as const;

  test.each([
    ['that failed, unmerged: its verdict goes on counting', { isOpen: false }, true, []],
    ['that passed: it no longer counts', { isOpen: false }, false, [12]],
    ['that was merged: it is the base now', { isOpen: false, isMerged: true }, true, [12]],
    ['that is open again: nothing', { isOpen: true }, false, []],
  ])('%s', async (_, state, failed, closed) => {
    const { tools, github, store } = givenTools();
    github.pull = pullOf(state);
    store.verdicts.push(failed ? bad() : verdict());
    await closePullRequest(task, tools);
    expect(store.closed).toEqual(closed);
    expect(github.updates).toEqual([]);
  });

  test('that is open again, with a scan that this delivery stopped: the scan goes on', async () => {
    const { tools, github, store, queued } = givenTools();
    github.givenCheck();
    store.scans.push(scanOf({ checkRunId: 1 }));
    await closePullRequest(task, tools);
    expect(queued).toMatchObject([{ kind: 'scan-pull-request', pull: 12, reason: 'missed' }]);
    expect([store.finished, github.updates]).toEqual([[], []]);
  });

  test('what was in progress for it is cancelled, and nothing of others', async () => {
    const { tools, github, store } = givenTools();
    github.pull = pullOf({ isOpen: false });
    github.givenCheck();
    github.givenCheck({ externalId: 'scan:2' });
    store.scans.push(scanOf({ checkRunId: 1 }), scanOf({ id: 2, pull: 13, checkRunId: 2 }));
    await closePullRequest(task, tools);
    expect(github.checkRuns.map((check) => check.conclusion)).toEqual(['cancelled', null]);
    expect(store.finished).toEqual([[1, 'superseded', 'cancelled']]);
  });
});

/** Protects: a scan that could not run never looks like a pass. */
describe('a scan that throws', () => {
  const begun = { scan: scanOf({ checkRunId: 1 }), superseded: [] };

  test.each([
    ['not the last try: the queue tries again', { lastAttempt: false }, new Error('x'), null],
    ['the last try: the check fails', { lastAttempt: true }, new Error('token ghs_secret'), 'failure'],
    ['a limit: waits', { lastAttempt: true }, new RateLimited(5, null), null],
    ['overtaken: the newer one closes it', { lastAttempt: true }, new Superseded('x'), null],
  ])('%s', async (_, parts, error, conclusion) => {
    const { tools, github } = givenTools();
    github.givenCheck();
    await expect(failScan(tools, { place, begun, error, context: context(parts), commentId: null })).rejects.toBe(
      error,
    );
    expect(github.checkRuns[0]?.conclusion).toBe(conclusion);
    expect(JSON.stringify(github.updates)).not.toContain('ghs_secret');
  });
});
