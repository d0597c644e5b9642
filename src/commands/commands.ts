import { codeSpan } from '../report/markdown.ts';
import type { Command } from './command.ts';
import { explain } from './explain.ts';
import { fix } from './fix.ts';
import { helpFor } from './help.ts';
import { rescan } from './rescan.ts';
import { waive } from './waive.ts';

const others: readonly Command[] = [rescan, explain, fix, waive];
const help = helpFor(others);
const commands: ReadonlyMap<string, Command> = new Map([help, ...others].map((each) => [each.name, each]));

/** The command of that name (lower case, as parsed); a bare `/gargoyle` asks for help; an unknown name gets a command that says so. */
export function commandNamed(name: string): Command {
  return commands.get(name === '' ? 'help' : name) ?? unknown(name);
}

function unknown(name: string): Command {
  return {
    name: 'unknown',
    usage: '',
    summary: '',
    authority: 'read-only',
    answer: () => ({
      does: 'nothing',
      reply: `I don't know the command ${codeSpan(name)}; \`/gargoyle help\` lists those that I do.`,
      ok: false,
    }),
  };
}
