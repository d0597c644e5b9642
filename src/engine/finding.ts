export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';
export type Confidence = 'high' | 'medium' | 'low';
export type Audience = 'regular' | 'pedantic' | 'auditor';

export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const satisfies readonly Severity[];

/** A place in a file. Lines and columns from 1, columns in UTF-16 units, ends exclusive. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Related extends Place {
  readonly message: string;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Replaces the text between two positions of the file at `path`. */
export interface Edit {
  readonly path: string;
  readonly start: Position;
  readonly end: Position;
  readonly text: string;
}

/** Edits that were proved: the text still parses, the finding is gone, no new one, every other byte is as it was. */
export interface Fix {
  readonly title: string;
  /** True: behaviour cannot change. False: right in most cases, a person must look. */
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/** Who can start the code: an outsider with the token or secrets, an outsider without, or only people with write access. */
export type Reach = 'outsider-privileged' | 'outsider-unprivileged' | 'insider';

export type Level = 'read' | 'write';

/** A job's token: `default` is the repository's setting, which the text does not show. A scope that is not named has none. */
export type TokenPermissions =
  | { readonly kind: 'default' }
  | { readonly kind: 'declared'; readonly scopes: Readonly<Record<string, Level>> };

export type RunnerKind = 'hosted' | 'managed' | 'self-hosted' | 'unknown';

/** What a finding's code can be reached by and can reach. `worsened` means that one of these rose. */
export interface Exposure {
  readonly reach: Reach;
  /** Event names, sorted. */
  readonly triggers: readonly string[];
  readonly token: TokenPermissions;
  /** Names of secrets, sorted; `*` for the whole context or `secrets: inherit`. */
  readonly secrets: readonly string[];
  readonly runner: RunnerKind;
}

/** What makes a finding the same one in another version of the file: never the line, the severity or the message. */
export interface Identity {
  readonly rule: string;
  /** Of the file; '' for what a whole repository does. */
  readonly path: string;
  /** `jobs.<id>`, then `steps.<id>`, else the `uses` without ref, else the name, else the ordinal. */
  readonly route: string;
  /** What is misused, normalised. */
  readonly subject: string;
}

/** A comment in the file that asks to accept a finding. Its place is the comment's; its text is untrusted. */
export interface Ignored extends Place {
  /** Whose comment it is: `gargoyle`, or another scanner's. */
  readonly tool: string;
  /** '' where none is given: then it counts for nothing. */
  readonly reason: string;
}

/** A problem with its rule, file, identity and exposure. Plain data. */
export interface Finding extends Place {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly audience: Audience;
  /** One sentence; may quote text of the file inside backticks, so it is untrusted. */
  readonly message: string;
  readonly why: string;
  readonly remedy: string;
  /** SHA-256 of the identity, 64 hex digits; people see the first eight. */
  readonly fingerprint: string;
  readonly identity: Identity;
  readonly exposure: Exposure;
  readonly related: readonly Related[];
  readonly fix: Fix | null;
  /** Where each of its places carries a comment that asks to accept it: the first of them. Whether it counts is for the caller to say. */
  readonly ignored?: Ignored;
}

/** A finding's status against the merge base; only `new` and `worsened` gate. */
export type Status = 'new' | 'worsened' | 'persisting' | 'fixed';

/**
 * Whether an audience is shown a finding: the regular one what is meant for it and at least of medium confidence, pedantic
 * also style, auditor everything.
 */
export function isShown({ audience, confidence }: Pick<Finding, 'audience' | 'confidence'>, to: Audience): boolean {
  if (to === 'auditor') return true;
  return confidence !== 'low' && (audience === 'regular' || (audience === 'pedantic' && to === 'pedantic'));
}
