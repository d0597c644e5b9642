import type { Script } from '../model/script.ts';
import type { ShellCommand, ShellRedirection } from '../shell/script.ts';
import type { Range } from '../yaml/tree.ts';
import { commandsOf } from './script-commands.ts';

/** What a variable is set to: a text of the script, or what a command reads into it. */
type Assigned =
  | { readonly kind: 'text'; readonly range: Range }
  /** `cat f | while read X`: the command before it in its pipeline. */
  | { readonly kind: 'command'; readonly command: ShellCommand };

/** One assignment, and where it stands. */
interface Assignment {
  readonly name: string;
  readonly at: number;
  readonly value: Assigned | null;
  /** It is added to what was there, or stands where it may not be reached. */
  readonly isMaybe: boolean;
}

/** The values that a variable can have. `isCertain`: it has one of them whatever happens. */
interface Assignments {
  readonly values: readonly Assigned[];
  readonly isCertain: boolean;
}

/** What a script itself sets a variable to before a place; null where it doesn't. */
export function assignmentsBefore(script: Script, name: string, at: number): Assignments | null {
  const wanted = script.shell === 'pwsh' || script.shell === 'powershell' ? name.toLowerCase() : name;
  if (/^\d$/.test(name)) return argumentsAt(script, Number(name), at);
  const all = (known.get(script) ?? remember(script)).get(wanted);
  if (!all) return null;
  const values: Assigned[] = [];
  let isCertain = false;
  // The last one decides, and those before it that it may not have reached.
  for (let i = all.length - 1; i >= 0 && !isCertain && values.length < MAX_VALUES; i -= 1) {
    const one = all[i];
    if (!one || one.at >= at) continue;
    if (one.value) values.push(one.value);
    isCertain = !one.isMaybe;
  }
  return values.length > 0 || isCertain ? { values, isCertain } : null;
}

/** The text that a variable of the script begins with before anything is expanded in it: `https://example.com/` of `URL="https://example.com/$ID"`. */
export function beginningOf(script: Script, name: string, at: number): string {
  const values = assignmentsBefore(script, name, at)?.values ?? [];
  const beginnings = values.map((one) => {
    if (one.kind !== 'text') return '';
    const text = script.value.slice(one.range.start, one.range.end).replace(/^["']/, '');
    return /^[^$`"']*/.exec(text)?.[0] ?? '';
  });
  return beginnings.every((text) => text === beginnings[0]) ? (beginnings[0] ?? '') : '';
}

/** `$1` in a function: what the script calls it with. Null outside of all functions. */
function argumentsAt(script: Script, number: number, at: number): Assignments | null {
  const heads = script.value
    .slice(0, at)
    .matchAll(/(?:^|[;\n])[ \t]*(?:function[ \t]+)?([A-Za-z_][\w-]*)[ \t]*\(\)[ \t\n]*[{(]/g);
  const [, name] = [...heads].at(-1) ?? [];
  if (name === undefined) return null;
  const calls = commandsOf(script).filter((command) => command.name === name);
  const values = calls.slice(0, MAX_VALUES).flatMap(({ words }): readonly Assigned[] => {
    const word = words[number];
    return word ? [{ kind: 'text', range: { start: word.start, end: word.end } }] : [];
  });
  return { values, isCertain: true };
}

/** More are nobody's: every use of a variable asks for them. */
const MAX_VALUES = 16;

const known = new WeakMap<Script, ReadonlyMap<string, readonly Assignment[]>>();

function remember(script: Script): ReadonlyMap<string, readonly Assignment[]> {
  const byName = new Map<string, Assignment[]>();
  const isPowerShell = script.shell === 'pwsh' || script.shell === 'powershell';
  const commands = commandsOf(script);
  const all = [...commands.flatMap((command) => assignedBy(script, command, commands)), ...loops(script)];
  for (const one of all.sort((a, b) => a.at - b.at)) {
    const name = isPowerShell ? one.name.toLowerCase() : one.name;
    const known = byName.get(name);
    if (known) known.push(one);
    else byName.set(name, [one]);
  }
  known.set(script, byName);
  return byName;
}

/** Programs whose words assign. */
const DECLARERS: ReadonlySet<string> = new Set(['', 'export', 'local', 'declare', 'readonly', 'typeset']);

function assignedBy(script: Script, command: ShellCommand, all: readonly ShellCommand[]): readonly Assignment[] {
  const { name } = command;
  if (/^(?:read|mapfile|readarray)$/.test(name)) return readBy(script, command, all);
  // `A=b program` sets it for that program only, but sets it.
  const own = DECLARERS.has(name) ? command.assignments : [];
  return own.map(({ name: variable, value, start }) => ({
    name: variable,
    at: start,
    value: value && (printedInto(value, all) ?? { kind: 'text', range: { start: value.start, end: value.end } }),
    isMaybe: isMaybe(script, start, variable),
  }));
}

/** PowerShell: `$title = gh pr view …` is what the last command of the pipeline prints. */
function printedInto({ start, end }: Range, all: readonly ShellCommand[]): Assigned | null {
  const first = all.find((one) => one.start === start && one.end <= end && one.name !== '');
  const last = first && all.filter(({ pipeline }) => pipeline.id === first.pipeline.id).at(-1);
  return last ? { kind: 'command', command: last } : null;
}

/** It stands indented, behind `&&`, or adds to what was there. */
function isMaybe({ value }: Script, start: number, name: string): boolean {
  const line = value.lastIndexOf('\n', start - 1) + 1;
  const before = value.slice(line, start);
  const isAdded = value.slice(start, start + name.length + 6).includes('+=');
  return isAdded || /^\s+\S|^\s|&&|\|\||\bthen\b|\bdo\b|\)\s*$/.test(before);
}

function readBy(script: Script, command: ShellCommand, all: readonly ShellCommand[]): readonly Assignment[] {
  const names = command.words.slice(1).filter(({ text }) => /^[A-Za-z_]\w*$/.test(text));
  const value = readFrom(command, all);
  return names.map((word) => ({
    name: word.text,
    at: command.start,
    value,
    isMaybe: isMaybe(script, command.start, ''),
  }));
}

function readFrom(command: ShellCommand, all: readonly ShellCommand[]): Assigned | null {
  const input = command.redirections.find((one) => one.operator === '<' || one.operator === '<<<' || one.body);
  if (input) return { kind: 'text', range: rangeOf(input) };
  const { id, position } = command.pipeline;
  const before = all.find(({ pipeline }) => pipeline.id === id && pipeline.position === position - 1);
  return before ? { kind: 'command', command: before } : null;
}

function rangeOf({ target, body, start, end }: ShellRedirection): Range {
  return target ?? body ?? { start, end };
}

/** `for X in …; do`. */
function loops({ value }: Script): readonly Assignment[] {
  const heads = value.matchAll(/(?<![\w$-])for[ \t]+([A-Za-z_]\w*)[ \t]+in[ \t]+([^;\n]+)/g);
  return [...heads].map((match) => {
    const end = match.index + match[0].length;
    const range = { start: end - (match[2] ?? '').length, end };
    return { name: match[1] ?? '', at: match.index, value: { kind: 'text', range }, isMaybe: false };
  });
}
