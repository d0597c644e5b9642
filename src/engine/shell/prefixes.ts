import type { ShellWord } from './script.ts';

/** A command that runs the command in its arguments. */
interface Prefix {
  /** Options that take the next word. */
  readonly takes: readonly string[];
  /** Words of its own before the command, such as `timeout`'s duration. */
  readonly positional: number;
}

const PLAIN: Prefix = { takes: [], positional: 0 };

/** Commands that run another one, from their manuals (coreutils 9, util-linux 2.40, sudo 1.9, findutils 4.10). */
const PREFIXES: ReadonlyMap<string, Prefix> = new Map([
  [
    'sudo',
    {
      takes: ['-u', '-g', '-h', '-p', '-C', '-r', '-t', '-T', '-U', '-D', '--user', '--group', '--chdir'],
      positional: 0,
    },
  ],
  ['doas', { takes: ['-u', '-C'], positional: 0 }],
  ['env', { takes: ['-u', '--unset', '-C', '--chdir'], positional: 0 }],
  ['time', { takes: ['-f', '-o', '--format', '--output'], positional: 0 }],
  ['nice', { takes: ['-n', '--adjustment'], positional: 0 }],
  ['ionice', { takes: ['-c', '-n', '--class', '--classdata'], positional: 0 }],
  ['timeout', { takes: ['-k', '-s', '--kill-after', '--signal'], positional: 1 }],
  ['gtimeout', { takes: ['-k', '-s', '--kill-after', '--signal'], positional: 1 }],
  ['stdbuf', { takes: ['-i', '-o', '-e'], positional: 0 }],
  [
    'xargs',
    {
      takes: ['-I', '-n', '-P', '-L', '-d', '-a', '-E', '-s', '--max-args', '--max-procs', '--delimiter'],
      positional: 0,
    },
  ],
  ['exec', { takes: ['-a'], positional: 0 }],
  ['xvfb-run', { takes: ['-s', '--server-args', '-n', '-e', '-f', '-p', '-w'], positional: 0 }],
  ['nohup', PLAIN],
  ['setsid', PLAIN],
  ['builtin', PLAIN],
  ['command', PLAIN],
  ['unbuffer', PLAIN],
  ['chronic', PLAIN],
  ['winpty', PLAIN],
  ['busybox', PLAIN],
]);

/** `-v` and `-V` make `command` say where a command is, `-l` and `-e` make `sudo` list or edit: nothing is run. */
const RUNS_NOTHING: ReadonlyMap<string, RegExp> = new Map([
  ['command', /^-[a-z]*[vV]/],
  ['sudo', /^(?:-[levkK]|--(?:list|edit|validate|version|help))$/],
]);

/** A command's basename: `/usr/bin/npm` is `npm`. */
export function basename(text: string): string {
  return text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
}

/** How many words stand before the command proper: `sudo -u x env A=b npm ci` has 5. */
export function prefixLength(words: readonly ShellWord[]): number {
  let at = 0;
  for (;;) {
    const name = basename(words[at]?.text ?? '');
    const prefix = PREFIXES.get(name);
    const behind = prefix === undefined ? null : commandAt(words, at + 1, name, prefix);
    if (behind === null) return at;
    at = behind;
  }
}

/** Where the command behind a prefix begins; null when there is none. */
function commandAt(words: readonly ShellWord[], from: number, name: string, prefix: Prefix): number | null {
  let at = from;
  let positional = prefix.positional;
  for (; at < words.length; at++) {
    const text = words[at]?.text ?? '';
    if (RUNS_NOTHING.get(name)?.test(text)) return null;
    if (text === '--') continue;
    if (text.startsWith('-') && text !== '-') {
      if (prefix.takes.includes(text)) at++;
    } else if ((name === 'env' || name === 'sudo') && /^\w+=/.test(text)) {
    } else if (positional > 0) positional--;
    else return at;
  }
  return null;
}
