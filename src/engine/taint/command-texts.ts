import { plainPrograms, readingPrograms } from '../../knowledge/command-texts.ts';
import { ExpressionError, parseExpression } from '../expression/parse.ts';
import type { Script } from '../model/script.ts';
import type { ShellCommand, ShellWord } from '../shell/script.ts';
import { foreignFilesBefore } from './foreign-files.ts';
import { filteredClass, filterOf } from './jq-filter.ts';
import { answerSource, gitSources, nameOf, remoteSource } from './remote-texts.ts';
import { commandsOf } from './script-commands.ts';
import { rangeSources } from './shell-values.ts';
import { distinct, MAX_TRAIL, plain, type Source, sourcesOf, unknown } from './sources.ts';

const readers: ReadonlySet<string> = new Set(readingPrograms);
const plains: ReadonlySet<string> = new Set(plainPrograms);

/** What a command prints, with those before it in its pipeline, and from whom. */
export function commandSources(script: Script, command: ShellCommand, trail: readonly unknown[]): readonly Source[] {
  if (trail.length > MAX_TRAIL) return [unknown(nameOf(script, command))];
  const { name, words } = command;
  if (plains.has(name) || isCleaning(script, command)) return [plain(nameOf(script, command))];
  if (/^(?:echo|printf|write-output|basename|dirname)$/.test(name)) return wordSources(script, words.slice(1), trail);
  if (name === 'gh') return [remoteSource(script, command)];
  if (name === 'git') return gitSources(script, command);
  if (name === 'curl' || name === 'invoke-restmethod' || name === 'irm') return [answerSource(script, command)];
  if (readers.has(name) || (name === '' && words.length === 0))
    return shortened(command, readSources(script, command, trail));
  // PowerShell: an expression.
  if (name === '' && words.length > 0) return wordSources(script, words, trail);
  return programSources(script, command);
}

function wordSources(script: Script, words: readonly ShellWord[], trail: readonly unknown[]): readonly Source[] {
  return distinct(words.flatMap((word) => rangeSources(script, word, trail)));
}

