import type { Script } from '../model/script.ts';
import type { Located } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import type { Text } from '../model/text.ts';
import type { ShellCommand, ShellWord } from '../shell/script.ts';
import type { Danger } from './danger.ts';
import { javascriptSources } from './javascript-values.ts';
import { commandsOf } from './script-commands.ts';
import { dangerIn, dangerOfExpansion } from './shell-danger.ts';
import { expansionsIn } from './shell-values.ts';
import { beginningOf } from './shell-variables.ts';

/** A request whose address somebody else decides. */
export interface TaintedRequest {
  readonly at: Located;
  /** For a message: `curl`. */
  readonly client: string;
  readonly danger: Danger;
  /** The server itself; false: only what is asked of it. */
  readonly isHost: boolean;
  /** The runner stands in somebody's network. */
  readonly isSelfHosted: boolean;
}

const CLIENTS: ReadonlySet<string> = new Set([
  'curl',
  'wget',
  'http',
  'https',
  'invoke-webrequest',
  'invoke-restmethod',
  'iwr',
  'irm',
  'aria2c',
]);

/** Scripts without any of these are not even parsed. */
const MENTIONS = /\b(?:curl|wget|https?|invoke-(?:webrequest|restmethod)|iwr|irm|aria2c)\b/i;

/** The requests of a step to an address that somebody else decides. */
export function taintedRequests(step: Step): readonly TaintedRequest[] {
  const { script } = step;
  const code = step.with('script');
  if (script) return shellRequests(script);
  return code && step.uses?.matches(GITHUB_SCRIPT) ? javascriptRequests(step, code) : [];
}

/** A constant, since lists are prepared once. */
const GITHUB_SCRIPT = ['actions/github-script'];

function shellRequests(script: Script): readonly TaintedRequest[] {
  if (!/\$|%/.test(script.value) || !MENTIONS.test(script.value)) return [];
  return commandsOf(script)
    .filter(({ name }) => CLIENTS.has(name))
    .flatMap((command) => addressesOf(command).flatMap((word) => requestTo(script, command, word)));
}

function requestTo(script: Script, { name }: ShellCommand, word: ShellWord): readonly TaintedRequest[] {
  const isSelfHosted = script.step.job?.runsOn?.kind === 'self-hosted';
  for (const expansion of expansionsIn(script, word)) {
    const danger = dangerOfExpansion(script, expansion, ['arbitrary', 'line', 'path', 'ref']);
    if (!danger) continue;
    const before = script.value.slice(word.start, expansion.at) + beginningOf(script, expansion.name, expansion.at);
    if (isBehindHost(before) && danger.reach === 'insider') continue;
    return [
      { at: script.text.span(word.start, word.end), client: name, danger, isHost: !isBehindHost(before), isSelfHosted },
    ];
  }
  return [];
}

/** What stands before says which server: `https://host/`, or a variable and a slash. */
function isBehindHost(before: string): boolean {
  return /:\/\/[^/\s]+[/?#]|^["']?\$\{?\w+\}?\/|^["']?\$\{\{[^}]*\}\}\//.test(before);
}

/** Options whose value is no address. */
const TAKES_VALUE =
  /^(?:-\w*[dHoXuAFTbcCeEKmrUwxyYzDOPt]|--(?:data[\w-]*|json|header|output|request|user|user-agent|form[\w-]*|upload-file|cookie[\w-]*|max-time|retry[\w-]*|write-out|config|referer|connect-timeout|cacert|cert|key|post-data|post-file|body-data|directory-prefix)|-(?:body|headers|method|outfile|contenttype|infile|timeoutsec|credential|token|form))$/i;

/** The words of a command that are addresses. */
function addressesOf({ words }: ShellCommand): readonly ShellWord[] {
  return words.slice(1).filter((word, at) => {
    const before = words[at]?.text ?? '';
    if (/^(?:--url|-uri)$/i.test(before)) return true;
    return !word.text.startsWith('-') && (at === 0 || !TAKES_VALUE.test(before) || /^-[fsSLkgn]+[OSL]?$/.test(before));
  });
}

const REQUESTS =
  /\b(fetch|axios(?:\.(?:get|post|put|request))?|got(?:\.(?:get|post))?|(?:http|https)\.(?:get|request))\s*\(\s*([^,)\n]+)/g;

function javascriptRequests(step: Step, text: Text): readonly TaintedRequest[] {
  const isSelfHosted = step.job?.runsOn?.kind === 'self-hosted';
  return [...text.value.matchAll(REQUESTS)].flatMap((match) => {
    const [, client = '', address = ''] = match;
    const end = match.index + match[0].length;
    const range = { start: end - address.length, end };
    const danger = dangerIn(javascriptSources(text, range, []), step, ['arbitrary', 'line', 'path', 'ref']);
    if (!danger) return [];
    const isHost = !/^[`'"]https?:\/\/[^/$]+\//.test(address);
    return [{ at: text.span(range.start, end), client, danger, isHost, isSelfHosted }];
  });
}
