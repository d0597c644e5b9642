import {
  printers,
  requesters,
  type SecretProducer,
  secretProducers,
  secretTransforms,
} from '../../knowledge/secret-producers.ts';
import type { ShellCommand, ShellRedirection, ShellWord } from '../shell/script.ts';
import type { Range } from '../yaml/tree.ts';
import { type WriteTarget, writeTargetOf } from './environment-writes.ts';
import { oneLine } from './one-line.ts';
import { isCredentialName, type SecretValue, worstOf } from './secret-words.ts';

/** Tells what words, variables and files of a script hold at this point. */
export interface Reader {
  /** The commands whose output a command reads by a pipe. */
  before(command: ShellCommand): readonly ShellCommand[];
  word(word: ShellWord): SecretValue | null;
  variable(name: string): SecretValue | null;
  /** All variables that the step is given. */
  environment(): SecretValue | null;
  file(path: string): SecretValue | null;
  input(redirection: ShellRedirection): SecretValue | null;
  written(range: Pick<ShellWord, 'start' | 'end'>): string;
}

/** Substitutions and pipes beyond are not followed. */
const MAX_DEPTH = 8;

/** What a command prints, as far as it is made of secrets. */
export function outputOf(command: ShellCommand, reader: Reader, depth = 0): SecretValue | null {
  const { name, words } = command;
  if (depth > MAX_DEPTH) return null;
  const fetched = producedBy(command);
  if (fetched) return fetched;
  const input = (): SecretValue | null => inputOf(command, reader, depth);
  if (DUMPS.test(name) && words.length === 1) return reader.environment();
  if (name === 'printenv') return worstOf(words.slice(1).map(({ text }) => reader.variable(text)));
  if (FILES.test(name)) return worstOf([input(), ...fileArguments(command, reader)]);
  if (PASSES.test(name)) return input();
  if (printers.has(name) || name === '')
    return worstOf([...words.slice(name === '' ? 0 : 1).map((one) => reader.word(one)), input()]);
  if (secretTransforms.has(name)) return transformed(command, reader, input());
  if (!requesters.has(name)) return null;
  const sent = worstOf([...words.slice(1).map((word) => reader.word(word)), input()]);
  const isIdentity = words.some((word) => /ACTIONS_ID_TOKEN_REQUEST/.test(reader.written(word)));
  return sent || isIdentity ? { kind: 'answer', names: sent?.names ?? [], by: name } : null;
}

/** They print every variable. */
const DUMPS = /^(?:env|printenv|export|set|declare|gci|get-childitem)$/;
const FILES = /^(?:cat|bat|less|more|type|get-content|gc)$/;
/** They hand on what they read, whole or line by line: GitHub hides each line of a secret. */
const PASSES =
  /^(?:tee|tee-object|out-file|out-string|out-host|set-content|add-content|sponge|sort|uniq|nl|dos2unix|envsubst)$/;

const producers: readonly SecretProducer[] = secretProducers;

function producedBy({ name, words }: ShellCommand): SecretValue | null {
  const row = producers.find(({ names }) => names.includes(name));
  if (!row) return null;
  const text = words
    .slice(1)
    .map((word) => word.text)
    .join(' ');
  const found = row.words.exec(text);
  return found ? { kind: 'fetched', names: [], by: oneLine(`${name} ${found[0] ?? ''}`, 60) } : null;
}

/** From the pipe, a here-string, a here-document or a file. */
function inputOf(command: ShellCommand, reader: Reader, depth: number): SecretValue | null {
  const own = worstOf(command.redirections.map((one) => reader.input(one)));
  return own ?? worstOf(reader.before(command).map((one) => outputOf(one, reader, depth + 1)));
}

/** What a command reads: its input, and the files that it is given. */
export function readBy(command: ShellCommand, reader: Reader): SecretValue | null {
  return worstOf([inputOf(command, reader, 0), ...fileArguments(command, reader)]);
}

function fileArguments({ words }: ShellCommand, reader: Reader): readonly (SecretValue | null)[] {
  return words.slice(1).map(({ text }) => reader.file(text));
}

function transformed(command: ShellCommand, reader: Reader, input: SecretValue | null): SecretValue | null {
  const { name, words } = command;
  const options = words.slice(1).map(({ text }) => text);
  if (isSilent(name, options)) return null;
  const given = worstOf(words.slice(1).map((word) => reader.word(word)));
  const value = worstOf([input, ...fileArguments(command, reader), isArgumentRead(name, options) ? given : null]);
  if (!value) return null;
  if (value.kind === 'answer')
    return isCredentialPath(options) ? { ...value, kind: 'fetched', by: `${value.by} | ${name}` } : value;
  if (value.kind !== 'known' || keepsLines(name, options)) return value;
  return { ...value, kind: 'derived', by: name };
}

/** Nothing of what they read comes out. */
function isSilent(name: string, options: readonly string[]): boolean {
  if (/grep$|^rg$/.test(name)) return options.some((one) => /^-[a-zA-Z]*[qcl]|^--(?:quiet|silent|count)/.test(one));
  if (name === 'jq')
    return options.some((one) => /^(?:-[a-z]*e|--exit-status|type|length|keys(?:\[\])?|has\(.*\)|empty|-)$/.test(one));
  if (name !== 'openssl') return false;
  return (
    /^(?:rand|s_client|x509|req|version|verify|genrsa|genpkey|sha\d+|md5)$/.test(options[0] ?? '') ||
    (options[0] === 'dgst' && !options.some((one) => /^-(?:sign|hmac|mac)/.test(one)))
  );
}

