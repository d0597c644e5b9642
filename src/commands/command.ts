import type { CataloguedRule } from '../policy/policy.ts';
import type { Verdict } from '../policy/verdict.ts';

/** What a command is answered from. */
export interface CommandContext {
  readonly catalogue: readonly CataloguedRule[];
  /** The pull request's head, 40 hex digits. */
  readonly head: string;
  /** The verdict on that head, where there is one already. */
  readonly verdict: Verdict | null;
}

/** What a command leads to: text to post (Markdown, safe), and the task to enqueue. */
export interface Answer {
  readonly does: 'rescan' | 'nothing';
  /** Null: the reaction says it all. */
  readonly reply: string | null;
  /** False: 😕 instead of 🚀. */
  readonly ok: boolean;
}

/** One command: who may give it, and what it answers. `read-only` ones are also the pull request's author's. */
export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly authority: 'read-only' | 'write';
  readonly answer: (args: readonly string[], context: CommandContext) => Answer;
}
