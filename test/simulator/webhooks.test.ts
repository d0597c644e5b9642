/** Webhooks: each kind is what GitHub publishes, signed, told in the log, and disturbed on its way where a test asks. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { SimulatedInstallation } from '../../simulator/installation.ts';
import type { SimulatedPull } from '../../simulator/pull.ts';
import type { SimulatedRepository } from '../../simulator/repository.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { appJwt, type Client, installationClient, send } from './client.ts';

jest.setTimeout(30_000); // compiling the published schemas takes long on a busy machine

interface Received {
  readonly name: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: GitHub's JSON, read by tests only
  readonly payload: any;
}

let received: Received[] = [];
let answerWith = 202;
let listener: Server;
let simulator: Simulator;
let installation: SimulatedInstallation;
let repository: SimulatedRepository;
let fork: SimulatedRepository;
let pull: SimulatedPull;
let client: Client;

const names = (): string[] => received.map(({ name }) => name);
const last = (name: string): Received => {
  const found = received.filter((one) => one.name === name).at(-1);
  if (!found) throw new Error(`no ${name} among ${names().join(', ')}`);
  return found;
};

beforeAll(async () => {
  listener = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const payload = JSON.parse(body.toString('utf8'));
      const name = [request.headers['x-github-event'], payload.action].filter(Boolean).join('.');
      received.push({ name, headers: request.headers, body, payload });
      response.writeHead(answerWith).end('noted');
    });
  });
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
  simulator = await startSimulator();
  simulator.deliverTo(`http://127.0.0.1:${(listener.address() as AddressInfo).port}/api/github/webhooks`);
  installation = await simulator.install('octo');
  repository = await simulator.repository('octo', 'app');
  await repository.commit('main', { 'a.txt': 'one\n' });
  fork = await repository.fork('eve');
  await fork.commit('patch', { 'a.txt': 'two\n' });
  pull = await repository.openPull({ head: 'eve:patch', title: 'Nice', body: 'text' });
  client = await installationClient(simulator, installation);
});
afterEach(() => {
  simulator.deliveries.disturb = () => 'deliver';
  answerWith = 202;
});
afterAll(async () => {
  await simulator.close();
  listener.close();
});

test('every kind that the App hears of is valid by the published schema and about what really happened', async () => {
  await pull.push({ 'a.txt': 'three\n' });
  await repository.commit('release', { 'a.txt': 'other\n' });
  await pull.retarget('release');
  await pull.convertToDraft();
  await pull.readyForReview();
  await pull.close();
  await pull.reopen();
  await pull.editComment(await pull.comment('dev', '/gargoyle rescan'), 'edited');
  const check = await client.rest('POST', '/repos/octo/app/check-runs', {
    name: 'gargoyle',
    head_sha: pull.head,
    conclusion: 'success',
  });
  const [own] = repository.checkRuns(pull.head);
  if (!own) throw new Error(`no check: ${check.status}`);
  await repository.rerequestCheck(own);
  await repository.rerequestSuite(own);
  await repository.pressButton(own, 'fix', 'dev');
  await pull.retarget('main');
  await pull.queue();
  const run = await repository.jobs.queue({ headSha: pull.head, labels: ['self-hosted', 'linux'], by: 'eve' });
  await repository.jobs.start(run, { id: 7, name: 'box', groupId: 2, groupName: 'prod' });
  await repository.jobs.complete(run, 'failure');
  await installation.setPermissions(installation.entity.permissions);
  const other = await simulator.repository('octo', 'other');
  await installation.removeRepository(other.entity);
  await installation.addRepository(other.entity);
  await repository.rename('renamed');
  await repository.rename('app');
  await pull.merge();
  await (await simulator.install('brief')).uninstall();
  await simulator.settled();

  expect(simulator.problems()).toEqual([]);
  expect(new Set(names())).toEqual(
    new Set([
      'installation.created',
      'push',
      'pull_request.opened',
      'pull_request.synchronize',
      'pull_request.edited',
      'pull_request.converted_to_draft',
      'pull_request.ready_for_review',
      'pull_request.closed',
      'pull_request.reopened',
      'issue_comment.created',
      'issue_comment.edited',
      'check_run.created',
      'check_run.rerequested',
      'check_suite.rerequested',
      'check_run.requested_action',
      'merge_group.checks_requested',
      'workflow_job.queued',
      'workflow_job.in_progress',
      'workflow_job.completed',
      'installation.new_permissions_accepted',
      'installation_repositories.removed',
      'installation_repositories.added',
      'repository.renamed',
      'installation.deleted',
    ]),
  );
  const repositoryIds = received.flatMap(({ payload }) => (payload.repository ? [payload.repository.id] : []));
  expect(new Set(repositoryIds)).toEqual(new Set([repository.entity.id]));
});

test.each<[string, (payload: Received['payload']) => unknown, () => unknown]>([
  [
    'pull_request.opened',
    ({ number, pull_request: { title, head, base } }) => [number, title, head.repo.full_name, head.repo.fork, base.ref],
    () => [1, 'Nice', 'eve/app', true, 'main'],
  ],
  [
    'pull_request.synchronize',
    ({ before, after, pull_request: { head } }) => [before !== after, after === head.sha],
    () => [true, true],
  ],
  ['pull_request.edited', ({ changes }) => changes.base.ref.from, () => 'release'],
  [
    'pull_request.closed',
    ({ pull_request: { merged, merge_commit_sha } }) => [merged, merge_commit_sha],
    () => [true, pull.entity.mergeCommit],
  ],
  [
    'issue_comment.created',
    ({ comment, issue, sender }) => [comment.body, issue.number, 'pull_request' in issue, sender.login],
    () => ['/gargoyle rescan', 1, true, 'dev'],
  ],
  [
    'issue_comment.edited',
    ({ changes, comment }) => [changes.body.from, comment.body],
    () => ['/gargoyle rescan', 'edited'],
  ],
  [
    'check_run.rerequested',
    ({ check_run }) => [check_run.app.id, check_run.pull_requests, check_run.check_suite.head_branch],
    () => [simulator.app.id, [], null],
  ],
  [
    'check_run.requested_action',
    ({ requested_action, sender }) => [requested_action.identifier, sender.login],
    () => ['fix', 'dev'],
  ],
  [
    'workflow_job.queued',
    ({ workflow_job: { labels, runner_id, runner_group_name } }) => [labels, runner_id, runner_group_name],
    () => [['self-hosted', 'linux'], null, null],
  ],
  [
    'workflow_job.in_progress',
    ({ workflow_job: { runner_id, runner_group_name } }) => [runner_id, runner_group_name],
    () => [7, 'prod'],
  ],
  [
    'merge_group.checks_requested',
    ({ merge_group: { base_ref, head_ref } }) => [
      base_ref,
      head_ref.startsWith('refs/heads/gh-readonly-queue/main/pr-1-'),
    ],
    () => ['refs/heads/main', true],
  ],
  ['installation.created', ({ installation: one }) => one.app_id, () => simulator.app.id],
  ['push', ({ ref, commits }) => [ref, commits.length > 0], () => ['refs/heads/main', true]],
])('%s tells the truth', (name, pick, expected) => {
  expect(pick(last(name).payload)).toEqual(expected());
});

test('nothing of the example that a payload was made from is left in it', () => {
  for (const { name, body } of received) {
    const left = /Codertocat|octocat|electron|Hello-World|api\.github\.com|example-workflow|2019-|2020-|2021-/i.exec(
      body.toString('utf8'),
    );
    expect([name, left?.[0]]).toEqual([name, undefined]);
  }
});

test('each is signed over its raw bytes and addressed to this App', () => {
  for (const { headers, body } of received) {
    const signature = createHmac('sha256', simulator.app.webhookSecret).update(body).digest('hex');
    expect(headers['x-hub-signature-256']).toBe(`sha256=${signature}`);
    expect(headers['x-github-hook-installation-target-id']).toBe(String(simulator.app.id));
  }
  expect(new Set(received.map(({ headers }) => headers['x-github-delivery'])).size).toBe(received.length);
});

describe('on their way', () => {
  const comment = (body: string) => repository.pull(1).comment('dev', body);
  const bodies = (): string[] =>
    received.filter(({ name }) => name === 'issue_comment.created').map(({ payload }) => payload.comment.body);
  const log = async () => (await send(simulator, appJwt(simulator), 'GET', '/app/hook/deliveries')).json;

  test('dropped: never arrives, is in the log as failed, and can be asked for again under the same id', async () => {
    received = [];
    simulator.deliveries.disturb = () => 'drop';
    await comment('dropped');
    expect(received).toEqual([]);
    const [failed] = await log();
    expect(failed).toMatchObject({ status: 'timed out', redelivery: false, event: 'issue_comment' });
    simulator.deliveries.disturb = () => 'deliver';
    expect(
      (await send(simulator, appJwt(simulator), 'POST', `/app/hook/deliveries/${failed.id}/attempts`)).status,
    ).toBe(202);
    await simulator.settled();
    expect(received.map(({ headers }) => headers['x-github-delivery'])).toEqual([failed.guid]);
    expect((await log())[0]).toMatchObject({ status: 'OK', redelivery: true, guid: failed.guid });
  });

  test('held and released in another order, duplicated, delayed', async () => {
    received = [];
    simulator.deliveries.disturb = () => 'hold';
    await comment('first');
    await comment('second');
    expect(received).toEqual([]);
    await simulator.deliveries.release((held) => [...held].reverse());
    simulator.deliveries.disturb = () => 'duplicate';
    await comment('twice');
    simulator.deliveries.disturb = () => ({ delay: 5 });
    await comment('late');
    expect(bodies()).toEqual(['second', 'first', 'twice', 'twice', 'late']);
  });

  test('an App that fails, and one that is away', async () => {
    answerWith = 500;
    await comment('x');
    expect((await log())[0]).toMatchObject({ status: 'Invalid HTTP Response: 500', status_code: 500 });
    simulator.deliverTo('http://127.0.0.1:9/nobody');
    await comment('y');
    expect((await log())[0].status).toBe('failed to connect to host');
  });
});
