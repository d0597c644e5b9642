/** GraphQL runs on GitHub's published schema; what the App reads of trees, pull requests and threads is what git and REST say. */
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { SimulatedPull } from '../../simulator/pull.ts';
import type { SimulatedRepository } from '../../simulator/repository.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { type Client, installationClient } from './client.ts';

jest.setTimeout(30_000); // compiling the published schemas takes long on a busy machine

let simulator: Simulator;
let repository: SimulatedRepository;
let fork: SimulatedRepository;
let pull: SimulatedPull;
let gate: Client;
let fixer: Client;

const FOLDER = '.github/workflows';

beforeAll(async () => {
  simulator = await startSimulator();
  repository = await simulator.repository('octo', 'app');
  await repository.commit('main', {
    [`${FOLDER}/a.yml`]: 'one\n',
    [`${FOLDER}/b.yml`]: { link: '../../README.md' },
    [`${FOLDER}/c.yml`]: { submodule: 'c'.repeat(40) },
    [`${FOLDER}/d.yml`]: Buffer.from([1, 0, 2]),
    [`${FOLDER}/e.yml`]: { text: 'x'.repeat(600_000), mode: '100755' },
    [`${FOLDER}/odd "name"\n.yml`]: 'odd\n',
  });
  fork = await repository.fork('eve');
  await fork.commit('patch', { [`${FOLDER}/a.yml`]: 'two\n' }, 'Patch it');
  pull = await repository.openPull({ head: 'eve:patch', title: 'Nice', draft: true });
  gate = await installationClient(simulator, await simulator.install('octo'));
  const permissions = { metadata: 'read', contents: 'write', pull_requests: 'write' } as const;
  const app = simulator.registerApp({ slug: 'fixer', permissions });
  fixer = await installationClient(simulator, await simulator.install('octo', { app }), {}, app);
});
afterAll(() => simulator.close());
beforeEach(() => simulator.forget());

describe('trees', () => {
  const tree = (expression: string) =>
    gate.graphql(
      'query ($e: String!) { repository(owner: "octo", name: "app") { object(expression: $e) { ... on Tree { entries { name mode type oid object { ... on Blob { text byteSize isBinary isTruncated } } } } } } }',
      { e: expression },
    );

  test("a fork's head is readable in the base repository, with modes, links, submodules, binary and large files", async () => {
    const { entries } = (await tree(`${pull.head}:${FOLDER}`)).json.data.repository.object;
    const brief = entries.map(
      (entry: {
        name: string;
        mode: number;
        type: string;
        object: { text: string | null; isTruncated: boolean } | null;
      }) => [
        entry.name,
        entry.mode,
        entry.type,
        entry.object && (entry.object.text?.length ?? 'binary'),
        entry.object?.isTruncated ?? null,
      ],
    );
    expect(brief).toEqual([
      ['a.yml', 33188, 'blob', 4, false],
      ['b.yml', 40960, 'blob', 15, false],
      ['c.yml', 57344, 'commit', null, null],
      ['d.yml', 33188, 'blob', 'binary', false],
      ['e.yml', 33261, 'blob', 512_000, true],
      ['odd "name"\n.yml', 33188, 'blob', 4, false],
    ]);
    expect(simulator.problems()).toEqual([]);
  });

  test('what is not there is null', async () => {
    expect((await tree(`${pull.head}:nope`)).json.data.repository.object).toBeNull();
    expect((await tree(`${'0'.repeat(40)}:${FOLDER}`)).json.data.repository.object).toBeNull();
  });
});

test('a pull request', async () => {
  const answer =
    await gate.graphql(`query { repository(owner: "octo", name: "app") { databaseId defaultBranchRef { name target { oid } }
    pullRequest(number: 1) { headRefOid baseRefName baseRefOid isDraft state title isCrossRepository viewerDidAuthor author { login __typename }
      headRepository { nameWithOwner } commits(last: 1) { nodes { commit { oid message associatedPullRequests(first: 5) { nodes { number } } file(path: "README.md") { name } } } } } } }`);
  const main = await repository.tip('main');
  expect(answer.json.data.repository).toEqual({
    databaseId: repository.entity.id,
    defaultBranchRef: { name: 'main', target: { oid: main } },
    pullRequest: {
      headRefOid: pull.head,
      baseRefName: 'main',
      baseRefOid: main,
      isDraft: true,
      state: 'OPEN',
      title: 'Nice',
      isCrossRepository: true,
      viewerDidAuthor: false,
      author: { login: 'eve', __typename: 'User' },
      headRepository: { nameWithOwner: 'eve/app' },
      commits: {
        nodes: [
          {
            commit: {
              oid: pull.head,
              message: 'Patch it',
              associatedPullRequests: { nodes: [{ number: 1 }] },
              file: { name: 'README.md' },
            },
          },
        ],
      },
    },
  });
});

