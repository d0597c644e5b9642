import type { Command } from './command.ts';

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
