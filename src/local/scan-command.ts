import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Analyzer, startAnalyzer } from '../analyzer/analyzer.ts';
import { analyseHere } from '../analyzer/here.ts';
import type { RuleOptions } from '../analyzer/protocol.ts';
import { type Audience, isShown, SEVERITIES, type Severity } from '../engine/finding.ts';
import { isReadable } from '../engine/project.ts';
import type { PolicyDocument } from '../policy/policy.ts';
import { parsePolicy } from '../policy/schema.ts';
import { jsonReport } from '../report/json.ts';
import { sarifReport } from '../report/sarif.ts';
import { inOrder, type ScannedFinding, type ScanReport } from '../report/scan.ts';
import { textReport } from '../report/text.ts';
import { workflowCommandReport } from '../report/workflow-commands.ts';
import { rules } from '../rules/index.ts';
import { apartFromIgnored } from './ignored.ts';
import { findLinters } from './lint.ts';
import { CannotLook, type Complaint, type LocalRoot, openablePath, reportedPath, rootsOf } from './roots.ts';
import { type RootReport, scanRoot } from './scan-root.ts';

const FORMATS = ['text', 'json', 'sarif', 'github'] as const;
const FORMATS_TO_COME = ['markdown', 'html'];
const AUDIENCES = ['regular', 'pedantic', 'auditor'] as const satisfies readonly Audience[];

/** Milliseconds for a file. */
const DEADLINE = 1_500;

interface ScanOptions {
  readonly paths: readonly string[];
  readonly base: string | null;
  readonly format: (typeof FORMATS)[number];
  readonly minSeverity: Severity;
  readonly failOn: Severity;
  readonly audience: Audience;
  readonly policy: string | null;
}

/** The arguments do not make sense; the message says which and what would. */
class BadArguments extends Error {}

/** `gargoyle scan`: prints the report and returns the exit status (product contract: 0, 1 or 2; 2 beats 1). */
export async function scan(
  argv: readonly string[],
  { workerFile, version }: { workerFile: URL; version: string },
): Promise<number> {
  const started = performance.now();
  let options: ScanOptions;
  let policy: PolicyDocument | null;
  try {
    options = readArguments(argv);
    policy = await readPolicy(options.policy);
  } catch (error) {
    if (!(error instanceof BadArguments || error instanceof CannotLook)) throw error;
    process.stderr.write(`gargoyle scan: ${error.message}\n`);
    return 2;
  }
  const found = await rootsOf(options.paths);
  const analyzer = startAnalyzer({ workerFile, deadlineMs: DEADLINE, here: analyseHere(DEADLINE) });
  const scanned = await scanAll(found.roots, options, policy, analyzer).finally(() => analyzer.close());
  const { reports } = scanned;
  const complaints = [...found.complaints, ...scanned.complaints];
  const report = joined(reports, complaints, options, Math.round(performance.now() - started));
  process.stdout.write(print(report, options.format, reports, version));
  // For people they stand in the report.
  if (options.format !== 'text') {
    for (const { path, reason } of complaints) process.stderr.write(`gargoyle scan: ${path}: ${reason}\n`);
  }
  if (report.stats.files === 0 && report.unverified.length === 0) {
    process.stderr.write(
      `gargoyle scan: nothing to check: no workflow or action at or below ${options.paths.join(', ')}\n`,
    );
  }
  if (report.unverified.length > 0) return 2;
  return reports.some((each) => each.findings.some((finding) => fails(finding, options))) ? 1 : 0;
}

function readArguments(argv: readonly string[]): ScanOptions {
  const { values, positionals } = parse(argv);
  const severity = (name: 'min-severity' | 'fail-on', otherwise: Severity) =>
    oneOf(`--${name}`, values[name] ?? otherwise, SEVERITIES);
  if (values.fix) throw new BadArguments('--fix is not built yet');
  if (values.format !== undefined && FORMATS_TO_COME.includes(values.format)) {
    throw new BadArguments(`--format ${values.format} is not built yet`);
  }
  return {
    paths: positionals.length === 0 ? ['.'] : positionals,
    base: values.base ?? null,
    format: oneOf('--format', values.format ?? 'text', FORMATS),
    minSeverity: severity('min-severity', 'info'),
    failOn: severity('fail-on', 'high'),
    audience: oneOf('--audience', values.audience ?? 'regular', AUDIENCES),
    policy: values.policy ?? null,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        base: { type: 'string' },
        format: { type: 'string' },
        'min-severity': { type: 'string' },
        'fail-on': { type: 'string' },
        audience: { type: 'string' },
        policy: { type: 'string' },
        offline: { type: 'boolean' },
        fix: { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw new BadArguments((cause as Error).message, { cause });
  }
}

function oneOf<T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new BadArguments(`${flag} ${value}: one of ${allowed.join(', ')}`);
  return found;
}

