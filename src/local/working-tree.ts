import { lstat, readFile, realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { blobId, type FileKind, fileKind, MAX_FILE_BYTES, type ProjectFile } from '../engine/project.ts';
import type { LocalRoot } from './roots.ts';
import { walk } from './walk.ts';

/** Folders from which GitHub takes what it runs: a link or a file in their place hides what is there. */
const FOLDERS = new Set(['.github', '.github/workflows', '.github/actions']);

/** The files of one root that Gargoyle reads; another project's files below it are not its own. */
export async function readRoot(root: LocalRoot): Promise<Map<string, ProjectFile>> {
  const files = root.isLone ? new Map<string, ProjectFile>() : await readAll(root.folder);
  for (const path of root.only) {
    // A file named on the command line is read as a workflow wherever it lies.
    const isNamed = fileKind(path) === 'other' && /\.ya?ml$/.test(path);
    if (!isNamed && (!root.isLone || files.has(path))) continue;
    const file = await readProjectFile(join(root.folder, path), path);
    files.set(path, isNamed ? { ...file, kind: 'workflow' } : file);
  }
  return files;
}

async function readAll(root: string): Promise<Map<string, ProjectFile>> {
  const files = new Map<string, ProjectFile>();
  const pathOf = (absolute: string) => relative(root, absolute).split(sep).join('/');
  await walk(root, {
    folder: async (folder, entries) => {
      if (folder !== root && entries.some(({ name }) => name === '.github')) return false;
      for (const entry of entries) {
        const absolute = join(folder, entry.name);
        const path = pathOf(absolute);
        if (FOLDERS.has(path) && !entry.isDirectory()) {
          files.set(path, { kind: kindIn(path), unverified: 'is not a folder (a symbolic link?)' });
        } else if (fileKind(path) !== 'other' && !entry.isDirectory()) {
          files.set(path, await readProjectFile(absolute, path));
        }
      }
      return true;
    },
    unreadable: (folder, reason) => files.set(pathOf(folder), { kind: kindIn(pathOf(folder)), unverified: reason }),
  });
  return files;
}

/** What a folder that cannot be listed may hold: it is unverified as that, since nobody asks after files of other kinds. */
function kindIn(folder: string): FileKind {
  return folder === '.github' || folder.startsWith('.github/workflows') ? 'workflow' : 'action';
}

/** Reads one file; whatever cannot be analysed is unverified with its reason, never left out. */
export async function readProjectFile(absolute: string, path: string): Promise<ProjectFile> {
  const kind = fileKind(path);
  try {
    const stat = await lstat(absolute);
    if (stat.isSymbolicLink()) return { kind, unverified: 'is a symbolic link' };
    if (!stat.isFile()) return { kind, unverified: 'is not a regular file' };
    if ((await realpath(dirname(absolute))) !== dirname(absolute)) {
      return { kind, unverified: 'is behind a symbolic link' };
    }
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

function tooLarge(size: number): string {
  return `has ${Math.ceil(size / 1024)} KB; files over ${MAX_FILE_BYTES / 1024} KB are not analysed`;
}
