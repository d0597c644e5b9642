import { type OptionStyle, readArguments } from './arguments.ts';
import { basename } from './prefixes.ts';
import type { ShellCommand, ShellWord } from './script.ts';

/** A command that fetches by URL. */
export interface Download {
  readonly command: ShellCommand;
  readonly url: ShellWord;
  /** The file that it writes, as written; null: its output. */
  readonly file: string | null;
}

/** Options that take a value, from the manuals of curl 8, wget 1.25 and aria2 1.37. */
const CURL: OptionStyle = {
  short: 'oHdFuXAebcTmxwrCEKYyztPQU',
  long: new Set(
    'output header data data-raw data-binary data-urlencode form form-string user request user-agent referer cookie cookie-jar upload-file max-time connect-timeout retry retry-delay retry-max-time proxy write-out range cacert capath cert key proto proto-redir proto-default tls-max url output-dir limit-rate resolve interface json oauth2-bearer netrc-file parallel-max ciphers config max-redirs max-filesize'.split(
      ' ',
    ),
  ),
};
const WGET: OptionStyle = {
  short: 'OoaUPetTQiBlARDIXw',
  long: new Set(
    'output-document output-file append-output user-agent directory-prefix execute tries timeout quota input-file base level header user password http-user http-password post-data post-file method body-data ca-certificate certificate private-key retry-on-http-error waitretry wait dir out'.split(
      ' ',
    ),
  ),
};
const POWERSHELL =
  /^-(?:outf|headers|method|body|proxy|timeout|contenttype|useragent|maximumretry|retryinterval|infile|source|destination|uri)/i;

/** What a command fetches: its URLs, and where each goes. */
export function downloadsOf(command: ShellCommand): readonly Download[] {
  const { name } = command;
  if (/^(?:invoke-webrequest|invoke-restmethod|iwr|irm|start-bitstransfer)$/.test(name)) return byPowerShell(command);
  if (name === 'curl' || name === 'wget') {
    // Windows PowerShell has other commands under these names.
    const isAlias = command.words.some(({ text }) => /^-(?:uri|outfile|usebasicparsing|useb)$/i.test(text));
    return isAlias ? byPowerShell(command) : byUnix(command);
  }
  if (/^(?:aria2c|axel|wget2|http|https|xh)$/.test(name)) return byUnix(command);
  return name === 'gh' ? byGitHub(command) : [];
}

/** `gh api …`, `gh release download`: what lies in a repository. */
function byGitHub(command: ShellCommand): readonly Download[] {
  const given = readArguments(command.words.slice(1), GH);
  const [verb, noun, tag] = given.operands;
  if (verb?.text === 'api' && noun) return [{ command, url: noun, file: redirectedTo(command) }];
  if (verb?.text !== 'release' || noun?.text !== 'download') return [];
  const pattern = given.value('p', 'pattern');
  const file = given.value('O', 'output') ?? pattern;
  const url = given.value('R', 'repo') ?? tag ?? pattern;
  return url ? [{ command, url, file: file?.text ?? null }] : [];
}

const GH: OptionStyle = {
  short: 'RpODAHXfFtq',
  long: new Set(
    'repo pattern output dir archive header method field raw-field input jq template hostname preview cache'.split(' '),
  ),
};

function byUnix(command: ShellCommand): readonly Download[] {
  const isCurl = command.name === 'curl';
  const given = readArguments(command.words.slice(1), isCurl ? CURL : WGET);
  const named = given.value('url');
  const urls = [...(named ? [named] : []), ...given.operands.filter(isUrl)];
  const output = isCurl ? given.value('o', 'output') : given.value('O', 'output-document', 'out');
  const isNamedByUrl = isCurl ? given.has('O', 'remote-name', 'remote-name-all') : output === null;
  return urls.map((url) => {
    const file = output ? toFile(output.text) : isNamedByUrl ? fileOf(url.text) : null;
    return { command, url, file: file ?? redirectedTo(command) };
  });
}

function byPowerShell(command: ShellCommand): readonly Download[] {
  const words = command.words.slice(1);
  const following = (option: RegExp) => words[words.findIndex(({ text }) => option.test(text)) + 1] ?? null;
  const has = (option: RegExp) => words.some(({ text }) => option.test(text));
  const operands = words.filter(({ text }, at) => !text.startsWith('-') && !POWERSHELL.test(words[at - 1]?.text ?? ''));
  const url = has(/^-(?:uri|source)$/i) ? following(/^-(?:uri|source)$/i) : operands[0];
  const file = has(/^-(?:outf\w*|dest\w*)$/i) ? following(/^-(?:outf\w*|dest\w*)$/i) : null;
  return url ? [{ command, url, file: file?.text ?? redirectedTo(command) }] : [];
}

/** A URL without a scheme is one too: `curl get.example.com`. */
function isUrl({ text }: ShellWord): boolean {
  return /^["']?[a-z+]+:\/\//i.test(text) || /^[\w-]+(?:\.[\w-]+)+(?:[/:?]|$)/.test(text) || /\$|^x{4,}/.test(text);
}

function toFile(text: string): string | null {
  return text === '-' || text === '/dev/stdout' ? null : text;
}

function fileOf(url: string): string | null {
  const path = url.replace(/[?#].*$/, '').replace(/^[a-z+]+:\/\/[^/]*/i, '');
  return basename(path) || null;
}

function redirectedTo({ redirections }: ShellCommand): string | null {
  const target = redirections.find(({ operator }) => /^(?:&?>\|?|1>)$/.test(operator))?.target?.text;
  return target && target !== '/dev/null' ? target : null;
}
