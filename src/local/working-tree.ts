import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileKind, MAX_FILE_BYTES, type ProjectFile } from '../engine/project.ts';

/** A project root that a path on the command line leads to, and which of its files the person asked for. */
export interface LocalRoot {
  /** Absolute folder: the one that holds `.github`. */
  readonly folder: string;
  /** Absolute folder that the JSON report's paths are relative to: the scanned one, or for a single file where the person stands. */
  readonly scanned: string;
  /** Only findings at or below this path of the project count; '' for all. */
  readonly only: string;
}

/** A path that could not be looked at, with the reason. */
export class CannotLook extends Error {}

/** Dependencies' and git's own folders: nothing in them is this project's. */
const SKIPPED = new Set(['.git', 'node_modules']);

/** The project roots at or below a path, or around it when it lies inside one. Every folder that holds a `.github` is one. */
export async function rootsOf(typed: string): Promise<LocalRoot[]> {
  const absolute = resolve(typed);
  const stat = await lstat(absolute).catch(() => null);
  if (stat === null) throw new CannotLook(`${typed}: no such file or folder`);
  if (stat.isFile()) {
    const folder = rootAround(dirname(absolute)) ?? dirname(absolute);
    return [{ folder, scanned: process.cwd(), only: posix(relative(folder, absolute)) }];
  }
  if (!stat.isDirectory()) throw new CannotLook(`${typed}: neither a file nor a folder`);
  const around = rootAround(absolute);
  if (around !== null) return [{ folder: around, scanned: absolute, only: posix(relative(around, absolute)) }];
  const found: string[] = [];
  await walk(absolute, async (folder, names) => {
    const isActionRepository = folder === absolute && names.some((name) => fileKind(name) === 'action');
    if (names.includes('.github') || isActionRepository) found.push(folder);
    return undefined;
  });
  return found.sort().map((folder) => ({ folder, scanned: absolute, only: '' }));
}

/** A path of the project as the JSON report names it. */
export function reportedPath(root: LocalRoot, path: string): string {
  return posix(relative(root.scanned, join(root.folder, path)));
}

/** A path of the project as an editor or GitHub's log can open it: from where the person stands. */
export function openablePath(root: LocalRoot, path: string): string {
  return posix(relative(process.cwd(), join(root.folder, path)));
}

/** The folder whose `.github` a path lies in, or null. */
function rootAround(absolute: string): string | null {
  for (let folder = absolute; folder !== dirname(folder); folder = dirname(folder)) {
    if (basename(folder) === '.github') return dirname(folder);
  }
  return null;
}

/** The files of one root that Gargoyle reads; another project's files below it are not its own. */
export async function readRoot(root: LocalRoot): Promise<Map<string, ProjectFile>> {
  const files = new Map<string, ProjectFile>();
  await walk(root.folder, async (folder, names) => {
    if (folder !== root.folder && names.includes('.github')) return 'skip';
    for (const name of names) {
      const path = posix(relative(root.folder, join(folder, name)));
      if (fileKind(path) !== 'other') files.set(path, await readProjectFile(join(folder, name), path));
    }
    return undefined;
  });
  // A file named on the command line is read as a workflow wherever it lies.
  if (root.only !== '' && fileKind(root.only) === 'other' && /\.ya?ml$/.test(root.only)) {
    const file = await readProjectFile(join(root.folder, root.only), root.only);
    files.set(root.only, { ...file, kind: 'workflow' });
  }
  return files;
}

/** Reads one file; whatever cannot be analysed is unverified with its reason, never left out. */
export async function readProjectFile(absolute: string, path: string): Promise<ProjectFile> {
  const kind = fileKind(path);
  try {
    const stat = await lstat(absolute);
    if (stat.isSymbolicLink()) return { kind, unverified: 'is a symbolic link' };
    if (!stat.isFile()) return { kind, unverified: 'is not a regular file' };
    if (stat.size > MAX_FILE_BYTES) return { kind, unverified: tooLarge(stat.size) };
    return decode(await readFile(absolute), path, stat.mode);
  } catch (error) {
    return { kind, unverified: `cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}` };
  }
}

/** Bytes → file. Invalid UTF-8 is refused: what GitHub would read of it is not what we would. */
export function decode(bytes: Buffer, path: string, mode: number): ProjectFile {
  const kind = fileKind(path);
  const oid = blobId(bytes);
  if (bytes.length > MAX_FILE_BYTES) return { kind, unverified: tooLarge(bytes.length), oid };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { kind, oid, mode, text };
  } catch {
    return { kind, unverified: 'is not valid UTF-8', oid };
  }
}

/** git's id of a blob, so that a file on disk and the same one in a commit compare as equal. */
function blobId(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function tooLarge(size: number): string {
  return `has ${Math.ceil(size / 1024)} KB; files over ${MAX_FILE_BYTES / 1024} KB are not analysed`;
}

async function walk(
  folder: string,
  visit: (folder: string, names: readonly string[]) => Promise<'skip' | undefined>,
): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.map((entry) => entry.name);
  if ((await visit(folder, names)) === 'skip') return;
  for (const entry of entries) {
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) await walk(join(folder, entry.name), visit);
  }
}

function posix(path: string): string {
  return path.split(sep).join('/');
}
