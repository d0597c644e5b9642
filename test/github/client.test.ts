import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import nock from 'nock';
import { Gone, RateLimited, Refused } from '../../src/github/failures.ts';
import type { GitHub } from '../../src/github/github.ts';
import { APP, givenGitHub, givenGraphql, givenToken, HEAD, HOST, intercept, place } from './given.ts';

intercept();
let github: GitHub;
beforeEach(async () => {
  github = await givenGitHub();
});

const CHECKS = '/api/v3/repos/octo/app/check-runs';
const start = () =>
  github.checks.start(place, { head: HEAD, externalId: 'scan:1', output: { title: 't', summary: 's' } });

/** Protects: nothing is lost to a limit, nothing is done twice, and a task is never told to wait in vain. */
describe('limits and failures', () => {
  test('a secondary limit is thrown at once, with the time that GitHub names: the queue waits, not we', async () => {
    givenToken();
    nock(HOST)
      .post(CHECKS)
      .reply(403, { message: 'You have exceeded a secondary rate limit.' }, { 'retry-after': '17' });
    await expect(start()).rejects.toMatchObject({ seconds: 17 });
  });

  test.each([
    ['429 without a time: a minute', 429, {}, 60, 60],
    [
      'used up: until the reset',
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 100) },
      95,
      105,
    ],
    ['an outage that names a time', 503, { 'retry-after': '30' }, 30, 30],
  ])('%s', async (_, status, headers, least, most) => {
    givenToken();
    nock(HOST).post(CHECKS).reply(status, { message: 'no' }, headers);
    const error = await start().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RateLimited);
    expect((error as RateLimited).seconds).toBeGreaterThanOrEqual(least);
    expect((error as RateLimited).seconds).toBeLessThanOrEqual(most);
  });

  test('a write that failed with 502 may have had its effect: it is not sent again', async () => {
    givenToken();
    nock(HOST).post(CHECKS).reply(502, { message: 'Bad gateway' });
    await expect(start()).rejects.toMatchObject({ status: 502 });
  });

  test('a read is sent once more', async () => {
    givenToken();
    nock(HOST).get(`${CHECKS}/4`).reply(502, {});
    nock(HOST)
      .get(`${CHECKS}/4`)
      .reply(200, {
        id: 4,
        external_id: 'x',
        status: 'completed',
        conclusion: 'success',
        output: { annotations_count: 3 },
      });
    await expect(github.checks.read(place, 4)).resolves.toMatchObject({ annotations: 3, isCompleted: true });
  });

  test('422 is a refusal', async () => {
    givenToken();
    nock(HOST).post(CHECKS).reply(422, { message: 'No more than 50 items are allowed' });
    await expect(start()).rejects.toBeInstanceOf(Refused);
  });

  test('a permission that is missing is no limit: waiting would not help', async () => {
    givenToken();
    nock(HOST).post(CHECKS).reply(403, { message: 'Resource not accessible by integration' });
    await expect(start()).rejects.not.toBeInstanceOf(RateLimited);
  });
});

/** Everything but the date. */
const TIMERS = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
  'nextTick',
  'queueMicrotask',
  'performance',
  'hrtime',
] as const;

describe('tokens', () => {
  test('a token that GitHub refuses before its time is replaced, at the Enterprise Server, and the request sent again', async () => {
    givenToken('ghs_first');
    await github.grants(5);
    // Octokit gives a token some seconds to become known: this one is older.
    jest.useFakeTimers({ now: Date.now() + 60_000, doNotFake: [...TIMERS] });
    nock(HOST, { reqheaders: { authorization: 'token ghs_first' } })
      .post(CHECKS)
      .reply(401, { message: 'Bad credentials' });
    givenToken('ghs_second');
    nock(HOST, { reqheaders: { authorization: 'token ghs_second' } })
      .post(CHECKS)
      .reply(201, { id: 12 });
    await expect(start()).resolves.toBe(12);
    jest.useRealTimers();
  });

  test.each([
    ['uninstalled', 404, 'Not Found'],
    ['suspended', 403, 'This installation has been suspended'],
  ])('%s: gone', async (_, status, message) => {
    nock(HOST).post('/api/v3/app/installations/5/access_tokens').reply(status, { message });
    await expect(start()).rejects.toBeInstanceOf(Gone);
  });

  test('what was granted comes with the token', async () => {
    givenToken('ghs_x', { contents: 'write', checks: 'write' });
    await expect(github.grants(5)).resolves.toMatchObject({ contents: 'write' });
  });
});

describe('GraphQL', () => {
  const found = { repository: { databaseId: 9, pullRequest: null } };

  test('what is not found beside the repository is null, not a failure', async () => {
    givenToken();
    givenGraphql(found, [{ type: 'NOT_FOUND', path: ['repository', 'pullRequest'], message: 'no' }]);
    await expect(github.pulls.find(place, 3)).resolves.toBeNull();
  });

  test('a repository that is gone ends the task', async () => {
    givenToken();
    givenGraphql({ repository: null }, [{ type: 'NOT_FOUND', path: ['repository'], message: 'no' }]);
    await expect(github.pulls.find(place, 3)).rejects.toBeInstanceOf(Gone);
  });

  test('its own rate limit', async () => {
    givenToken();
    givenGraphql(null, [{ type: 'RATE_LIMITED', message: 'no' }]);
    await expect(github.pulls.find(place, 3)).rejects.toBeInstanceOf(RateLimited);
  });

  test('any other error fails, even with data: half an answer is never a pass', async () => {
    givenToken();
    givenGraphql(found, [
      { type: 'RESOURCE_LIMITS_EXCEEDED', path: ['repository', 'head_actions'], message: 'too much' },
    ]);
    await expect(github.pulls.find(place, 3)).rejects.toThrow('too much');
  });
});

test('only our own checks count, whoever else uses their name', async () => {
  givenToken();
  const run = { external_id: 'scan:1', status: 'completed', conclusion: 'success', output: { annotations_count: 0 } };
  nock(HOST)
    .get(`/api/v3/repos/octo/app/commits/${HEAD}/check-runs`)
    .query({ check_name: 'gargoyle', app_id: String(APP), filter: 'all', per_page: '100' })
    .reply(200, {
      check_runs: [
        { id: 1, app: { id: 15368 }, ...run },
        { id: 2, app: { id: APP }, ...run },
      ],
    });
  await expect(github.checks.ofHead(place, HEAD, 'all')).resolves.toMatchObject([{ id: 2 }]);
});
