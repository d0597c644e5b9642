import type { Script } from '../model/script.ts';
import type { ShellCommand, ShellWord } from '../shell/script.ts';
import type { Range } from '../yaml/tree.ts';

/** A span of a script that becomes part of what is written. */
export interface Part extends Range {
  /** It is a command (or pipeline) whose output is written, not a text. */
  readonly isCommand: boolean;
}

/** One line of what a command prints. */
export interface Line {
  /** As written in the script, with quotes; of `printf`, the line of its format, names that are arguments put in. */
  readonly raw: string;
  /** Where it is written: the line itself first, then the arguments that a format takes. */
  readonly values: readonly Part[];
  /** The lines of another program or file: nothing is known of them. */
  readonly isStream: boolean;
}

/** Programs that hand on what they read, line by line. */
const FILTERS: ReadonlySet<string> = new Set([
  'tee',
  'cat',
  'tr',
  'sort',
  'sponge',
  'out-file',
  'add-content',
  'tee-object',
  'set-content',
  'out-string',
]);

/** Longer pipelines are nobody's. */
const MAX_FILTERS = 24;

/** What a command prints into a file, or passes on of those before it in its pipeline. */
export function printedBy(script: Script, command: ShellCommand, upstream: readonly ShellCommand[]): readonly Line[] {
  const own = ownLines(script, command);
  if (own) return own;
  const before = upstream.at(-1);
  const isOnlyFilter = FILTERS.has(command.name);
  if (before && isOnlyFilter && upstream.length < MAX_FILTERS) return printedBy(script, before, upstream.slice(0, -1));
  // `cat notes.md`, `jq … event.json`, `grep`: their lines, and those of what they read.
  const start = upstream[0]?.start ?? command.start;
  return [{ raw: '', values: [{ start, end: endOf(command), isCommand: true }], isStream: true }];
}

/** Without its redirections, whose file is not part of what it prints. */
function endOf({ words, end, redirections }: ShellCommand): number {
  const hasBody = redirections.some(({ body, operator }) => body || operator === '<<<' || operator === '<');
  return hasBody ? end : Math.max(...words.map((word) => word.end), 0) || end;
}

function ownLines(script: Script, command: ShellCommand): readonly Line[] | null {
  const { name, words, redirections } = command;
  const isShell = script.shell === 'pwsh' || script.shell === 'powershell';
  for (const { operator, target, body } of redirections) {
    const files = words.slice(1).filter(({ text }) => !text.startsWith('-'));
    const isReader = FILTERS.has(name) && (name !== 'cat' || files.length === 0);
    if (isReader && body) return split(script, [body], false);
    if (isReader && operator === '<<<' && target) return split(script, [target], false);
  }
  if (name === 'echo' || name === 'write-output') {
    const flags = words.slice(1).findIndex(({ text }) => !/^-[neE]+$/.test(text));
    const printed = flags < 0 ? [] : words.slice(1 + flags);
    const escapes = words.slice(1, 1 + flags).some(({ text }) => text.includes('e'));
    return split(script, spanOf(printed), escapes || isShell);
  }
  if (name === 'printf') return printfLines(script, words.slice(1));
  if (name === '' && words.length > 0) return split(script, spanOf(words), isShell);
  if (name === 'add-content' || name === 'set-content' || name === 'out-file') {
    const value = contentWord(script, words.slice(1));
    return value && split(script, [value], true);
  }
  return null;
}

function spanOf(words: readonly ShellWord[]): readonly Range[] {
  const [first, last] = [words[0], words.at(-1)];
  return first && last ? [{ start: first.start, end: last.end }] : [];
}

/** `-Value x`, `-InputObject x`, or the word that is neither an option's nor the file. */
function contentWord(script: Script, words: readonly ShellWord[]): ShellWord | null {
  const named = words.findIndex(({ text }) => /^-(?:v\w*|in\w*)$/i.test(text));
  if (named >= 0) return words[named + 1] ?? null;
  const isOther = (word: ShellWord, at: number): boolean =>
    /^-/.test(word.text) ||
    /^-(?:path|filepath|literalpath|encoding)$/i.test(words[at - 1]?.text ?? '') ||
    /GITHUB_(?:ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)/i.test(script.value.slice(word.start, word.end));
  return words.find((word, at) => !isOther(word, at)) ?? null;
}

/** The lines of some spans; `escapes`: a written `\n` (or PowerShell's) is a line break too. */
function split(script: Script, spans: readonly Range[], escapes: boolean): readonly Line[] {
  const ends = escapes ? /\r?\n|\\n|`n/g : /\r?\n/g;
  return spans.flatMap(({ start, end }) => {
    const text = script.value.slice(start, end);
    const lines: Line[] = [];
    let at = 0;
    for (const match of text.matchAll(ends)) {
      lines.push(line(text, start, at, match.index));
      at = match.index + match[0].length;
    }
    lines.push(line(text, start, at, text.length));
    return lines.filter(({ raw }) => !/^(?:\s*["']|@?["']|["']@?)?$/.test(raw.trim()));
  });
}

function line(text: string, start: number, from: number, to: number): Line {
  return {
    raw: text.slice(from, to),
    values: [{ start: start + from, end: start + to, isCommand: false }],
    isStream: false,
  };
}

/** `printf 'name=%s\n' "$VALUE"`. */
function printfLines(script: Script, words: readonly ShellWord[]): readonly Line[] {
  const [format, ...values] = words.filter(({ text }) => text !== '--');
  if (!format) return [];
  const rest = values.map(({ start, end, isLiteral, text }) => ({ start, end, isLiteral, text, isCommand: false }));
  const lines = split(script, [format], true).map((one) => {
    const count = [...one.raw.replaceAll('%%', '').matchAll(/%[-\w.]*[sdqbx]/g)].length;
    const taken = rest.splice(0, count);
    const isNamed = /^[\s"']*%s/.test(one.raw) && taken[0]?.isLiteral === true;
    const raw = isNamed ? one.raw.replace('%s', taken[0]?.text ?? '') : one.raw;
    return { ...one, raw, values: [...one.values, ...taken] };
  });
  const last = lines.at(-1);
  return last && rest.length > 0 ? [...lines.slice(0, -1), { ...last, values: [...last.values, ...rest] }] : lines;
}
