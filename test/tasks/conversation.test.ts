import { describe, expect, test } from '@jest/globals';
import type { OwnThread } from '../../src/github/threads.ts';
import { makeMarker } from '../../src/report/marker.ts';
import { syncReview, type Talk } from '../../src/tasks/conversation.ts';
import { compared, finding, HEAD, verdict } from '../report/sample.ts';
import { givenTools, place, pullOf } from './given.ts';

const path = '.github/workflows/triage.yml';
const found = compared();
const { fingerprint } = found;
const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}\n`).join('');
const mark = (key = 'a secret') => makeMarker(key, { installationId: 5, repositoryId: 7, pull: 12 }, fingerprint);

function talk(parts: Partial<Talk> = {}): Talk {
  return {
    place,
    pull: { ...pullOf() },
    verdict: verdict({ findings: [found] }),
    texts: { base: new Map(), head: new Map([[path, lines]]) },
    isFirst: true,
    isRetry: false,
    stillCurrent: async () => {},
    ...parts,
  };
}

function thread(parts: Partial<OwnThread> = {}): OwnThread {
  return {
    threadId: 'T1',
    commentId: 31,
    body: `**x**\n${mark()}`,
    isResolved: false,
    isAnswered: false,
    replies: [],
    ...parts,
  };
}

const fixed = verdict({ fixed: [finding()] });
const row = { fingerprint, commentId: 31, nodeId: 'T1', state: 'open' as const };

describe('saying it once', () => {
  test('the first time: one review, and GitHub is not asked what we said before', async () => {
    const { tools, github, store } = givenTools();
    await syncReview(tools, talk());
    expect(github.posted).toMatchObject([{ commit_id: HEAD, event: 'COMMENT', comments: [{ path, line: 12 }] }]);
    expect(github.conversations).toBe(0);
    expect([...store.threads.keys()]).toEqual([fingerprint]);
  });

  test('nothing to say, nothing said before: no request at all', async () => {
    const { tools, github } = givenTools();
    await syncReview(tools, talk({ verdict: verdict(), isFirst: false }));
    expect([github.conversations, github.posted]).toEqual([0, []]);
  });

  test('a retry finds the review that the try before it posted', async () => {
    const { tools, github, store } = givenTools();
    github.own.push(thread());
    github.reviewedHeads.push(HEAD);
    await syncReview(tools, talk({ isFirst: false, isRetry: true }));
    expect(github.posted).toEqual([]);
    expect(store.threads.get(fingerprint)).toMatchObject({ commentId: 31, state: 'open' });
  });

  test('a retry after a review of which every comment was refused, or left to the check: no second one', async () => {
    const { tools, github } = givenTools();
    github.reviewedHeads.push(HEAD);
    await syncReview(tools, talk({ isFirst: false, isRetry: true }));
    expect(github.posted).toEqual([]);
  });

  test('a push that adds nothing gets no second review', async () => {
    const { tools, github, store } = givenTools();
    store.threads.set(fingerprint, row);
    github.own.push(thread());
    await syncReview(tools, talk({ isFirst: false }));
    expect([github.posted, github.done]).toEqual([[], []]);
  });

  test('a thread with a marker that we did not sign is not ours to count (T7)', async () => {
    const { tools, github } = givenTools();
    github.own.push(thread({ body: `**x**\n${mark('a guess')}` }));
    await syncReview(tools, talk({ isFirst: false }));
    expect(github.posted).toHaveLength(1);
  });

  test.each([
    ['a draft', { isDraft: true }],
    ['a bot', { isBot: true }],
  ])('%s gets the check only', async (_, parts) => {
    const { tools, github, store } = givenTools();
    await syncReview(tools, talk({ pull: { ...pullOf(), ...parts } }));
    expect([github.posted, store.threads.size]).toEqual([[], 0]);
  });
});

describe('ending it', () => {
  test.each([
    [
      'with contents: write it is resolved, with a word',
      { contents: 'write' },
      {},
      ['reply 31 Fixed in c', 'resolve T1'],
    ],
    [
      'the word is not said twice',
      { contents: 'write' },
      { replies: [`Fixed in ${HEAD}.\n\n${mark()}`] },
      ['resolve T1'],
    ],
    ['without, it is removed', {}, {}, ['remove 31']],
    ['without, and answered, it is edited', {}, { isAnswered: true }, ['edit 31 Fixed in c']],
    ['one that a person resolved is left alone', {}, { isResolved: true }, []],
    ['one that is ended is left alone', {}, { isAnswered: true, body: `Fixed in ${HEAD}.\n\n${mark()}` }, []],
  ])('%s', async (_, granted, parts, done) => {
    const { tools, github, store } = givenTools();
    store.threads.set(fingerprint, row);
    github.granted = { ...granted };
    github.own.push(thread(parts));
    await syncReview(tools, talk({ verdict: fixed, isFirst: false }));
    expect(github.done).toEqual(done);
    expect(github.posted).toEqual([]);
  });

  test('removed, then back: it is said again', async () => {
    const { tools, github, store } = givenTools();
    store.threads.set(fingerprint, row);
    github.own.push(thread());
    await syncReview(tools, talk({ verdict: fixed, isFirst: false }));
    github.own.length = 0;
    github.reviewedHeads.push(HEAD); // the branch was forced back: the review stands, its comment is gone
    await syncReview(tools, talk({ isFirst: false }));
    expect(github.posted).toHaveLength(1);
  });

  test('resolved by us, then back: unresolved, not repeated', async () => {
    const { tools, github, store } = givenTools();
    store.threads.set(fingerprint, { ...row, state: 'ended' });
    github.granted = { contents: 'write' };
    github.own.push(thread({ isResolved: true, replies: [`Fixed in ${HEAD}.\n\n${mark()}`] }));
    await syncReview(tools, talk({ isFirst: false }));
    expect([github.posted, github.done]).toEqual([[], ['unresolve T1']]);
    expect(store.threads.get(fingerprint)).toMatchObject({ state: 'open' });
  });

  test('nothing is changed once something newer speaks', async () => {
    const { tools, github, store } = givenTools();
    store.threads.set(fingerprint, row);
    github.own.push(thread());
    const stillCurrent = async () => {
      throw new Error('newer');
    };
    await expect(syncReview(tools, talk({ verdict: fixed, isFirst: false, stillCurrent }))).rejects.toThrow('newer');
    expect(github.done).toEqual([]);
  });
});
