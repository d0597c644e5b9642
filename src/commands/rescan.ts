import type { Command } from './command.ts';

/** A fresh check run of the current head. Read-only. */
export const rescan: Command = {
  name: 'rescan',
  usage: 'rescan',
  summary: 'look again at the current head, with a fresh check run',
  authority: 'read-only',
  // The fresh check run is the answer: a comment beside it would only be noise.
  answer: () => ({ does: 'rescan', reply: null, ok: true }),
};
