/** One pull request from end to end, by plain HTTP: what the App will do, in the order in which it will do it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { SimulatedInstallation } from '../../simulator/installation.ts';
import type { SimulatedRepository } from '../../simulator/repository.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { installationClient } from './client.ts';

jest.setTimeout(30_000); // compiling the published schemas takes long on a busy machine

const CI = '.github/workflows/ci.yml';
const SAFE = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n';
const EVIL = `${SAFE}      - run: echo "\${{ github.event.issue.title }}"\n`;

let listener: Server;
let simulator: Simulator;
let installation: SimulatedInstallation;
let repository: SimulatedRepository;
const events: string[] = [];

beforeAll(async () => {
  listener = createServer((request, response) => {
    events.push(String(request.headers['x-github-event']));
    request.resume().on('end', () => response.writeHead(202).end());
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  simulator = await startSimulator();
  simulator.deliverTo(`http://127.0.0.1:${(listener.address() as AddressInfo).port}/`);
  installation = await simulator.install('octo');
  repository = await simulator.repository('octo', 'app', { private: true });
  await repository.commit('main', { [CI]: SAFE });
});
afterAll(async () => {
  await simulator.close();
  listener.close();
});

test('opened, scanned, reviewed, pushed to, fixed, asked again', async () => {
  const base = await repository.tip('main');
  const fork = await repository.fork('eve');
  const head = await fork.commit('patch', { [CI]: EVIL });
  await repository.commit('main', { 'README.md': 'moved on\n' }); // the base is now newer than the merge base
  const pull = await repository.openPull({ head: 'eve:patch' });
  expect(events).toContain('pull_request');

  const client = await installationClient(simulator, installation);
  const path = '/repos/octo/app';
  const compare = await client.rest('GET', `${path}/compare/main...${head}?per_page=1`);
  expect(compare.json).toMatchObject({
    merge_base_commit: { sha: base },
    status: 'diverged',
    ahead_by: 1,
    behind_by: 1,
  });
  expect(compare.json.files.map(({ filename }: { filename: string }) => filename)).toEqual([CI]);

  const started = await client.rest('POST', `${path}/check-runs`, {
    name: 'gargoyle',
    head_sha: head,
    status: 'in_progress',
    external_id: 'scan-1',
  });
  expect(started.json).toMatchObject({
    status: 'in_progress',
    conclusion: null,
    pull_requests: [],
    app: { id: simulator.app.id },
  });
  const annotations = [{ path: CI, start_line: 7, end_line: 7, annotation_level: 'failure', message: 'injection' }];
  const output = { title: '1 problem', summary: 'bad', annotations };
  await client.rest('PATCH', `${path}/check-runs/${started.json.id}`, { conclusion: 'failure', output });
  const comments = [{ path: CI, line: 7, side: 'RIGHT', body: 'bad\n```suggestion\n      - run: make test\n```' }];
  const review = await client.rest('POST', `${path}/pulls/1/reviews`, {
    commit_id: head,
    event: 'COMMENT',
    body: 'one problem',
    comments,
  });
  expect(review.json).toMatchObject({
    state: 'COMMENTED',
    user: { login: 'gargoyle[bot]', type: 'Bot' },
    commit_id: head,
  });
  expect(repository.latestChecks(head).map(({ conclusion, annotations: { length } }) => [conclusion, length])).toEqual([
    ['failure', 1],
  ]);

  const [thread] = pull.threads;
  if (!thread) throw new Error('no thread');
  const fixed = await pull.applySuggestion(thread, 'eve');
  expect([pull.head, thread.line]).toEqual([fixed, null]); // outdated, not resolved
  const found = await client.rest('GET', `${path}/pulls/1/comments`);
  expect(found.json[0]).toMatchObject({ line: null, original_line: 7, commit_id: head });
  expect((await client.rest('DELETE', `${path}/pulls/comments/${found.json[0].id}`)).status).toBe(204);
  expect(pull.threads).toEqual([]);

  const asked = await pull.comment('eve', '/gargoyle rescan');
  const reactions = `${path}/issues/comments/${asked.id}/reactions`;
  expect((await client.rest('POST', reactions, { content: 'eyes' })).status).toBe(201);
  expect((await client.rest('POST', reactions, { content: 'eyes' })).status).toBe(200);
  expect((await client.rest('GET', `${path}/collaborators/eve/permission`)).json.permission).toBe('none');
  repository.setPermission('eve', 'maintain');
  expect((await client.rest('GET', `${path}/collaborators/eve/permission`)).json).toMatchObject({
    permission: 'write',
    role_name: 'maintain',
  });

  await simulator.settled();
  expect(simulator.problems()).toEqual([]);
  const writes = simulator
    .requests()
    .filter(({ write, installationId }) => write && installationId === installation.id);
  expect(writes.map(({ operation, status }) => [operation, status])).toEqual([
    ['checks/create', 201],
    ['checks/update', 200],
    ['pulls/create-review', 200],
    ['pulls/delete-review-comment', 204],
    ['reactions/create-for-issue-comment', 201],
    ['reactions/create-for-issue-comment', 200],
  ]);
});

test('compare lists 300 files and no more, pull request files 3,000', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 3001 }, (_, index) => [`many/${String(index).padStart(4, '0')}.txt`, `${index}\n`]),
  );
  const head = await repository.commit('many', files);
  await repository.openPull({ head: 'many' });
  const client = await installationClient(simulator, installation);
  expect((await client.rest('GET', `/repos/octo/app/compare/main...${head}`)).json.files).toHaveLength(300);
  expect((await client.rest('GET', `/repos/octo/app/compare/main...${head}?page=2`)).json.files).toEqual([]);
  const listed = await client.rest('GET', '/repos/octo/app/pulls/2/files?per_page=100&page=30');
  expect(listed.json).toHaveLength(100);
  expect((await client.rest('GET', '/repos/octo/app/pulls/2/files?per_page=100&page=31')).json).toEqual([]);
});

test('a renamed repository is found under its old name by a redirect', async () => {
  await repository.rename('renamed');
  const client = await installationClient(simulator, installation);
  const answer = await client.rest('GET', '/repos/octo/app/pulls/1');
  expect([answer.status, answer.json.base.repo.full_name]).toEqual([200, 'octo/renamed']);
});

test('a request that is never answered ends when its caller or the simulator does', async () => {
  const client = await installationClient(simulator, installation);
  simulator.faults.add({ when: /GET \/repos\/octo\/renamed$/, what: 'timeout' });
  const asked = fetch(`${simulator.url}/api/v3/repos/octo/renamed`, {
    headers: { authorization: `Bearer ${client.token}` },
    signal: AbortSignal.timeout(50),
  });
  await expect(asked).rejects.toThrow();
});
