/** The context of a place in a script; decides how a variable is written there. `assignment` is the bare value of `NAME=…`. */
export type Quoting =
  | 'bare'
  | 'double'
  | 'single'
  | 'ansi'
  | 'heredoc'
  | 'heredoc-quoted'
  | 'arithmetic'
  | 'test'
  | 'assignment'
  | 'comment'
  | 'unknown';

/** Offsets into the script's text. */
interface Ranged {
  readonly start: number;
  readonly end: number;
}

export interface ShellWord extends Ranged {
  /** Quotes taken away; expansions as written (`${A}`), expressions as a run of `x`. */
  readonly text: string;
  /** Wholly or partly in quotes. */
  readonly quoted: boolean;
  /** No expansion of any kind: `text` is what the program gets. Expressions do not count as expansions. */
  readonly isLiteral: boolean;
}

export interface ShellRedirection extends Ranged {
  /** `>`, `>>`, `<`, `<<<`, `<<`, `&>`, `>|` … */
  readonly operator: string;
  /** The file, or the here-string; null for a here-document and for `>&1`. */
  readonly target: ShellWord | null;
  /** A here-document's body. */
  readonly body: (Ranged & { readonly text: string; readonly quoted: boolean }) | null;
}

export interface ShellAssignment extends Ranged {
  readonly name: string;
  readonly value: ShellWord | null;
}

/** A simple command, wherever it stands (substitutions, functions, conditions …). */
export interface ShellCommand extends Ranged {
  /** The basename, behind `sudo`, `env A=b`, `time`, `exec` …; '' for an assignment alone. In lower case for PowerShell. */
  readonly name: string;
  /** The command's own words from its name on (prefixes such as `sudo` left out). */
  readonly words: readonly ShellWord[];
  /** The words left out: `sudo`, `env`, their flags. */
  readonly prefix: readonly ShellWord[];
  readonly assignments: readonly ShellAssignment[];
  /** Its own and those of the groups around it (`{ … } >> "$GITHUB_ENV"`), innermost first. */
  readonly redirections: readonly ShellRedirection[];
  /** Commands of one pipeline share the id; `position` from 0. A command in a group has the group's place. */
  readonly pipeline: { readonly id: number; readonly position: number; readonly length: number };
  /** It stands in `$(…)`, backticks or `<(…)`: what it prints goes to another command. PowerShell: in an assignment or `(…)`. */
  readonly isCaptured: boolean;
}

/** A parsed script. Offsets into the text given, expressions included. */
export interface ShellScript {
  /**
   * It has a syntax error. The commands are those that were found nevertheless (a shell runs what stands before the error, so an
   * error must not hide them); `quotingAt` is `unknown` everywhere.
   */
  readonly isBroken: boolean;
  readonly commands: readonly ShellCommand[];
  quotingAt(offset: number): Quoting;
  /** The text at offset is parsed again by another interpreter (`bash -c`, `eval`, `ssh`, `jq`, `sed` …): an environment variable cures nothing there. */
  insideInterpreter(offset: number): boolean;
}
