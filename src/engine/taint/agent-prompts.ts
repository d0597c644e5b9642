import type { Located } from '../model/source.ts';
import type { ShellCommand } from '../shell/script.ts';
import type { Agent } from './agent.ts';
import { type Danger, dangerOf, worst } from './danger.ts';
import { injections } from './injections.ts';
import { commandsOf } from './script-commands.ts';
import { taintOfWord } from './shell-values.ts';

/** Words of an outsider among what an agent is told to do. */
export interface SpokenWords {
  readonly at: Located;
  readonly danger: Danger;
}

/** What outsiders write into an agent's instructions: in its inputs, in its arguments, in what is piped to it. */
export function spokenWords(agent: Agent): readonly SpokenWords[] {
  const { step, prompts } = agent;
  const inInputs = prompts
    .flatMap((text) => injections(text.expressions, step))
    .map(({ expressions, danger }) => ({ at: expressions[0], danger }));
  return [...inInputs, ...inCommand(agent)].filter(({ danger }) => isOutsiders(danger));
}

function inCommand({ step, command }: Agent): readonly SpokenWords[] {
  const { script } = step;
  if (!script || !command) return [];
  return told(commandsOf(script), command).flatMap((one) =>
    one.words.slice(1).flatMap((word) => {
      const danger = worst(taintOfWord(script, word).flatMap((source) => dangerOf(source, step) ?? []));
      return danger ? [{ at: script.text.span(word.start, word.end), danger }] : [];
    }),
  );
}

/** The command, and those whose output is piped into it. */
function told(
  commands: readonly ShellCommand[],
  { pipeline: { id, position }, start }: ShellCommand,
): readonly ShellCommand[] {
  return commands.filter((one) => one.pipeline.id === id && (one.pipeline.position < position || one.start === start));
}

/** Text in which a sentence fits, of somebody who may not write to the repository. */
function isOutsiders({ source, reach }: Danger): boolean {
  return source.kind === 'text' && ['arbitrary', 'line', 'path'].includes(source.text) && reach !== 'insider';
}
