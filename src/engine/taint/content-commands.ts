import { type RepositoryCommand, repositoryCommands, scriptRunners } from '../../knowledge/commands.ts';
import type { Script } from '../model/script.ts';
import type { Step } from '../model/step.ts';
import type { ShellWord } from '../shell/script.ts';
import type { Execution } from './execution.ts';
import { nestedCommands } from './nested-commands.ts';
import { commandsOf } from './script-commands.ts';
import { scriptCalls } from './script-executions.ts';

type Found = Pick<Execution, 'what' | 'edits' | 'direct'>;

/** Where a command runs and what lies there. */
interface Place {
  /** The working directory below the workspace, or `OUTSIDE`; null where only the run knows. */
  readonly cwd: string | null;
  readonly folder: string | null;
  readonly trusted: readonly string[];
}

const runners: ReadonlySet<string> = new Set(scriptRunners);
const byName: ReadonlyMap<string, readonly RepositoryCommand[]> = commandsByName();

function commandsByName(): ReadonlyMap<string, readonly RepositoryCommand[]> {
  const map = new Map<string, RepositoryCommand[]>();
  for (const row of repositoryCommands as readonly RepositoryCommand[]) {
    for (const name of row.names) map.set(name, [...(map.get(name) ?? []), row]);
  }
  return map;
}

/** The commands of a script that run content of `folder`; what lies in the `trusted` folders is somebody else's checkout. */
export function contentCommands(
  script: Script,
  folder: string | null,
  trusted: readonly string[],
): readonly Execution[] {
  let cwd = moved('', script.step.workingDirectory?.value ?? '');
  const found: Execution[] = [];
  for (const { name, words, start, end } of writtenCommands(script)) {
    if (name === 'cd' || name === 'pushd' || name === 'set-location') {
      cwd = moved(cwd, words[1] ?? '');
      continue;
    }
    const content = contentWithin(name, words, { cwd, folder, trusted });
    if (content) found.push({ ...content, step: script.step, at: script.text.span(start, end) });
  }
  return found;
}

/** What a step of JavaScript starts or loads of `folder`. */
export function contentCalls(step: Step, folder: string | null, trusted: readonly string[]): readonly Execution[] {
  const place = { cwd: '', folder, trusted };
  return scriptCalls(step).flatMap(({ at, text, kind }) => {
    const words = kind === 'file' ? [text.startsWith('.') ? text : `./${text}`] : text.split(/\s+/);
    const content = contentWithin(words[0] ?? '', words, place);
    return content ? [{ ...content, step, at }] : [];
  });
}

