import type { Script } from '../model/script.ts';
import type { ShellCommand } from '../shell/script.ts';

/**
 * The commands of a script. Where the runner's system is not known, and so its default shell, the script is read as
 * bash: most are, and `npm ci` is the same command in every shell.
 */
export function commandsOf(script: Script): readonly ShellCommand[] {
  return script.commands;
}
