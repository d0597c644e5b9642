/** What GitHub refuses, the simulator refuses: an App that passes against it must not be surprised by GitHub. */
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { SimulatedInstallation } from '../../simulator/installation.ts';
import type { SimulatedPull } from '../../simulator/pull.ts';
import type { SimulatedRepository } from '../../simulator/repository.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { type Answer, appJwt, type Client, installationClient, send } from './client.ts';

jest.setTimeout(30_000); // compiling the published schemas takes long on a busy machine

const CI = '.github/workflows/ci.yml';
const lines = (from: number, to: number, mark = ''): string =>
  Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}${mark}\n`).join('');

const said = ({ json }: Answer): string =>
  [
    json.message,
    ...(json.errors ?? []).map((error: { message?: string } | string) =>
      typeof error === 'string' ? error : error.message,
    ),
  ].join('\n');

let simulator: Simulator;
let installation: SimulatedInstallation;
let repository: SimulatedRepository;
let pull: SimulatedPull;
let client: Client;

beforeAll(async () => {
  simulator = await startSimulator();
  installation = await simulator.install('octo');
  repository = await simulator.repository('octo', 'app', { private: true });
  await repository.commit('main', { [CI]: lines(1, 60), 'other.txt': 'x\n' });
  // two hunks: lines 7 to 13 and 47 to 53 are in the diff
  await repository.commit('change', { [CI]: `${lines(1, 9)}line 10!\n${lines(11, 49)}line 50!\n${lines(51, 60)}` });
  pull = await repository.openPull({ head: 'change', by: 'dev' });
  client = await installationClient(simulator, installation);
});
afterAll(() => simulator.close());
beforeEach(() => simulator.forget());

const check = (more: unknown) =>
  client.rest('POST', '/repos/octo/app/check-runs', { name: 'gargoyle', head_sha: pull.head, ...(more as object) });
const output = (more: unknown) => ({ output: { title: 't', summary: 's', ...(more as object) } });
const annotation = (more: unknown) =>
  output({
    annotations: [
      { path: CI, start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm', ...(more as object) },
    ],
  });

describe('check runs', () => {
  test.each<[string, unknown, string | RegExp]>([
    [
      '51 annotations',
      output({
        annotations: Array(51).fill({ path: CI, start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' }),
      }),
      'No more than 50 items are allowed; 51 were supplied.',
    ],
    [
      'a summary of 65,536 characters',
      output({ summary: 'x'.repeat(65_536) }),
      'Only 65535 characters are allowed; 65536 were supplied.',
    ],
    ['a text of 65,536 characters', output({ text: 'x'.repeat(65_536) }), 'Only 65535 characters are allowed'],
    ['a title of 256 characters', output({ title: 'x'.repeat(256) }), 'title is too long'],
    ['an output without summary', { output: { title: 't' } }, 'summary'],
    [
      'four buttons',
      { actions: Array(4).fill({ label: 'a', description: 'b', identifier: 'c' }) },
      'No more than 3 items',
    ],
    [
      'a button label of 21 characters',
      { actions: [{ label: 'x'.repeat(21), description: 'b', identifier: 'c' }] },
      'Only 20 characters',
    ],
    [
      'a button description of 41 characters',
      { actions: [{ label: 'a', description: 'x'.repeat(41), identifier: 'c' }] },
      'Only 40 characters',
    ],
    ['completed without conclusion', { status: 'completed' }, 'conclusion'],
    ['a conclusion that GitHub has not', { conclusion: 'error' }, 'conclusion'],
    ['stale, which only GitHub sets', { conclusion: 'stale' }, 'stale'],
    ['an unknown key', { summary: 's' }, '"summary" is not a permitted key.'],
    ['a commit that is not there', { head_sha: 'a'.repeat(40) }, 'No commit found for SHA'],
    ['a branch instead of a commit', { head_sha: 'main' }, 'No commit found for SHA'],
    ['an annotation on line 0', annotation({ start_line: 0, end_line: 0 }), 'lines start at 1'],
    ['an annotation that ends before it starts', annotation({ start_line: 3, end_line: 2 }), 'precede'],
    ['columns over several lines', annotation({ end_line: 2, start_column: 1 }), 'column'],
    ['an annotation level that GitHub has not', annotation({ annotation_level: 'error' }), 'annotation_level'],
    ['an annotation without message', annotation({ message: '' }), 'message'],
    ['an absolute path', annotation({ path: '/etc/passwd' }), 'relative'],
  ])('%s', async (_, body, reason) => {
    const answer = await check(body);
    expect(answer.status).toBe(422);
    expect(said(answer)).toMatch(reason);
    expect(repository.checkRuns()).toEqual([]);
  });

  test('annotations are accepted on any path and line, append, and 50 is not too many', async () => {
    const fifty = Array(50).fill({
      path: 'no/such.file',
      start_line: 9999,
      end_line: 9999,
      annotation_level: 'failure',
      message: 'm',
    });
    const created = await check(output({ annotations: fifty }));
    expect(created.status).toBe(201);
    const path = `/repos/octo/app/check-runs/${created.json.id}`;
    const updated = await client.rest('PATCH', path, { ...output({ annotations: fifty }), conclusion: 'failure' });
    expect(updated.json).toMatchObject({
      status: 'completed',
      conclusion: 'failure',
      output: { annotations_count: 100 },
    });
    expect((await client.rest('GET', `${path}/annotations?per_page=100`)).json).toHaveLength(100);
    expect(simulator.problems()).toEqual([]);
  });

  test('a check of another App cannot be changed', async () => {
    const foreign = simulator.actionsCheck(repository, pull.head, 'gargoyle');
    const answer = await client.rest('PATCH', `/repos/octo/app/check-runs/${foreign.id}`, { conclusion: 'failure' });
    expect(answer.status).toBe(403);
    expect(answer.json.message).toMatch(/can only be modified by the GitHub App that created it/);
    expect(foreign.conclusion).toBe('success');
  });
});

describe('reviews', () => {
  const comment = { path: CI, line: 10, side: 'RIGHT', body: 'b' };
  const review = (comments: readonly unknown[], more: object = {}) =>
    client.rest('POST', '/repos/octo/app/pulls/1/reviews', {
      commit_id: pull.head,
      event: 'COMMENT',
      comments,
      ...more,
    });

  test.each<[string, object, string | RegExp]>([
    ['a line outside the diff', { line: 30 }, 'line must be part of the diff'],
    ['a line beyond the file', { line: 6000 }, 'line must be part of the diff'],
    ['a file outside the diff', { path: 'other.txt' }, 'path could not be resolved'],
    ['a start that is the line', { start_line: 10 }, 'start line must precede the end line'],
    ['a start after the line', { start_line: 11 }, 'start line must precede the end line'],
    ['a start in another hunk', { line: 50, start_line: 10 }, 'start line must be part of the same hunk'],
    ['a start outside the diff', { line: 50, start_line: 30 }, 'start line must be part of the same hunk'],
    ['an added line on the left', { line: 60, side: 'LEFT' }, 'line must be part of the diff'],
    ['no line', { line: undefined }, 'line is required'],
    ['an empty body', { body: ' ' }, "can't be blank"],
    ['a body of 65,537 characters', { body: 'x'.repeat(65_537) }, 'too long'],
    [
      'a comment on a file, which reviews do not know',
      { subject_type: 'file' },
      '"subject_type" is not a permitted key.',
    ],
  ])('%s refuses the whole review', async (_, spoiled, reason) => {
    const answer = await review([comment, { ...comment, ...spoiled }]);
    expect(answer.status).toBe(422);
    expect(said(answer)).toMatch(reason);
    expect(pull.threads).toEqual([]);
    expect(pull.reviews).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['neither body nor comments', { comments: [] }, "can't be blank"],
    ['a commit that is not of the pull request', { commit_id: 'b'.repeat(40) }, 'not part of the pull request'],
    ['a commit of the base', { commit_id: '' }, 'not part of the pull request'],
  ])('%s', async (_, spoiled, reason) => {
    const answer = await review([], spoiled);
    expect(answer.status).toBe(422);
    expect(said(answer)).toContain(reason);
  });

  test('lines of the diff are accepted: added, context, deleted, several', async () => {
    const answer = await review([
      comment,
      { ...comment, line: 13 },
      { ...comment, side: 'LEFT' },
      { ...comment, line: 51, start_line: 49 },
    ]);
    expect(answer.status).toBe(200);
    expect(pull.threads.map(({ line, startLine, side }) => [line, startLine, side])).toEqual([
      [10, null, 'RIGHT'],
      [13, null, 'RIGHT'],
      [10, null, 'LEFT'],
      [51, 49, 'RIGHT'],
    ]);
    expect((await client.rest('GET', '/repos/octo/app/pulls/1/comments')).json).toHaveLength(4);
    expect(simulator.problems()).toEqual([]);
  });

  test('a comment of its own: on a whole file, or refused by field', async () => {
    const one = (more: object) =>
      client.rest('POST', '/repos/octo/app/pulls/1/comments', { path: CI, body: 'b', commit_id: pull.head, ...more });
    expect((await one({ subject_type: 'file' })).status).toBe(201);
    const refused = await one({ line: 30, side: 'RIGHT' });
    expect(refused.status).toBe(422);
    expect(refused.json.errors[0].message).toBe('pull_request_review_thread.line must be part of the diff');
  });

  test("another's comment cannot be edited", async () => {
    const thread = pull.threads[0];
    if (!thread) throw new Error('no thread');
    const reply = pull.reply(thread, 'dev', 'no');
    const answer = await client.rest('PATCH', `/repos/octo/app/pulls/comments/${reply.id}`, { body: 'yes' });
    expect(answer.status).toBe(403);
  });
});

describe('conversation', () => {
  test.each([
    ['', "can't be blank"],
    ['x'.repeat(65_537), 'too long'],
  ])('a body of wrong size', async (body, reason) => {
    const answer = await client.rest('POST', '/repos/octo/app/issues/1/comments', { body });
    expect(answer.status).toBe(422);
    expect(said(answer)).toContain(reason);
  });
});

describe('suggestions', () => {
  const suggest = async (line: number, text: string) => {
    const comments = [{ path: CI, line, side: 'RIGHT', body: `\`\`\`suggestion\n${text}\n\`\`\`` }];
    await client.rest('POST', '/repos/octo/app/pulls/1/reviews', { commit_id: pull.head, event: 'COMMENT', comments });
    const thread = pull.threads.at(-1);
    if (!thread) throw new Error('no thread');
    return thread;
  };

  test('changes nothing; closed; resolved; and in the end: committed, and then outdated', async () => {
    await expect(pull.applySuggestion(await suggest(10, 'line 10!'))).rejects.toThrow('changes nothing');
    const thread = await suggest(50, 'line fifty');
    await pull.close();
    await expect(pull.applySuggestion(thread)).rejects.toThrow('closed');
    await pull.reopen();
    pull.resolve(thread, 'dev');
    await expect(pull.applySuggestion(thread)).rejects.toThrow('resolved');
    thread.resolvedBy = null;
    const sha = await pull.applySuggestion(thread);
    const text = (await repository.entity.git.object(`${sha}:${CI}`))?.data.toString('utf8');
    expect(text).toBe(`${lines(1, 9)}line 10!\n${lines(11, 49)}line fifty\n${lines(51, 60)}`);
    expect(thread.line).toBeNull();
    await expect(pull.applySuggestion(thread)).rejects.toThrow('outdated');
  });
});

