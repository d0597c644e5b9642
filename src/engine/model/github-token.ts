import {
  PACKAGE_HOSTS,
  TOKEN_ACTIONS,
  TOKEN_BEFORE,
  TOKEN_HOST,
  TOKEN_HOST_NAME,
  TOKEN_INPUTS,
  TOKEN_VARIABLES,
} from '../../knowledge/token-inputs.ts';
import { downloadsOf } from '../shell/downloads.ts';
import { allCommands } from './command-groups.ts';
import type { Expression } from './expression.ts';
import type { Script } from './script.ts';
import type { Step } from './step.ts';
import { wordValue } from './word-values.ts';

/** `gh auth login --with-token <<< "$TOKEN"`, `echo "$TOKEN" | gh auth login --with-token`. */
const LOGIN = /\bgh\s+auth\s+login\b/;

/** Longer scripts are searched for no variable: each is searched for all of its step's. In UTF-16 units. */
const MAX_SCRIPT = 65_536;
/** Places in a script that are looked at for one variable. */
const MAX_USES = 20;

/** Whether what an expression gives is used as a GitHub token, by the place where it stands: an input, a variable, a URL, a header. */
export function isGithubToken({ site: { owner, key, name }, text, from, to }: Expression): boolean {
  const step = owner.kind === 'step' ? owner : null;
  if (key === 'env') return TOKEN_VARIABLES.has(name.toUpperCase()) || (step !== null && isSentByScript(step, name));
  if (key === 'run') return step?.script?.text === text && isSent(step.script, from, to);
  if (key !== 'with' && key !== 'secrets') return false;
  const input = name.toLowerCase().replaceAll('_', '-');
  if (input === 'token') return step?.uses?.matches(TOKEN_ACTIONS) === true;
  if (input === 'password')
    return (
      step?.uses?.matches(['docker/login-action']) === true && PACKAGE_HOSTS.has(step.with('registry')?.value ?? '')
    );
  return TOKEN_INPUTS.has(input);
}

/** A step's own variable, where its script puts it into a URL or header for GitHub. */
function isSentByScript({ script }: Step, variable: string): boolean {
  if (!script || script.value.length > MAX_SCRIPT) return false;
  return [`$${variable}`, `\${${variable}}`, `$env:${variable}`].some((written) => {
    let at = script.value.indexOf(written);
    for (let count = 0; at >= 0 && count < MAX_USES; count++) {
      if (isSent(script, at, at + written.length)) return true;
      at = script.value.indexOf(written, at + written.length);
    }
    return false;
  });
}

/** Whether a span of a script stands in the URL of a clone from GitHub, or behind `Authorization:` in a request to it; or `gh` logs in with it. */
function isSent(script: Script, from: number, to: number): boolean {
  const { value } = script;
  // Windows: a hostile script of many expressions must not cost their square.
  const before = value.slice(Math.max(0, from - 100), from);
  if (LOGIN.test(value.slice(Math.max(0, from - 100), to + 100))) return true;
  const place = TOKEN_BEFORE.exec(before)?.[1];
  if (place === undefined) return false;
  if (/^https/i.test(place)) {
    const host = /^[^\s/@"']*@([^\s/"']+)/.exec(value.slice(to, to + 300))?.[1];
    return host !== undefined && isHost(host);
  }
  return requestedHost(script, from, to) ?? urlsOf(value.slice(Math.max(0, from - 500), to + 500)).some(isHost);
}

/** Whether the command in which a span stands asks GitHub; null where its address isn't seen. */
function requestedHost(script: Script, from: number, to: number): boolean | null {
  if (script.value.length > MAX_SCRIPT) return null;
  const command = allCommands(script).findLast(({ start, end }) => start <= from && to <= end);
  if (!command) return null;
  if (command.name === 'gh') return true;
  const hosts = downloadsOf(command).map(({ url }) => hostOf(wordValue(script, url)));
  // An address that only the run knows: what stands around it may tell.
  const known = hosts.filter((host) => host !== '' && (isHost(host) || !host.startsWith('$')));
  return known.length > 0 ? known.some(isHost) : null;
}

function urlsOf(text: string): readonly string[] {
  const named = text.match(/\$[{(]*\s*(?:env:|github\.)?\w+/g) ?? [];
  return [...(text.match(/https?:\/\/[^\s"'`/]+/g) ?? []).map(hostOf), ...named];
}

/** What stands in a URL's place of the host. */
function hostOf(url: string): string {
  return url.replace(/^["']?(?:[a-z]+:\/\/)?(?:[^\s/@]*@)?/i, '').replace(/^(\$\{\{[^}]*\}\}|[^/:?#"']*).*$/s, '$1');
}

function isHost(host: string): boolean {
  return TOKEN_HOST_NAME.test(host) || (!host.startsWith('$') && TOKEN_HOST.test(host.replace(/:\d+$/, '')));
}
