import { type Download, downloadsOf } from './downloads.ts';
import { isSameFile, runsFile } from './runs-file.ts';
import type { ShellCommand, ShellWord } from './script.ts';

/** Something that is fetched and run, and nothing looks at it in between. */
export interface RemoteCode {
  /** The command that fetches, and what it is told to; null where the program fetches by itself (`deno run https://…`). */
  readonly download: Pick<Download, 'command' | 'url'>;
  readonly by: ShellCommand;
  /** It is handed over directly; false: by way of a file. */
  readonly isDirect: boolean;
}

/** Programs that run what they read. */
const SHELL = /^(?:bash|sh|dash|zsh|ksh|ash|fish)$/;
const RUNNER = /^(?:python[\d.]*|pypy3?|node|nodejs|ruby|perl|php|pwsh|powershell|deno|bun|lua|Rscript)$/;
const EVALUATES = /^(?:eval|iex|invoke-expression)$/;
const PRINTS = /^(?:echo|printf|cat|print|write-output|tr|sed|tee|)$/;
/** Programs that compare a file with a hash or check its signature. */
const VERIFIES =
  /^(?:g?sha\d+sum|shasum|md5sum|b2sum|gpg2?|gpgv|cosign|minisign|signify|slsa-verifier|rhash|certutil|codesign|spctl|signtool|get-filehash|get-authenticodesignature)$/;

/** Real scripts have a dozen; each is looked for in the whole script. */
const MOST_DOWNLOADS = 50;
/** Places where one variable is printed. */
const MOST_PRINTS = 5;

/** Where a group of commands runs what it fetches. `later`: commands of later steps, which may run the files. */
export function remoteCode(
  commands: readonly ShellCommand[],
  later: readonly (readonly ShellCommand[])[],
): readonly RemoteCode[] {
  let left = MOST_DOWNLOADS;
  return commands.flatMap((command) => [
    ...byItself(command),
    ...(left > 0 ? downloadsOf(command) : []).flatMap((download): readonly RemoteCode[] => {
      left -= 1;
      const direct = runnerOf(command, commands);
      if (direct) return [{ download, by: direct, isDirect: true }];
      const file = download.file ?? teeFile(command, commands);
      const by = file === null ? null : fileRunner(command, file, commands, later);
      return by ? [{ download, by, isDirect: false }] : [];
    }),
    ...byObject(command, commands),
  ]);
}

/** Whether a command checks what was fetched. */
function verifies({ name, words }: ShellCommand): boolean {
  const verb = words[1]?.text ?? '';
  if (VERIFIES.test(name)) return true;
  return (name === 'openssl' && /^(?:dgst|sha\d+|cms|smime)$/.test(verb)) || (name === 'gh' && verb === 'attestation');
}

/** The command that runs another one's output: behind it in the pipeline, or around it. */
function runnerOf(command: ShellCommand, commands: readonly ShellCommand[], depth = 0): ShellCommand | null {
  if (depth > 4) return null;
  const { id, position } = command.pipeline;
  const behind = commands.find((one) => one.pipeline.id === id && one.pipeline.position > position && runsInput(one));
  if (behind) return behind;
  const around = containerOf(command, commands);
  if (!around) return null;
  if (runsText(around, command)) return around;
  const variable = around.assignments.find(({ value }) => value && encloses(value, command))?.name;
  if (variable) return variableRunner(variable, around, commands, depth);
  return PRINTS.test(around.name) && around.words.length > 0 ? runnerOf(around, commands, depth + 1) : null;
}

/** The smallest command that another one stands in. */
function containerOf(command: ShellCommand, commands: readonly ShellCommand[]): ShellCommand | null {
  const all = commands.filter(
    (one) =>
      one !== command &&
      one.start <= command.start &&
      command.end <= one.end &&
      placesOf(one).some((place) => encloses(place, command)),
  );
  return all.reduce<ShellCommand | null>((a, b) => (a && a.end - a.start <= b.end - b.start ? a : b), null);
}

function placesOf({ words, redirections, assignments }: ShellCommand): readonly (ShellWord | null)[] {
  return [...words, ...redirections.map(({ target }) => target), ...assignments.map(({ value }) => value)];
}

function encloses(place: ShellWord | null, { start, end }: ShellCommand): boolean {
  return place !== null && place.start <= start && end <= place.end;
}