describe('who may', () => {
  const now = (): number => Math.floor(Date.now() / 1000);

  test.each<[string, () => string | null, string]>([
    ['nobody', () => null, 'Requires authentication'],
    ['a token that was never given', () => 'ghs_nothing', 'Bad credentials'],
    ['a JWT that lives 11 minutes', () => appJwt(simulator, { exp: now() + 660 }), 'too far in the future'],
    ['a JWT that has expired', () => appJwt(simulator, { exp: now() - 1 }), 'future time'],
    ['a JWT from the future', () => appJwt(simulator, { iat: now() + 60 }), 'iat'],
    ['a JWT of another App', () => appJwt(simulator, { iss: 1 }), 'iss'],
    [
      "a JWT signed with another App's key",
      () =>
        appJwt(simulator, {}, { ...simulator.app, privateKey: simulator.registerApp({ slug: 'other' }).privateKey }),
      'could not be decoded',
    ],
    ['an installation', () => client.token, 'could not be decoded'],
  ])('%s does not ask as the App', async (_, token, reason) => {
    const answer = await send(simulator, token(), 'GET', '/app');
    expect(answer.status).toBe(401);
    expect(answer.json.message).toContain(reason);
  });

  test('a missing permission is 403 and says which', async () => {
    const narrow = await installationClient(simulator, installation, { permissions: { contents: 'read' } });
    const answer = await narrow.rest('POST', '/repos/octo/app/check-runs', { name: 'x', head_sha: pull.head });
    expect(answer.status).toBe(403);
    expect(answer.json.message).toBe('Resource not accessible by integration');
    expect(answer.headers.get('x-accepted-github-permissions')).toBe('checks=write');
  });

  test('a token cannot have more than its installation', async () => {
    const path = `/app/installations/${installation.id}/access_tokens`;
    expect(
      (await send(simulator, appJwt(simulator), 'POST', path, { permissions: { contents: 'write' } })).status,
    ).toBe(422);
    expect((await send(simulator, appJwt(simulator), 'POST', path, { repository_ids: [1] })).status).toBe(422);
  });

  test('what it was not given is not there; public repositories can be read and not written', async () => {
    await simulator.repository('secret', 'hidden', { private: true });
    await simulator.repository('open', 'source');
    expect((await client.rest('GET', '/repos/secret/hidden')).status).toBe(404);
    expect((await client.rest('GET', '/repos/open/source/contents/README.md')).status).toBe(200);
    const sha = (await client.rest('GET', '/repos/open/source/commits/main')).json.sha;
    expect((await client.rest('POST', '/repos/open/source/check-runs', { name: 'x', head_sha: sha })).status).toBe(403);
    const query = 'query { repository(owner: "secret", name: "hidden") { id } }';
    expect((await client.graphql(query)).json).toMatchObject({
      data: { repository: null },
      errors: [{ type: 'NOT_FOUND', path: ['repository'] }],
    });
  });

  test('expired, suspended and uninstalled', async () => {
    const own = await simulator.install('brief');
    const brief = await installationClient(simulator, own);
    expect((await brief.rest('GET', '/installation/repositories')).status).toBe(200);
    own.expireTokens();
    expect((await brief.rest('GET', '/installation/repositories')).json.message).toBe('Bad credentials');
    const again = await installationClient(simulator, own);
    await own.suspend();
    expect((await again.rest('GET', '/installation/repositories')).status).toBe(403);
    await own.unsuspend();
    await own.uninstall();
    expect((await again.rest('GET', '/installation/repositories')).status).toBe(401);
  });
});

