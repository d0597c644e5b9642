import { fileKind, type UnreadableFile } from '../engine/project.ts';
import { BLOB_FRAGMENT, type BlobNode, type BlobText, blobText, rawTexts } from './blobs.ts';
import type { Client, Connect, Place } from './client.ts';
import {
  commitId,
  type ListedFile,
  type Listing,
  listing,
  oddity,
  TREE_FRAGMENTS,
  type TreeEntry,
  treeAnswer,
  treeFields,
  unreadable,
} from './trees.ts';

/** Where a pull request stands now, read again with the last of its files. */
export interface PullState {
  readonly head: string;
  readonly baseRef: string;
  readonly isOpen: boolean;
}

/** What to read in one request. */
export interface ObjectsWanted {
  /** Commits whose `.github` is listed. */
  readonly trees: readonly string[];
  /** Blob ids whose texts are read; `blobBatches` says how many fit. */
  readonly blobs: readonly string[];
  /** Folders of local actions, each in each of the commits; at most `MAX_FOLDERS`. */
  readonly folders: { readonly commits: readonly string[]; readonly folders: readonly string[] };
  /** The pull request whose state is read again, or null. */
  readonly pull: number | null;
}

/** A local action's file with its text. */
export type ActionFile = (ListedFile & { readonly text: string }) | UnreadableFile;

/** What was asked for: unless a map says otherwise, each has its answer. */
export interface ObjectsFound {
  readonly trees: ReadonlyMap<string, Listing>;
  readonly texts: ReadonlyMap<string, BlobText>;
  /** Commit → path → file; a folder that isn't there has no entry. */
  readonly actions: ReadonlyMap<string, ReadonlyMap<string, ActionFile>>;
  readonly pull: PullState | null;
}

/** Reads git objects of a repository. */
export interface Objects {
  read(place: Place, wanted: ObjectsWanted): Promise<ObjectsFound>;
}

const MAX_BLOBS = 100;
const MAX_BATCH_BYTES = 3 * 1024 * 1024;
/** Folders of local actions in one request: each is some ten fields. */
export const MAX_FOLDERS = 20;

/** Blob ids in portions that one request can carry. */
export function blobBatches(blobs: ReadonlyMap<string, number>): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let room = 0;
  for (const [oid, bytes] of blobs) {
    let batch = batches.at(-1);
    if (!batch || batch.length >= MAX_BLOBS || bytes > room) {
      batch = [];
      batches.push(batch);
      room = MAX_BATCH_BYTES;
    }
    batch.push(oid);
    room -= bytes;
  }
  return batches;
}

/** Over GraphQL, and REST where a text is in doubt. */
export function objects(connect: Connect): Objects {
  return {
    read: async (place, wanted) => {
      const client = await connect(place.installationId);
      const question = ask(wanted);
      const { repository } = await client.query<{ repository: Readonly<Record<string, unknown>> }>(question.text, {
        owner: place.owner,
        name: place.name,
        ...question.variables,
      });
      return answer(client, place, wanted, repository);
    },
  };
}

/** Paths are chosen by the pull request's author: they go in as variables, never into the query's text. */
function ask({ trees, blobs, folders, pull }: ObjectsWanted): { text: string; variables: Record<string, string> } {
  const variables: Record<string, string> = {};
  const fields: string[] = trees.map((sha, index) => treeFields(`t${index}`, sha));
  blobs.forEach((oid, index) => {
    fields.push(`b${index}: object(oid: "${commitId(oid)}") { ...blob }`);
  });
  folders.commits.forEach((sha, side) => {
    const inside = folders.folders.flatMap((folder, index) =>
      pathsOf(folder).map(({ key, path }) => {
        variables[`p${index}${key}`] = path;
        return `f${index}${key}: file(path: $p${index}${key}) { ...entry }`;
      }),
    );
    if (inside.length > 0)
      fields.push(`a${side}: object(oid: "${commitId(sha)}") { ... on Commit { ${inside.join('\n')} } }`);
  });
  if (pull !== null) fields.push(`pull: pullRequest(number: ${Number(pull)}) { headRefOid baseRefName state }`);
  const declared = Object.keys(variables).map((name) => `, $${name}: String!`);
  const used = [
    trees.length > 0 ? TREE_FRAGMENTS : '',
    Object.keys(variables).length > 0
      ? 'fragment entry on TreeEntry { name nameRaw mode type oid object { ...blob } }'
      : '',
    blobs.length > 0 || Object.keys(variables).length > 0 ? BLOB_FRAGMENT : '',
  ];
  return {
    text: `query ReadObjects($owner: String!, $name: String!${declared.join('')}) {
      repository(owner: $owner, name: $name) { ${fields.join('\n')} } }\n${used.join('\n')}`,
    variables,
  };
}

