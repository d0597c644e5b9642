import { beforeEach, describe, expect, test } from '@jest/globals';
import nock from 'nock';
import { Gone, Refused } from '../../src/github/failures.ts';
import type { GitHub } from '../../src/github/github.ts';
import {
  blob,
  entry,
  givenGitHub,
  givenGraphql,
  givenToken,
  HEAD,
  HOST,
  intercept,
  OTHER,
  place,
  tree,
} from './given.ts';

intercept();
let github: GitHub;
beforeEach(async () => {
  github = await givenGitHub();
  givenToken();
});

function pullRequest(changes: object = {}): object {
  return {
    number: 3,
    state: 'OPEN',
    isDraft: false,
    headRefOid: HEAD,
    baseRefName: 'main',
    baseRefOid: OTHER,
    baseRef: { target: { oid: OTHER } },
    author: { __typename: 'User', databaseId: 2 },
    ...changes,
  };
}

function overview(changes: object = {}, organisation: object = {}): object {
  return {
    repository: {
      databaseId: 9,
      name: 'app',
      owner: { login: 'octo' },
      policy: null,
      pullRequest: pullRequest(),
      head_commit: { __typename: 'Commit' },
      head_workflows: tree(entry('ci.yml')),
      sharing: { associatedPullRequests: { nodes: [] } },
      ...changes,
    },
    organisation0: null,
    organisation1: null,
    ...organisation,
  };
}

describe('the overview of a pull request', () => {
  test.each([
    ['a person', { __typename: 'User', databaseId: 2 }, { isBot: false, authorId: 2 }],
    ['a bot, whose login may be a person’s, too', { __typename: 'Bot' }, { isBot: true, authorId: null }],
    ['an account that is gone', null, { isBot: false, authorId: null }],
  ])('who opened it: %s', async (_, author, expected) => {
    givenGraphql(overview({ pullRequest: pullRequest({ author }) }));
    const { pull } = await github.pulls.overview(place, 3, HEAD);
    expect(pull).toMatchObject(expected);
  });

  test('a right hint: one request, with the head’s tree', async () => {
    givenGraphql(overview());
    const { tree: files, pull } = await github.pulls.overview(place, 3, HEAD);
    expect([...files.keys()]).toEqual(['.github/workflows/ci.yml']);
    expect(pull).toMatchObject({ head: HEAD, baseTip: OTHER, isOpen: true, isBot: false });
  });

  test('a hint that is old, or somebody’s invention, is only a hint: GitHub’s head is read (T22)', async () => {
    givenGraphql(overview({ head_workflows: tree(entry('innocent.yml')) }));
    const asked = givenGraphql(overview());
    const { tree: files } = await github.pulls.overview(place, 3, OTHER);
    expect([...files.keys()]).toEqual(['.github/workflows/ci.yml']);
    expect(asked.query).toContain(`${HEAD}:.github/workflows`);
  });

  test('another repository under the name of the one that the delivery was about: nothing crosses over (T23)', async () => {
    givenGraphql(overview({ databaseId: 10 }));
    await expect(github.pulls.overview(place, 3, HEAD)).rejects.toBeInstanceOf(Gone);
  });

  test('other open pull requests with the same head, of this repository only (W17)', async () => {
    const node = (number: number, changes: object = {}) => ({
      number,
      state: 'OPEN',
      headRefOid: HEAD,
      baseRepository: { databaseId: 9 },
      ...changes,
    });
    const nodes = [
      node(3),
      node(4),
      node(5, { state: 'MERGED' }),
      node(6, { headRefOid: OTHER }),
      node(7, { baseRepository: { databaseId: 1 } }),
      null,
    ];
    givenGraphql(overview({ sharing: { associatedPullRequests: { nodes } } }));
    await expect(github.pulls.overview(place, 3, HEAD)).resolves.toMatchObject({ sharing: [4] });
  });

  test('policies come from the default branch’s tip, whatever the pull request says (T1)', async () => {
    const policy = blob('extends: strict\n');
    const asked = givenGraphql(
      overview(
        { policy },
        { organisation1: { name: '.github', owner: { login: 'octo' }, policy: blob('x', { isBinary: true }) } },
      ),
    );
    const { policies } = await github.pulls.overview(place, 3, HEAD);
    expect(asked.query).toContain('HEAD:.github/gargoyle.yml');
    expect(policies.repository.current).toMatchObject({ text: 'extends: strict\n' });
    expect(policies.organisation).toMatchObject([
      { name: '.github-private', isRepositoryThere: false, current: null },
      { name: '.github', isRepositoryThere: true, current: { unverified: 'binary, not text' } },
    ]);
  });
});

