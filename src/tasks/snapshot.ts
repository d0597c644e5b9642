import type { Gather, Gathered } from '../analyzer/analyzer.ts';
import type { RuleOptions } from '../analyzer/protocol.ts';
import type { Wanted } from '../engine/analysis.ts';
import { fileKind, isReadable, type Project, type ProjectFile } from '../engine/project.ts';
import type { BlobText } from '../github/blobs.ts';
import type { Place } from '../github/client.ts';
import {
  type ActionFile,
  blobBatches,
  MAX_FOLDERS,
  type ObjectsFound,
  type ObjectsWanted,
  type PullState,
} from '../github/objects.ts';
import type { Listing } from '../github/trees.ts';
import type { Tools } from './tools.ts';

/** Which commits are compared. */
export interface Commits {
  /** Null: nothing in common with the head, so that everything in it is new. */
  readonly base: string | null;
  readonly head: string;
  /** The head's `.github`, where it was read already. */
  readonly tree: Listing | null;
  /** The pull request whose state is read along, or null. */
  readonly pull: number | null;
}

/** Both sides, read. */
export interface Snapshot {
  readonly base: Project;
  readonly head: Project;
  /** Reads what the analysis wants besides. */
  readonly gather: Gather;
  /** Path → text of everything that was read, of that side. */
  texts(side: 'base' | 'head'): ReadonlyMap<string, string>;
  /** The pull request as it was when the last of it was read. */
  pullNow(): PullState | null;
}

/** More local actions than a change may reach; the rest is named as not verified. */
const MAX_ACTION_FOLDERS = 100;
const NOTHING: ObjectsWanted = { trees: [], blobs: [], folders: { commits: [], folders: [] }, pull: null };

/**
 * Reads the files of both sides with as few requests as can be: the base's tree with the head's unknown texts, then the base's
 * unknown texts with the local actions that the head is going to want. Texts are known by git's id for ever.
 */
export async function takeSnapshot(
  tools: Pick<Tools, 'github' | 'store' | 'analyzer'>,
  place: Place,
  commits: Commits,
  options: RuleOptions,
): Promise<Snapshot> {
  const reader = new Reader(tools, place, commits);
  const first = await reader.missing();
  const trees = [commits.tree ? null : commits.head, commits.base].filter((sha) => sha !== null && sha !== undefined);
  await reader.read({ ...NOTHING, trees: [...new Set(trees)], blobs: first[0] ?? [] });
  const rest = await reader.missing();
  const foreseen =
    rest.length > 0 && commits.tree !== null ? await foresee(tools.analyzer, reader.project('head'), options) : [];
  for (const [index, blobs] of rest.entries()) {
    if (index > 0 || foreseen.length === 0) await reader.read({ ...NOTHING, blobs });
    else await reader.readActions(foreseen, blobs);
  }
  return {
    base: reader.project('base'),
    head: reader.project('head'),
    gather: (wanted) => reader.gather(wanted),
    texts: (side) => reader.texts(side),
    pullNow: () => reader.pull,
  };
}

/** The local actions that the head reaches, if its texts speak of any: one look more at the head instead of one request more. */
async function foresee(analyzer: Tools['analyzer'], head: Project, options: RuleOptions): Promise<readonly string[]> {
  const texts = [...head.files.values()].flatMap((file) => (isReadable(file) ? [file.text] : []));
  if (!texts.some((text) => text.includes('./'))) return [];
  let folders: readonly string[] = [];
  await analyzer.analyze({ head, options, fixesFor: 'pull-request' }, async (wanted) => {
    if (folders.length === 0) folders = wanted.map((each) => each.folder);
    return { base: new Map(), head: new Map() };
  });
  return folders.filter(isFolder).slice(0, MAX_FOLDERS);
}

/** Only paths that git could have; anything else is in no repository. */
function couldBe(folder: string): boolean {
  const parts = folder.split('/');
  return folder === '' || (parts.every((part) => !['', '.', '..'].includes(part)) && !folder.includes('\0'));
}

/** What we ask for. Each level of a path is a field of the query; a backslash is a slash on Windows, and none on Linux. */
function isFolder(folder: string): boolean {
  return couldBe(folder) && folder.length <= 300 && folder.split('/').length <= 12 && !folder.includes('\\');
}

class Reader {
  pull: PullState | null = null;
  readonly #tools: Pick<Tools, 'github' | 'store'>;
  readonly #place: Place;
  readonly #commits: Commits;
  readonly #trees = new Map<string, Listing>();
  readonly #texts = new Map<string, BlobText>();
  readonly #actions = new Map<string, Map<string, ActionFile>>();
  readonly #folders = new Set<string>();

