import type { Command } from './command.ts';

/** Not built yet, and says so: silence would look like a broken App. */
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