/** `jq --arg a "$A" '$a|@base64'`, `awk -v`, `sed <<< `: what is given as an argument is written otherwise. */
function isArgumentRead(name: string, options: readonly string[]): boolean {
  if (/^g?o?jq$|^yq$/.test(name))
    return (
      options.some((one) =>
        /@(?:base64d?|base32|uri|sh|html|csv)|\bsplit\(|ltrimstr|rtrimstr|\.\[\d*:\d*\]|explode|test\(/.test(one),
      ) && !options.includes('-e')
    );
  return /^(?:g|m|n)?awk$/.test(name) && options.some((one) => /substr|split|gsub/.test(one));
}

/** Whole lines come out as they were. */
function keepsLines(name: string, options: readonly string[]): boolean {
  if (name === 'head' || name === 'tail') return !options.some((one) => /^-[a-z]*c|^--bytes/.test(one));
  if (/^(?:grep|egrep|fgrep|rg)$/.test(name)) return !options.some((one) => /^-[a-zA-Z]*o|^--only/.test(one));
  if (name === 'tr')
    return (
      options.some((one) => /^-[a-z]*d/.test(one)) &&
      options.every((one) => /^-|^(?:\\[nrt]|\s|\[:space:\])+$/.test(one))
    );
  if (name === 'sort' || name === 'uniq') return true;
  return (name === 'jq' || name === 'yq') && options.some((one) => /^-[a-z]*R/.test(one));
}

/** `.access_token`, `.Credentials.SecretAccessKey`; of the identity token `.value`. */
function isCredentialPath(options: readonly string[]): boolean {
  const fields = options.flatMap((one) => [...one.matchAll(/[\w-]{3,60}/g)].map(([field]) => field));
  return fields.some((field) => isCredentialName(field) || field === 'value');
}

/** Where a command's output goes. */
export type OutputTarget = { readonly kind: 'log' | WriteTarget } | { readonly kind: 'file'; readonly path: string };

/** Where what a command prints goes: the log, the runner's files, other files. Its errors count for nothing. */
export function targetsOf(command: ShellCommand, written: Reader['written']): readonly OutputTarget[] {
  const { name, words, pipeline } = command;
  // What a group is redirected to is fed by the last of its pipe.
  const isLast = pipeline.position === pipeline.length - 1;
  const redirections = isLast ? command.redirections : command.redirections.filter((one) => holds(command, one));
  const first = words.slice(1).find((word) => /::(?:set-output|set-env|save-state)/.test(written(word)));
  if (first) return [{ kind: /set-env/.test(written(first)) ? 'env' : 'output' }];
  const named = WRITERS.test(name) ? words.slice(1).flatMap((word) => targetOf(written(word), word.text) ?? []) : [];
  const isLogged = !WRITERS.test(name) || /^tee/.test(name);
  const writing = redirections.find(
    (one) => /^(?:\d?>>?\|?|&>>?|>&)$/.test(one.operator) && !/^2/.test(written(one)) && one.target,
  );
  const path = writing?.target ? written(writing.target) : null;
  const redirected = path === null ? null : targetOf(path, writing?.target?.text ?? path);
  if (redirected) return [...named, redirected];
  return isLogged ? [...named, { kind: 'log' }] : named;
}

const WRITERS = /^(?:tee|tee-object|out-file|add-content|set-content|sponge)$/;

function targetOf(path: string, text: string): OutputTarget | null {
  const target = writeTargetOf(path);
  if (target) return { kind: target };
  // `>&2`, `>&1`, `/dev/stderr`: the log all the same.
  if (/^-|^\d$|^["']?\/dev\/(?:std(?:out|err)|tty|fd)/.test(path)) return null;
  return { kind: 'file', path: text };
}

/** A span within another, and not the same. */
export function holds(outer: Range, inner: Range): boolean {
  if (outer.start === inner.start && outer.end === inner.end) return false;
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** A request that is printed with its headers. */
export function isVerbose({ name, words }: ShellCommand): boolean {
  if (name !== 'curl') return false;
  return words.some(({ text }) => /^(?:-[a-zA-Z]*v[a-zA-Z]*|--verbose|--trace(?:-ascii)?)$/.test(text));
}

/** The `user:password` of curl, which becomes base64. */
export function isUser({ words }: ShellCommand, word: ShellWord): boolean {
  const before = words[words.indexOf(word) - 1]?.text ?? '';
  return /^(?:-[a-zA-Z]*u|--user)$/.test(before) || /^(?:-u.|--user=)/.test(word.text);
}

/** Each is searched for in the whole script. */
const MAX_FUNCTIONS = 64;

/** The bodies of functions whose output is read by `$(name)`: what they print is not logged. */
export function capturedFunctions(script: string): readonly Range[] {
  return [...script.matchAll(/^([ \t]*)(?:function[ \t]+)?([\w-]{1,80})[ \t]*\(\)[ \t]*\{/gm)]
    .slice(0, MAX_FUNCTIONS)
    .flatMap((found) => {
      const [, indent = '', name = ''] = found;
      const called = new RegExp(`(?:\\$\\(|\`|<\\()\\s*${name}(?![\\w-])`);
      if (!called.test(script)) return [];
      const rest = script.slice(found.index);
      const close = rest.search(new RegExp(`\\n${indent}\\}|^[^\\n]*\\}[ \\t]*$`, 'm'));
      return [
        {
          start: found.index,
          end: close < 0 ? script.length : found.index + close + rest.slice(close).indexOf('}') + 1,
        },
      ];
    });
}
