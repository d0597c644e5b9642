/** Git objects in GraphQL: blobs, trees, commits, references. */
import type { Repository } from '../entities.ts';
import { type Commit, type GitObject, parseCommit, parseTree, type TreeEntry } from '../git/objects.ts';
import { pullsWithCommit } from '../rest/repositories.ts';
import { htmlUrl } from '../rest/shapes.ts';
import { connection, fields, type ResolverTable, text } from './resolving.ts';

export interface BlobSource {
  readonly kind: 'blob';
  readonly repository: Repository;
  readonly oid: string;
  readonly data: Buffer;
}

export interface TreeSource {
  readonly kind: 'tree';
  readonly repository: Repository;
  readonly oid: string;
  readonly entries: readonly TreeEntry[];
  /** Path of the tree, where it was reached by one. */
  readonly path: string;
}

export interface CommitSource {
  readonly kind: 'commit';
  readonly repository: Repository;
  readonly oid: string;
  readonly commit: Commit;
}

interface EntrySource {
  readonly kind: 'entry';
  readonly repository: Repository;
  readonly entry: TreeEntry;
  readonly path: string;
}

export interface RefSource {
  readonly kind: 'ref';
  readonly repository: Repository;
  readonly name: string;
  readonly oid: string;
}

/** Where GitHub cuts a blob's text is not documented; half a megabyte is what people report. */
const MAX_TEXT = 512_000;

export async function gitObject(
  repository: Repository,
  expression: string,
): Promise<BlobSource | TreeSource | CommitSource | null> {
  const object = await repository.git.object(expression);
  return object && objectSource(repository, object, /:(.*)$/s.exec(expression)?.[1] ?? '');
}

function objectSource(
  repository: Repository,
  object: GitObject,
  path: string,
): BlobSource | TreeSource | CommitSource | null {
  const { oid, data } = object;
  if (object.type === 'blob') return { kind: 'blob', repository, oid, data };
  if (object.type === 'tree') return { kind: 'tree', repository, oid, entries: parseTree(data), path };
  return object.type === 'commit' ? { kind: 'commit', repository, oid, commit: parseCommit(oid, data) } : null;
}

export async function refSource(repository: Repository, name: string): Promise<RefSource | null> {
  const short = name.replace(/^refs\/heads\//, '');
  const oid = await repository.git.branch(short);
  return oid === null ? null : { kind: 'ref', repository, name: short, oid };
}

function isBinary({ data }: BlobSource): boolean {
  return data.subarray(0, 8000).includes(0);
}

const common = {
  id: ({ kind, oid }: { kind: string; oid: string }) => `${kind}_kw${oid}`,
  oid: ({ oid }: { oid: string }) => oid,
  abbreviatedOid: ({ oid }: { oid: string }) => oid.slice(0, 7),
  repository: ({ repository }: { repository: Repository }) => repository,
};

export const gitResolvers: Readonly<Record<string, ResolverTable>> = {
  Blob: fields<BlobSource>({
    ...common,
    byteSize: ({ data }) => data.length,
    isBinary: (blob) => isBinary(blob),
    isTruncated: (blob) => !isBinary(blob) && blob.data.length > MAX_TEXT,
    text: (blob) => (isBinary(blob) ? null : blob.data.subarray(0, MAX_TEXT).toString('utf8')),
  }),
  Tree: fields<TreeSource>({
    ...common,
    entries: ({ repository, entries, path }) =>
      entries.map((entry) => ({
        kind: 'entry',
        repository,
        entry,
        path: path === '' ? entry.name : `${path}/${entry.name}`,
      })),
  }),
  TreeEntry: fields<EntrySource>({
    name: ({ entry }) => entry.name,
    nameRaw: ({ entry }) => Buffer.from(entry.name).toString('base64'),
    path: ({ path }) => path,
    pathRaw: ({ path }) => Buffer.from(path).toString('base64'),
    mode: ({ entry }) => entry.mode,
    oid: ({ entry }) => entry.oid,
    type: ({ entry }) => (entry.mode === 0o40000 ? 'tree' : entry.mode === 0o160000 ? 'commit' : 'blob'),
    size: async ({ repository, entry }) => (await repository.git.object(entry.oid))?.data.length ?? 0,
    extension: ({ entry }) => /\.[^.]*$/.exec(entry.name)?.[0] ?? null,
    repository: ({ repository }) => repository,
    object: async ({ repository, entry, path }) => {
      if (entry.mode === 0o160000) return null; // the submodule's commit is in another repository
      const object = await repository.git.object(entry.oid);
      return object && objectSource(repository, object, path);
    },
  }),
  Commit: fields<CommitSource>({
    ...common,
    message: ({ commit }) => commit.message,
    messageHeadline: ({ commit }) => commit.message.split('\n')[0] ?? '',
    committedDate: ({ commit }) => commit.committer.date,
    authoredDate: ({ commit }) => commit.author.date,
    author: ({ commit }) => commit.author,
    committer: ({ commit }) => commit.committer,
    url: ({ repository, oid }, _, { site }) => `${htmlUrl(site.world, repository)}/commit/${oid}`,
    tree: ({ repository, commit }) => gitObject(repository, commit.tree),
    parents: async ({ repository, commit }, args) =>
      connection(await Promise.all(commit.parents.map((sha) => gitObject(repository, sha))), args, 'parents'),
    file: async ({ repository, oid }, args) => {
      const path = text(args, 'path');
      const folder = await repository.git.tree(
        `${oid}:${path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''}`,
      );
      const entry = folder?.find(({ name }) => name === path.slice(path.lastIndexOf('/') + 1));
      return entry ? { kind: 'entry', repository, entry, path } : null;
    },
    associatedPullRequests: async ({ repository, oid }, args) =>
      connection(await pullsWithCommit(repository, oid), args, 'associatedPullRequests'),
    history: async ({ repository, oid }, args) => {
      const shas = await repository.git.log(null, oid);
      return connection(
        await Promise.all(shas.slice(0, 100).map((sha) => gitObject(repository, sha))),
        args,
        'history',
      );
    },
  }),
  GitActor: fields<{ name: string; email: string; date: string }>({
    name: ({ name }) => name,
    email: ({ email }) => email,
    date: ({ date }) => date,
    user: ({ email }, _, { site }) => site.world.accounts.get(email.replace(/@.*$/, '').toLowerCase()) ?? null,
  }),
  Ref: fields<RefSource>({
    id: ({ repository, name }) => `REF_kw${repository.id}_${name}`,
    name: ({ name }) => name,
    prefix: () => 'refs/heads/',
    target: ({ repository, oid }) => gitObject(repository, oid),
    repository: ({ repository }) => repository,
    associatedPullRequests: ({ repository, name }, args) => {
      const states = args.states as readonly string[] | undefined;
      const pulls = [...repository.pulls.values()].filter(
        (pull) =>
          pull.headRepository === repository && pull.headRef === name && (!states || states.includes(stateOf(pull))),
      );
      return connection(pulls, args, 'associatedPullRequests');
    },
  }),
};

/** GraphQL has a third state for what REST calls closed. */
export function stateOf(pull: { readonly merged: boolean; readonly state: string }): 'MERGED' | 'OPEN' | 'CLOSED' {
  if (pull.merged) return 'MERGED';
  return pull.state === 'open' ? 'OPEN' : 'CLOSED';
}
