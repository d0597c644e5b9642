import { parseBash } from '../shell/bash.ts';

/** A command as words, its name first. */
type Words = readonly string[];

/** How deep a command may hide in others: `sudo bash -c "xargs sh -c '…'"`. */
const MAX_NESTED = 4;

/** The commands that a command starts with what it was given: the text of `bash -c`, what is behind `xargs`, what runs in a container on the workspace. */
export function nestedCommands(words: Words, depth = 0): readonly Words[] {
  if (depth >= MAX_NESTED) return [];
  const found = directlyNested(words);
  return [...found, ...found.flatMap((inner) => nestedCommands(inner, depth + 1))];
}

const SHELLS: ReadonlySet<string> = new Set(['bash', 'sh', 'zsh', 'dash', 'ash', 'ksh', 'su', 'pwsh', 'powershell']);

function directlyNested(words: Words): readonly Words[] {
  const name = nameOf(words);
  if (SHELLS.has(name)) return ofText(words[optionAt(words) + 1], optionAt(words) > 0);
  if (name === 'eval') return ofText(words.slice(1).join(' '), true);
  if (name === 'xargs') return behindXargs(words);
  if (name === 'find') return behindFind(words);
  if (name === 'docker' || name === 'podman') return inContainer(words);
  if (name === 'cmd') return [words.slice(2)];
  return name === 'call' || name === 'start' ? [words.slice(1)] : [];
}

function nameOf([first = '']: Words): string {
  return (first.split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.exe$/, '');
}

/** Where `-c`, `-ec`, `-Command` stands, before any other argument. */
function optionAt(words: Words): number {
  const at = words.findIndex((word, index) => index > 0 && /^-(?:[a-z]*c|command)$/i.test(word));
  return words.slice(1, Math.max(at, 1)).every((word) => /^-|^\w+$/.test(word)) ? at : -1;
}

function ofText(text: string | undefined, isMeant: boolean): readonly Words[] {
  if (!isMeant || !text) return [];
  return (parseBash(text, [])?.commands ?? []).map(({ words }) => words.map((word) => word.text));
}

/** `xargs -n1 bash`: the names that it reads are files of the workspace. */
function behindXargs(words: Words): readonly Words[] {
  let at = 1;
  while (words[at]?.startsWith('-')) at += /^-[IiLlnPsEd]$/.test(words[at] ?? '') ? 2 : 1;
  const rest = words.slice(at);
  return rest.length > 0 ? [withFile(rest)] : [];
}

function behindFind(words: Words): readonly Words[] {
  const at = words.findIndex((word) => /^-(?:exec|execdir|ok)$/.test(word));
  return at > 0 ? [withFile(words.slice(at + 1).filter((word) => !/^(?:\\?;|\+)$/.test(word)))] : [];
}

/** A place holder is some file of the workspace, and so is what is added behind the last word. */
function withFile(words: Words): Words {
  const named = words.map((word) => (word === '{}' || word === '%' ? './{}' : word));
  return named.includes('./{}') ? named : [...named, './{}'];
}

const WORKSPACE = /^(?:\.|\$\{?(?:PWD|GITHUB_WORKSPACE)\}?|\$\(pwd\)|`pwd`|\$\{\{\s*github\.workspace\s*\}\})(?:\/|$)/;
/** Options of `docker run` that stand alone. */
const ALONE = /^-(?:-(?:rm|privileged|init|read-only|tty|interactive|detach|no-healthcheck|quiet)|[itdPq]+)$|=/;

/** What runs in a container that sees the workspace, with paths as they are outside. */
function inContainer(words: Words): readonly Words[] {
  const run = words.indexOf('run');
  if (run < 0) return [];
  let target: string | null = null;
  let at = run + 1;
  for (; words[at]?.startsWith('-'); at += ALONE.test(words[at] ?? '') ? 1 : 2) {
    const [option = '', joined] = (words[at] ?? '').split(/=(.*)/s);
    if (/^(?:-v|--volume|--mount)$/.test(option)) target = mounted(joined ?? words[at + 1] ?? '') ?? target;
  }
  const inside = words.slice(at + 1);
  if (target === null || inside.length === 0) return [];
  const prefix = `${target.replace(/\/$/, '')}/`;
  return [inside.map((word) => (word.startsWith(prefix) ? `./${word.slice(prefix.length)}` : word))];
}

/** Where a volume puts the workspace; null: it is another folder's. */
function mounted(volume: string): string | null {
  const source = /(?:^|,)(?:source|src)=([^,]*)/.exec(volume)?.[1] ?? volume.replace(/:[^:]*(?::\w+)?$/, '');
  const target = /(?:^|,)(?:target|dst|destination)=([^,]*)/.exec(volume)?.[1] ?? /:(\/[^:]*)/.exec(volume)?.[1];
  return WORKSPACE.test(source) ? (target ?? null) : null;
}
