import type { Range } from '../yaml/tree.ts';
import { basename } from './prefixes.ts';
import type { ShellCommand, ShellWord } from './script.ts';

/** Options behind which a program's source stands, by program. */
interface Interpreter {
  readonly option: RegExp;
  /** Everything behind the option is source. */
  readonly rest?: true;
  /** Options end at the first word that is none: `bash build.sh -c x` hands `-c` to the script. */
  readonly first?: true;
}

const SHELL: Interpreter = { option: /^-[a-zA-Z]*c[a-zA-Z]*$/, first: true };
const EVAL: Interpreter = { option: /^(?:-[a-zA-Z]*e|--eval|eval|-p|--print)$/, first: true };
const QUERY: Interpreter = { option: /^(?:-e|--execute|--eval|-c|--command)$/ };
const COMMAND: Interpreter = { option: /^(?:-c|--command|--run)$/ };
const POWERSHELL: Interpreter = { option: /^-(?:c|command|e|ec|encodedcommand)$/i, rest: true };

/** Programs that parse source given as an argument, from their manuals. Versions (`python3.12`) are taken off before. */
const INTERPRETERS: ReadonlyMap<string, Interpreter> = new Map([
  ...'bash sh dash zsh ksh ash fish'.split(' ').map((name) => [name, SHELL] as const),
  ...'node nodejs deno bun ruby perl lua julia Rscript R groovy osascript elixir'
    .split(' ')
    .map((name) => [name, EVAL] as const),
  ...'mysql mariadb mongosh psql duckdb'.split(' ').map((name) => [name, QUERY] as const),
  ...'su script nix-shell vagrant gcloud flock'.split(' ').map((name) => [name, COMMAND] as const),
  ['python', { option: /^-[a-zA-Z]*c$/, first: true }],
  ['pypy', { option: /^-[a-zA-Z]*c$/, first: true }],
  ['npx', { option: /^(?:-c|--call)$/ }],
  ['php', { option: /^-[rRBE]$/ }],
  ['sed', { option: /^(?:-[a-zA-Z]*e|--expression)$/ }],
  ['gsed', { option: /^(?:-[a-zA-Z]*e|--expression)$/ }],
  ['gh', { option: /^(?:--jq|-q|--template)$/ }],
  ['pwsh', POWERSHELL],
  ['powershell', POWERSHELL],
  ['cmd', { option: /^\/+[ck]$/i, rest: true }],
]);

/** Programs whose first argument that is no option is source, with the options that take values (and how many). */
const FILTERS: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map([
  ...['jq', 'gojq', 'jaq', 'yq'].map(
    (name) =>
      [
        name,
        new Map([
          ['--arg', 2],
          ['--argjson', 2],
          ['--slurpfile', 2],
          ['--rawfile', 2],
          ['--indent', 1],
          ['-L', 1],
          ['-I', 1],
          ['-o', 1],
          ['-p', 1],
        ]),
      ] as const,
  ),
  ...['sed', 'gsed'].map((name) => [name, new Map([['-l', 1]])] as const),
  ...['awk', 'gawk', 'mawk', 'nawk'].map(
    (name) =>
      [
        name,
        new Map([
          ['-v', 1],
          ['-F', 1],
        ]),
      ] as const,
  ),
]);
/** Options of shells and interpreters that take a value. */
const TAKES = /^(?:[-+][oOWXrIC]|--require|--import|--loader|--env-file)$/;
/** yq's commands before the expression. */
const FILTER_COMMANDS = /^(?:e|ea|eval|eval-all)$/;

/** Commands all of whose arguments are source. */
const EVALUATES_ALL: ReadonlySet<string> = new Set(['eval', 'watch', 'parallel', 'trap', 'iex', 'invoke-expression']);
/** Options of ssh that take a value (OpenSSH 9.9). */
const SSH_TAKES = /^-[BbcDEeFIiJLlmOoPpQRSWw]$/;
/** Programs that run what they read from standard input when no file is named. */
const READS_SOURCE =
  /^(?:bash|sh|dash|zsh|ksh|ash|python|node|ruby|perl|php|pwsh|powershell|psql|mysql|mariadb|sqlite3|ssh|parallel|iex|invoke-expression)$/;
/** Programs whose arguments are data even when they read source from standard input. */
const READS_SOURCE_ALWAYS = /^(?:psql|mysql|mariadb|sqlite3|ssh|parallel|iex|invoke-expression)$/;
/** Commands whose output is their arguments; '' is PowerShell's bare expression. */
const PRINTS = /^(?:echo|printf|print|write-output|)$/;
const FILE_WRITERS = /^(?:tee|tee-object|out-file|set-content|add-content)$/;
/** A file that is run later: what is written to it is source. */
const SOURCE_FILE =
  /(?:\.(?:sh|bash|zsh|py|m?js|cjs|ts|rb|pl|php|ps1|psm1|bat|cmd|sql|lua|mk|gradle)|(?:^|\/)(?:Dockerfile|Makefile))$/;

/** Spans of the words and here-documents of a script that another interpreter parses again. */
export function interpretedRanges(commands: readonly ShellCommand[]): readonly Range[] {
  // Where a pipeline has such a reader: `id:position`.
  const readers = new Set(
    commands
      .filter((command) => readsSource(command) || writesSource(command))
      .map(({ pipeline }) => `${pipeline.id}:${pipeline.position}`),
  );
  const ranges: Range[] = [];
  for (const command of commands) {
    const { id, position } = command.pipeline;
    ranges.push(...codeWords(command));
    if (readers.has(`${id}:${position + 1}`))
      ranges.push(...(PRINTS.test(command.name) ? [command] : []), ...bodies(command));
    if (readers.has(`${id}:${position}`)) ranges.push(...bodies(command));
    if (writesSource(command)) ranges.push(...command.words);
  }
  return ranges;
}

