import { beforeEach, describe, expect, test } from '@jest/globals';
import nock from 'nock';
import { blobText } from '../../src/github/blobs.ts';
import type { GitHub } from '../../src/github/github.ts';
import { blobBatches, type ObjectsWanted } from '../../src/github/objects.ts';
import { listing } from '../../src/github/trees.ts';
import {
  blob,
  entry,
  givenGitHub,
  givenGraphql,
  givenToken,
  HEAD,
  HOST,
  intercept,
  oidOf,
  place,
  tree,
} from './given.ts';

type Answer = Parameters<typeof listing>[0];

function listed(changes: object): ReturnType<typeof listing> {
  return listing({
    commit: { __typename: 'Commit' },
    folder: null,
    workflows: null,
    actions: null,
    ...changes,
  } as Answer);
}

/** Protects: what cannot be looked at is named, and never read as "nothing there". */
describe('the tree of a commit', () => {
  test('workflows, actions at any depth that we list, dependabot; nothing else', () => {
    const files = listed({
      folder: tree(entry('dependabot.yml'), entry('CODEOWNERS'), entry('gargoyle.yml')),
      workflows: tree(entry('ci.yml'), entry('ci.yaml'), entry('README.md'), entry('Ci.YML')),
      actions: tree(
        entry('action.yml'),
        entry('a', {
          type: 'tree',
          object: tree(entry('action.yaml'), entry('b', { type: 'tree', object: tree(entry('action.yml')) })),
        }),
      ),
    });
    expect([...files.keys()].sort()).toEqual([
      '.github/actions/a/action.yaml',
      '.github/actions/a/b/action.yml',
      '.github/actions/action.yml',
      '.github/dependabot.yml',
      '.github/workflows/ci.yaml',
      '.github/workflows/ci.yml',
    ]);
  });

  test.each([
    [
      'a symbolic link',
      { workflows: tree(entry('ci.yml', { mode: 40960 })) },
      '.github/workflows/ci.yml',
      'symbolic link',
    ],
    [
      'a submodule in the name of a workflow',
      { workflows: tree(entry('ci.yml', { mode: 57344, type: 'commit' })) },
      '.github/workflows/ci.yml',
      'submodule',
    ],
    [
      'a submodule for all workflows',
      { folder: tree(entry('workflows', { mode: 57344, type: 'commit' })) },
      '.github/workflows',
      'submodule',
    ],
    [
      'a link for all workflows',
      { folder: tree(entry('workflows', { mode: 40960 })), workflows: { __typename: 'Blob' } },
      '.github/workflows',
      'is not a folder',
    ],
    ['a link for .github', { folder: { __typename: 'Blob' } }, '.github', 'is not a folder'],
    [
      'a folder that its parent has and GitHub does not give',
      { folder: tree(entry('workflows', { mode: 0o040000, type: 'tree', object: {} })) },
      '.github/workflows',
      'did not list',
    ],
    [
      'a listing that GitHub left out',
      { workflows: { __typename: 'Tree', entries: null } },
      '.github/workflows',
      'did not list',
    ],
    [
      'too large',
      { workflows: tree(entry('ci.yml', { object: { byteSize: 512 * 1024 + 1 } })) },
      '.github/workflows/ci.yml',
      'too large',
    ],
    [
      'a name that is not UTF-8',
      {
        workflows: tree(
          entry('c\ufffd.yml', { nameRaw: Buffer.from([0x63, 0xff, 0x2e, 0x79, 0x6d, 0x6c]).toString('base64') }),
        ),
      },
      '.github/workflows/c\ufffd.yml',
      'UTF-8',
    ],
  ])('%s', (_, answer, path, reason) => {
    expect(listed(answer).get(path)).toMatchObject({ unverified: expect.stringContaining(reason) });
  });

  test('the 1,001st file is named, not passed over (T14)', () => {
    const names = Array.from({ length: 1001 }, (_, index) => entry(`w${String(index).padStart(4, '0')}.yml`));
    const files = listed({ workflows: tree(...names) });
    expect(files.get('.github/workflows/w0999.yml')).toHaveProperty('oid');
    expect(files.get('.github/workflows/w1000.yml')).toMatchObject({
      unverified: expect.stringContaining('more than 1000'),
    });
  });

  test('a commit that GitHub does not know is no empty tree', () => {
    expect(() => listed({ commit: null })).toThrow('does not know the commit');
  });
});

