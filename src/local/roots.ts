import { existsSync } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileKind } from '../engine/project.ts';
import { isFolder, walk } from './walk.ts';

/** A project that paths on the command line lead to, and which of its files the person asked for. */
export interface LocalRoot {
  /** Absolute folder without symbolic links in it: the one that holds `.github`. */
  readonly folder: string;
  /** Absolute folder that the JSON report's paths are relative to: the scanned one, or for a single file where the person stands. */
  readonly scanned: string;
  /** Only findings at or below one of these paths of the project count; '' stands for all. */
  readonly only: readonly string[];
  /** A file outside every project: nothing around it is read, only itself and the actions that it names. */
  readonly isLone: boolean;
}

/** Something that could not be looked at; the message is the reason, without the path. */
export class CannotLook extends Error {}

/** A path that could not be looked at, as the person or the walk named it. */
export interface Complaint {
  readonly path: string;
  readonly reason: string;
}

/**
 * The projects that paths lead to: those at or below each, or the one around it where it lies inside one. Every folder that
 * holds a `.github` is one, and each comes once, however many of the paths lead to it.
 */
export async function rootsOf(
  typed: readonly string[],
): Promise<{ readonly roots: readonly LocalRoot[]; readonly complaints: readonly Complaint[] }> {
  const found: LocalRoot[] = [];
  const complaints: Complaint[] = [];
  for (const path of typed) {
    try {
      found.push(...(await rootsAt(path, (complaint) => complaints.push(complaint))));
    } catch (error) {
      if (!(error instanceof CannotLook)) throw error;
      complaints.push({ path, reason: error.message });
    }
  }
  return { roots: merged(found), complaints };
}

async function rootsAt(typed: string, complain: (complaint: Complaint) => void): Promise<LocalRoot[]> {
  const absolute = await located(typed);
  if (!isFolder(absolute)) return [await rootOfFile(absolute)];
  const around = rootAround(absolute);
  if (around !== null) return [rooted(around, absolute)];
  const found: string[] = [];
  const unread: Complaint[] = [];
  walk(absolute, {
    folder: (folder, entries) => {
      if (entries.some(({ name }) => name === '.github')) found.push(folder);
      return true;
    },
    unreadable: (folder, reason) => unread.push({ path: folder, reason }),
  });
  // One inside a project is that project's own unverified folder.
  for (const { path, reason } of unread) {
    if (!found.some((root) => isWithin(path, root))) complain({ path: fromHere(path), reason });
  }
  if (found.length > 0) return found.map((folder) => ({ ...rooted(folder, folder), scanned: absolute }));
  const outer = enclosing(absolute);
  if (outer !== null) return [rooted(outer, absolute)];
  const isAction = ['action.yml', 'action.yaml'].some((name) => existsSync(join(absolute, name)));
  return isAction ? [rooted(absolute, absolute)] : [];
}

/** The absolute path of what was typed, through symbolic links as far as they are folders: the person chose to follow those. */
async function located(typed: string): Promise<string> {
  const absolute = resolve(typed);
  try {
    if (typed === '') throw new Error('it is empty');
    const place = join(await realpath(dirname(absolute)), basename(absolute));
    const entry = await lstat(place);
    if (entry.isSymbolicLink() && (await stat(place)).isDirectory()) return await realpath(place);
    if (entry.isFile() || entry.isDirectory() || entry.isSymbolicLink()) return place;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code !== undefined && code !== 'ENOENT' && code !== 'ENOTDIR') {
      throw new CannotLook(`cannot be read: ${code}`, { cause });
    }
    throw new CannotLook('no such file or folder', { cause });
  }
  throw new CannotLook('neither a file nor a folder');
}

async function rootOfFile(absolute: string): Promise<LocalRoot> {
  const around = rootAround(dirname(absolute)) ?? enclosing(dirname(absolute));
  const folder = around ?? dirname(absolute);
  const path = posix(relative(folder, absolute));
  if (fileKind(path) === 'other' && !/\.ya?ml$/.test(path)) {
    throw new CannotLook('not a file that Gargoyle reads: a workflow, an action or dependabot.yml');
  }
  return { folder, scanned: await realpath(process.cwd()), only: [path], isLone: around === null };
}

function rooted(folder: string, asked: string): LocalRoot {
  return { folder, scanned: asked, only: [posix(relative(folder, asked))], isLone: false };
}

/** The folder whose `.github` a path lies in, or null. */
function rootAround(absolute: string): string | null {
  for (let folder = absolute; folder !== dirname(folder); folder = dirname(folder)) {
    if (basename(folder) === '.github') return dirname(folder);
  }
  return null;
}

/** The nearest folder around a path that holds a `.github`, not beyond the repository that the path is in. */
function enclosing(absolute: string): string | null {
  for (let folder = absolute; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, '.github'))) return folder;
    if (existsSync(join(folder, '.git'))) return null;
  }
  return null;
}

/**
 * One root for each folder. Where several paths were asked for, reported paths are relative to the folder that holds them all,
 * so that each still names one file.
 */
function merged(found: readonly LocalRoot[]): readonly LocalRoot[] {
  const scanned = found.map((root) => root.scanned).reduce(commonFolder, found[0]?.scanned ?? '');
  const roots = new Map<string, LocalRoot>();
  for (const root of found) {
    const known = roots.get(root.folder);
    roots.set(root.folder, {
      ...root,
      scanned,
      only: [...(known?.only ?? []), ...root.only],
      isLone: root.isLone && (known?.isLone ?? true),
    });
  }
  return [...roots.values()];
}

function commonFolder(one: string, other: string): string {
  let folder = one;
  while (!isWithin(other, folder)) folder = dirname(folder);
  return folder;
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** A path of the project as the JSON report names it. */
export function reportedPath(root: LocalRoot, path: string): string {
  return posix(relative(root.scanned, join(root.folder, path))) || '.';
}

/** A path of the project as an editor or GitHub's log can open it: from where the person stands. */
export function openablePath(root: LocalRoot, path: string): string {
  return fromHere(join(root.folder, path));
}

function fromHere(absolute: string): string {
  return posix(relative(process.cwd(), absolute)) || '.';
}

function posix(path: string): string {
  return path.split(sep).join('/');
}
