import type { Command } from './command.ts';

export const waive: Command = {
  name: 'waive',
  usage: 'waive <finding> <days>d <reason>',
  summary: 'accept one finding for a time; not built yet',
  authority: 'write',
  answer: () => ({
    does: 'nothing',
    reply: "Waiving a finding is not built yet; a rule's mode can be set in `.github/gargoyle.yml`.",
    ok: false,
  }),
};
