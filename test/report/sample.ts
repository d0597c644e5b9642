import { createHash } from 'node:crypto';
import type { ComparedFinding, Comparison } from '../../src/engine/analysis.ts';
import type { Exposure, Finding } from '../../src/engine/finding.ts';
import { judge, type Subject } from '../../src/policy/judge.ts';
import { effectivePolicy } from '../../src/policy/merge.ts';
import type { CataloguedRule, Policy } from '../../src/policy/policy.ts';
import type { Verdict } from '../../src/policy/verdict.ts';
import type { ScannedFinding, ScanReport } from '../../src/report/scan.ts';

/** A catalogue like the real one, so that these tests do not change with the rules. */
export const catalogue: readonly CataloguedRule[] = [
  ['template-injection', 'critical', {}],
  ['unpinned-uses', 'high', { trusted: [] as readonly string[] }],
  ['artipacked', 'medium', {}],
  ['self-hosted-runner', 'high', { groups: [] as readonly string[], kinds: {}, hosted: false, name: 'x', most: 3 }],
].map(([id, severity, options]) => ({
  id: id as string,
  severity: severity as CataloguedRule['severity'],
  confidence: 'high',
  summary: `The summary of ${id}`,
  why: `The why of ${id}.`,
  remedy: `The remedy of ${id}.`,
  options: options as object,
}));

export const HEAD = 'c0ffee0000000000000000000000000000000001';
export const BASE = 'ba5e000000000000000000000000000000000002';

const insider: Exposure = {
  reach: 'insider',
  triggers: ['push'],
  token: { kind: 'declared', scopes: { contents: 'read' } },
  secrets: [],
  runner: 'hosted',
};

const outsider: Exposure = {
  reach: 'outsider-privileged',
  triggers: ['issue_comment', 'issues'],
  token: { kind: 'declared', scopes: { contents: 'read', issues: 'write' } },
  secrets: ['NPM_TOKEN'],
  runner: 'self-hosted',
};

/** A finding; what the test is about is given, the rest is plausible. */
export function finding(parts: Partial<Finding> = {}): Finding {
  const rule = parts.rule ?? 'template-injection';
  const path = parts.path ?? '.github/workflows/triage.yml';
  const line = parts.line ?? 12;
  const identity = parts.identity ?? { rule, path, route: 'jobs.triage.steps.greet', subject: String(line) };
  return {
    rule,
    path,
    line,
    column: 9,
    endLine: line,
    endColumn: 40,
    severity: 'critical',
    confidence: 'high',
    audience: 'regular',
    message: `\`\${{ github.event.comment.body }}\` is expanded inside a script`,
    why: 'The text becomes code before the shell sees it.',
    remedy: 'Pass the value through `env:` and quote the variable.',
    fingerprint: createHash('sha256').update(JSON.stringify(identity)).digest('hex'),
    identity,
    exposure: outsider,
    related: [],
    fix: null,
    ...parts,
  };
}

export function compared(parts: Partial<ComparedFinding> = {}): ComparedFinding {
  return { ...finding(parts), status: 'new', exposureBefore: null, ...parts };
}

export function worsened(parts: Partial<ComparedFinding> = {}): ComparedFinding {
  return compared({ status: 'worsened', exposureBefore: insider, ...parts });
}

export function comparison(parts: Partial<Comparison> = {}): Comparison {
  return {
    findings: [],
    fixed: [],
    unverified: [],
    notRun: [],
    capabilities: [],
    changed: ['.github/workflows/triage.yml'],
    files: 3,
    ...parts,
  };
}

export const subject: Subject = {
  repository: { id: 7, owner: 'octo', name: 'site' },
  pull: 12,
  head: HEAD,
  base: { ref: 'main', sha: BASE },
  engine: '1',
};

export const recommended: Policy = effectivePolicy({ organisation: null, repository: null }, catalogue);

/** A comparison judged by the recommended policy. */
export function verdict(parts: Partial<Comparison> = {}, about: Partial<Subject> = {}, policy = recommended): Verdict {
  return judge(comparison(parts), policy, { ...subject, ...about });
}

export function scanned(parts: Partial<ScannedFinding> = {}): ScannedFinding {
  return { ...finding(parts), status: null, ...parts };
}

export function scanReport(parts: Partial<ScanReport> = {}): ScanReport {
  return { findings: [], unverified: [], notRun: [], stats: { files: 3, rules: 4, milliseconds: 25 }, ...parts };
}
