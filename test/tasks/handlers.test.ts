import { describe, expect, test } from '@jest/globals';
import { Gone, RateLimited } from '../../src/github/failures.ts';
import { RetryAfter } from '../../src/queue/perform.ts';
import { handlers } from '../../src/tasks/handlers.ts';
import { sweep } from '../../src/tasks/sweep.ts';
import { Superseded, type Tools } from '../../src/tasks/tools.ts';
import { HEAD, verdict } from '../report/sample.ts';
import { context, givenTools, NOW, place, scanOf } from './given.ts';

describe('GitHub’s failures in the queue’s words', () => {
  const task = { kind: 'close-pull-request', ...place, pull: 12, deliveryId: 'd', head: HEAD } as const;

  function failing(error: unknown): Tools {
    const { tools } = givenTools();
    const find = () => Promise.reject(error);
    return { ...tools, github: { ...tools.github, pulls: { ...tools.github.pulls, find } } };
  }

  test('a limit waits as long as GitHub says, and costs no try', async () => {
    const run = handlers(failing(new RateLimited(90, null)))['close-pull-request'](task, context());
    await expect(run).rejects.toMatchObject({ seconds: 90 });
    await expect(run).rejects.toBeInstanceOf(RetryAfter);
  });

  test.each([new Gone('uninstalled'), new Superseded('newer')])('%s ends it quietly', async (error) => {
    await expect(handlers(failing(error))['close-pull-request'](task, context())).resolves.toBeUndefined();
  });

  test('anything else is tried again', async () => {
    await expect(handlers(failing(new Error('x')))['close-pull-request'](task, context())).rejects.toThrow('x');
  });
});

describe('checks that were left in progress', () => {
  test('a pull request’s is scanned again, once in a while', async () => {
    const { tools, store, queued } = givenTools();
    store.scans.push(scanOf({ checkRunId: 1 }));
    const asked = new Map<number, number>();
    await sweep(tools, asked);
    await sweep(tools, asked);
    expect(queued).toMatchObject([
      { kind: 'scan-pull-request', reason: 'missed', pull: 12, owner: 'octo', headHint: null },
    ]);
    await sweep({ ...tools, now: () => new Date(NOW.getTime() + 16 * 60_000) }, asked);
    expect(queued).toHaveLength(2);
  });

  test('a merge group’s cannot be: it fails, so that the queue goes on', async () => {
    const { tools, github, store } = givenTools();
    github.givenCheck();
    store.scans.push(scanOf({ pull: null, checkRunId: 1 }));
    await sweep(tools, new Map());
    expect(github.checkRuns[0]?.conclusion).toBe('failure');
    expect(store.finished).toEqual([[1, 'failed', 'failure']]);
  });

  test('one of a repository that is no longer ours is given up', async () => {
    const { tools, store, queued } = givenTools();
    store.scans.push(scanOf({ repositoryId: 404 }));
    await sweep(tools, new Map());
    expect(queued).toEqual([]);
    expect(store.finished).toEqual([[1, 'failed', null]]);
  });
});

describe('a check that is asked for anew', () => {
  const task = { kind: 'rescan-commit', ...place, head: HEAD, externalId: 'scan:1', deliveryId: 'd' } as const;

  test('our external id leads to the pull request, also of a fork (W16)', async () => {
    const { tools, store, queued } = givenTools();
    store.scans.push(scanOf());
    await handlers(tools)['rescan-commit'](task, context());
    expect(queued).toMatchObject([{ reason: 'rerequested', pull: 12, headHint: HEAD, deliveryId: 'd' }]);
  });

  test('without it, every open pull request with that head, each once', async () => {
    const { tools, github, store, queued } = givenTools();
    store.scans.push(scanOf({ pull: 3 }));
    github.openWithHead = [3, 4];
    await handlers(tools)['rescan-commit']({ ...task, externalId: null }, context());
    expect(queued).toMatchObject([{ pull: 3 }, { pull: 4 }]);
  });

  test('a merge group’s is judged again against the same base', async () => {
    const { tools, store, queued } = givenTools();
    store.scans.push(scanOf({ pull: null }));
    store.verdicts.push(verdict({}, { pull: null }), verdict({}, { pull: 12 }));
    await handlers(tools)['rescan-commit'](task, context());
    expect(queued).toMatchObject([{ kind: 'scan-merge-group', head: HEAD, baseRef: 'main' }]);
  });
});
