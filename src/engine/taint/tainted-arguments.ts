import { type ArgumentTool, argumentTools } from '../../knowledge/argument-tools.ts';
import type { Script } from '../model/script.ts';
import type { ShellCommand, ShellWord } from '../shell/script.ts';
import type { Range } from '../yaml/tree.ts';
import { commandSources } from './command-texts.ts';
import type { Danger } from './danger.ts';
import { commandsOf } from './script-commands.ts';
import { dangerIn, dangerOfExpansion } from './shell-danger.ts';
import { type Expansion, expansionsIn } from './shell-values.ts';
import { beginningOf } from './shell-variables.ts';

/** A variable with somebody else's text that a program can take for its options. */
export interface TaintedArgument {
  readonly word: ShellWord;
  readonly command: ShellCommand;
  readonly expansion: Expansion;
  readonly tool: ArgumentTool;
  readonly danger: Danger;
  /** Without quotes, so that each of its words is an argument of its own. */
  readonly isSplit: boolean;
}

/** A variable with somebody else's text inside of a text that is read as code again: `bash -c "… $TITLE"`, `$(( $COUNT ))`. */
export interface ReadAgain {
  readonly at: Range;
  readonly expansion: Expansion;
  /** For a message: `bash`, or `$((…))`. */
  readonly reader: string;
  readonly danger: Danger;
}

/** The variables with somebody else's text that another interpreter, or the shell's arithmetic, reads as code. */
export function readAgain(script: Script): readonly ReadAgain[] {
  if (!/\$/.test(script.value) || !READERS.test(script.value)) return [];
  const { parsed } = script;
  if (!parsed || parsed.isBroken) return [];
  const expansions = expansionsIn(script, { start: 0, end: script.value.length }).slice(0, MAX_EXPANSIONS);
  return expansions.flatMap((expansion): readonly ReadAgain[] => {
    const isArithmetic = parsed.quotingAt(expansion.at) === 'arithmetic';
    if (!isArithmetic && !parsed.insideInterpreter(expansion.at)) return [];
    const danger = dangerOfExpansion(script, expansion, isArithmetic ? ['arbitrary', 'line', 'path'] : TEXTS);
    if (!danger) return [];
    const reader = isArithmetic ? "the shell's arithmetic" : `\`${innermost(script, expansion.at)}\``;
    return [{ at: { start: expansion.at, end: endOf(script, expansion) }, expansion, reader, danger }];
  });
}

/** More in one script are nobody's. */
const MAX_EXPANSIONS = 500;

