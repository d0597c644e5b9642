import type { Severity } from '../engine/finding.ts';
import { SEVERITIES } from '../engine/finding.ts';
import { count } from './exposure.ts';
import { notRunLine, type ScannedFinding, type ScanReport } from './scan.ts';
import { echoed, maskedInPlace, shownInTerminal } from './untrusted.ts';

/** How a terminal is written to. */
export interface TextOptions {
  readonly colour: boolean;
  /** The text of a file, for the excerpt; null where it isn't to be had. */
  readonly source: (path: string) => string | null;
}

/** A screen's width: longer lines are shown around the finding. */
const WIDTH = 100;
const MAX_MESSAGE = 1000;
/** All rules that could not judge are named on one line. */
const MAX_LINE = 5000;

type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'cyan' | 'green';
type Paint = (style: Style, text: string) => string;

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const satisfies Record<Style, number>;
const COLOURS = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'cyan',
} as const satisfies Record<Severity, Style>;

/** `--format text`: for a terminal, grouped by file, a summary as the last line. Control characters of the files are written out, never sent. */
export function textReport(report: ScanReport, { colour, source }: TextOptions): string {
  const paint: Paint = colour ? (style, text) => `\u001b[${CODES[style]}m${text}\u001b[0m` : (_, text) => text;
  const lineOf = lineReader(source);
  const present = report.findings.filter(({ status }) => status !== 'fixed');
  const byPath = new Map<string, ScannedFinding[]>();
  for (const each of present) {
    const group = byPath.get(each.path) ?? [];
    byPath.set(each.path, group);
    group.push(each);
  }
  const sections = [
    ...[...byPath].map(([path, findings]) =>
      [paint('bold', echoed(path, MAX_MESSAGE)), ...findings.map((each) => block(each, lineOf, paint))].join('\n'),
    ),
    ...unseen(report, paint),
    lastLine(report, paint),
  ];
  return disarmed(`${sections.join('\n\n')}\n`);
}

/**
 * In a job's log the runner obeys lines that begin with `::`, spaces before it or not, and `##[` anywhere: a path or an
 * excerpt must not be a command (T6).
 */
function disarmed(text: string): string {
  return text.replaceAll('##[', '##\\[').replace(/^( *:)(?=:)/gm, '$1\\');
}

/** Splits each file once, and keeps the lines of the last one only. */
function lineReader(source: TextOptions['source']): (path: string, line: number) => string | null {
  let known: { path: string; lines: readonly string[] } | null = null;
  return (path, line) => {
    if (known?.path !== path) known = { path, lines: source(path)?.split('\n') ?? [] };
    return known.lines[line - 1] ?? null;
  };
}

function block(finding: ScannedFinding, lineOf: (path: string, line: number) => string | null, paint: Paint): string {
  const { rule, severity, status, path, line, column, message, remedy, fix, related } = finding;
  const place = `${line}:${column}`;
  const note = status === null ? '' : ` (${status})`;
  const fixed =
    fix === null ? '' : paint('dim', ` [${fix.safe ? 'safe fix' : 'fix to review'}: ${echoed(fix.title, 200)}]`);
  return [
    `  ${paint('dim', place)} ${paint(COLOURS[severity], severity)} ${paint('bold', rule)}${note}: ${echoed(message, MAX_MESSAGE)}`,
    ...excerpt(finding, lineOf(path, line), paint),
    ...related.slice(0, 5).map((each) => {
      const where = each.path === path ? `line ${each.line}` : `${echoed(each.path, MAX_MESSAGE)}:${each.line}`;
      return `      ${paint('dim', `${where}:`)} ${echoed(each.message, MAX_MESSAGE)}`;
    }),
    `      ${paint('green', 'fix:')} ${echoed(remedy, MAX_MESSAGE)}${fixed}`,
  ].join('\n');
}

/** The guilty line with a squiggle below it; of a longer span its first line. */
function excerpt(
  { line, column, endLine, endColumn, severity }: ScannedFinding,
  text: string | null,
  paint: Paint,
): readonly string[] {
  if (text === null) return [];
  const whole = maskedInPlace(text.replace(/\r$/, ''));
  const end = endLine === line ? Math.min(endColumn - 1, whole.length) : whole.length;
  const start = Math.min(column - 1, whole.length);
  // A long line is cut around the finding before anything is measured: it may be half a megabyte.
  const from = start > WIDTH / 2 ? start - 20 : 0;
  const to = Math.min(whole.length, from + WIDTH);
  const seen = (a: number, b: number) => shownInTerminal(whole.slice(a, b)).replaceAll('\t', '  ');
  const before = `${from > 0 ? '…' : ''}${seen(from, start)}`;
  const guilty = seen(start, Math.min(end, to));
  const after = `${seen(Math.min(end, to), to)}${to < whole.length ? '…' : ''}`;
  const gutter = String(line).padStart(5);
  const squiggle = `${' '.repeat(before.length)}${'~'.repeat(Math.max(1, guilty.length))}`;
  return [
    paint('dim', `${gutter} | `) + before + guilty + after,
    paint('dim', `${' '.repeat(gutter.length)} | `) + paint(COLOURS[severity], squiggle),
  ];
}

function unseen({ unverified, notRun }: ScanReport, paint: Paint): readonly string[] {
  const lines = [
    ...unverified.map(({ path, rule, reason }) => {
      const what = rule === null ? '' : `rule ${rule}: `;
      return `${paint('red', 'not verified')} ${echoed(path, MAX_MESSAGE)}: ${what}${echoed(reason, MAX_MESSAGE)}`;
    }),
    ...(notRun.length > 0 ? [`${paint('yellow', 'not run')} ${echoed(notRunLine(notRun), MAX_LINE)}`] : []),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function lastLine({ findings, unverified, ignored = 0, stats }: ScanReport, paint: Paint): string {
  const fixed = findings.filter(({ status }) => status === 'fixed').length;
  const present = findings.length - fixed;
  const gating = findings.filter(({ status }) => status === 'new' || status === 'worsened').length;
  const bySeverity = SEVERITIES.toReversed()
    .map(
      (severity) =>
        [severity, findings.filter((each) => each.severity === severity && each.status !== 'fixed').length] as const,
    )
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => `${number} ${severity}`)
    .join(', ');
  const parts = [
    present === 0
      ? unverified.length > 0
        ? 'No findings in what could be read'
        : paint('green', 'No findings')
      : paint('bold', `${count(present, 'finding')} (${bySeverity})`),
    ...(present > 0 && findings.some(({ status }) => status !== null) ? [`${gating} new or worsened`] : []),
    ...(fixed > 0 ? [`${fixed} fixed`] : []),
    ...(ignored > 0 ? [`${ignored} ignored by comments in the files`] : []),
    ...(unverified.length > 0 ? [paint('red', `${unverified.length} not verified`)] : []),
    `${count(stats.files, 'file')}, ${count(stats.rules, 'rule')}, ${stats.milliseconds} ms`,
  ];
  return parts.join('; ');
}
