import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  fileKind,
  isContextFile,
  MAX_CONTEXT_BYTES,
  MAX_CONTEXT_FILES,
  MAX_FILE_BYTES,
  MAX_PATHS,
  nearestFirst,
  type Project,
  type ProjectFile,
} from '../engine/project.ts';
import { ownerOf } from './owner.ts';
import { CannotLook } from './roots.ts';
import { decode } from './working-tree.ts';

const run = promisify(execFile);

/** `git` in a folder, without the person's configuration being able to change what is printed. */
async function git(folder: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['-c', 'core.quotePath=false', ...args], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
  });
  return stdout;
}

interface TreeEntry {
  readonly mode: number;
  readonly type: string;
  readonly oid: string;
  readonly size: number;
  readonly path: string;
}

/**
 * The files that Gargoyle reads below `folder` (absolute) at the merge base of `ref` and HEAD, keyed by their path from
 * that folder. Throws `CannotLook` where the folder is no git repository or the ref is unknown.
 */
export async function readMergeBase(folder: string, ref: string): Promise<Project> {
  if (ref === '' || ref.startsWith('-')) throw new CannotLook(`--base ${ref}: not a ref`);
  const commit = await git(folder, ['merge-base', ref, 'HEAD']).catch((cause) => {
    throw new CannotLook(`--base ${ref}: ${reason(cause)}`, { cause });
  });
  const listing = await git(folder, ['ls-tree', '-r', '-z', '-l', commit.trim(), '--', '.']);
  const lines = listing.split('\0').filter((line) => line !== '');
  const nested = new Set(lines.flatMap((line) => /\t(.+)\/\.github\//.exec(line)?.[1] ?? []));
  const roots = [...nested].map((root) => `${root}/`);
  const own = lines.map(parseEntry).filter(({ path }) => !roots.some((root) => path.startsWith(root)));
  const files = await readBlobs(folder, [...own.filter(({ path }) => fileKind(path) !== 'other'), ...contextOf(own)]);
  // As for the working tree: a part of a repository tells nothing of what is missing.
  const isWhole = existsSync(join(folder, '.git')) && own.length <= MAX_PATHS;
  const owner = ownerOf(folder);
  const known = owner === null ? {} : { owner };
  return isWhole ? { files, paths: new Set(own.map(({ path }) => path)), ...known } : { files, ...known };
}

/** The context files that are read, nearest the root first. */
function contextOf(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  const byPath = new Map(entries.filter(({ path }) => isContextFile(path)).map((entry) => [entry.path, entry]));
  let bytes = 0;
  return nearestFirst([...byPath.keys()])
    .slice(0, MAX_CONTEXT_FILES)
    .flatMap((path) => byPath.get(path) ?? [])
    .filter(({ size }) => {
      bytes += size > MAX_FILE_BYTES ? 0 : size;
      return bytes <= MAX_CONTEXT_BYTES;
    });
}

function parseEntry(line: string): TreeEntry {
  const match = /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line);
  if (match === null) throw new CannotLook(`git ls-tree: a line that is not understood: ${line}`);
  const [, mode = '', type = '', oid = '', size = '', path = ''] = match;
  return { mode: Number.parseInt(mode, 8), type, oid, size: size === '-' ? 0 : Number(size), path };
}

async function readBlobs(folder: string, entries: readonly TreeEntry[]): Promise<Map<string, ProjectFile>> {
  const files = new Map<string, ProjectFile>();
  const wanted: TreeEntry[] = [];
  for (const entry of entries) {
    const { oid, path } = entry;
    const kind = fileKind(path);
    if (entry.mode === 0o120000) files.set(path, { kind, unverified: 'is a symbolic link' });
    else if (entry.type !== 'blob') files.set(path, { kind, unverified: 'is a submodule', oid });
    else if (entry.size > MAX_FILE_BYTES) files.set(path, { kind, unverified: 'is too large to analyse', oid });
    else wanted.push(entry);
  }
  const bytes = await catFiles(
    folder,
    wanted.map((entry) => entry.oid),
  );
  for (const [index, entry] of wanted.entries()) {
    const content = bytes[index];
    if (content === undefined) throw new CannotLook(`git cat-file: ${entry.path} is missing`);
    files.set(entry.path, decode(content, entry.path, entry.mode));
  }
  return files;
}

/** Contents of blobs, in the order asked for, by one `git cat-file --batch`. */
async function catFiles(folder: string, oids: readonly string[]): Promise<Buffer[]> {
  if (oids.length === 0) return [];
  const child = spawn('git', ['cat-file', '--batch'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(`${oids.join('\n')}\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  const all = Buffer.concat(chunks);
  const contents: Buffer[] = [];
  for (let at = 0; at < all.length; ) {
    const lineEnd = all.indexOf(10, at);
    const size = Number(all.toString('utf8', at, lineEnd).split(' ')[2]);
    contents.push(all.subarray(lineEnd + 1, lineEnd + 1 + size));
    at = lineEnd + 1 + size + 1;
  }
  return contents;
}

/** The usual cause, and its remedy. */
const FETCH = 'A shallow clone lacks it: fetch its whole history (`fetch-depth: 0` of actions/checkout)';

function reason(cause: unknown): string {
  const { stderr, message } = cause as { stderr?: string; message?: string };
  const line =
    (stderr ?? '')
      .trim()
      .split('\n')[0]
      ?.replace(/^(?:fatal|error): /, '') ?? '';
  if (/^Not a valid (?:object|commit) name/.test(line)) return `${line}. ${FETCH}`;
  if (line !== '') return line;
  if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return 'git is not installed';
  return message?.startsWith('Command failed') ? `no common history with HEAD. ${FETCH}` : (message ?? 'git failed');
}
