import { downloadsOf } from '../shell/downloads.ts';
import type { ShellCommand, ShellWord } from '../shell/script.ts';
import { allCommands } from './command-groups.ts';
import type { Dependabot } from './dependabot.ts';
import { mapOf } from './nodes.ts';
import type { Script } from './script.ts';
import type { Located, SourceEdit, SourceFile } from './source.ts';
import { replace } from './source.ts';
import type { Variables } from './variables.ts';
import { wordValue } from './word-values.ts';

/** A URL over which anybody on the way can put in something else. */
export interface PlainUrl {
  readonly at: Located;
  readonly url: string;
  /** Puts `https` in the place of its scheme; null where it is not written here. */
  readonly secured: SourceEdit | null;
}

const PLAIN = /^(?:[a-z]{2,4}\+)?(http|git|ftp|svn|rsync):\/\//i;
/** Options whose value is a registry or an index. */
const SOURCE_OPTION =
  /^--?(?:i|f|index-url|extra-index-url|index|default-index|find-links|registry|source|s|add-source|clear-sources|repo|Repository|SourceLocation|channel|c)(?:=|$)/i;
/** Programs that take code or data from where they are told. */
const TAKES_URL =
  /^(?:pip[\d.]*|uv|pipx|npm|pnpm|yarn|bun|gem|cargo|go|dotnet|nuget|choco|conda|mamba|helm|composer|register-psrepository)$/;
/** Hosts of this machine and of the house. */
const INSIDE =
  /^(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|\[::1\]|host\.docker\.internal)|\.(?:local|localhost|internal|test|svc)$/;
/** Of git, the verbs that fetch. */
const GIT = /^(?:clone|fetch|pull|submodule|ls-remote|remote)$/;

/** URLs of a script that code or data is fetched from, without protection. */
export function plainUrls(script: Script): readonly PlainUrl[] {
  if (!mentionsAny(script.source)) return [];
  return allCommands(script).flatMap((command) =>
    fetchedFrom(command).flatMap((word): readonly PlainUrl[] => {
      const url = wordValue(script, word);
      if (!isPlain(url)) return [];
      const scheme = script.value.slice(word.start, word.end).search(/(?:http|git|ftp):\/\//i);
      const from = word.start + scheme;
      const length = scheme < 0 ? 0 : script.value.slice(from).indexOf(':');
      return [
        {
          at: script.text.span(word.start, word.end),
          url,
          secured: scheme < 0 ? null : script.text.replace(from, from + length, 'https'),
        },
      ];
    }),
  );
}

/** A variable may be set far from where it is used; most files have no such URL at all. */
const mentions = new WeakMap<SourceFile, boolean>();

function mentionsAny(source: SourceFile): boolean {
  const known = mentions.get(source) ?? /(?:http|git|ftp|svn|rsync):\/\//i.test(source.text);
  mentions.set(source, known);
  return known;
}

/** Variables by which package managers are told where to take packages from. */
const SETTING =
  /^(?:(?:PIP|UV)_(?:EXTRA_|DEFAULT_)?INDEX(?:_URL)?|PIP_FIND_LINKS|(?:NPM_CONFIG|YARN|npm_config)_REGISTRY|YARN_NPM_REGISTRY_SERVER|npm_config_registry|GOPROXY|CARGO_REGISTRIES_\w+_INDEX|BUNDLE_MIRROR\w*|GEM_SOURCE|NUGET_SOURCE|HOMEBREW_\w+_(?:REMOTE|DOMAIN))$/;

/** Such variables of an `env:` with an unprotected URL. */
export function plainSettings({ byName }: Variables): readonly PlainUrl[] {
  return [...byName.values()].flatMap(({ name, text }): readonly PlainUrl[] => {
    if (!SETTING.test(name)) return [];
    const at = text.value.search(/https?:/i);
    const url = text.value.slice(Math.max(0, at));
    return isPlain(url) ? [{ at: text, url, secured: text.replace(at, at + 4, 'https') }] : [];
  });
}

/** Registries of Dependabot that are asked without protection. */
export function plainRegistries({ node, source }: Dependabot): readonly PlainUrl[] {
  const entries = mapOf(node.get('registries'))?.entries ?? [];
  return entries.flatMap(({ value }): readonly PlainUrl[] => {
    const url = mapOf(value)?.get('url');
    if (url?.kind !== 'scalar' || !isPlain(url.text)) return [];
    const at = source.at(url);
    const written = source.slice(at);
    const isSame = written.replace(/^["']|["']$/g, '') === url.text;
    return [{ at, url: url.text, secured: isSame ? replace(at, written.replace(/http|git|ftp/i, 'https')) : null }];
  });
}

/** The words of a command that say where it takes something from. */
function fetchedFrom(command: ShellCommand): readonly ShellWord[] {
  const { name, words } = command;
  const downloads = downloadsOf(command).map(({ url }) => url);
  if (downloads.length > 0) return downloads;
  if (name === 'git') return GIT.test(words[1]?.text ?? '') ? words.slice(2).filter(isUrl) : [];
  if (name === 'docker' || name === 'deno' || name === 'svn' || name === 'rsync') return words.slice(1).filter(isUrl);
  if (!TAKES_URL.test(name)) return [];
  return words.slice(1).flatMap((word, at) => {
    const option = words[at]?.text ?? '';
    const value = word.text.startsWith('-') ? word.text.slice(word.text.indexOf('=') + 1) : word.text;
    const isNamed = SOURCE_OPTION.test(option) || (word.text.startsWith('-') && SOURCE_OPTION.test(word.text));
    return PLAIN.test(value) || isNamed ? [{ ...word, text: value }] : [];
  });
}

function isUrl({ text }: ShellWord): boolean {
  return PLAIN.test(text) || text.startsWith('$');
}

/** Over the network, and to another machine: not this one, nor a service beside it, nor a proxy of the house. */
function isPlain(url: string): boolean {
  const host = /^(?:[a-z]{2,4}\+)?(?:http|git|ftp|svn|rsync):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)/i
    .exec(url)?.[1]
    ?.toLowerCase();
  if (host === undefined || host === '') return false;
  // A name without a dot is a service's, and an expansion is not known.
  return host.includes('.') && !host.startsWith('$') && !INSIDE.test(host);
}
