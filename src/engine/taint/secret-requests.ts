import { requesters } from '../../knowledge/secret-producers.ts';
import type { ShellCommand, ShellWord } from '../shell/script.ts';
import { type Reader, readBy } from './secret-commands.ts';
import type { SecretValue } from './secret-words.ts';

/** A secret that a command sends over the network. */
export interface SecretRequest {
  readonly command: ShellCommand;
  readonly value: SecretValue;
  /** `raw`: a socket; `dns`: a look-up; else where in the request. */
  readonly how: 'header' | 'body' | 'url' | 'raw' | 'dns';
  /** As written, in lower case; null where only the run knows. */
  readonly host: string | null;
  /** The address comes from the repository's own settings: a secret or a variable. */
  readonly isConfigured: boolean;
}

const SOCKETS = /^(?:nc|ncat|netcat|socat|telnet)$/;
const LOOKUPS = /^(?:dig|nslookup|host|drill|ping|resolve-dnsname|kdig)$/;
const BODY =
  /^(?:-d|--data(?:-\w+)?|--json|-F|--form(?:-string)?|-T|--upload-file|--post-(?:data|file)|--body-\w+|-body|-form|--raw)(?:=|$)/i;
const HEADER =
  /^(?:-H|--header|-u|--user|--oauth2-bearer|-headers|-credential|-A|--user-agent|-b|--cookie|-e|--referer|--http-password|--password|--token|-authentication)(?:=|$)|^-(?:u|H)./i;
const ADDRESS = /^["']?(?:[a-z]+:\/\/)?(?:[^@/\s"']*@)?(\[[0-9a-f:]+\]|[a-z0-9$][^/\s:"'?#]*)/i;

/** The secrets that a command sends. */
export function requestsOf(
  command: ShellCommand,
  reader: Reader,
  resolve: (text: string) => string | null,
): readonly SecretRequest[] {
  const { name, words, redirections } = command;
  const isSocket = SOCKETS.test(name) || (name === 'openssl' && words[1]?.text === 's_client');
  const device = redirections.find(({ target }) => /^\/dev\/(?:tcp|udp)\//.test(target?.text ?? ''))?.target;
  if (device) {
    const value = readBy(command, reader) ?? sumOf(words, reader);
    return value
      ? [{ command, value, how: 'raw', host: hostOf(device.text.slice(9), resolve).host, isConfigured: false }]
      : [];
  }
  if (isSocket) {
    const value = readBy(command, reader) ?? sumOf(words, reader);
    const target = words
      .slice(1)
      .find(({ text }) => /^[\w$-]+\.[\w.$-]+|^(?:tcp|udp)[-\w]*:|^localhost|^\$/i.test(text));
    const { host, isConfigured } = hostOf(
      reader.written(target ?? command).replace(/^(?:tcp|udp)[-\w]*:/i, ''),
      resolve,
    );
    return value ? [{ command, value, how: 'raw', host: target ? host : null, isConfigured }] : [];
  }
  if (LOOKUPS.test(name)) {
    return words.slice(1).flatMap((word): readonly SecretRequest[] => {
      const value = reader.word(word);
      // `dig "$HOST"` asks for a stored name; `dig "$KEY.example.com"` tells the key.
      const isTold = /[\w})"'-]\.[\w-]+\.?[\w-]*["']?$/.test(reader.written(word)) && /[$`]/.test(reader.written(word));
      return value && isTold && value.kind !== 'answer'
        ? [{ command, value, how: 'dns', host: null, isConfigured: false }]
        : [];
    });
  }
  return requesters.has(name) ? sent(command, reader, resolve) : [];
}

function sumOf(words: readonly ShellWord[], reader: Reader): SecretValue | null {
  return (
    words
      .slice(1)
      .map((word) => reader.word(word))
      .find((value) => value !== null && value.kind !== 'answer') ?? null
  );
}

function sent(
  command: ShellCommand,
  reader: Reader,
  resolve: (text: string) => string | null,
): readonly SecretRequest[] {
  const { words } = command;
  const at = addressOf(words, reader);
  const address = at < 0 ? null : words[at];
  const { host, isConfigured } = hostOf(address ? reader.written(address) : '', resolve);
  const found: SecretRequest[] = [];
  for (const [index, word] of words.entries()) {
    const value = index === 0 ? null : (reader.word(word) ?? reader.file(/@([^;\s]+)/.exec(word.text)?.[1] ?? ''));
    if (!value || value.kind === 'answer') continue;
    const option = [word.text, words[index - 1]?.text ?? ''];
    const how =
      index === at
        ? 'url'
        : option.some((one) => BODY.test(one))
          ? 'body'
          : option.some((one) => HEADER.test(one))
            ? 'header'
            : 'body';
    // The address itself is the secret, or holds the password for its host.
    if (how === 'url' && (isConfigured || /:\/\/[^/]*@/.test(reader.written(word)))) continue;
    found.push({ command, value, how, host, isConfigured });
  }
  const input = readBy(command, reader);
  if (input && input.kind !== 'answer') found.push({ command, value: input, how: 'body', host, isConfigured });
  return found;
}

/** The word with the address: what looks like one, else the first that is neither option nor an option's value. */
function addressOf(words: readonly ShellWord[], reader: Reader): number {
  const isOption = (text: string): boolean => /^-/.test(text);
  const named = words.findIndex(
    (word, at) => at > 0 && /^(?:--url|-uri)$/i.test(words[at - 1]?.text ?? '') && word.text !== '',
  );
  if (named > 0) return named;
  const url = words.findIndex(
    (word, at) =>
      at > 0 &&
      /^["']?https?:\/\//i.test(reader.written(word)) &&
      !/^(?:-e|--referer|-x|--proxy)$/.test(words[at - 1]?.text ?? ''),
  );
  if (url > 0) return url;
  return words.findIndex(
    ({ text }, at) =>
      at > 0 && !isOption(text) && !(isOption(words[at - 1]?.text ?? '') && TAKES.test(words[at - 1]?.text ?? '')),
  );
}

const TAKES =
  /^(?:-[a-zA-Z]*[HdFTuoXbcemAxwDKrE]|--(?:header|data(?:-\w+)?|form|user|output|request|max-time|retry|retry-delay|connect-timeout|write-out|json|cookie|user-agent|cacert|cert|key|proxy|config|upload-file)|-(?:method|headers|body|outfile|contenttype|credential|token|authentication))$/i;

function hostOf(
  written: string,
  resolve: (text: string) => string | null,
): { host: string | null; isConfigured: boolean } {
  const found = ADDRESS.exec(written.trim())?.[1] ?? '';
  if (!/[$`]/.test(found)) return { host: found === '' ? null : found.toLowerCase(), isConfigured: false };
  const start = /[$].*$/s.exec(written)?.[0] ?? '';
  // `${HOST}.example.com`: what counts is known.
  const rest = /^\$\{?\{?[^}]*\}?\}?\.([\w-]+(?:\.[\w-]+)+)/.exec(start)?.[1];
  if (rest) return { host: rest.toLowerCase(), isConfigured: false };
  const value = resolve(start);
  if (value === null) return { host: null, isConfigured: false };
  if (value === '') return { host: null, isConfigured: true };
  return { host: ADDRESS.exec(value)?.[1]?.toLowerCase() ?? null, isConfigured: false };
}
