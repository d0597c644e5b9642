/** One bare repository on disk, driven by the `git` command line. */
import { execFile, spawn } from 'node:child_process';
import { type FileDiff, parseDiff } from './diff.ts';
import { type Commit, type GitObject, ObjectReader, parseCommit, parseTree, type TreeEntry } from './objects.ts';

/** What a path becomes: text or bytes, a symlink, a submodule, something executable, or (null) nothing. */
export type FileChange =
  | string
  | Buffer
  | null
  | { readonly text: string | Buffer; readonly mode?: '100644' | '100755' }
  | { readonly link: string }
  | { readonly submodule: string };

export interface NewCommit {
  readonly branch: string;
  readonly files: Readonly<Record<string, FileChange>>;
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  /** Seconds since 1970. */
  readonly time: number;
  /** Null starts a history of its own. */
  readonly parent: string | null;
}

export class GitRepository {
  readonly folder: string;
  readonly #objects: ObjectReader;
  readonly #diffs = new Map<string, Promise<FileDiff[]>>();
  readonly #bases = new Map<string, Promise<string | null>>();

  private constructor(folder: string) {
    this.folder = folder;
    this.#objects = new ObjectReader(folder);
  }

  static async create(folder: string, defaultBranch: string): Promise<GitRepository> {
    await run(['init', '--quiet', '--bare', '--template=', `--initial-branch=${defaultBranch}`, folder]);
    return new GitRepository(folder);
  }

  /** Writes one commit, or a whole history, in one process; answers their SHAs in order. */
  async commit(commits: readonly NewCommit[]): Promise<string[]> {
    const parts: (string | Buffer)[] = [];
    const last = new Map<string, string>();
    commits.forEach((commit, index) => {
      const parent = last.get(commit.branch) ?? commit.parent;
      last.set(commit.branch, `:${index + 1}`);
      parts.push(...importCommit(commit, index + 1, parent));
    });
    parts.push(...commits.map((_, index) => `get-mark :${index + 1}\n`));
    const out = await run(['-C', this.folder, 'fast-import', '--quiet', '--force'], parts);
    return out.trim().split('\n');
  }

  object(expression: string): Promise<GitObject | null> {
    return this.#objects.read(expression);
  }

  async resolve(revision: string): Promise<string | null> {
    return (await this.readCommit(revision))?.oid ?? null;
  }

  async readCommit(revision: string): Promise<Commit | null> {
    if (revision.startsWith('-')) return null;
    const object = await this.object(`${revision}^{commit}`);
    return object?.type === 'commit' ? parseCommit(object.oid, object.data) : null;
  }

  async tree(expression: string): Promise<TreeEntry[] | null> {
    const object = await this.object(expression);
    return object?.type === 'tree' ? parseTree(object.data) : null;
  }

  branch(name: string): Promise<string | null> {
    return this.resolve(`refs/heads/${name}`);
  }

  async updateRef(ref: string, oid: string | null): Promise<void> {
    await run(['-C', this.folder, 'update-ref', ...(oid === null ? ['-d', ref] : [ref, oid])]);
  }

  /** Takes a commit and its history from another repository (a fork's head into `refs/pull/N/head`). */
  async fetch(from: GitRepository, oid: string, ref: string): Promise<void> {
    if (from !== this) await run(['-C', this.folder, 'fetch', '--quiet', '--no-tags', from.folder, `+${oid}:${ref}`]);
    else await this.updateRef(ref, oid);
  }

  mergeBase(one: string, other: string): Promise<string | null> {
    return remembered(this.#bases, `${one} ${other}`, () =>
      run(['-C', this.folder, 'merge-base', one, other]).then(
        (out) => out.trim(),
        () => null,
      ),
    );
  }