async function readPolicy(path: string | null): Promise<PolicyDocument | null> {
  if (path === null) return null;
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new CannotLook(`--policy ${path}: cannot be read: ${cause.code}`, { cause });
  });
  const result = parsePolicy(text, 'organisation', rules);
  if ('policy' in result) return result.policy;
  throw new CannotLook(result.errors.map((each) => `${path}:${each.line}:${each.column}: ${each.message}`).join('\n'));
}

/** A root's report, the findings that comments accept apart. */
interface ShownReport extends RootReport {
  readonly ignored: readonly ScannedFinding[];
}

async function scanAll(
  roots: readonly LocalRoot[],
  { base, audience }: ScanOptions,
  policy: PolicyDocument | null,
  analyzer: Analyzer,
): Promise<{ readonly reports: readonly ShownReport[]; readonly complaints: readonly Complaint[] }> {
  const reports: ShownReport[] = [];
  const complaints: Complaint[] = [];
  const linters = findLinters(process.env.PATH ?? '');
  for (const root of roots) {
    try {
      const report = await scanRoot(root, { base, audience, options: ruleOptions(policy), linters }, analyzer);
      const findings = report.findings.filter((each) => policy?.rules.get(each.rule)?.mode !== 'off');
      const { shown, ignored } = apartFromIgnored(findings, policy?.ignores ?? null);
      reports.push({ ...report, findings: shown, ignored });
    } catch (error) {
      if (!(error instanceof CannotLook)) throw error;
      complaints.push({ path: openablePath(root, ''), reason: error.message });
    }
  }
  return { reports, complaints };
}

function ruleOptions(policy: PolicyDocument | null): RuleOptions {
  return Object.fromEntries([...(policy?.rules ?? [])].map(([id, entry]) => [id, entry.options]));
}

/** All roots as one report, filtered to what the person asked to see. */
function joined(
  reports: readonly ShownReport[],
  complaints: readonly Complaint[],
  options: ScanOptions,
  milliseconds: number,
): ScanReport {
  const name = options.format === 'json' ? reportedPath : openablePath;
  const lowest = SEVERITIES.indexOf(options.minSeverity);
  const findings = reports.flatMap(({ root, findings: own }) =>
    own
      .filter((each) => isShown(each, options.audience) && SEVERITIES.indexOf(each.severity) >= lowest)
      .map((each) => renamed(each, (path) => name(root, path))),
  );
  return {
    findings: inOrder(findings),
    unverified: [
      ...complaints.map(({ path, reason }) => ({ path, rule: null, reason })),
      ...reports.flatMap(({ root, unverified }) =>
        unverified.map((each) => ({ ...each, path: name(root, each.path) })),
      ),
    ],
    notRun: [
      ...new Map(reports.flatMap((each) => each.notRun).map((each) => [`${each.rule} ${each.reason}`, each])).values(),
    ],
    ignored: reports.flatMap(({ ignored }) => ignored).filter((each) => isShown(each, options.audience)).length,
    stats: { files: reports.reduce((sum, each) => sum + each.files, 0), rules: rules.length, milliseconds },
  };
}

function renamed(finding: ScannedFinding, name: (path: string) => string): ScannedFinding {
  return {
    ...finding,
    path: name(finding.path),
    related: finding.related.map((each) => ({ ...each, path: name(each.path) })),
    fix: finding.fix && {
      ...finding.fix,
      edits: finding.fix.edits.map((each) => ({ ...each, path: name(each.path) })),
    },
  };
}

/** Decided by the default audience, whatever is shown; a finding that was there before, or is gone, does not count. */
function fails(finding: ScannedFinding, { failOn }: ScanOptions): boolean {
  if (finding.status === 'persisting' || finding.status === 'fixed') return false;
  return isShown(finding, 'regular') && SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf(failOn);
}

function print(
  report: ScanReport,
  format: ScanOptions['format'],
  reports: readonly RootReport[],
  version: string,
): string {
  switch (format) {
    case 'json':
      return jsonReport(report);
    case 'sarif':
      return sarifReport(report, rules, version);
    case 'github':
      return workflowCommandReport(report);
    case 'text':
      return textReport(report, {
        colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
        source: sources(reports),
      });
  }
}

/** The text of a file by the path that it was reported under. */
function sources(reports: readonly RootReport[]): (path: string) => string | null {
  const texts = new Map<string, string>();
  for (const { root, project } of reports) {
    for (const [path, file] of project.files) if (isReadable(file)) texts.set(openablePath(root, path), file.text);
  }
  return (path) => texts.get(path) ?? null;
}