describe('threads', () => {
  const THREADS = `query { repository(owner: "octo", name: "app") { pullRequest(number: 1) { reviewThreads(first: 50) { nodes { id isResolved isOutdated line path subjectType
    comments(first: 10) { nodes { id databaseId fullDatabaseId body viewerDidAuthor author { login } } } } } } } }`;
  const threads = async () => (await gate.graphql(THREADS)).json.data.repository.pullRequest.reviewThreads.nodes;

  test('resolving needs contents: write besides pull_requests: write', async () => {
    const comments = [{ path: `${FOLDER}/a.yml`, line: 1, side: 'RIGHT', body: 'bad' }];
    await gate.rest('POST', '/repos/octo/app/pulls/1/reviews', { commit_id: pull.head, event: 'COMMENT', comments });
    const [thread] = await threads();
    expect(thread.comments.nodes[0]).toMatchObject({
      body: 'bad',
      viewerDidAuthor: true,
      author: { login: 'gargoyle' },
    });
    expect(thread.comments.nodes[0].fullDatabaseId).toBe(String(thread.comments.nodes[0].databaseId));
    const resolve = 'mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }';
    const refused = await gate.graphql(resolve, { id: thread.id });
    expect(refused.json).toMatchObject({
      data: { resolveReviewThread: null },
      errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }],
    });
    const done = await fixer.graphql(resolve, { id: thread.id });
    expect(done.json.data.resolveReviewThread.thread.isResolved).toBe(true);
    const unresolve =
      'mutation ($id: ID!) { unresolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }';
    expect((await fixer.graphql(unresolve, { id: thread.id })).json.data.unresolveReviewThread.thread.isResolved).toBe(
      false,
    );
  });

  test('a comment is edited, hidden, and deleted with its thread', async () => {
    const [thread] = await threads();
    const id = thread.comments.nodes[0].id;
    await gate.graphql(
      'mutation ($id: ID!) { updatePullRequestReviewComment(input: { pullRequestReviewCommentId: $id, body: "fixed" }) { pullRequestReviewComment { body } } }',
      { id },
    );
    const hidden = await gate.graphql(
      'mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: RESOLVED }) { minimizedComment { isMinimized minimizedReason } } }',
      { id },
    );
    expect(hidden.json.data.minimizeComment.minimizedComment).toEqual({
      isMinimized: true,
      minimizedReason: 'resolved',
    });
    expect((await threads())[0].comments.nodes[0].body).toBe('fixed');
    await gate.graphql(
      'mutation ($id: ID!) { deletePullRequestReviewComment(input: { id: $id }) { clientMutationId } }',
      { id },
    );
    expect(await threads()).toEqual([]);
    expect(pull.reviews).toEqual([]);
  });

  test('a thread on a file is pending until its review is submitted', async () => {
    const add =
      'mutation ($id: ID!) { addPullRequestReviewThread(input: { pullRequestId: $id, path: ".github/workflows/a.yml", body: "whole", subjectType: FILE }) { thread { subjectType line } } }';
    const id = (
      await gate.graphql('query { repository(owner: "octo", name: "app") { pullRequest(number: 1) { id } } }')
    ).json.data.repository.pullRequest.id;
    expect((await gate.graphql(add, { id })).json.data.addPullRequestReviewThread.thread).toEqual({
      subjectType: 'FILE',
      line: null,
    });
    expect((await gate.rest('GET', '/repos/octo/app/pulls/1/comments')).json).toEqual([]);
    const submitted = await gate.graphql(
      'mutation ($id: ID!) { submitPullRequestReview(input: { pullRequestId: $id, event: COMMENT }) { pullRequestReview { state } } }',
      { id },
    );
    expect(submitted.json.data.submitPullRequestReview.pullRequestReview.state).toBe('COMMENTED');
    expect((await gate.rest('GET', '/repos/octo/app/pulls/1/comments')).json).toHaveLength(1);
    expect(simulator.problems()).toEqual([]);
  });
});

describe('what GitHub refuses', () => {
  test.each<[string, string, RegExp]>([
    [
      'a field that the schema has not',
      '{ repository(owner: "octo", name: "app") { wishes } }',
      /Cannot query field "wishes"/,
    ],
    [
      'no page size',
      '{ repository(owner: "octo", name: "app") { pullRequests { totalCount } } }',
      /must provide a `first` or `last`/,
    ],
    [
      'a page of 101',
      '{ repository(owner: "octo", name: "app") { pullRequests(first: 101) { totalCount } } }',
      /limit of 100 records/,
    ],
    [
      'a pull request that is not there',
      '{ repository(owner: "octo", name: "app") { pullRequest(number: 99) { id } } }',
      /Could not resolve to a PullRequest/,
    ],
    ['a node that is not there', '{ node(id: "nothing") { id } }', /Could not resolve to a node/],
  ])('%s', async (_, query, message) => {
    const { status, json } = await gate.graphql(query);
    expect([status, json.errors[0].message]).toEqual([200, expect.stringMatching(message)]);
  });

  test('a field that the simulator has not is an error that tests see, never a silent null', async () => {
    const { json } = await gate.graphql('{ repository(owner: "octo", name: "app") { diskUsage } }');
    expect(json.errors[0].message).toContain('no resolver for Repository.diskUsage');
    expect(simulator.problems()).toMatchObject([{ kind: 'resolver', where: 'Repository.diskUsage' }]);
  });
});
