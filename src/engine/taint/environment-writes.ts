import type { Script } from '../model/script.ts';
import type { Located } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import type { Text } from '../model/text.ts';
import type { ShellCommand } from '../shell/script.ts';
import type { Range } from '../yaml/tree.ts';
import { foreignLanguageWrites, javascriptWrites } from './code-writes.ts';
import { type Line, type Part, printedBy } from './printed-lines.ts';
import { commandsOf } from './script-commands.ts';

/** The files by which a step hands something on to the runner: `GITHUB_ENV`, `GITHUB_PATH`, `GITHUB_OUTPUT`, `GITHUB_STATE`, `GITHUB_STEP_SUMMARY`. */
export type WriteTarget = 'env' | 'path' | 'output' | 'state' | 'summary';

/** One value that a step writes to one of the runner's files. */
export interface EnvironmentWrite {
  readonly step: Step;
  readonly target: WriteTarget;
  /** Of the variable or output, as written; null for `GITHUB_PATH`, where it is computed, and where whole lines come from elsewhere. */
  readonly name: string | null;
  /**
   * `line`: `name=value`, so that a line break in the value begins another entry. `block`: `name<<END … END`. `stream`: the
   * output of a command, which may set anything. `command`: `::set-output name=x::value`. `call`: `core.setOutput` and its
   * like, which choose a random end. `code`: Python or JavaScript that appends to the file.
   */
  readonly form: 'line' | 'block' | 'stream' | 'command' | 'call' | 'code';
  /** A block's end as written, variables included (`EOF`, `$END`); null for every other form. */
  readonly delimiter: string | null;
  /** The script: `run:`, or github-script's `script`. */
  readonly text: Text;
  /** The command, or the call, that writes; decoded offsets into `text`. */
  readonly command: Range;
  /** The same as a place of the file. */
  readonly at: Located;
  /** What the value is made of; decoded offsets into `text`, quotes included. Empty for an empty value. */
  readonly values: readonly Part[];
}

/** What a write is before its step and script are known. */
export type BareWrite = Omit<EnvironmentWrite, 'step' | 'text' | 'at'>;

/** Everything that a step writes to the runner's files, in the order of its script. Of an action only github-script is read. */
export function environmentWrites(step: Step): readonly EnvironmentWrite[] {
  const before = known.get(step);
  if (before) return before;
  const found = read(step);
  known.set(step, found);
  return found;
}

const known = new WeakMap<Step, readonly EnvironmentWrite[]>();

/** Nothing is parsed for a script that names none of the files: most don't. */
const MENTIONS =
  /GITHUB_(?:ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)|github\.(?:env|path|output)\b|::(?:set-output|set-env|add-path|save-state)/i;

function read(step: Step): readonly EnvironmentWrite[] {
  const { script } = step;
  if (!script) {
    const text = step.with('script');
    return text && step.uses?.matches(GITHUB_SCRIPT) ? placed(javascriptWrites(text.value), step, text) : [];
  }
  if (!MENTIONS.test(script.value)) return [];
  const isCode = script.shell === 'python' || script.shell === 'cmd';
  const bare = isCode ? foreignLanguageWrites(script.value, script.shell) : shellWrites(script);
  return placed(bare, step, script.text);
}

/** A constant, since lists are prepared once. */
const GITHUB_SCRIPT = ['actions/github-script'];

function placed(writes: readonly BareWrite[], step: Step, text: Text): readonly EnvironmentWrite[] {
  return writes.map((write) => ({
    ...write,
    step,
    text,
    at: text.span(write.command.start, write.command.end),
  }));
}

function shellWrites(script: Script): readonly BareWrite[] {
  const commands = commandsOf(script);
  const pipes = pipesOf(commands);
  const streams = new Map<WriteTarget, Stream>();
  const found: BareWrite[] = [];
  for (const command of commands) {
    const target = targetOf(script, command);
    found.push(...legacyWrites(script, command));
    if (!target) continue;
    const stream = streams.get(target) ?? new Stream(target);
    streams.set(target, stream);
    const upstream = pipes.get(command.pipeline.id)?.filter(({ pipeline }) => isBefore(pipeline, command.pipeline));
    for (const line of printedBy(script, command, upstream ?? [])) found.push(...stream.read(line, command));
  }
  for (const stream of streams.values()) found.push(...stream.end());
  return found;
}

function isBefore(a: ShellCommand['pipeline'], b: ShellCommand['pipeline']): boolean {
  return a.position < b.position;
}

function pipesOf(commands: readonly ShellCommand[]): ReadonlyMap<number, readonly ShellCommand[]> {
  const pipes = new Map<number, ShellCommand[]>();
  for (const command of commands.filter(({ pipeline }) => pipeline.length > 1)) {
    const pipe = pipes.get(command.pipeline.id);
    if (pipe) pipe.push(command);
    else pipes.set(command.pipeline.id, [command]);
  }
  return pipes;
}

const FILES = /GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)\b|\bgithub\.(env|path|output)\b/i;

