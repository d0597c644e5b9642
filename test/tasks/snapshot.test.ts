import { describe, expect, test } from '@jest/globals';
import type { Gather } from '../../src/analyzer/analyzer.ts';
import type { ObjectsFound, ObjectsWanted } from '../../src/github/objects.ts';
import type { Listing } from '../../src/github/trees.ts';
import { takeSnapshot } from '../../src/tasks/snapshot.ts';
import { BASE, HEAD } from '../report/sample.ts';
import { givenTools, place } from './given.ts';

type Files = Readonly<Record<string, string>>;

/** A listing in which a file's text is also its id. */
function listed(files: Files): Listing {
  return new Map(
    Object.entries(files).map(([path, text]) => [
      path,
      { kind: 'workflow', oid: text, mode: 0o100644, bytes: text.length },
    ]),
  );
}

/** A GitHub that has these files at the base, and these actions everywhere. */
function answers(base: Files, actions: Files = {}) {
  return ({ trees, blobs, folders }: ObjectsWanted): Partial<ObjectsFound> => ({
    trees: new Map(trees.map((sha) => [sha, listed(base)])),
    texts: new Map(blobs.map((oid) => [oid, { text: oid }])),
    actions: new Map(
      folders.commits.map((sha) => [
        sha,
        new Map(
          folders.folders.flatMap((folder) => {
            const text = actions[folder];
            return text === undefined
              ? []
              : [[`${folder}/action.yml`, { kind: 'action', oid: text, mode: 0o100644, bytes: 1, text }] as const];
          }),
        ),
      ]),
    ),
    pull: { head: HEAD, baseRef: 'main', isOpen: true },
  });
}

const wants = (...folders: string[]) => folders.map((folder) => ({ kind: 'action' as const, folder }));

/** An analysis that wants these folders in its first round. */
function given(head: Files, base: Files, { wanted = [] as string[], actions = {} as Files } = {}) {
  const all = givenTools();
  all.github.objectsOf = answers(base, actions);
  const analyzer = {
    ...all.tools.analyzer,
    analyze: async (_input: unknown, gather: Gather) => {
      if (wanted.length > 0) await gather(wants(...wanted));
      return { findings: [], unverified: [], notRun: [], capabilities: [], wanted: [], files: 0 };
    },
  };
  const commits = { base: BASE, head: HEAD, tree: listed(head), pull: 12 };
  return { ...all, take: () => takeSnapshot({ ...all.tools, analyzer }, place, commits, {}) };
}

/** Protects: the number of requests (at most eight for a first scan), and that nothing is read twice. */
describe('requests', () => {
  test('a base that is what the head is: one, with the head’s texts', async () => {
    const { take, github } = given({ 'a.yml': 'A' }, { 'a.yml': 'A' });
    const { base, head } = await take();
    expect(github.objectsAsked).toHaveLength(1);
    expect(base.files.get('a.yml')).toEqual({ kind: 'workflow', oid: 'A', mode: 0o100644, text: 'A' });
    expect(head).toEqual(base);
  });

  test('a base that differs, and local actions that the head reaches: two', async () => {
    const { take, github } = given(
      { 'a.yml': 'uses: ./tools/x' },
      { 'a.yml': 'old' },
      { wanted: ['tools/x'], actions: { 'tools/x': 'name: x' } },
    );
    const { gather } = await take();
    const gathered = await gather(wants('tools/x'));
    expect([...gathered.head.keys()]).toEqual(['tools/x/action.yml']);
    expect(gathered.base).toEqual(gathered.head);
    expect(github.objectsAsked.map((asked) => [asked.trees.length, asked.blobs, asked.folders.folders])).toEqual([
      [1, ['uses: ./tools/x'], []],
      [0, ['old'], ['tools/x']],
    ]);
  });

  test('texts that are known are not asked for; each is remembered', async () => {
    const { take, github, store } = given({ 'a.yml': 'A', 'b.yml': 'B' }, { 'a.yml': 'C' });
    store.blobs.set('A', 'A');
    store.blobs.set('C', 'C');
    await take();
    expect(github.objectsAsked.map((asked) => asked.blobs)).toEqual([['B']]);
    expect([...store.blobs.keys()].sort()).toEqual(['A', 'B', 'C']);
  });

  test('a folder that was looked for is not looked for again', async () => {
    const { take, github } = given({ 'a.yml': 'A' }, { 'a.yml': 'A' });
    const { gather } = await take();
    await gather(wants('tools/x'));
    await gather(wants('tools/x', 'tools/y'));
    expect(github.objectsAsked.map((asked) => asked.folders.folders)).toEqual([[], ['tools/x'], ['tools/y']]);
  });
});

/** Protects: not being able to look is never a pass. */
describe('what cannot be had', () => {
  test('a text that GitHub does not give is named', async () => {
    const { take, github } = given({ 'a.yml': 'A' }, {});
    const answer = github.objectsOf;
    github.objectsOf = (wanted) => ({ ...answer(wanted), texts: new Map([['A', { unverified: 'binary, not text' }]]) });
    const { head } = await take();
    expect(head.files.get('a.yml')).toMatchObject({ unverified: 'binary, not text' });
  });

  test('paths that are in no repository are not asked for', async () => {
    const { take, github } = given({ 'a.yml': 'A' }, { 'a.yml': 'A' });
    const { gather } = await take();
    const { head } = await gather(wants('../..', 'a//b', 'a/./b', 'nul\0'));
    expect([github.objectsAsked.length, head.size]).toEqual([1, 0]);
  });

  test.each([
    ['so deep', `${'x/'.repeat(20)}y`],
    ['so long', 'x'.repeat(400)],
    ['that is another on Windows', 'a\\b'],
  ])('a path %s that it is not asked for is named, not taken for one that is not there (T13)', async (_, folder) => {
    const { take, github } = given({ 'a.yml': 'A' }, { 'a.yml': 'A' });
    const { gather } = await take();
    const { head } = await gather(wants(folder));
    expect(github.objectsAsked).toHaveLength(1);
    expect(head.get(`${folder}/action.yml`)).toMatchObject({ unverified: expect.stringContaining('is not read') });
  });

  test('the hundred-and-first local action is named, not passed over', async () => {
    const { take } = given({ 'a.yml': 'A' }, { 'a.yml': 'A' });
    const { gather } = await take();
    const { head } = await gather(wants(...Array.from({ length: 101 }, (_, index) => `tools/${index}`)));
    expect(head.get('tools/100/action.yml')).toMatchObject({ unverified: expect.stringContaining('more than 100') });
  });
});
