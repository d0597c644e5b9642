import { runnerVariables } from '../../knowledge/attacker-contexts.ts';
import { type Access, ExpressionError, parseExpression } from '../expression/parse.ts';
import type { Script } from '../model/script.ts';
import type { Step } from '../model/step.ts';
import type { ShellWord } from '../shell/script.ts';
import type { Range } from '../yaml/tree.ts';
import { commandSources } from './command-texts.ts';
import { environmentSources } from './environment.ts';
import { commandsOf } from './script-commands.ts';
import { assignmentsBefore } from './shell-variables.ts';
import { distinct, MAX_TRAIL, plain, type Source, sourcesOf, unknown } from './sources.ts';

/** A variable that is expanded in a script, and where. */
export interface Expansion {
  readonly name: string;
  /** Decoded offset of its `$` (or `%`). */
  readonly at: number;
}

/** What a word of a script carries when the script runs: its expressions, its variables and its substitutions. */
export function taintOfWord(script: Script, word: Pick<ShellWord, 'start' | 'end'>): readonly Source[] {
  return rangeSources(script, word, []);
}

/** What a variable holds at a place of a step's script (offset; left out: at its beginning), and from whom. */
export function taintOfVariable(step: Step, name: string, at = 0): readonly Source[] {
  return variableAt(step, name, at, []);
}

/** The same as `taintOfWord`, of any span, below what is being read already. */
export function rangeSources(script: Script, range: Range, trail: readonly unknown[]): readonly Source[] {
  if (trail.length > MAX_TRAIL) return [unknown(script.value.slice(range.start, range.end).slice(0, 100))];
  const ranges = known.get(script) ?? new Map<string, readonly Source[]>();
  known.set(script, ranges);
  const key = `${range.start} ${range.end}`;
  const before = ranges.get(key);
  if (before) return before;
  // A circle adds nothing to what it is part of.
  ranges.set(key, []);
  const found = readRange(script, range, [...trail, script]);
  ranges.set(key, found);
  return found;
}

const known = new WeakMap<Script, Map<string, readonly Source[]>>();

function readRange(script: Script, range: Range, trail: readonly unknown[]): readonly Source[] {
  const reading = { owner: script.step, isEnv: false, trail };
  const expressions = script.expressions.filter(({ from, to }) => range.start <= from && to <= range.end);
  const commands = substituted(script, range);
  const outside = (at: number) => !commands.some(({ start, end }) => start <= at && at < end);
  const found = [
    ...expressions.filter(({ from }) => outside(from)).flatMap(({ tree }) => (tree ? sourcesOf(tree, reading) : [])),
    ...expansionsIn(script, range)
      .filter(({ at }) => outside(at))
      .flatMap(({ name, at }) => variableAt(script.step, name, at, trail)),
    ...commands.filter(isLast(commands)).flatMap((command) => commandSources(script, command, trail)),
  ];
  return distinct(found);
}