interface WrittenCommand {
  readonly name: string;
  readonly words: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** The commands of a script with their words as they are written. Of `cmd` there is no parser: each line is read as one. */
function writtenCommands(script: Script): readonly WrittenCommand[] {
  const { shell, value } = script;
  const hasBackslashes = shell === 'pwsh' || shell === 'powershell' || shell === 'cmd';
  const path = (word: string) => (hasBackslashes ? word.replaceAll('\\', '/') : word);
  if (shell === 'cmd') {
    return [...value.matchAll(/[^\n&|]+/g)].map((match) => {
      const words = match[0].trim().split(/\s+/).map(path);
      const name = (words[0] ?? '').toLowerCase();
      return { name, words, start: match.index, end: match.index + match[0].trimEnd().length };
    });
  }
  return commandsOf(script).map(({ name, words, start, end }) => {
    const texts = words.map((word) => path(written(script, word)));
    return { name, words: texts, start, end };
  });
}

/** The command itself, or one that it starts. */
function contentWithin(name: string, words: readonly string[], place: Place): Found | null {
  const direct = contentOf(name, words, place);
  if (direct) return direct;
  for (const inner of nestedCommands(words)) {
    const innerName = (inner[0]?.split('/').at(-1) ?? '').toLowerCase();
    const content = contentOf(innerName, inner, place);
    if (content) return content;
  }
  return null;
}

/** A word with its expressions as they are written, since `${{ github.workspace }}/x` is a path that we know. */
function written(script: Script, { text, start, end }: ShellWord): string {
  const hasExpression = script.expressions.some(({ from, to }) => start <= from && to <= end);
  return hasExpression ? script.value.slice(start, end).replace(/["']/g, '') : text;
}

function contentOf(name: string, [first, ...words]: readonly string[], place: Place): Found | null {
  if (first === undefined) return null;
  if (isPath(first) || isBatch(first) || isWrittenWithin(first, place))
    return liesThere(first, place) ? { what: first, edits: 'the script', direct: true } : null;
  if (runners.has(name)) {
    const run = scriptOf(name, words, place);
    if (run !== 'other') return run;
  }
  return tableContent(name, words, place);
}

/** `node tools/x.js`; `other` when no script is named, so that the command's own table decides. */
function scriptOf(name: string, words: readonly string[], place: Place): Found | null | 'other' {
  const at = words.findIndex((word) => !word.startsWith('-'));
  const flags = at < 0 ? words : words.slice(0, at);
  if (flags.includes('-m')) return tableContent(words[at] ?? '', words.slice(at + 1), place);
  if (flags.some((flag) => /^-{1,2}(?:c|e|p|eval|command|version|V)$/i.test(flag) || flag === '-')) return null;
  const file = words[at];
  const isScript = file !== undefined && (name === '.' || name === 'source' || /[./]/.test(file));
  if (!isScript) return 'other';
  return liesThere(file, place) ? { what: `${name} ${file}`, edits: 'the script', direct: true } : null;
}

function tableContent(name: string, words: readonly string[], place: Place): Found | null {
  const verb = words.find((word) => !word.startsWith('-') && !word.startsWith('+')) ?? '';
  const row = byName.get(name)?.find((entry) => isMeant(entry, verb, words));
  if (!row || !runsThere(words, place)) return null;
  const direct = row.direct && !words.some((word) => row.weakenedBy?.includes(word));
  return { what: verb === '' ? name : `${name} ${verb}`, edits: row.edits, direct };
}

function isMeant({ verbs, options, unless }: RepositoryCommand, verb: string, words: readonly string[]): boolean {
  if (unless?.some((word) => words.includes(word))) return false;
  if (options && !words.some((word) => options.some((option) => matchesName(word, option)))) return false;
  return !verbs || verbs.some((pattern) => matchesName(verb, pattern));
}

function matchesName(word: string, pattern: string): boolean {
  return pattern.length > 1 && pattern.endsWith('*') ? word.startsWith(pattern.slice(0, -1)) : word === pattern;
}

/** The command works on the foreign files: it stands among them, or an argument leads there. */
function runsThere(words: readonly string[], { cwd, folder, trusted }: Place): boolean {
  if (cwd === null) return true;
  if (trusted.some((other) => isWithin(cwd, other))) return false;
  if (isWithin(cwd, folder ?? '')) return true;
  if (words.some((word) => isWrittenWithin(word.replace(/^-.*=/, ''), { folder }))) return true;
  return (
    folder !== '' && words.some((word) => isWithin(moved(cwd, word.replace(/^-.*=/, '')) ?? OUTSIDE, folder ?? ''))
  );
}

/** Of a folder that only the run knows, or outside the workspace, what is written the same way: `$RUNNER_TEMP/tools` and `"${RUNNER_TEMP}/tools/x.sh"`. */
function isWrittenWithin(word: string, { folder }: Pick<Place, 'folder'>): boolean {
  if (folder === null || !/^[$~/]/.test(folder)) return false;
  const root = plainPath(folder);
  return /[\w}]/.test(root) && isWithin(plainPath(word), root);
}

function plainPath(path: string): string {
  return path
    .replace(/\$\{\{\s*runner\.temp\s*\}\}/g, '$RUNNER_TEMP')
    .replace(/\$\{\{\s*env\.(\w+)\s*\}\}|\$\{(\w+)\}/g, (_, a, b) => `$${a ?? b}`)
    .replace(/\/{2,}/g, '/')
    .replace(/(?<=.)\/$/, '');
}

/** A script's path leads to the foreign files. */
function liesThere(path: string, { cwd, folder, trusted }: Place): boolean {
  if (isWrittenWithin(path, { folder })) return true;
  const at = moved(cwd, path);
  if (at === null) return !path.startsWith('$');
  return !trusted.some((other) => isWithin(at, other)) && isWithin(at, folder ?? '');
}

/** On Windows a script of the folder is found by its name. */
function isBatch(word: string): boolean {
  return /^[\w-]+\.(?:bat|cmd)$/i.test(word);
}

function isPath(word: string): boolean {
  return word.includes('/') && (WORKSPACE.test(word) || !/^[/~$`]/.test(word));
}

function isWithin(path: string, folder: string): boolean {
  if (path === OUTSIDE) return false;
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** Somewhere on the machine, and not in the workspace. */
const OUTSIDE = '/';

const WORKSPACE = /^(?:\$\{?GITHUB_WORKSPACE\}?|\$\{\{\s*github\.workspace\s*\}\})(?:\/|$)/;

/** Where a path leads from a folder of the workspace ('' itself): below the workspace, outside, or null where only the run knows. */
function moved(cwd: string | null, path: string): string | null {
  const isRooted = WORKSPACE.test(path);
  const inside = path.replace(WORKSPACE, '');
  if (/^[/~]/.test(inside)) return OUTSIDE;
  if (/[$`]/.test(inside) || inside === '-') return null;
  if (!isRooted && (cwd === null || cwd === OUTSIDE)) return cwd;
  const parts = isRooted || !cwd ? [] : cwd.split('/');
  for (const part of inside.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return OUTSIDE;
  }
  return parts.join('/');
}