/** The program's name without path, extension and version. */
function program(word: ShellWord | undefined): string {
  const name = basename(word?.text ?? '').replace(/\.exe$/i, '');
  return /^(?:python|pypy|ruby|perl|php|node|lua)[0-9.]+$/.test(name) ? name.replace(/[0-9.]+$/, '') : name;
}

/** The words of a command that are source. Interpreters are looked for anywhere: `docker exec c sh -c "…"`. */
function codeWords(command: ShellCommand): readonly Range[] {
  const { words } = command;
  const name = command.name.toLowerCase();
  if (EVALUATES_ALL.has(name)) return words.slice(1);
  if (name === 'ssh') return words.slice(sshCommand(words));
  // Behind the database's file.
  if (name === 'sqlite3')
    return words
      .slice(1)
      .filter(({ text }) => !text.startsWith('-'))
      .slice(1);
  if (name === 'make' || name === 'gmake') return words.filter(({ text }) => text.includes('='));
  return words.flatMap((word, at) => [...codeBehind(words, at, program(word)), ...filterOf(words, at, program(word))]);
}

function codeBehind(words: readonly ShellWord[], at: number, name: string): readonly Range[] {
  const interpreter = INTERPRETERS.get(name);
  if (interpreter === undefined) return [];
  const found: Range[] = [];
  for (let i = at + 1; i < words.length; i++) {
    const word = words[i];
    const text = word?.text ?? '';
    if (word !== undefined && /^--?[a-z]+=/.test(text) && interpreter.option.test(text.slice(0, text.indexOf('='))))
      found.push(word);
    if (interpreter.option.test(text)) {
      if (interpreter.rest) return words.slice(i + 1);
      const code = words[afterOptions(words, i + 1, interpreter)];
      if (code !== undefined) found.push(code);
      if (interpreter.first) return found;
    } else if (interpreter.first && !/^[-+]/.test(text) && !TAKES.test(words[i - 1]?.text ?? '')) return found;
  }
  return found;
}

/** `bash -c -e 'source'`: a shell's options may stand between. */
function afterOptions(words: readonly ShellWord[], from: number, interpreter: Interpreter): number {
  let at = from;
  while (interpreter === SHELL && /^[-+][a-zA-Z]+$/.test(words[at]?.text ?? ''))
    at += TAKES.test(words[at]?.text ?? '') ? 2 : 1;
  return at;
}

/** The program text of jq, sed or awk: the first argument, unless options give it. */
function filterOf(words: readonly ShellWord[], at: number, name: string): readonly Range[] {
  const takes = FILTERS.get(name);
  if (takes === undefined || words.slice(at).some(({ text }) => INTERPRETERS.get(name)?.option.test(text))) return [];
  for (let i = at + 1; i < words.length; i++) {
    const word = words[i];
    const text = word?.text ?? '';
    const taken = takes.get(text);
    if (taken !== undefined) i += taken;
    else if (word !== undefined && text !== '' && !/^-./.test(text) && !(name === 'yq' && FILTER_COMMANDS.test(text)))
      return [word];
  }
  return [];
}

/** Index of the remote command of an ssh call: behind the options and the host. */
function sshCommand(words: readonly ShellWord[]): number {
  let at = 1;
  while (words[at]?.text.startsWith('-')) at += SSH_TAKES.test(words[at]?.text ?? '') ? 2 : 1;
  return at + 1;
}

/** Whether what the command reads from standard input is source to it. */
function readsSource({ name, words }: ShellCommand): boolean {
  if (READS_SOURCE_ALWAYS.test(name.toLowerCase())) return true;
  if (READS_SOURCE.test(program(words[0])))
    return !words.slice(1).some(({ text }) => !/^-|^\/dev\/stdin$/.test(text)) || isDashS(words);
  // `docker exec -i c bash`, `kubectl exec -i p -- sh -s`.
  return /^(?:docker|podman|kubectl|oc|lxc)$/.test(name) && words.some((word) => SHELLS.test(program(word)));
}

const SHELLS = /^(?:bash|sh|dash|zsh|ksh|ash)$/;

function isDashS(words: readonly ShellWord[]): boolean {
  return SHELLS.test(program(words[0])) && words.some(({ text }) => /^-[a-z]*s$/.test(text));
}

/** Whether the command writes what it is given to a file that is source. */
function writesSource({ name, words, redirections }: ShellCommand): boolean {
  if (FILE_WRITERS.test(name)) return words.slice(1).some(({ text }) => SOURCE_FILE.test(text));
  const isPrinted = PRINTS.test(name) || name === 'cat';
  return (
    isPrinted &&
    redirections.some(({ operator, target }) => operator.includes('>') && SOURCE_FILE.test(target?.text ?? ''))
  );
}

/** The here-documents and here-strings of a command. */
function bodies({ redirections }: ShellCommand): readonly Range[] {
  return redirections.flatMap(({ operator, target, body }) =>
    body !== null ? [body] : operator === '<<<' && target !== null ? [target] : [],
  );
}