/** The outermost commands whose output stands in a span: `$(…)`, backticks, `<(…)`. */
function substituted(script: Script, range: Range) {
  if (!/\$\(|`|<\(/.test(script.value.slice(range.start, range.end))) return [];
  const all = commandsOf(script).filter(({ start, end }) => range.start < start && end <= range.end);
  const inside = all.slice(0, MAX_INSIDE);
  return inside.filter((one) => !inside.some((other) => other !== one && contains(other, one)));
}

/** More in one word are nobody's: each is compared with each. */
const MAX_INSIDE = 200;

function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end && outer.end - outer.start > inner.end - inner.start;
}

/** Of a pipeline only the last command's output comes out; it asks those before it. */
function isLast(commands: ReturnType<typeof substituted>) {
  return ({ pipeline }: (typeof commands)[number]): boolean =>
    !commands.some((other) => other.pipeline.id === pipeline.id && other.pipeline.position > pipeline.position);
}

/** `${#X}` is a number; `${X//[^a-z]/}` lets only harmless letters through. */
const BASH = /\$(?:([A-Za-z_]\w*|[1-9])|\{!?([A-Za-z_]\w*|[1-9])(?!\w)(?!\/\/?\[\^)[^}]*\})/g;
const POWERSHELL = /\$(?:\{?env:(\w+)\}?|\{?(\w+)\}?)/gi;
const CMD = /%(\w+)%|!(\w+)!/g;

/** The variables that a span of a script expands; what stands in single quotes is only text. */
export function expansionsIn(script: Script, range: Range): readonly Expansion[] {
  const { shell, value } = script;
  const isPowerShell = shell === 'pwsh' || shell === 'powershell';
  const pattern = isPowerShell ? POWERSHELL : shell === 'cmd' ? CMD : BASH;
  const text = value.slice(range.start, range.end);
  if (!/[$%!]/.test(text)) return [];
  return [...text.matchAll(pattern)].flatMap((match): readonly Expansion[] => {
    const name = match[1] === undefined ? (match[2] ?? '') : isPowerShell ? `env:${match[1]}` : match[1];
    const at = range.start + match.index;
    if (value[at - 1] === '\\' || value.slice(at - 3, at) === '${{' || isVerbatim(script, at)) return [];
    return [{ name, at }];
  });
}

function isVerbatim(script: Script, at: number): boolean {
  const quoting = script.parsed?.quotingAt(at) ?? 'unknown';
  return quoting === 'single' || quoting === 'heredoc-quoted' || quoting === 'ansi' || quoting === 'comment';
}

function variableAt(step: Step, name: string, at: number, trail: readonly unknown[]): readonly Source[] {
  if (trail.length > MAX_TRAIL) return [unknown(`$${name}`)];
  const bare = name.replace(/^env:/i, '');
  const { script } = step;
  const assigned = script ? assignmentsBefore(script, name, at) : null;
  const local = assigned?.values.flatMap((value) =>
    value.kind === 'text'
      ? rangeSources(script as Script, value.range, trail)
      : commandSources(script as Script, value.command, trail),
  );
  if (local && assigned?.isCertain) return distinct(local.length > 0 ? local : [plain(`$${bare}`)]);
  const given = isOutside(script, name) ? (environmentSources(step, bare, trail) ?? runnerSources(step, bare)) : [];
  return distinct([...(local ?? []), ...given]);
}

/** In PowerShell only `$env:X` is a variable of the environment. */
function isOutside(script: Script | null, name: string): boolean {
  const isPowerShell = script?.shell === 'pwsh' || script?.shell === 'powershell';
  return !isPowerShell || name.startsWith('env:');
}

const accesses: ReadonlyMap<string, Access> = new Map(
  Object.entries(runnerVariables).flatMap(([path, name]): readonly (readonly [string, Access])[] => {
    const parsed = parseExpression(path);
    return parsed instanceof ExpressionError || parsed.kind !== 'access' ? [] : [[name, parsed]];
  }),
);

/** Variables that the runner or the machine sets. */
const SET_ELSEWHERE =
  /^(?:GITHUB_.*|RUNNER_.*|ACTIONS_.*|HOME|PATH|PWD|USER|SHELL|TMPDIR|TEMP|TMP|CI|RANDOM|SECONDS|EPOCHSECONDS|HOSTNAME|OSTYPE|LINENO|UID|BASH\w*|LANG|PIPESTATUS|IFS|JAVA_HOME.*|GOPATH|GOROOT|ANDROID_\w+|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMFILES|PSSCRIPTROOT|LASTEXITCODE|true|false|null|_)$/i;

/** What the runner put into the environment itself: a branch's name is whoever's who made the branch. */
function runnerSources(step: Step, name: string): readonly Source[] {
  const access = accesses.get(name);
  if (access) return sourcesOf(access, { owner: step, isEnv: false, trail: [] });
  return [SET_ELSEWHERE.test(name) ? plain(`$${name}`) : unknown(`$${name}`)];
}
