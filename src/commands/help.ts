import { codeSpan } from '../report/markdown.ts';
import type { Command, CommandContext } from './command.ts';

/** What Gargoyle understands, and how this pull request stands. Made from the others, so that it names them all. */
export function helpFor(others: readonly Command[]): Command {
  const help: Command = {
    name: 'help',
    usage: 'help',
    summary: 'what you are reading',
    authority: 'read-only',
    answer: (_args, context) => ({ does: 'nothing', reply: text([help, ...others], context), ok: true }),
  };
  return help;
}

function text(commands: readonly Command[], context: CommandContext): string {
  const lines = commands.map(({ usage, summary, authority }) => {
    const who = authority === 'write' ? ' (needs write permission)' : '';
    return `- \`/gargoyle ${usage}\`: ${summary}${who}`;
  });
  return [stateOf(context), '', 'Write a command at the start of a line. I understand:', '', ...lines].join('\n');
}

function stateOf({ head, verdict }: CommandContext): string {
  const commit = codeSpan(head.slice(0, 7));
  if (verdict === null) return `**${commit}:** not scanned to the end yet.`;
  const blocking = verdict.findings.filter((finding) => finding.blocks).length;
  const commenting = verdict.findings.filter((finding) => finding.comments).length - blocking;
  const state = { success: 'passes', neutral: 'does not block', failure: 'fails' }[verdict.conclusion];
  const parts = [
    `${blocking} blocking`,
    `${commenting} to look at`,
    `${verdict.fixed.length} fixed`,
    ...(verdict.unverified.length > 0 ? [`${verdict.unverified.length} not verified`] : []),
  ];
  return `**${commit}: ${state}** (${parts.join(', ')}). The check run \`gargoyle\` has the details.`;
}
