import { type Installer, installers, ownPackages, runsOne } from '../../knowledge/package-managers.ts';
import { type Arguments, type OptionStyle, readArguments } from './arguments.ts';
import type { ShellCommand, ShellWord } from './script.ts';

/** A command that installs packages which it names. */
export interface Install {
  readonly command: ShellCommand;
  /** `npm install`. */
  readonly what: string;
  /** Packages of a registry, without files, folders and what only the run knows. */
  readonly packages: readonly NamedPackage[];
  /** What installs the same from a lockfile. */
  readonly instead: string;
}

export interface NamedPackage {
  /** As written. */
  readonly name: string;
  /** An exact version is named. */
  readonly isPinned: boolean;
  /** The package manager itself. */
  readonly isOwn: boolean;
}

interface Ready {
  readonly row: Installer;
  readonly style: OptionStyle;
}

const byName = new Map<string, Ready[]>();
for (const row of installers) {
  const ready: Ready = { row, style: { short: row.short, long: new Set(row.long) } };
  for (const name of row.names) byName.set(name, [...(byName.get(name) ?? []), ready]);
}
const own: ReadonlySet<string> = new Set(ownPackages);
const alone: ReadonlySet<string> = new Set(runsOne);

/** What a command installs by name; null where it installs nothing, or only from a lockfile, a file or a folder. */
export function installOf(command: ShellCommand): Install | null {
  const { words, name } = moduleOf(command);
  for (const { row, style } of byName.get(name) ?? []) {
    const given = readArguments(words.slice(1), style);
    const verb = row.verbs.find((one) => startsWith(given, one));
    if (verb === undefined) continue;
    const found = packagesOf(given, verb, row);
    if (found.length === 0) return null;
    return { command, what: `${name} ${verb}`.trim(), packages: found, instead: row.instead };
  }
  return null;
}

/** `python -m pip install x` is `pip install x`; `npx -y x`, `npm exec x` run what they install. */
function moduleOf({ name, words }: ShellCommand): { readonly name: string; readonly words: readonly ShellWord[] } {
  const [, flag, module] = words;
  const isModule = /^(?:python[\d.]*|py)$/.test(name) && flag?.text === '-m' && module;
  return isModule ? { name: module.text, words: words.slice(2) } : { name: name.replace(/^pip3\.\d+$/, 'pip3'), words };
}

/** The verb's words are the first operands. */
function startsWith({ operands }: Arguments, verb: string): boolean {
  return verb === '' || verb.split(' ').every((part, at) => operands[at]?.text === part);
}

function packagesOf(
  given: Arguments,
  verb: string,
  { names, version, unless, pinned, local }: Installer,
): readonly NamedPackage[] {
  if (unless?.some((option) => given.has(option))) return [];
  const skipped = verb === '' ? 0 : verb.split(' ').length;
  const isOne = alone.has(`${names[0]} ${verb}`.trim());
  const named = given.value('Name', 'from', 'spec', 'package', 'p', 'git');
  const operands = [
    ...(named ? [named] : []),
    ...given.operands.slice(skipped, isOne ? skipped + 1 : undefined).filter(() => !isOne || !named),
  ];
  const hasVersion =
    version?.some((option) => /^=?v?\d+\.\d+|^[0-9a-f]{40}$/.test(given.value(option)?.text ?? '')) ?? false;
  const isOpen = version?.some((option) => given.value(option)?.isLiteral === false) ?? false;
  return operands
    .filter(
      ({ text, isLiteral }) =>
        isLiteral && text !== '' && !local.test(text) && !/x{4}/.test(text) && !/[<>|&]/.test(text[0] ?? ''),
    )
    .map(({ text }) => ({
      name: text,
      isPinned: hasVersion || isOpen || pinned.test(text),
      isOwn: own.has(text.replace(/[=<>!~@[].*$/, '').toLowerCase()),
    }));
}
