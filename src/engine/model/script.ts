import { parseBash } from '../shell/bash.ts';
import { parsePowerShell } from '../shell/powershell.ts';
import type { ShellCommand, ShellScript } from '../shell/script.ts';
import type { RunnerOs, ShellKind } from '../shell/shell.ts';
import { TextCache } from '../text-cache.ts';
import type { Expression } from './expression.ts';
import { OfText } from './of-text.ts';
import type { Step } from './step.ts';
import type { Text } from './text.ts';

/** Parsed scripts by shell and text: the base, and the proof of each fix, read the same scripts again. */
const known = new TextCache<ShellScript | null>(1_000_000);

/** A `run:`. Its span is the scalar; offsets of commands are decoded ones, see `text.span`. */
export class Script extends OfText {
  readonly step: Step;
  readonly shell: ShellKind;
  #parsed: ShellScript | null | undefined;

  constructor(text: Text, step: Step, shell: ShellKind) {
    super(text);
    this.step = step;
    this.shell = shell;
  }

  get expressions(): readonly Expression[] {
    return this.text.expressions;
  }

  get os(): RunnerOs {
    return this.step.os;
  }

  /** The parsed script; null when its shell has no parser here, it is too large, or it can't be parsed. */
  get parsed(): ShellScript | null {
    if (this.#parsed === undefined) this.#parsed = this.#parse();
    return this.#parsed;
  }

  /** Its simple commands, wherever they stand; none when it can't be parsed. */
  get commands(): readonly ShellCommand[] {
    return this.parsed?.commands ?? [];
  }

  #parse(): ShellScript | null {
    return known.of(`${this.shell} ${this.step.shell === null} ${this.value}`, () => this.#read());
  }

  #read(): ShellScript | null {
    const masked = this.expressions.map(({ from, to }) => ({ start: from, end: to }));
    // Nobody says which shell: most are bash. Its commands are worth seeing; `shell` stays `other`, so no fix is made for it.
    const isGuess = this.shell === 'other' && this.step.shell === null;
    if (this.shell === 'bash' || this.shell === 'sh' || isGuess) return parseBash(this.value, masked);
    if (this.shell === 'pwsh' || this.shell === 'powershell') return parsePowerShell(this.value, masked);
    return null;
  }
}