  /** Two commits compared directly (two dots). */
  diff(base: string, head: string): Promise<FileDiff[]> {
    return remembered(this.#diffs, `${base} ${head}`, async () => {
      const options = ['-C', this.folder, '-c', 'core.quotePath=false', 'diff', '--no-color', '--no-ext-diff', '-M'];
      const [raw, patches] = await Promise.all([
        run([...options, '--raw', '-z', '--no-abbrev', base, head, '--']),
        run([...options, '-U3', base, head, '--']),
      ]);
      return parseDiff(raw, patches);
    });
  }

  /** SHAs reachable from head and not from base, newest first. */
  async log(base: string | null, head: string): Promise<string[]> {
    const range = base === null ? [head] : [`${base}..${head}`];
    const out = await run(['-C', this.folder, 'rev-list', '--topo-order', ...range, '--']);
    return out.split('\n').filter((line) => line !== '');
  }

  async contains(tip: string, commit: string): Promise<boolean> {
    return (await this.mergeBase(tip, commit)) === commit;
  }

  /** A merge commit of two commits, without moving any branch; null where they conflict. */
  async merge(base: string, head: string, message: string, time: number): Promise<string | null> {
    const tree = await run(['-C', this.folder, 'merge-tree', '--write-tree', base, head]).catch(() => null);
    if (tree === null) return null;
    const who = ['-c', 'user.name=GitHub', '-c', 'user.email=noreply@github.com'];
    const date = `${time} +0000`;
    const args = ['-C', this.folder, ...who, 'commit-tree', tree.trim(), '-p', base, '-p', head, '-m', message];
    const out = await run(args, [], { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date });
    return out.trim();
  }

  close(): void {
    this.#objects.close();
  }
}

function remembered<T>(cache: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = cache.get(key) ?? make();
  cache.set(key, known);
  return known;
}

function importCommit(commit: NewCommit, mark: number, parent: string | null): (string | Buffer)[] {
  const who = `${commit.author.name.replace(/[<>\n]/g, '')} <${commit.author.email}> ${commit.time} +0000\n`;
  const parts: (string | Buffer)[] = [
    `commit refs/heads/${commit.branch}\nmark :${mark}\nauthor ${who}committer ${who}`,
  ];
  parts.push(...data(commit.message));
  if (parent !== null) parts.push(`from ${parent}\n`);
  for (const [path, change] of Object.entries(commit.files)) {
    if (change === null) parts.push(`D ${quoted(path)}\n`);
    else if (typeof change === 'string' || Buffer.isBuffer(change))
      parts.push(`M 100644 inline ${quoted(path)}\n`, ...data(change));
    else if ('link' in change) parts.push(`M 120000 inline ${quoted(path)}\n`, ...data(change.link));
    else if ('submodule' in change) parts.push(`M 160000 ${change.submodule} ${quoted(path)}\n`);
    else parts.push(`M ${change.mode ?? '100644'} inline ${quoted(path)}\n`, ...data(change.text));
  }
  return parts;
}

function data(content: string | Buffer): (string | Buffer)[] {
  return [`data ${Buffer.byteLength(content)}\n`, content, '\n'];
}

function quoted(path: string): string {
  return `"${path.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}

/** Runs git without the person's own configuration; throws with what git said. */
function run(
  args: readonly string[],
  input: readonly (string | Buffer)[] = [],
  more: Record<string, string> = {},
): Promise<string> {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C', ...more };
  return input.length > 0 ? runWithInput(args, input, env) : runPlain(args, env);
}

function runPlain(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('git', args, { env, maxBuffer: 512 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`git ${args.join(' ')}: ${stderr || error.message}`));
      else resolve(stdout);
    });
  });
}

function runWithInput(
  args: readonly string[],
  input: readonly (string | Buffer)[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { env });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.stdin.on('error', () => undefined); // git says on stderr why it stopped to read
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString('utf8'));
      else reject(new Error(`git ${args.join(' ')}: ${Buffer.concat(err).toString('utf8')}`));
    });
    child.stdin.end(Buffer.concat(input.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))));
  });
}