/** Whether a command runs the text that another one in its words gives. */
function runsText(around: ShellCommand, command: ShellCommand): boolean {
  const { name, words, redirections } = around;
  const at = words.findIndex((word) => encloses(word, command));
  const word = words[at];
  if (!word) return redirections.some(({ target }) => encloses(target, command)) && runsInput(around);
  // `$(curl …)` as a command, `& ([scriptblock]::Create((irm …)))`.
  if (at === 0 || EVALUATES.test(name)) return true;
  return runsWord(around, at, (one) => /^<\(/.test(one.text));
}

/** Whether a word of a command is run: as the source behind `-c`, or as a file (`isFile`). */
function runsWord({ name, words }: ShellCommand, at: number, isFile: (word: ShellWord) => boolean): boolean {
  const word = words[at];
  if (!word) return false;
  const isSource = words.slice(0, at).some(({ text }, before) => {
    const program = words.slice(0, before).some((one) => SHELL.test(one.text.replace(/^.*\//, '')));
    if (program || name === 'su') return /^-[a-zA-Z]*c$/.test(text);
    return RUNNER.test(name) && /^-(?:[a-zA-Z]*[ce]|command|-eval)$/i.test(text);
  });
  if (isSource) return true;
  const runs = SHELL.test(name) || RUNNER.test(name) || name === 'source' || name === '.';
  return runs && isFile(word) && words.slice(1, at).every(({ text }) => text.startsWith('-'));
}

/** Whether a program runs what it reads from its standard input. */
function runsInput({ name, words }: ShellCommand): boolean {
  if (EVALUATES.test(name)) return name !== 'eval';
  const operand = words.slice(1).find(({ text }) => !/^[-+]./.test(text))?.text;
  if (name === 'source' || name === '.') return operand === '/dev/stdin';
  const flags = words.slice(1).map(({ text }) => text);
  if (SHELL.test(name)) {
    if (flags.some((flag) => /^-[a-z]*s$/.test(flag))) return true;
    const isOption = flags.some((flag, at) => flag === operand && /^[-+][a-z]*[oO]$/.test(flags[at - 1] ?? ''));
    return !flags.some((flag) => /^-[a-zA-Z]*c$/.test(flag)) && (!operand || isOption || isInput(operand));
  }
  if (RUNNER.test(name)) {
    // What stands behind `-` is the program's own.
    const own = operand === undefined ? flags : flags.slice(0, flags.indexOf(operand));
    return (isInput(operand) || !operand) && own.every((flag) => !/^-(?:[a-zA-Z]*[cempnrE]|-\w)/.test(flag));
  }
  return /^(?:docker|podman|kubectl|ssh)$/.test(name) && SHELL.test(words.at(-1)?.text.replace(/^.*\//, '') ?? '');
}

function isInput(operand: string | undefined): boolean {
  return operand === '-' || operand === '/dev/stdin';
}

function variableRunner(
  name: string,
  assigned: ShellCommand,
  commands: readonly ShellCommand[],
  depth: number,
): ShellCommand | null {
  const isIt = (word: ShellWord | null) => word !== null && (word.text === `$${name}` || word.text === `\${${name}}`);
  let prints = 0;
  for (const one of commands) {
    if (one.start < assigned.end) continue;
    const at = one.words.findIndex(isIt);
    const isRun = at >= 0 && (EVALUATES.test(one.name) || runsWord(one, at, () => false));
    const isFed = one.redirections.some(({ target }) => isIt(target)) && runsInput(one);
    if (isRun || isFed) return one;
    const isPrint = at >= 0 && PRINTS.test(one.name) && ++prints <= MOST_PRINTS;
    const next = isPrint ? runnerOf(one, commands, depth + 1) : null;
    if (next) return next;
  }
  return null;
}

function teeFile({ pipeline }: ShellCommand, commands: readonly ShellCommand[]): string | null {
  const tee = commands.find(
    (one) => one.name === 'tee' && one.pipeline.id === pipeline.id && one.pipeline.position > pipeline.position,
  );
  return tee?.words.slice(1).find(({ text }) => !text.startsWith('-'))?.text ?? null;
}

/** The command that runs a file, here or in a later step, unless one before it checks something. */
function fileRunner(
  { end }: ShellCommand,
  file: string,
  own: readonly ShellCommand[],
  later: readonly (readonly ShellCommand[])[],
): ShellCommand | null {
  const names = [file];
  for (const command of [...own.filter(({ start }) => start >= end), ...later.flat()]) {
    if (verifies(command)) return null;
    const isMoved = /^(?:mv|cp|move-item|copy-item|install)$/.test(command.name);
    const target = command.words.at(-1)?.text;
    if (isMoved && target && command.words.slice(1, -1).some(({ text }) => isSameFile(text, file))) names.push(target);
    if (names.some((name) => runsFile(command, name))) return command;
  }
  return null;
}

/** `deno run https://…`: the program fetches what it runs. */
function byItself(command: ShellCommand): readonly RemoteCode[] {
  const { name, words } = command;
  const runs =
    name === 'deno' ? /^(?:run|install|eval|-A)$/ : /^(?:npx|bunx|pnpx|mshta|regsvr32)$/.test(name) ? /./ : null;
  if (!runs || (name === 'deno' && !runs.test(words[1]?.text ?? ''))) return [];
  const url = words.slice(1).find(({ text }) => /^https?:\/\//.test(text));
  return url ? [{ download: { command, url }, by: command, isDirect: true }] : [];
}

/** `iex ((New-Object Net.WebClient).DownloadString('https://…'))`, also out of a pipeline. */
function byObject(command: ShellCommand, commands: readonly ShellCommand[]): readonly RemoteCode[] {
  const word = command.words.find(({ text }) => /\.download(?:string|data)(?:async)?\(/i.test(text));
  if (!word || !/^(?:iex|invoke-expression|)$/.test(command.name)) return [];
  const by = command.name === '' ? runnerOf(command, commands) : command;
  const text = /https?:\/\/[^\s'")]+/i.exec(word.text)?.[0] ?? word.text;
  return by ? [{ download: { command, url: { ...word, text } }, by, isDirect: true }] : [];
}
