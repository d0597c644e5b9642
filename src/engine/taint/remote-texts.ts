import type { TextClass } from '../../knowledge/attacker-contexts.ts';
import { remoteTextAddress, remoteTexts } from '../../knowledge/command-texts.ts';
import type { Script } from '../model/script.ts';
import type { Step } from '../model/step.ts';
import type { ShellCommand } from '../shell/script.ts';
import { isCheckout } from './checkouts.ts';
import { foreignFilesBefore } from './foreign-files.ts';
import { filteredClass, filterOf } from './jq-filter.ts';
import { oneLine } from './one-line.ts';
import { commandsOf } from './script-commands.ts';
import { plain, type Source, unknown } from './sources.ts';
import { stepIndexes } from './step-order.ts';

/** A command as written, for a message. */
export function nameOf({ value }: Script, { start, end }: ShellCommand): string {
  return oneLine(value.slice(start, Math.min(end, start + 400)).replace(/\s*>>?\s*\S+$/, ''), 60);
}

/** `gh pr view --json title`: what GitHub says of a pull request or issue. */
export function remoteSource(script: Script, command: ShellCommand): Source {
  const name = nameOf(script, command);
  const texts = command.words.slice(1).map(({ text }) => text);
  const [noun = '', verb = ''] = texts.filter((text) => !text.startsWith('-'));
  const isApi = noun === 'api';
  if (isApi ? !remoteTextAddress.test(texts.join(' ')) : !/^(?:pr|issue|run|search)$/.test(noun)) return unknown(name);
  if (!isApi && !/^(?:view|list|status|diff|prs|issues|commits)$/.test(verb)) return unknown(name);
  if (verb === 'diff') return remote(name, texts.includes('--name-only') ? 'path' : 'arbitrary');
  const filter = optionValue(texts, ['-q', '--jq', '-t', '--template']);
  const fields = filter ?? piped(script, command) ?? optionValue(texts, ['--json']);
  if (fields === null) return isApi || texts.includes('--comments') ? remote(name, 'arbitrary') : unknown(name);
  return fieldSource(name, fields, filter !== null);
}

function fieldSource(name: string, fields: string, isFilter: boolean): Source {
  if (isFilter) {
    const text = filteredClass(fields);
    return text === null ? unknown(name) : text === 'structured' ? plain(name) : remote(name, text);
  }
  const classes = fields.split(',').flatMap((word) => (Object.hasOwn(remoteTexts, word) ? [remoteTexts[word]] : []));
  // The whole JSON is read by something else, or printed.
  const isAny = classes.length > 1 || classes.includes('arbitrary');
  return classes[0] === undefined ? plain(name) : remote(name, isAny ? 'arbitrary' : classes[0]);
}

function optionValue(words: readonly string[], options: readonly string[]): string | null {
  for (const [at, word] of words.entries()) {
    const [option = '', value] = word.split(/=(.*)/s);
    if (options.includes(option)) return value ?? words[at + 1] ?? null;
  }
  return null;
}

/** The filter of a `jq` behind it. */
function piped(script: Script, { pipeline: { id, position } }: ShellCommand): string | null {
  const next = commandsOf(script).find((one) => one.pipeline.id === id && one.pipeline.position === position + 1);
  return next?.name === 'jq' ? filterOf(next.words.slice(1).map(({ text }) => text)) : null;
}

function remote(name: string, text: TextClass): Source {
  return { kind: 'text', name, text, author: 'outsider', confidence: 'medium', events: null };
}

const API = /api\.github\.com|GITHUB_API_URL|github\.api_url/;
/** `${{ github.event.issue.pull_request.url }}`. */
const EVENT_ADDRESS = /github\.event\.(?:issue|pull_request|comment)\.[\w.]*url\b/;

/** `curl https://api.github.com/repos/x/pulls/1`. */
export function answerSource(script: Script, command: ShellCommand): Source {
  const name = nameOf(script, command);
  const text = script.value.slice(command.start, command.end);
  const isRemote = EVENT_ADDRESS.test(text) || (API.test(text) && remoteTextAddress.test(text));
  if (!isRemote) return unknown(name);
  const filter = piped(script, command);
  return filter === null ? remote(name, 'arbitrary') : fieldSource(name, filter, true);
}

/** Texts of commits and names of files and branches, after an outsider's checkout. */
export function gitSources(script: Script, command: ShellCommand): readonly Source[] {
  const name = nameOf(script, command);
  const words = command.words.slice(1).map(({ text }) => text);
  const text = words.join(' ').slice(0, 1_000);
  const of = gitText(text, words.find((word) => !word.startsWith('-')) ?? '');
  const foreign = foreignFilesBefore(script.step).find(({ what }) => what === 'checkout');
  // A fork's pull request without privileges: its own commits are checked out by themselves.
  const events = foreign?.events ?? (hasCheckout(script.step) ? ['pull_request'] : null);
  if (of === null || events === null) return [plain(name)];
  return [{ kind: 'text', name, text: of, author: 'outsider', confidence: 'medium', events }];
}

const checkouts = stepIndexes(isCheckout);

function hasCheckout(step: Step): boolean {
  return checkouts.before(step);
}

function gitText(text: string, verb: string): TextClass | null {
  const format = /(?:--format|--pretty)[= ](?:format:|tformat:)?(\S.*)/.exec(text)?.[1];
  if (verb === 'log' || verb === 'show') {
    if (format === undefined) return text.includes('--name-only') ? 'path' : 'arbitrary';
    return /%(?:b|B|N)/.test(format) ? 'arbitrary' : /%(?:s|f|an|ae|cn|ce|aN|cN|d|D)/.test(format) ? 'line' : null;
  }
  if (verb === 'branch' || verb === 'symbolic-ref' || /rev-parse.*--abbrev-ref/.test(text)) return 'ref';
  if (verb === 'diff' || verb === 'diff-tree' || verb === 'ls-files' || verb === 'status')
    return /--(?:quiet|shortstat|numstat)/.test(text) ? null : 'path';
  return null;
}