describe('names that change hands', () => {
  const theirs = { name: '.github', owner: { login: 'octo' }, policy: blob('extends: observe\n') };
  const renamed = { owner: { login: 'octo-inc' } };

  test('the owner has a new name, and somebody else the old one: that one’s policy is not asked (T23)', async () => {
    givenGraphql(overview(renamed, { organisation1: theirs }));
    const asked = givenGraphql(overview(renamed));
    const { place: now, policies } = await github.pulls.overview(place, 3, HEAD);
    expect([now.owner, asked.variables?.owner]).toEqual(['octo-inc', 'octo-inc']);
    expect(policies.organisation.map(({ current }) => current)).toEqual([null, null]);
  });

  test('the same without a pull request', async () => {
    givenGraphql(overview(renamed, { organisation1: theirs }));
    givenGraphql(overview(renamed));
    const { organisation } = await github.pulls.policies(place);
    expect(organisation.map(({ current }) => current)).toEqual([null, null]);
  });

  test('a policy repository that was given away counts as gone', async () => {
    givenGraphql(overview({}, { organisation0: { ...theirs, name: '.github-private', owner: { login: 'mallory' } } }));
    const { policies } = await github.pulls.overview(place, 3, HEAD);
    expect(policies.organisation[0]).toMatchObject({ isRepositoryThere: false, current: null });
  });
});

describe('the merge base', () => {
  const path = `/api/v3/repos/octo/app/compare/${OTHER}...${HEAD}`;

  test('from the second page, which has no files', async () => {
    nock(HOST)
      .get(path)
      .query({ per_page: '1', page: '2' })
      .reply(200, { merge_base_commit: { sha: OTHER } });
    await expect(github.pulls.mergeBase(place, OTHER, HEAD)).resolves.toBe(OTHER);
  });

  test('histories that have nothing in common', async () => {
    nock(HOST)
      .get(path)
      .query(true)
      .reply(404, { message: `No common ancestor between ${OTHER} and ${HEAD}.` });
    await expect(github.pulls.mergeBase(place, OTHER, HEAD)).resolves.toBeNull();
  });

  test('a commit that is not found is a failure', async () => {
    nock(HOST).get(path).query(true).reply(404, { message: 'Not Found' });
    await expect(github.pulls.mergeBase(place, OTHER, HEAD)).rejects.toMatchObject({ status: 404 });
  });
});

/** Protects: one line that GitHub doesn't accept costs that file's comments, not the review (D8). */
describe('a review that GitHub refuses', () => {
  const comment = (path: string) => ({ path, line: 1, side: 'RIGHT' as const, body: 'x' });
  const review = {
    commit_id: HEAD,
    event: 'COMMENT' as const,
    body: 'Two findings',
    comments: [comment('a.yml'), comment('b.yml'), comment('b.yml')],
  };
  const path = '/api/v3/repos/octo/app/pulls/3/reviews';

  function github422(accepts: (paths: string[]) => boolean): string[][] {
    const asked: string[][] = [];
    nock(HOST)
      .persist()
      .post(path)
      .reply((_uri: string, body: unknown) => {
        const paths = (body as { comments: { path: string }[] }).comments.map((each) => each.path);
        asked.push(paths);
        return accepts(paths)
          ? [200, { id: 1 }]
          : [422, { message: 'Unprocessable Entity', errors: ['line must be part of the diff'] }];
      });
    return asked;
  }

  test.each([
    ['all are accepted', () => true, [['a.yml', 'b.yml', 'b.yml']]],
    [
      'one file is not',
      (paths: string[]) => !paths.includes('b.yml'),
      [['a.yml', 'b.yml', 'b.yml'], ['b.yml', 'b.yml'], ['a.yml']],
    ],
    [
      'none is',
      (paths: string[]) => paths.length === 0,
      [['a.yml', 'b.yml', 'b.yml'], ['b.yml', 'b.yml'], ['a.yml'], []],
    ],
  ])('%s', async (_, accepts, wanted) => {
    const asked = github422(accepts);
    await github.reviews.post(place, 3, review);
    nock.cleanAll();
    expect(asked).toEqual(wanted);
  });

  test('a refusal of the review itself is not hidden', async () => {
    github422(() => false);
    await expect(github.reviews.post(place, 3, review)).rejects.toBeInstanceOf(Refused);
    nock.cleanAll();
  });
});

/** Protects: a marker that somebody copied makes no thread ours (T7). */
test('threads and reviews of ours are known by their author', async () => {
  const comment = (databaseId: number, viewerDidAuthor: boolean, body = 'x') => ({ databaseId, viewerDidAuthor, body });
  const thread = (id: string, ...nodes: object[]) => ({
    id,
    isResolved: false,
    comments: { totalCount: nodes.length, nodes },
  });
  givenGraphql({
    repository: {
      pullRequest: {
        reviews: {
          nodes: [
            { viewerDidAuthor: true, body: 'Findings', commit: { oid: HEAD } },
            { viewerDidAuthor: true, body: '', commit: { oid: OTHER } },
            { viewerDidAuthor: false, body: 'LGTM', commit: { oid: OTHER } },
          ],
        },
        reviewThreads: {
          pageInfo: { hasNextPage: false, endCursor: null },
          nodes: [
            thread('A', comment(1, true), comment(2, true, 'Fixed')),
            thread('B', comment(3, false)),
            thread('C', comment(4, true), comment(5, false)),
          ],
        },
      },
    },
  });
  await expect(github.threads.conversation(place, 3)).resolves.toEqual({
    isComplete: true,
    reviewedHeads: [HEAD],
    threads: [
      { threadId: 'A', commentId: 1, body: 'x', isResolved: false, isAnswered: false, replies: ['Fixed'] },
      { threadId: 'C', commentId: 4, body: 'x', isResolved: false, isAnswered: true, replies: [] },
    ],
  });
});