/** The runner's file that a path leads to. */
export function writeTargetOf(path: string): WriteTarget | null {
  const [, variable, context] = FILES.exec(path) ?? [];
  const name = (variable ?? context)?.toLowerCase();
  return name === undefined ? null : name === 'step_summary' ? 'summary' : (name as WriteTarget);
}

/** Programs that write to a file that they are given by name. */
const WRITERS: ReadonlySet<string> = new Set(['tee', 'out-file', 'add-content', 'set-content', 'tee-object', 'sponge']);

/** The innermost of its redirections decides; a group's holds for commands without one of their own. */
function targetOf(script: Script, { name, words, redirections }: ShellCommand): WriteTarget | null {
  if (WRITERS.has(name)) {
    for (const word of words.slice(1)) {
      const target = writeTargetOf(script.value.slice(word.start, word.end));
      if (target) return target;
    }
  }
  const writing = redirections.find(({ operator, target }) => /^(?:1?>>?\|?|&>>?)$/.test(operator) && target);
  return writing?.target ? writeTargetOf(script.value.slice(writing.target.start, writing.target.end)) : null;
}

const LEGACY = /::(set-output|set-env|save-state|add-path)(?: +name=([\w.-]+))?::/;

/** `echo "::set-output name=x::$VALUE"`: the old way, over the log. */
function legacyWrites(script: Script, command: ShellCommand): readonly BareWrite[] {
  const [, first] = command.words;
  const last = command.words.at(-1);
  if (!first || !last || !/^(?:echo|printf|write-output|write-host)$/.test(command.name)) return [];
  const [all, verb, name = null] = LEGACY.exec(script.value.slice(first.start, last.end)) ?? [];
  if (all === undefined) return [];
  const start = first.start + script.value.slice(first.start, last.end).indexOf(all) + all.length;
  const target = { 'set-output': 'output', 'set-env': 'env', 'save-state': 'state', 'add-path': 'path' } as const;
  const of = target[verb as keyof typeof target];
  const values = start < last.end ? [{ start, end: last.end, isCommand: false }] : [];
  return [{ target: of, name, form: 'command', delimiter: null, command, values }];
}

/** `name=value` behind quotes that may be open. */
const ENTRY = /^[\s"']*(?:@?["'])?([A-Za-z_][\w.-]*)["']?=/;
const OPENING = /^[\s"']*([A-Za-z_][\w.-]*)["']?<<-?\s*(.+)$/;

/** What goes to one file, line by line, as the runner reads it: a block may be opened by one command and closed by another. */
class Stream {
  readonly #target: WriteTarget;
  #open: { readonly name: string; readonly delimiter: string; readonly first: ShellCommand; values: Part[] } | null =
    null;

  constructor(target: WriteTarget) {
    this.#target = target;
  }

  read(line: Line, command: ShellCommand): readonly BareWrite[] {
    if (this.#open) return this.#inBlock(line);
    const base = { target: this.#target, command, delimiter: null } as const;
    if (line.isStream) return [{ ...base, name: null, form: 'stream', values: line.values }];
    if (this.#target === 'path' || this.#target === 'summary') {
      return line.raw.trim() === '' ? [] : [{ ...base, name: null, form: 'line', values: line.values }];
    }
    const [, opened, delimiter] = OPENING.exec(line.raw) ?? [];
    if (opened !== undefined && delimiter !== undefined) {
      this.#open = { name: opened, delimiter: unquoted(delimiter), first: command, values: [] };
      return [];
    }
    const entry = ENTRY.exec(line.raw);
    if (!entry) return computed(line).map((part) => ({ ...base, ...part }));
    return [{ ...base, name: entry[1] ?? null, form: 'line', values: behind(line, entry[0].length) }];
  }

  #inBlock(line: Line): readonly BareWrite[] {
    const block = this.#open;
    if (!block) return [];
    if (!line.isStream && unquoted(line.raw) === block.delimiter) return this.end();
    block.values.push(...line.values);
    return [];
  }

  end(): readonly BareWrite[] {
    const block = this.#open;
    this.#open = null;
    if (!block) return [];
    const { name, delimiter, first: command, values } = block;
    return [{ target: this.#target, name, form: 'block', delimiter, command, values }];
  }
}

function unquoted(text: string): string {
  return text.replace(/["']/g, '').trim();
}

/** A line whose name is not written out: `$KEY=$VALUE` sets one entry, `$LINE` any. */
function computed({ raw, values }: Line): readonly Pick<BareWrite, 'name' | 'form' | 'values'>[] {
  if (!/[$`%(]/.test(raw)) return [];
  return [{ name: null, form: /^[^\s=]+=/.test(raw) ? 'line' : 'stream', values }];
}

/** The values of a line without its first characters. */
function behind({ values }: Line, length: number): readonly Part[] {
  const [first, ...rest] = values;
  if (!first) return [];
  const start = first.start + length;
  return start < first.end ? [{ ...first, start }, ...rest] : rest;
}
