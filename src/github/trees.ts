import { type FileKind, fileKind, MAX_FILE_BYTES, type UnreadableFile } from '../engine/project.ts';

/** A file as its tree names it, before its text is read. `bytes` is its size. */
export interface ListedFile {
  readonly kind: FileKind;
  readonly oid: string;
  readonly mode: number;
  readonly bytes: number;
}

/** What we analyse at one commit: path → where its text is, or why it cannot be looked at. */
export type Listing = ReadonlyMap<string, ListedFile | UnreadableFile>;

/** More files than any repository needs; the rest is named, never passed over (T14). */
const MAX_FILES = 1000;
const MAX_TOTAL_BYTES = 24 * 1024 * 1024;

/** Git's modes as GraphQL gives them: decimal numbers. */
const SYMLINK = 0o120000;
const SUBMODULE = 0o160000;

/** An entry of a tree, as `TREE_FRAGMENTS` ask for it; trees down to the depth that we list. */
export interface TreeEntry {
  readonly name: string;
  /** Base64 of the name's bytes. */
  readonly nameRaw: string;
  readonly mode: number;
  readonly type: string;
  readonly oid: string;
  readonly object: { readonly byteSize?: number; readonly entries?: readonly TreeEntry[] | null } | null;
}

interface TreeNode {
  readonly __typename: string;
  readonly entries?: readonly TreeEntry[] | null;
}

/** The answers to `treeFields`. */
export interface TreeAnswer {
  readonly commit: { readonly __typename: string } | null;
  readonly folder: TreeNode | null;
  readonly workflows: TreeNode | null;
  readonly actions: TreeNode | null;
}

const ENTRY = 'name nameRaw mode type oid';

/** For queries with `treeFields`: a folder's own entries, and those of a folder and three levels below it. */
export const TREE_FRAGMENTS = `
fragment flat on Tree { entries { ${ENTRY} object { ... on Blob { byteSize } } } }
fragment deep on Tree { entries { ${ENTRY} object { ... on Blob { byteSize } ... on Tree {
  entries { ${ENTRY} object { ... on Blob { byteSize } ... on Tree {
    entries { ${ENTRY} object { ... on Blob { byteSize } ... on Tree {
      entries { ${ENTRY} object { ... on Blob { byteSize } } } } } } } } } } } } }`;

/** The `.github` of one commit, as fields of a repository whose aliases begin with `side`. */
export function treeFields(side: string, sha: string): string {
  const commit = commitId(sha);
  return `
    ${side}_commit: object(oid: "${commit}") { __typename }
    ${side}_folder: object(expression: "${commit}:.github") { __typename ...flat }
    ${side}_workflows: object(expression: "${commit}:.github/workflows") { __typename ...flat }
    ${side}_actions: object(expression: "${commit}:.github/actions") { __typename ...deep }`;
}

/** A commit id that is nothing else: it goes into the text of a query. */
export function commitId(sha: string): string {
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(sha)) throw new Error(`not a commit id: ${JSON.stringify(sha)}`);
  return sha;
}

/** The side's part of an answer. */
export function treeAnswer(side: string, repository: Readonly<Record<string, unknown>>): TreeAnswer {
  const field = (name: string) => (repository[`${side}_${name}`] ?? null) as TreeNode | null;
  return {
    commit: field('commit'),
    folder: field('folder'),
    workflows: field('workflows'),
    actions: field('actions'),
  };
}

/** What there is to analyse in a commit; throws when GitHub doesn't know the commit (its objects may arrive a moment later). */
export function listing({ commit, folder, workflows, actions }: TreeAnswer): Listing {
  if (commit === null) throw new Error('GitHub does not know the commit');
  const files = new Map<string, ListedFile | UnreadableFile>();
  const budget = { files: MAX_FILES, bytes: MAX_TOTAL_BYTES };
  const add = (folderPath: string, node: TreeNode | null) => {
    if (node === null) return;
    const kind = kindIn(folderPath);
    if (node.__typename !== 'Tree') files.set(folderPath, { kind, unverified: 'is not a folder (a symbolic link?)' });
    else if (!node.entries) files.set(folderPath, { kind, unverified: 'GitHub did not list it' });
    else walk(folderPath, node.entries);
  };
  const walk = (folderPath: string, entries: readonly TreeEntry[]) => {
    for (const entry of entries) {
      const path = `${folderPath}/${entry.name}`;
      if (entry.object?.entries) walk(path, entry.object.entries);
      const known = listed(path, entry, budget);
      if (known) files.set(path, known);
    }
  };
  add('.github', folder);
  add('.github/workflows', workflows);
  add('.github/actions', actions);
  for (const [name, node] of Object.entries({ workflows, actions })) {
    const path = `.github/${name}`;
    const isThere = folder?.entries?.some((entry) => entry.name === name && entry.type === 'tree');
    if (isThere && node === null) files.set(path, { kind: kindIn(path), unverified: 'GitHub did not list it' });
  }
  return files;
}

/** One entry, if its name makes it something that we read, or stands in the way of it. */
function listed(
  path: string,
  entry: TreeEntry,
  budget: { files: number; bytes: number },
): ListedFile | UnreadableFile | null {
  const isFolderOfOurs = path === '.github/workflows' || path === '.github/actions';
  const kind = isFolderOfOurs ? kindIn(path) : fileKind(path);
  if (kind === 'other') return null;
  const odd = oddity(entry);
  if (odd !== null) return unreadable(kind, odd, entry);
  if (isFolderOfOurs || entry.type !== 'blob') return null;
  const bytes = entry.object?.byteSize ?? 0;
  budget.files -= 1;
  budget.bytes -= bytes;
  if (budget.files < 0) return { kind, unverified: `there are more than ${MAX_FILES} files` };
  if (budget.bytes < 0)
    return { kind, unverified: `the files have more than ${MAX_TOTAL_BYTES / 1024 / 1024} MB in all` };
  if (bytes > MAX_FILE_BYTES) return { kind, unverified: tooLarge(bytes), oid: entry.oid };
  return { kind, oid: entry.oid, mode: entry.mode, bytes };
}

/** An entry that cannot be looked at. A link's id says nothing of what it leads to, which an attacker may change instead. */
export function unreadable(
  kind: FileKind,
  unverified: string,
  { mode, oid }: Pick<TreeEntry, 'mode' | 'oid'>,
): UnreadableFile {
  return mode === SYMLINK ? { kind, unverified } : { kind, unverified, oid };
}

/** What a folder that cannot be listed may hold: it is unverified as that, since nobody asks after files of other kinds. */
function kindIn(folder: string): FileKind {
  return folder === '.github/actions' ? 'action' : 'workflow';
}

/** Why an entry is not a file whose name and place can be believed, or null. */
export function oddity(entry: Pick<TreeEntry, 'mode' | 'nameRaw'>): string | null {
  if (entry.mode === SYMLINK) return 'symbolic link';
  if (entry.mode === SUBMODULE) return 'submodule';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(entry.nameRaw, 'base64'));
    return null;
  } catch {
    return 'its name is not valid UTF-8';
  }
}

/** The reason for a file of that size. */
export function tooLarge(bytes: number): string {
  return `too large to verify: ${bytes} bytes, at most ${MAX_FILE_BYTES} are read`;
}
