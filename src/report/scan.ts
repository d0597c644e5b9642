import type { NotRun, Unverified } from '../engine/analysis.ts';
import type { Finding, Status } from '../engine/finding.ts';

/** A finding as the command line shows it; `status` is null without `--base`. */
export interface ScannedFinding extends Finding {
  readonly status: Status | null;
}

/** What `gargoyle scan` learnt, in the order in which it is shown (`inOrder`). */
export interface ScanReport {
  /** With `--base` also those that are gone, as `fixed`, at their places in the base. */
  readonly findings: readonly ScannedFinding[];
  readonly unverified: readonly Unverified[];
  readonly notRun: readonly NotRun[];
  /** How many findings are left out because a comment in the file accepts them. */
  readonly ignored?: number;
  readonly stats: { readonly files: number; readonly rules: number; readonly milliseconds: number };
}

/** One line for all rules that could not judge: "a, b: tags were not looked up; c: no answer". */
export function notRunLine(notRun: readonly NotRun[]): string {
  const reasons = [...new Set(notRun.map(({ reason }) => reason))];
  const rulesOf = (reason: string) => notRun.filter((one) => one.reason === reason).map(({ rule }) => rule);
  return reasons.map((reason) => `${rulesOf(reason).join(', ')}: ${reason}`).join('; ');
}

/** By path, line, column, rule; strings by code unit, so that the order is the same on every machine. */
export function inOrder(findings: readonly ScannedFinding[]): readonly ScannedFinding[] {
  return findings.toSorted(
    (a, b) =>
      compare(a.path, b.path) ||
      a.line - b.line ||
      a.column - b.column ||
      compare(a.rule, b.rule) ||
      // Two of one rule at one place differ in what is misused: any order will do, as long as it is always the same.
      compare(a.fingerprint, b.fingerprint),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