/** Scripts without any of these are not even parsed. */
const READERS =
  /\b(?:bash|sh|zsh|dash|eval|trap|ssh|su|sudo|python\d?|node|deno|bun|perl|ruby|php|lua|Rscript|jq|yq|sed|g?awk|psql|mysql|sqlite3|sqlcmd|docker|podman|kubectl|find|xargs|watch|parallel|tmux|screen|script|expect|osascript|pwsh|powershell|cmd|iex|invoke-expression|invoke-command)\b|\(\(|-(?:eq|ne|lt|le|gt|ge)\b/i;

const TEXTS = ['arbitrary', 'line', 'path', 'ref'] as const;

function innermost(script: Script, at: number): string {
  const around = commandsOf(script).filter(({ start, end, name }) => start <= at && at < end && name !== '');
  return around.reduce(
    (best, one) => (one.end - one.start < best.length ? { name: one.name, length: one.end - one.start } : best),
    {
      name: 'another program',
      length: Number.POSITIVE_INFINITY,
    },
  ).name;
}

function endOf({ value }: Script, { at }: Expansion): number {
  return at + (/^\$(?:\{[^}]*\}|[\w:]+)/.exec(value.slice(at))?.[0].length ?? 1);
}

/** The arguments of a script's commands that begin with somebody else's text, or are split out of it. */
export function taintedArguments(script: Script): readonly TaintedArgument[] {
  if (
    !/\$|\bxargs\b/.test(script.value) ||
    (script.shell !== 'bash' && script.shell !== 'sh' && script.shell !== 'other')
  )
    return [];
  return commandsOf(script).flatMap((command) => {
    if (command.prefix.some(({ text }) => text === 'xargs')) return handedOn(script, command);
    const tool = toolOf(command);
    return tool ? argumentsOf(command).flatMap((word) => taintedIn(script, command, word, tool)) : [];
  });
}

const byName: ReadonlyMap<string, readonly ArgumentTool[]> = toolsByName();

function toolsByName(): ReadonlyMap<string, readonly ArgumentTool[]> {
  const map = new Map<string, ArgumentTool[]>();
  for (const tool of argumentTools as readonly ArgumentTool[]) {
    for (const name of tool.names) map.set(name, [...(map.get(name) ?? []), tool]);
  }
  return map;
}

function toolOf({ name, words }: ShellCommand): ArgumentTool | null {
  const verb = words.slice(1).find(({ text }) => !text.startsWith('-'))?.text ?? '';
  return byName.get(name)?.find(({ verbs }) => !verbs || verbs.includes(verb)) ?? null;
}

/** `git diff --name-only | xargs eslint`: every line becomes an argument. */
function handedOn(script: Script, command: ShellCommand): readonly TaintedArgument[] {
  const [word, ...rest] = command.words;
  const tool = toolOf(command);
  const isOne = [...command.prefix, ...rest].some(({ text }) => text === '--' || text.startsWith('-I'));
  if (!word || !tool || isOne) return [];
  const { id, position } = command.pipeline;
  const before = commandsOf(script).find(({ pipeline }) => pipeline.id === id && pipeline.position === position - 1);
  const danger = before ? dangerIn(commandSources(script, before, []), script.step) : null;
  return danger ? [{ word, command, expansion: { name: 'xargs', at: word.start }, tool, danger, isSplit: true }] : [];
}

/** The words that may be read as options: none behind `--`, and none that an option before them takes as its value. */
function argumentsOf({ name, words }: ShellCommand): readonly ShellWord[] {
  // What stands behind a script's name is the script's.
  const isEnd = ({ text }: ShellWord, at: number): boolean =>
    text === '--' || (INTERPRETERS.has(name) && at > 0 && !/^-/.test(text) && /[./]/.test(text));
  const end = words.findIndex(isEnd);
  const open = end < 0 ? words : words.slice(0, end);
  return open.filter((word, at) => at > 0 && !word.isLiteral && !NAMED.test(words[at - 2]?.text ?? ''));
}

const INTERPRETERS: ReadonlySet<string> = new Set(['bash', 'sh', 'python', 'python3', 'node', 'ruby', 'perl']);

/** `jq --arg name "$VALUE"`. */
const NAMED = /^--(?:arg|argjson|slurpfile|rawfile)$/;

function taintedIn(
  script: Script,
  command: ShellCommand,
  word: ShellWord,
  tool: ArgumentTool,
): readonly TaintedArgument[] {
  const before = command.words[command.words.indexOf(word) - 1]?.text ?? '';
  const written = script.value.slice(word.start, word.end);
  for (const expansion of expansionsIn(script, word)) {
    const quoting = script.parsed?.quotingAt(expansion.at);
    const isSplit = quoting === 'bare';
    const beginning = written.slice(0, expansion.at - word.start) + beginningOf(script, expansion.name, expansion.at);
    const isFirst = /^["']?$/.test(beginning);
    // What an option takes is no option itself: `--title "$TITLE"`.
    const isValue = /^-(?:-[\w-]+|\w)$/.test(before) && !SWITCHES.test(before);
    if (quoting === 'unknown' || (!isSplit && (!isFirst || isValue))) continue;
    const danger = dangerOfExpansion(script, expansion);
    // Whoever may start the workflow by hand gains nothing by a dash.
    if (danger && (isSplit || danger.reach !== 'insider')) return [{ word, command, expansion, tool, danger, isSplit }];
  }
  return [];
}

/** Options that take no value, whatever the program. */
const SWITCHES =
  /^(?:-[fqvsSLkrRnEhixz]|--(?:quiet|verbose|force|silent|fail|all|location|recursive|dry-run|no-[\w-]+|global|depth-first))$/;
