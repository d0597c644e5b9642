import type { Located } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import type { Danger } from './danger.ts';
import { commandsOf } from './script-commands.ts';
import { dangerOfWord } from './shell-danger.ts';

/** Commands that print an outsider's text to the log of a step where the runner obeys what the log says. */
export function printedCommands(step: Step): readonly { readonly at: Located; readonly danger: Danger }[] {
  const { script } = step;
  const isOld = step.variable('ACTIONS_ALLOW_UNSECURE_COMMANDS')?.text.value.trim().toLowerCase() === 'true';
  if (!script || !isOld) return [];
  return commandsOf(script).flatMap((command) => {
    const { name, words, redirections, pipeline } = command;
    const isPrinted = /^(?:echo|printf|cat|write-output|write-host)$/.test(name);
    if (!isPrinted || redirections.some(({ operator }) => operator.includes('>')) || pipeline.length > 1) return [];
    const [first, last] = [words[0], words.at(-1)];
    const danger = first && last ? dangerOfWord(script, { start: first.end, end: last.end }) : null;
    if (danger?.reach !== 'outsider-privileged') return [];
    return [{ at: script.text.span(command.start, command.end), danger }];
  });
}
