import type { Command } from './command.ts';

/** Not built yet, and says so: silence would look like a broken App. */
export const fix: Command = {
  name: 'fix',
  usage: 'fix [finding|all]',
  summary: 'commit proved fixes to this branch; not built yet',
  authority: 'write',
  answer: () => ({
    does: 'nothing',
    reply: 'Committing fixes is not built yet; the suggestions in the review can be committed one by one.',
    ok: false,
  }),
};