/** An action's two possible files, and the folders above them: one of these may be a link that leads elsewhere (T11). */
function pathsOf(folder: string): { key: string; path: string }[] {
  const parts = folder === '' ? [] : folder.split('/');
  const above = parts.map((_, index) => ({ key: `d${index}`, path: parts.slice(0, index + 1).join('/') }));
  const at = (file: string) => (folder === '' ? file : `${folder}/${file}`);
  return [{ key: 'yml', path: at('action.yml') }, { key: 'yaml', path: at('action.yaml') }, ...above];
}

type EntryNode = TreeEntry & { readonly object: BlobNode | null };

async function answer(
  client: Client,
  place: Place,
  wanted: ObjectsWanted,
  repository: Readonly<Record<string, unknown>>,
): Promise<ObjectsFound> {
  const texts = new Map<string, BlobText | 'raw'>();
  wanted.blobs.forEach((oid, index) => {
    texts.set(oid, blobText((repository[`b${index}`] ?? null) as BlobNode | null));
  });
  const entries = wanted.folders.commits.map((sha, side) => {
    const commit = (repository[`a${side}`] ?? {}) as Readonly<Record<string, EntryNode | null>>;
    return [sha, wanted.folders.folders.flatMap((folder, index) => actionEntries(commit, folder, index))] as const;
  });
  for (const { node } of entries.flatMap(([, found]) => found)) {
    if (node.object && oddity(node) === null) texts.set(node.oid, blobText(node.object));
  }
  const raw = [...texts].flatMap(([oid, text]) => (text === 'raw' ? [oid] : []));
  const known = new Map<string, BlobText>([
    ...(texts as Map<string, BlobText>),
    ...(await rawTexts(client, place, raw)),
  ]);
  return {
    trees: new Map(wanted.trees.map((sha, index) => [sha, listing(treeAnswer(`t${index}`, repository))])),
    texts: known,
    actions: new Map(
      entries.map(([sha, found]) => [
        sha,
        new Map(found.map(({ path, node }) => [path, actionFile(path, node, known)])),
      ]),
    ),
    pull: pullState(repository.pull),
  };
}

/** The entries of one folder that matter: its action file, or the link that stands in its way. */
function actionEntries(
  commit: Readonly<Record<string, EntryNode | null>>,
  folder: string,
  index: number,
): { path: string; node: EntryNode }[] {
  const found = pathsOf(folder).flatMap(({ key, path }) => {
    const node = commit[`f${index}${key}`];
    return node ? [{ key, path, node }] : [];
  });
  const files = found.filter(({ key }) => !key.startsWith('d'));
  if (files.length > 0) return files;
  const link = found.find(({ node }) => oddity(node) !== null);
  return link ? [{ path: `${folder}/action.yml`, node: link.node }] : [];
}

function actionFile(path: string, node: EntryNode, texts: ReadonlyMap<string, BlobText>): ActionFile {
  const kind = fileKind(path);
  const unverified = oddity(node);
  if (unverified !== null) return unreadable(kind, unverified, node);
  const text = texts.get(node.oid);
  if (!text) return { kind, unverified: 'is not a file', oid: node.oid };
  if ('unverified' in text) return { kind, unverified: text.unverified, oid: node.oid };
  return { kind, oid: node.oid, mode: node.mode, bytes: node.object?.byteSize ?? 0, text: text.text };
}

function pullState(node: unknown): PullState | null {
  const pull = node as { headRefOid: string; baseRefName: string; state: string } | null | undefined;
  return pull ? { head: pull.headRefOid, baseRef: pull.baseRefName, isOpen: pull.state === 'OPEN' } : null;
}
