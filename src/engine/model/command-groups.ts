import { parseBash } from '../shell/bash.ts';
import type { ShellCommand, ShellRedirection, ShellScript, ShellWord } from '../shell/script.ts';
import type { Range } from '../yaml/tree.ts';
import type { Script } from './script.ts';

/** Texts within texts that are read; nobody writes more. */
const MAX_DEPTH = 3;
/** Programs whose source is no shell's, and those that only write down what they are given. */
const OTHER_LANGUAGE =
  /^(?:jq|gojq|jaq|yq|g?sed|[gmn]?awk|gh|python[\d.]*|node|nodejs|deno|bun|perl|ruby|php|lua|psql|mysql|mariadb|sqlite3|make|gmake|cat|tee|echo|printf|trap|iex|invoke-expression|set-content|out-file|add-content)$/i;

const known = new WeakMap<Script, readonly (readonly ShellCommand[])[]>();

/**
 * The commands of a script, and those of each text in it that a shell reads again (`sh -c '…'`, `ssh host '…'`, a
 * here-document for `bash`), a group each. Offsets into the script; where a text is not written as such, its word's.
 */
export function commandGroups(script: Script): readonly (readonly ShellCommand[])[] {
  const before = known.get(script);
  if (before) return before;
  const parsed = script.shell === 'cmd' ? parseCmd(script) : script.parsed;
  const groups: (readonly ShellCommand[])[] = parsed ? [parsed.commands] : [];
  if (parsed) groups.push(...inner(parsed.commands, parsed.insideInterpreter, script.value, 0));
  known.set(script, groups);
  return groups;
}

/** cmd has no parser here; its simple commands, pipes and `&&` are written as in bash. What can't be read so is left out. */
function parseCmd({ value, expressions }: Script): ShellScript | null {
  const lines = value.replace(/^[ \t]*(?:@?rem\b|::).*$/gim, (comment) => ' '.repeat(comment.length));
  const masked = expressions.map(({ from, to }) => ({ start: from, end: to }));
  const parsed = parseBash(lines.replaceAll('\\', '/').replaceAll('^', ' '), masked);
  return parsed?.isBroken ? null : parsed;
}

/** All of them in one list. */
export function allCommands(script: Script): readonly ShellCommand[] {
  const groups = commandGroups(script);
  const [own = []] = groups;
  return groups.length <= 1 ? own : groups.flat();
}

function inner(
  commands: readonly ShellCommand[],
  isCode: (offset: number) => boolean,
  source: string,
  depth: number,
): readonly (readonly ShellCommand[])[] {
  if (depth === MAX_DEPTH) return [];
  return commands.flatMap((command) => {
    const isText = command.words.some(({ text }) => /\s/.test(text));
    if ((!isText && command.redirections.length === 0) || OTHER_LANGUAGE.test(command.name)) return [];
    const words = command.words.filter(({ text, start }) => /\s/.test(text) && isCode(start));
    const bodies = command.redirections.flatMap(({ body }) => (body && isCode(body.start) ? [body] : []));
    return [...words, ...bodies].flatMap((text) => read(text, source, depth));
  });
}

function read(
  at: Range & { readonly text: string },
  source: string,
  depth: number,
): readonly (readonly ShellCommand[])[] {
  // What is substituted is a part of the script around already.
  if (at.text.includes('$(') || at.text.includes('`')) return [];
  const parsed = parseBash(at.text, []);
  if (!parsed) return [];
  const from = source.slice(at.start, at.end).indexOf(at.text);
  const move = from < 0 ? () => ({ start: at.start, end: at.end }) : by(at.start + from);
  const own = parsed.commands.map((command) => moved(command, move));
  const further = inner(parsed.commands, parsed.insideInterpreter, at.text, depth + 1);
  return [own, ...further.map((group) => group.map((command) => moved(command, move)))];
}

type Move = (range: Range) => Range;

function by(offset: number): Move {
  return ({ start, end }) => ({ start: start + offset, end: end + offset });
}

function moved(command: ShellCommand, move: Move): ShellCommand {
  const word = (one: ShellWord): ShellWord => ({ ...one, ...move(one) });
  const redirection = (one: ShellRedirection): ShellRedirection => ({
    ...one,
    ...move(one),
    target: one.target && word(one.target),
    body: one.body && { ...one.body, ...move(one.body) },
  });
  return {
    ...command,
    ...move(command),
    words: command.words.map(word),
    prefix: command.prefix.map(word),
    assignments: command.assignments.map((one) => ({ ...one, ...move(one), value: one.value && word(one.value) })),
    redirections: command.redirections.map(redirection),
  };
}
