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
  readonly stats: { readonly files: number; readonly rules: number; readonly milliseconds: number };
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