describe('the text of a blob', () => {
  test.each([
    ['as git has it', blob('on: push\n'), { text: 'on: push\n' }],
    ['with a byte order mark', blob('\ufeffon: push\n'), { text: '\ufeffon: push\n' }],
    ['binary', blob('x', { isBinary: true, text: null }), { unverified: 'binary, not text' }],
    ['cut off', blob('on: push\n', { isTruncated: true }), 'raw'],
    ['other than git has under that id', blob('on: push\n', { text: 'on: pull' }), 'raw'],
    ['not there', null, { unverified: expect.stringContaining('did not give') }],
  ])('%s', (_, node, wanted) => {
    expect(blobText(node as Parameters<typeof blobText>[0])).toEqual(wanted);
  });

  test('portions: by count and by bytes, and a blob larger than a portion has one of its own', () => {
    const mega = 1024 * 1024;
    const blobs = new Map([
      ['a', 2 * mega],
      ['b', 2 * mega],
      ['c', 5 * mega],
      ['d', 1],
    ] as [string, number][]);
    expect(blobBatches(blobs)).toEqual([['a'], ['b'], ['c'], ['d']]);
    expect(
      blobBatches(new Map(Array.from({ length: 250 }, (_, index) => [String(index), 10]))).map((each) => each.length),
    ).toEqual([100, 100, 50]);
  });
});

const nothing: ObjectsWanted = { trees: [], blobs: [], folders: { commits: [], folders: [] }, pull: null };

describe('one read', () => {
  intercept();
  let github: GitHub;
  beforeEach(async () => {
    github = await givenGitHub();
    givenToken();
  });

  test.each([
    ['UTF-8', Buffer.from('on: push # ü\n'), { text: 'on: push # ü\n' }],
    ['not UTF-8', Buffer.from([0x6f, 0x6e, 0xff]), { unverified: 'not valid UTF-8' }],
  ])('bytes are asked for where the text is in doubt: %s', async (_, bytes, wanted) => {
    const oid = oidOf(bytes);
    givenGraphql({ repository: { b0: blob('lossy', { oid }) } });
    nock(HOST)
      .get(`/api/v3/repos/octo/app/git/blobs/${oid}`)
      .reply(200, { encoding: 'base64', content: bytes.toString('base64') });
    const { texts } = await github.objects.read(place, { ...nothing, blobs: [oid] });
    expect(texts.get(oid)).toEqual(wanted);
  });

  test('bytes that are not what the tree names are not believed', async () => {
    const oid = oidOf('real');
    givenGraphql({ repository: { b0: blob('fake', { oid }) } });
    nock(HOST)
      .get(`/api/v3/repos/octo/app/git/blobs/${oid}`)
      .reply(200, { encoding: 'base64', content: Buffer.from('fake').toString('base64') });
    const { texts } = await github.objects.read(place, { ...nothing, blobs: [oid] });
    expect(texts.get(oid)).toMatchObject({ unverified: expect.stringContaining('other content') });
  });

  test('local actions: paths go in as variables; a link in the way is named (T11)', async () => {
    const asked = givenGraphql({
      repository: {
        a0: {
          f0yml: entry('action.yml', { oid: oidOf('name: x\n'), object: blob('name: x\n') }),
          f1d0: entry('linked', { mode: 40960, object: blob('../elsewhere') }),
          f2yml: entry('action.yml', { mode: 40960, object: blob('/etc/passwd') }),
        },
      },
    });
    const folders = ['tools/"}x', 'linked/deep', 'file-link', 'not/there'];
    const { actions } = await github.objects.read(place, { ...nothing, folders: { commits: [HEAD], folders } });
    expect([...(actions.get(HEAD) ?? [])]).toEqual([
      [
        'tools/"}x/action.yml',
        { kind: 'action', oid: oidOf('name: x\n'), mode: 0o100644, bytes: 8, text: 'name: x\n' },
      ],
      ['linked/deep/action.yml', { kind: 'action', unverified: 'symbolic link' }],
      ['file-link/action.yml', { kind: 'action', unverified: 'symbolic link' }],
    ]);
    expect(asked.query).not.toContain('tools/');
    expect(Object.values(asked.variables)).toContain('tools/"}x/action.yml');
  });

  test('an id that is not one never gets into a query', async () => {
    nock.cleanAll();
    await expect(github.objects.read(place, { ...nothing, blobs: ['") { x }'] })).rejects.toThrow('not a commit id');
  });
});
