/** Repositories, people, and what git holds: commits, comparisons, contents, blobs, trees, references. */
import type { Pull, Repository } from '../entities.ts';
import { notFound, Refusal } from '../refusal.ts';
import { type Handler, paged } from './call.ts';
import { compare } from './compare.ts';
import { contentsReply } from './contents.ts';
import { pullSimple } from './pull-shapes.ts';
import { diffEntry } from './pulls.ts';
import { commitShape, repositoryShape, repositoryUrl, type Shape } from './shapes.ts';

const TREE_ENTRIES = 100_000;

export const repositoryHandlers: Readonly<Record<string, Handler>> = {
  'repos/get': (call) => ({ status: 200, body: repositoryShape(call.site.world, call.repository) }),
  'repos/get-commit': async (call) => {
    const { repository } = call;
    const commit = await repository.git.readCommit(call.text('ref'));
    if (!commit) throw new Refusal(422, `No commit found for SHA: ${call.text('ref')}`);
    const parent = commit.parents[0];
    const files = parent === undefined ? [] : await repository.git.diff(parent, commit.oid);
    const shape = {
      ...commitShape(call.site.world, repository, commit),
      files: files.slice(0, 300).map((file) => diffEntry(call, commit.oid, file)),
    };
    return { status: 200, body: shape };
  },
  'repos/list-pull-requests-associated-with-commit': async (call) => {
    const { repository } = call;
    const pulls = await pullsWithCommit(repository, call.text('commit_sha'));
    const { items, headers } = paged(call, pulls);
    return { status: 200, body: items.map((pull) => pullSimple(call.site.world, pull)), headers };
  },
  'repos/compare-commits-with-basehead': compare,
  'repos/get-content': (call) => contentsReply(call),
  'git/get-blob': async (call) => {
    const { repository } = call;
    const blob = await repository.git.object(call.text('file_sha'));
    if (blob?.type !== 'blob') throw notFound();
    if (call.accept.includes('raw')) return { status: 200, body: blob.data };
    const url = `${repositoryUrl(call.site.world, repository)}/git/blobs/${blob.oid}`;
    const content = blob.data.toString('base64').replace(/(.{60})/g, '$1\n');
    return {
      status: 200,
      body: { sha: blob.oid, node_id: `B_kw${blob.oid}`, size: blob.data.length, url, content, encoding: 'base64' },
    };
  },
  'git/get-tree': async (call) => {
    const { repository } = call;
    const url = `${repositoryUrl(call.site.world, repository)}/git/trees`;
    const tree = await listTree(repository, call.text('tree_sha'), call.parameters.recursive !== undefined, '');
    if (tree === null) throw notFound();
    const oid = (await repository.git.object(`${call.text('tree_sha')}^{tree}`))?.oid ?? '';
    const shape = {
      sha: oid,
      url: `${url}/${oid}`,
      truncated: tree.length > TREE_ENTRIES,
      tree: tree.slice(0, TREE_ENTRIES),
    };
    return { status: 200, body: shape };
  },
  'git/get-ref': async (call) => {
    const { repository } = call;
    const ref = `refs/${call.text('ref')}`;
    const sha = await repository.git.resolve(ref);
    if (sha === null) throw notFound();
    const url = repositoryUrl(call.site.world, repository);
    const object = { sha, type: 'commit', url: `${url}/git/commits/${sha}` };
    return { status: 200, body: { ref, node_id: `REF_${repository.id}`, url: `${url}/git/${ref}`, object } };
  },
};

export async function pullsWithCommit(repository: Repository, sha: string): Promise<Pull[]> {
  const found: Pull[] = [];
  for (const pull of repository.pulls.values()) {
    const base = await repository.git.mergeBase(pull.baseSha, pull.headSha);
    if ((await repository.git.log(base, pull.headSha)).includes(sha)) found.push(pull);
  }
  return found;
}

async function listTree(
  repository: Repository,
  expression: string,
  recursive: boolean,
  prefix: string,
): Promise<Shape[] | null> {
  const entries = await repository.git.tree(`${expression}^{tree}`);
  if (entries === null) return null;
  const shapes: Shape[] = [];
  for (const entry of entries) {
    const type = entry.mode === 0o40000 ? 'tree' : entry.mode === 0o160000 ? 'commit' : 'blob';
    const path = prefix + entry.name;
    shapes.push({ path, mode: entry.mode.toString(8).padStart(6, '0'), type, sha: entry.oid });
    if (recursive && type === 'tree') shapes.push(...((await listTree(repository, entry.oid, true, `${path}/`)) ?? []));
  }
  return shapes;
}
