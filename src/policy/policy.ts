import type { Unverified } from '../engine/analysis.ts';
import type { Confidence, Severity } from '../engine/finding.ts';
import type { IgnoreTool } from '../engine/ignores.ts';
import type { Mode } from './verdict.ts';

/** What policy and report know of a rule; the engine's rules have these fields. The catalogue is handed in, never imported. */
export interface CataloguedRule {
  readonly id: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly summary: string;
  readonly why: string;
  readonly remedy: string;
  /** The rule's own options with their defaults: their types are what a policy may write. */
  readonly options: object;
}

/** A policy to start from: everything observed; the recommended ones enforced; everything enforced. */
export type Preset = 'observe' | 'recommended' | 'strict';

/** In order of strictness. */
export const PRESETS = ['observe', 'recommended', 'strict'] as const satisfies readonly Preset[];

/** A rule's own options as a policy sets them. */
export type RuleOptions = Readonly<Record<string, unknown>>;

/** What a policy file says about one rule. */
export interface RuleEntry {
  /** Null: the file sets options or the lock and leaves the mode. */
  readonly mode: Mode | null;
  readonly options: RuleOptions;
  /** Only in the organisation's file: no repository may loosen this rule. */
  readonly locked: boolean;
}

/** One gargoyle.yml, understood. */
export interface PolicyDocument {
  readonly extends: Preset | null;
  readonly rules: ReadonlyMap<string, RuleEntry>;
  /** Whose comments in the files accept findings; null: the default, our own. */
  readonly ignores: readonly IgnoreTool[] | null;
}

/** A mistake in a policy. Line and column from 1, in UTF-16 units. */
export interface PolicyError {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A policy's text and what identifies it: git's blob id, or `path:…` for a local file. */
export interface PolicyText {
  readonly oid: string;
  readonly text: string;
}

/** One layer: the organisation's policy or the repository's. */
export interface PolicySource {
  /** For people: `octo/.github-private/gargoyle.yml`. */
  readonly place: string;
  /** What is at the tip of the default branch now; null: no such file; `unverified`: it is there and could not be read. */
  readonly current: PolicyText | { readonly unverified: string } | null;
  /** The last one that parsed, as kept by the store. */
  readonly lastGood: PolicyText | null;
}

/** How one rule is in force. */
export interface RuleSetting {
  readonly mode: Mode;
  /** Who decided: a file named this rule's mode (which blocks at any severity), or a preset did. */
  readonly setBy: 'rule' | Preset;
  readonly locked: boolean;
}

/** What is in force for one repository. Plain JSON. */
export interface Policy {
  /** Goes into the verdict: the blob ids in force, organisation first, or `default`. */
  readonly id: string;
  /** By rule id; every rule of the catalogue is in it. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** By rule id; only rules of which a policy sets options. */
  readonly options: Readonly<Record<string, RuleOptions>>;
  /** Sentences for the check run; untrusted text in backticks. */
  readonly notices: readonly string[];
  /** Policies that could not be read and have no last good version: never a pass. */
  readonly unverified: readonly Unverified[];
  /** The layers whose current text parsed, to be kept as the last good ones. */
  readonly good: readonly ('organisation' | 'repository')[];
}