/** `tr -cd 'a-z'`, `sed 's/[^a-z]//g'`, `grep -oE '[0-9]+'`, `jq length`: whatever comes in, only harmless letters come out. */
function isCleaning({ value }: Script, { name, words }: ShellCommand): boolean {
  const written = words.slice(1).map(({ start, end }) => value.slice(start, end));
  const text = written.join(' ').slice(0, 1_000);
  if (name === 'tr') return /^-\w*[cC]/.test(written[0] ?? '');
  if (name === 'sed') return /s(.)\[\^[^\]]+\][*+]?\1[\w-]?\1g/.test(text);
  if (name === 'jq' || name === 'gojq') {
    const filter = filterOf(words.slice(1).map((word) => word.text));
    return filter !== null && filteredClass(filter) === 'structured';
  }
  if (name !== 'grep' && name !== 'egrep' && name !== 'rg') return false;
  if (/^-\w*[cq]/.test(written[0] ?? '')) return true;
  const pattern = written.find((word) => !word.startsWith('-')) ?? '.';
  return /(?:^|\s)-\w*o/.test(text) && !/(?<!\\)\.[*+{]|\[\^|\\[SDW]|\$/.test(pattern.replace(/\$['"]?$/, ''));
}

/** `head -1`, `tr -d '\n'`, `jq -c`: one line is left. */
function shortened({ name, words }: ShellCommand, sources: readonly Source[]): readonly Source[] {
  const text = words
    .slice(1)
    .map((word) => word.text)
    .join(' ');
  const isLine =
    ((name === 'head' || name === 'tail') && /(?:^|\s)-(?:n ?)?1\b/.test(text)) ||
    (name === 'tr' && /\\n|\\r|\[:(?:space|cntrl):\]/.test(text)) ||
    (name === 'jq' && /(?:^|\s)-\w*c/.test(text) && !/(?:^|\s)-\w*r/.test(text)) ||
    name === 'xargs' ||
    (name === 'paste' && /-\w*s/.test(text));
  const filter = name === 'jq' || name === 'gojq' ? filterOf(words.slice(1).map((word) => word.text)) : null;
  const asked = filter === null ? null : filteredClass(filter);
  if (asked)
    return sources.map((source) =>
      source.kind === 'text' ? { ...source, text: narrower(source.text, asked) } : source,
    );
  if (!isLine) return sources;
  return sources.map((source) =>
    source.text === 'arbitrary' || source.text === 'path' ? { ...source, text: 'line' } : source,
  );
}

/** What comes out is no more than what went in. */
function narrower(text: Source['text'], asked: Source['text']): Source['text'] {
  return text === 'arbitrary' || (text === 'path' && asked === 'line') ? asked : text;
}

/** A program that prints what it reads: files that it names, or what comes through the pipe. */
function readSources(script: Script, command: ShellCommand, trail: readonly unknown[]): readonly Source[] {
  const { pipeline, redirections } = command;
  const event = eventSources(script, command);
  if (event) return event;
  const before = commandsOf(script).find(
    (one) => one.pipeline.id === pipeline.id && one.pipeline.position === pipeline.position - 1 && isNear(one, command),
  );
  const input = redirections.find(({ operator, body }) => operator === '<<<' || body);
  const words = command.words.slice(1).filter(({ isLiteral }) => !isLiteral);
  const own = [
    ...wordSources(
      script,
      words.filter((word) => !isPath(word)),
      trail,
    ),
    ...(input ? rangeSources(script, input.target ?? input.body ?? input, trail) : []),
    ...(before ? commandSources(script, before, [...trail, command]) : []),
  ];
  return distinct(before || input ? own : [...own, ...fileSources(script, command, trail)]);
}

/** Substitutions count their pipelines on: the same number never stands for two, but a group's commands share their place. */
function isNear(a: ShellCommand, b: ShellCommand): boolean {
  return a !== b && a.start <= b.start;
}

function isPath({ text }: ShellWord): boolean {
  if (text.length > 300) return false;
  return (
    /^(?:\$\{?\w+\}?)?[\w./-]*\/[\w./$*{}-]+$/.test(text) || /\.(?:txt|json|md|ya?ml|toml|log|diff|patch)$/.test(text)
  );
}

/** `jq -r .issue.title "$GITHUB_EVENT_PATH"`. */
function eventSources(script: Script, command: ShellCommand): readonly Source[] | null {
  const { value } = script;
  const { id } = command.pipeline;
  const pipe = commandsOf(script).filter(
    ({ pipeline }) => pipeline.id === id && pipeline.position <= command.pipeline.position,
  );
  const text = pipe.map(({ start, end }) => value.slice(start, end)).join(' | ');
  if (!/GITHUB_EVENT_PATH|github\.event_path/i.test(text)) return null;
  const [, path] =
    /(?:^|[\s'"(])\.([a-z_]+(?:\??\.[a-z_]+|\[\d*\])*)/.exec(text.replace(/GITHUB_EVENT_PATH/g, '')) ?? [];
  const full =
    path === undefined ? 'toJSON(github.event)' : `github.event.${path.replaceAll('?', '').replace(/\[\d*\]/g, '.*')}`;
  const parsed = parseExpression(full);
  if (parsed instanceof ExpressionError) return [unknown('github.event')];
  return sourcesOf(parsed, { owner: script.step, isEnv: false, trail: [] });
}

/** The content of files, which is an outsider's where an outsider's files lie. */
function fileSources(script: Script, command: ShellCommand, trail: readonly unknown[]): readonly Source[] {
  const foreign = foreignFilesBefore(script.step);
  const written = [
    ...command.words.slice(1),
    ...command.redirections.flatMap(({ operator, target }) => (operator === '<' && target ? [target] : [])),
  ];
  const paths = written
    .filter(({ text }) => !text.startsWith('-'))
    .map(({ start, end }) => script.value.slice(start, end).replace(/["']/g, ''));
  const writer = paths.length > 0 ? writerOf(script, command, paths) : null;
  if (writer && !trail.includes(writer)) return commandSources(script, writer, [...trail, writer]);
  const found = foreign.find(({ folder }) => paths.some((path) => liesIn(path, folder, script)));
  const name = nameOf(script, command);
  if (!found) return [paths.length === 0 ? unknown(name) : plain(name)];
  const { events, confidence } = found;
  return [{ kind: 'text', name, text: 'arbitrary', author: 'outsider', confidence, events }];
}

/** The command of the same script that has written a file before: `gh api … > pull.json`. */
function writerOf(script: Script, command: ShellCommand, paths: readonly string[]): ShellCommand | null {
  const isFile = (text: string | undefined): boolean => text !== undefined && paths.includes(text);
  const earlier = commandsOf(script).filter(({ end }) => end <= command.start);
  const writers = earlier.filter(({ redirections, words }) => {
    const output = words.findIndex(({ text }) => text === '-o' || text === '--output' || text === '-O');
    const isTarget = redirections.some(({ operator, target }) => operator.startsWith('>') && isFile(target?.text));
    return isTarget || (output > 0 && isFile(words[output + 1]?.text));
  });
  return writers.at(-1) ?? null;
}

function liesIn(path: string, folder: string | null, { step, value }: Script): boolean {
  const inside = path.replace(/^(?:\$\{?GITHUB_WORKSPACE\}?|\$\{\{\s*github\.workspace\s*\}\})\/?|^(?:\.\/)+/, '');
  if (/^\$\{?(?:GITHUB|RUNNER_TOOL)\w*|^\/(?:proc|sys|etc|dev)|^~/.test(inside)) return false;
  if (folder === null) return true;
  if (folder === '') return !/^[/$]/.test(inside) && inside !== '-';
  const place = step.workingDirectory?.value ?? '';
  return (
    inside.startsWith(folder) ||
    place.startsWith(folder) ||
    new RegExp(`\\bcd\\s+["']?(?:\\./)?${escaped(folder)}`).test(value)
  );
}

function escaped(text: string): string {
  return text.slice(0, 200).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What a program prints that is not known: after a foreign checkout maybe what the files say. */
function programSources(script: Script, command: ShellCommand): readonly Source[] {
  const { name, words } = command;
  const text = words.map((word) => word.text).join(' ');
  const isManifest =
    /package\.json|pyproject|Cargo\.toml|version/i.test(text) &&
    /^(?:node|python3?|npm|poetry|cargo|ruby|php)$/.test(name);
  if (isManifest) {
    const foreign = foreignFilesBefore(script.step).find(({ folder }) => folder === '' || folder === null);
    const full = nameOf(script, command);
    if (!foreign) return [plain(full)];
    const { events, confidence } = foreign;
    return [{ kind: 'text', name: full, text: 'arbitrary', author: 'outsider', confidence, events }];
  }
  return [unknown(nameOf(script, command))];
}
