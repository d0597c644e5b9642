import type { ComparedFinding, Comparison } from '../engine/analysis.ts';

/** What a rule's findings do, in order of strictness: nothing, neutral without comments, neutral with comments, failure. */
export const MODES = ['off', 'observe', 'comment', 'enforce'] as const;
export type Mode = (typeof MODES)[number];

/** A finding of the head and what the policy makes of it. */
export interface JudgedFinding extends ComparedFinding {
  readonly mode: Mode;
  /** New or worsened, in a mode other than off and observe: it gets a review comment. */
  readonly comments: boolean;
  /** New or worsened and enforced: it fails the check. */
  readonly blocks: boolean;
}

/** Of a check run, as far as a verdict gives it; in order of weight. */
export type Conclusion = 'success' | 'neutral' | 'failure';

/** A comparison judged by a policy, for one pull request (or merge group: pull null) at one head. Plain JSON: it is stored. */
export interface Verdict extends Omit<Comparison, 'findings'> {
  readonly repository: { readonly id: number; readonly owner: string; readonly name: string };
  readonly pull: number | null;
  readonly head: string;
  readonly base: { readonly ref: string; readonly sha: string };
  /** What decided: the blob id of the policy in force, or `default`. */
  readonly policy: string;
  readonly engine: string;
  readonly conclusion: Conclusion;
  readonly findings: readonly JudgedFinding[];
  /** Sentences about the policy itself: broken, last good one in force. */
  readonly notices: readonly string[];
}
