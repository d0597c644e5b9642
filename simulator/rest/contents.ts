/** `GET contents`: a file (at most 1 MB in JSON, github.md D5), a directory, a symlink or a submodule. */
import type { TreeEntry } from '../git/objects.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Call, Reply } from './call.ts';
import { htmlUrl, repositoryUrl, type Shape } from './shapes.ts';

const MEGABYTE = 1024 * 1024;

export async function contentsReply(call: Call): Promise<Reply> {
  const { repository } = call;
  const path = call.text('path').replace(/^\/+|\/+$/g, '');
  const ref = call.parameters.ref === undefined ? repository.defaultBranch : call.text('ref');
  const commit = await repository.git.resolve(ref);
  if (commit === null) throw new Refusal(404, `No commit found for the ref ${ref}`);
  const folder = await repository.git.tree(`${commit}:${path}`);
  if (folder) {
    const shapes = folder.map((entry) =>
      entryShape(call, ref, path === '' ? entry.name : `${path}/${entry.name}`, entry),
    );
    return { status: 200, body: shapes };
  }
  const entry = await entryAt(call, commit, path);
  const object = entry && (await repository.git.object(entry.oid));
  if (!entry || (entry.mode !== 0o160000 && !object)) throw notFound();
  const size = object?.data.length ?? 0;
  if (object && call.accept.includes('raw')) return { status: 200, body: object.data };
  const shape = { ...entryShape(call, ref, path, entry), size };
  if (entry.mode === 0o160000) return { status: 200, body: { ...shape, type: 'submodule', submodule_git_url: '' } };
  if (entry.mode === 0o120000)
    return { status: 200, body: { ...shape, type: 'symlink', target: object?.data.toString('utf8') ?? '' } };
  const isLarge = size > MEGABYTE;
  const content = isLarge ? '' : (object?.data.toString('base64') ?? '');
  return { status: 200, body: { ...shape, encoding: isLarge ? 'none' : 'base64', content } };
}

async function entryAt(call: Call, commit: string, path: string): Promise<TreeEntry | null> {
  const slash = path.lastIndexOf('/');
  const folder = await call.repository.git.tree(`${commit}:${slash === -1 ? '' : path.slice(0, slash)}`);
  return folder?.find((entry) => entry.name === path.slice(slash + 1)) ?? null;
}

function entryShape(call: Call, ref: string, path: string, entry: TreeEntry): Shape {
  const { repository } = call;
  const { world } = call.site;
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const url = `${repositoryUrl(world, repository)}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const git = `${repositoryUrl(world, repository)}/git/${entry.mode === 0o40000 ? 'trees' : 'blobs'}/${entry.oid}`;
  const html = `${htmlUrl(world, repository)}/blob/${encodeURIComponent(ref)}/${encoded}`;
  const type =
    entry.mode === 0o40000
      ? 'dir'
      : entry.mode === 0o160000
        ? 'submodule'
        : entry.mode === 0o120000
          ? 'symlink'
          : 'file';
  return {
    type,
    size: 0,
    name: path.split('/').at(-1) ?? '',
    path,
    sha: entry.oid,
    url,
    git_url: git,
    html_url: html,
    download_url: type === 'file' ? `${htmlUrl(world, repository)}/raw/${encodeURIComponent(ref)}/${encoded}` : null,
    _links: { self: url, git, html },
  };
}