describe('limits and failures', () => {
  const read = () => client.rest('GET', '/repos/octo/app');
  const write = () => client.rest('POST', '/repos/octo/app/issues/1/comments', { body: 'b' });

  test('a secondary limit meets the next writes only', async () => {
    simulator.limits.secondaryForNextWrites(1, { retryAfter: 7 });
    expect((await read()).status).toBe(200);
    const limited = await write();
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([403, '7']);
    expect(limited.json.message).toMatch(/secondary rate limit/);
    expect((await write()).status).toBe(201);
  });

  test('content is counted by the minute when asked for', async () => {
    simulator.limits.set({ contentPerMinute: 1 });
    expect((await write()).status).toBe(201);
    expect((await write()).headers.get('retry-after')).not.toBeNull();
    simulator.limits.set({ contentPerMinute: null });
  });

  test('a used up quota says when it is filled again', async () => {
    simulator.limits.exhaust(1);
    const limited = await read();
    expect([limited.status, limited.headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
    expect(Number(limited.headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000);
    expect((await client.graphql('query { rateLimit { cost } }')).json.errors[0].type).toBe('RATE_LIMITED');
    simulator.limits.exhaust(0);
    expect((await read()).status).toBe(200);
  });

  test.each<[string, 'before' | 'after', number]>([
    ['before it had an effect', 'before', 0],
    ['after it had its effect', 'after', 1],
  ])('a request that fails %s', async (_, moment, effects) => {
    const before = pull.comments.length;
    simulator.faults.add({ when: /POST .*\/comments$/, what: 502, moment });
    expect((await write()).status).toBe(502);
    expect(pull.comments.length - before).toBe(effects);
    simulator.faults.add({ when: /POST .*\/comments$/, what: 'reset', moment });
    await expect(write()).rejects.toThrow();
    expect(pull.comments.length - before).toBe(2 * effects);
  });

  test('what GitHub does not have is 404 and a problem', async () => {
    expect((await client.rest('GET', '/repos/octo/app/wishes')).status).toBe(404);
    expect((await client.rest('GET', '/repos/octo/app/pulls?sate=open')).status).toBe(200);
    expect(simulator.problems().map(({ kind }) => kind)).toEqual(['route', 'request']);
  });
});