  constructor(tools: Pick<Tools, 'github' | 'store'>, place: Place, commits: Commits) {
    this.#tools = tools;
    this.#place = place;
    this.#commits = commits;
    if (commits.tree) this.#trees.set(commits.head, commits.tree);
  }

  async read(wanted: ObjectsWanted): Promise<ObjectsFound> {
    const found = await this.#tools.github.objects.read(this.#place, { ...wanted, pull: this.#commits.pull });
    for (const [sha, listing] of found.trees) this.#trees.set(sha, listing);
    for (const [oid, text] of found.texts) this.#texts.set(oid, text);
    this.pull = found.pull ?? this.pull;
    const known = [...found.texts].flatMap(([oid, text]) => ('text' in text ? [[oid, text.text] as const] : []));
    await this.#tools.store.blobs.put(this.#place.installationId, new Map(known));
    return found;
  }

  /** What the trees name and nobody has, in portions. */
  async missing(): Promise<readonly (readonly string[])[]> {
    const files = [...this.#trees.values()].flatMap((listing) => [...listing.values()]);
    const wanted = new Map<string, number>();
    for (const file of files)
      if (!('unverified' in file) && !this.#texts.has(file.oid)) wanted.set(file.oid, file.bytes);
    const known = await this.#tools.store.blobs.get(this.#place.installationId, [...wanted.keys()]);
    for (const [oid, text] of known) {
      this.#texts.set(oid, { text });
      wanted.delete(oid);
    }
    return blobBatches(wanted);
  }

  /** Action folders of both sides, and blobs along with them. */
  async readActions(folders: readonly string[], blobs: readonly string[]): Promise<void> {
    const commits = [...new Set([this.#commits.head, this.#commits.base].filter((sha) => sha !== null))];
    for (const folder of folders) this.#folders.add(folder);
    const found = await this.read({ ...NOTHING, blobs, folders: { commits, folders } });
    for (const [sha, files] of found.actions)
      this.#actions.set(sha, new Map([...(this.#actions.get(sha) ?? []), ...files]));
  }

  async gather(wanted: readonly Wanted[]): Promise<Gathered> {
    const folders = [...new Set(wanted.map((each) => each.folder))].filter(couldBe);
    const fresh = folders.filter((folder) => isFolder(folder) && !this.#folders.has(folder));
    const room = Math.max(0, MAX_ACTION_FOLDERS - this.#folders.size);
    const asked = fresh.slice(0, room);
    for (let from = 0; from < asked.length; from += MAX_FOLDERS)
      await this.readActions(asked.slice(from, from + MAX_FOLDERS), []);
    const beyond = [
      ...fresh.slice(room).map((folder) => unasked(folder, `there are more than ${MAX_ACTION_FOLDERS} local actions`)),
      ...folders
        .filter((folder) => !isFolder(folder))
        .map((folder) => unasked(folder, 'a path that is so deep or long, or has a backslash, is not read')),
    ];
    const side = (sha: string | null) => new Map<string, ProjectFile>([...this.#actionsIn(sha, folders), ...beyond]);
    return { base: side(this.#commits.base), head: side(this.#commits.head) };
  }

  #actionsIn(sha: string | null, folders: readonly string[]): [string, ProjectFile][] {
    const files = this.#actions.get(sha ?? '') ?? new Map<string, ActionFile>();
    const wanted = new Set(folders);
    return [...files].filter(([path]) => wanted.has(path.slice(0, Math.max(0, path.lastIndexOf('/')))));
  }

  project(side: 'base' | 'head'): Project {
    const listing = this.#trees.get(this.#commits[side] ?? '') ?? new Map();
    const files = new Map<string, ProjectFile>();
    for (const [path, file] of listing as Listing) {
      if ('unverified' in file) files.set(path, file);
      else
        files.set(path, { ...plain(file), ...(this.#texts.get(file.oid) ?? { unverified: 'its text was not read' }) });
    }
    return { files, owner: this.#place.owner };
  }

  texts(side: 'base' | 'head'): ReadonlyMap<string, string> {
    const actions = this.#actions.get(this.#commits[side] ?? '') ?? new Map<string, ProjectFile>();
    const files = [...this.project(side).files, ...actions];
    return new Map(files.flatMap(([path, file]) => (isReadable(file) ? [[path, file.text] as const] : [])));
  }
}

function actionPath(folder: string): string {
  return folder === '' ? 'action.yml' : `${folder}/action.yml`;
}

/** A local action that may be there and is not asked for. */
function unasked(folder: string, unverified: string): readonly [string, ProjectFile] {
  const path = actionPath(folder);
  return [path, { kind: fileKind(path), unverified }];
}

function plain({ kind, oid, mode }: { kind: ProjectFile['kind']; oid: string; mode: number }) {
  return { kind, oid, mode };
}
