import { isUtf8 } from 'node:buffer';
import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import {
  blobId,
  type FileKind,
  fileKind,
  isContextFile,
  isReadable,
  MAX_CONTEXT_BYTES,
  MAX_CONTEXT_FILES,
  MAX_FILE_BYTES,
  MAX_PATHS,
  nearestFirst,
  type Project,
  type ProjectFile,
} from '../engine/project.ts';
import { ownerOf } from './owner.ts';
import type { LocalRoot } from './roots.ts';
import { walk } from './walk.ts';

/** Folders from which GitHub takes what it runs: a link or a file in their place hides what is there. */
const FOLDERS = new Set(['.github', '.github/workflows', '.github/actions']);

/**
 * The files of one root that Gargoyle reads, read by calls that wait: nobody else needs this thread, and the others take four times the
 * processor time. Another project's files below it are not its own.
 */
export async function readRoot(root: LocalRoot): Promise<Project> {
  const project = root.isLone ? { files: new Map<string, ProjectFile>() } : readAll(root.folder);
  const { files } = project;
  for (const path of root.only) {
    // A file named on the command line is read as a workflow wherever it lies.
    const isNamed = fileKind(path) === 'other' && /\.ya?ml$/.test(path);
    if (!isNamed && (!root.isLone || files.has(path))) continue;
    const file = readFileAt(join(root.folder, path), path, realpathSync.native);
    files.set(path, isNamed ? { ...file, kind: 'workflow' } : file);
  }
  const owner = ownerOf(root.folder);
  return owner === null ? project : { ...project, owner };
}

interface Read extends Project {
  readonly files: Map<string, ProjectFile>;
}

function readAll(root: string): Read {
  const realpath = remembering(realpathSync.native);
  const files = new Map<string, ProjectFile>();
  // Without git's own folder it may be a part of a repository: what is not there is then not known to be missing.
  const paths = existsSync(join(root, '.git')) ? new Set<string>() : null;
  const context: string[] = [];
  const pathOf = (absolute: string) => relative(root, absolute).split(sep).join('/');
  walk(root, {
    folder: (folder, entries) => {
      if (folder !== root && entries.some(({ name }) => name === '.github')) return false;
      for (const entry of entries) {
        const absolute = join(folder, entry.name);
        const path = pathOf(absolute);
        if (FOLDERS.has(path) && !entry.isDirectory()) {
          files.set(path, { kind: kindIn(path), unverified: 'is not a folder (a symbolic link?)' });
        } else if (!entry.isDirectory()) {
          if (paths && paths.size <= MAX_PATHS) paths.add(path);
          if (fileKind(path) !== 'other') files.set(path, readFileAt(absolute, path, realpath));
          else if (isContextFile(path)) context.push(path);
        }
      }
      return true;
    },
    unreadable: (folder, reason) => files.set(pathOf(folder), { kind: kindIn(pathOf(folder)), unverified: reason }),
  });
  readContext(root, context, files, realpath);
  return paths && paths.size <= MAX_PATHS ? { files, paths } : { files };
}

/** Reads context files as far as the bounds allow; the others are as if nobody had read them. */
function readContext(
  root: string,
  paths: readonly string[],
  files: Map<string, ProjectFile>,
  realpath: RealPath,
): void {
  let bytes = 0;
  for (const path of nearestFirst(paths).slice(0, MAX_CONTEXT_FILES)) {
    const file = readFileAt(join(root, path), path, realpath);
    bytes += isReadable(file) ? file.text.length : 0;
    if (bytes > MAX_CONTEXT_BYTES) return;
    files.set(path, file);
  }
}

/** Where a folder really is. */
type RealPath = (folder: string) => string;

/** Files of one folder ask the same. */
function remembering(ask: RealPath): RealPath {
  const known = new Map<string, string>();
  return (folder) => {
    const real = known.get(folder) ?? ask(folder);
    known.set(folder, real);
    return real;
  };
}

/** What a folder that cannot be listed may hold: it is unverified as that, since nobody asks after files of other kinds. */
function kindIn(folder: string): FileKind {
  return folder === '.github' || folder.startsWith('.github/workflows') ? 'workflow' : 'action';
}

/** Reads one file; whatever cannot be analysed is unverified with its reason, never left out. */
export async function readProjectFile(absolute: string, path: string): Promise<ProjectFile> {
  return readFileAt(absolute, path, realpathSync.native);
}

/** `realpath`: of folders; most files have theirs in common with the one before. */
function readFileAt(absolute: string, path: string, realpath: RealPath): ProjectFile {
  const kind = fileKind(path);
  try {
    const stat = lstatSync(absolute);
    if (stat.isSymbolicLink()) return { kind, unverified: 'is a symbolic link' };
    if (!stat.isFile()) return { kind, unverified: 'is not a regular file' };
    if (realpath(dirname(absolute)) !== dirname(absolute)) {
      return { kind, unverified: 'is behind a symbolic link' };
    }
    if (stat.size > MAX_FILE_BYTES) return { kind, unverified: tooLarge(stat.size) };
    return decode(readFileSync(absolute), path, stat.mode);
  } catch (error) {
    return { kind, unverified: `cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}` };
  }
}

/** Bytes → file. Invalid UTF-8 is refused: what GitHub would read of it is not what we would. */
export function decode(bytes: Buffer, path: string, mode: number): ProjectFile {
  const kind = fileKind(path);
  const oid = blobId(bytes);
  if (bytes.length > MAX_FILE_BYTES) return { kind, unverified: tooLarge(bytes.length), oid };
  return isUtf8(bytes)
    ? { kind, oid, mode, text: bytes.toString('utf8') }
    : { kind, unverified: 'is not valid UTF-8', oid };
}

function tooLarge(size: number): string {
  return `has ${Math.ceil(size / 1024)} KB; files over ${MAX_FILE_BYTES / 1024} KB are not analysed`;
}
