import type { Place } from '../engine/finding.ts';
import type { ScannedFinding, ScanReport } from './scan.ts';
import { escapedInvisible, masked } from './untrusted.ts';

/** `--format json`: exactly the published shape, version 1, keys in its order, with a line break at the end. Fields that aren't published stay out. */
export function jsonReport({ findings, unverified, stats }: ScanReport): string {
  const report = {
    version: 1,
    findings: findings.map(publishedFinding),
    unverified: unverified.map(({ path, rule, reason }) => ({ path, rule, reason: masked(reason) })),
    stats: { files: stats.files, rules: stats.rules, milliseconds: stats.milliseconds },
  };
  return `${jsonText(report)}\n`;
}

function publishedFinding(finding: ScannedFinding) {
  return {
    rule: finding.rule,
    ...published(finding),
    severity: finding.severity,
    confidence: finding.confidence,
    audience: finding.audience,
    message: masked(finding.message),
    why: finding.why,
    remedy: finding.remedy,
    fingerprint: finding.fingerprint,
    status: finding.status,
    related: finding.related.map((each) => ({ ...published(each), message: masked(each.message) })),
    fix:
      finding.fix === null
        ? null
        : { title: finding.fix.title, safe: finding.fix.safe, edits: finding.fix.edits.map(publishedEdit) },
  };
}

function published({ path, line, column, endLine, endColumn }: Place) {
  return { path, line, column, endLine, endColumn };
}

/** The text stays as it is, also where it looks like a secret: an edit that isn't exact is no fix. */
function publishedEdit({ path, start, end, text }: NonNullable<ScannedFinding['fix']>['edits'][number]) {
  const position = ({ line, column }: typeof start) => ({ line, column });
  return { path, start: position(start), end: position(end), text };
}

/**
 * JSON for a terminal or a job's log, with the same value to every parser: what a reader would not see is written as `\uXXXX`, and so
 * is the bracket of `##[`, which the runner obeys anywhere in a line (T6).
 */
export function jsonText(value: unknown): string {
  return escapedInvisible(JSON.stringify(value, null, 2)).replaceAll('##[', '##\\u005b');
}
