/** Objects of one repository, read through a single long-lived `git cat-file --batch` (a process a read would cost 5 ms). */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

export interface GitObject {
  readonly oid: string;
  readonly type: 'blob' | 'tree' | 'commit' | 'tag';
  readonly data: Buffer;
}

/** `mode` is git's as a number: 0o100644 file, 0o120000 symlink, 0o160000 submodule, 0o40000 tree. */
export interface TreeEntry {
  readonly name: string;
  readonly mode: number;
  readonly oid: string;
}

export interface Commit {
  readonly oid: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

type Answer = (object: GitObject | null) => void;

export class ObjectReader {
  readonly #folder: string;
  #process: ChildProcessWithoutNullStreams | null = null;
  #waiting: Answer[] = [];
  #buffer: Buffer = Buffer.alloc(0);

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Any revision that git understands (`main`, `<sha>:path`, an oid); null where there is no such object. */
  read(expression: string): Promise<GitObject | null> {
    if (/[\n\0]/.test(expression) || expression === '') return Promise.resolve(null);
    return new Promise((answer) => {
      this.#waiting.push(answer);
      this.#running().stdin.write(`${expression}\n`);
    });
  }

  close(): void {
    this.#process?.stdin.end();
    this.#process?.kill();
    this.#process = null;
    for (const answer of this.#waiting.splice(0)) answer(null);
  }

  #running(): ChildProcessWithoutNullStreams {
    if (this.#process) return this.#process;
    const child = spawn('git', ['-C', this.#folder, 'cat-file', '--batch']);
    child.stdout.on('data', (chunk: Buffer) => {
      this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
      this.#drain();
    });
    child.stdin.on('error', () => undefined); // closed while a test ends
    child.on('error', () => this.close());
    this.#process = child;
    return child;
  }

  #drain(): void {
    for (;;) {
      const end = this.#buffer.indexOf(10);
      if (end === -1) return;
      const header = this.#buffer.toString('utf8', 0, end);
      const found = /^([0-9a-f]{40}) (blob|tree|commit|tag) (\d+)$/.exec(header);
      const size = found ? Number(found[3]) : 0;
      const next = found ? end + 1 + size + 1 : end + 1;
      if (this.#buffer.length < next) return;
      const data = Buffer.from(this.#buffer.subarray(end + 1, end + 1 + size));
      this.#buffer = this.#buffer.subarray(next);
      this.#waiting.shift()?.(found ? { oid: found[1] ?? '', type: found[2] as GitObject['type'], data } : null);
    }
  }
}

export function parseTree(data: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(32, at);
    const nul = data.indexOf(0, space);
    entries.push({
      mode: Number.parseInt(data.toString('latin1', at, space), 8),
      name: data.toString('utf8', space + 1, nul),
      oid: data.toString('hex', nul + 1, nul + 21),
    });
    at = nul + 21;
  }
  return entries;
}

export function parseCommit(oid: string, data: Buffer): Commit {
  const text = data.toString('utf8');
  const split = text.indexOf('\n\n');
  const headers = text.slice(0, split).split('\n');
  const all = (key: string): string[] =>
    headers.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));
  return {
    oid,
    tree: all('tree')[0] ?? '',
    parents: all('parent'),
    author: signature(all('author')[0] ?? ''),
    committer: signature(all('committer')[0] ?? ''),
    message: text.slice(split + 2).replace(/\n$/, ''),
  };
}

function signature(line: string): Signature {
  const found = /^(.*) <(.*)> (\d+) /.exec(line);
  const seconds = Number(found?.[3] ?? 0);
  return { name: found?.[1] ?? '', email: found?.[2] ?? '', date: isoSeconds(seconds * 1000) };
}

/** GitHub's timestamps have no milliseconds. */
export function isoSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
