import type { Exposure, Finding, RunnerKind, Status, TokenPermissions } from './finding.ts';
import type { LintText } from './model/lint-text.ts';

/** A file or a rule on a file that could not be looked at. `rule` null: the whole file. */
export interface Unverified {
  readonly path: string;
  readonly rule: string | null;
  readonly reason: string;
  /** In a comparison: the base had it too, and nothing that it has to do with changed, so that the change is not to blame. */
  readonly persists?: boolean;
}

/** A rule that could not judge without a fact, although it had something to look at. */
export interface NotRun {
  readonly rule: string;
  /** A clause for a person; the same for all rules that lack the same facts. */
  readonly reason: string;
  /** Nobody asked for the fact (`--offline`), so nothing went wrong. Left out: it was asked for and could not be had. */
  readonly isUnasked?: boolean;
}

/** What one job can do, for the capability diff. Lists are sorted. */
export interface JobCapabilities {
  readonly path: string;
  readonly job: string;
  readonly triggers: readonly string[];
  readonly token: TokenPermissions;
  readonly secrets: readonly string[];
  readonly environment: string | null;
  readonly runner: { readonly kind: RunnerKind; readonly labels: readonly string[] };
  /** Third-party code: `owner/repo/path@ref`, `docker://image`. */
  readonly uses: readonly string[];
}

/** Something the analysis could not decide without, which the caller may be able to fetch: analyse, gather, analyse. */
export type Wanted = {
  readonly kind: 'action' /** Folder of a local action, '' for the root. */;
  readonly folder: string;
};

/** Everything that was learnt of one project. */
export interface Analysis {
  readonly findings: readonly Finding[];
  readonly unverified: readonly Unverified[];
  readonly notRun: readonly NotRun[];
  readonly capabilities: readonly JobCapabilities[];
  readonly wanted: readonly Wanted[];
  /** What linters would be given. Left out: nobody asked. */
  readonly scripts?: readonly LintText[];
  /** How many files were analysed. */
  readonly files: number;
}

export interface ComparedFinding extends Finding {
  readonly status: Exclude<Status, 'fixed'>;
  /** In the base, where the finding was there already. */
  readonly exposureBefore: Exposure | null;
}

export interface CapabilityChange {
  readonly path: string;
  readonly job: string;
  /** Sentences such as "`contents: write`" or "trigger `pull_request_target`"; untrusted text in backticks. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/** Head's analysis against the merge base's. */
export interface Comparison {
  readonly findings: readonly ComparedFinding[];
  readonly fixed: readonly Finding[];
  readonly unverified: readonly Unverified[];
  readonly notRun: readonly NotRun[];
  readonly capabilities: readonly CapabilityChange[];
  /** Of both sides. */
  readonly scripts?: readonly LintText[];
  /** Paths that we read and that differ between base and head. */
  readonly changed: readonly string[];
  readonly files: number;
}
