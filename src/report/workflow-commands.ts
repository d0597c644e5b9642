import type { Severity } from '../engine/finding.ts';
import { notRunLine, type ScannedFinding, type ScanReport } from './scan.ts';
import { echoed } from './untrusted.ts';

const MAX_MESSAGE = 1000;

const COMMANDS = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
} as const satisfies Record<Severity, string>;

/**
 * `--format github`: workflow commands for a job's log, one a line. The runner obeys any line that begins with `::`, so no
 * text of a file may begin a line, and none may end a command's properties (T6).
 */
export function workflowCommandReport({ findings, unverified, notRun }: ScanReport): string {
  const unasked = notRun.filter(({ isUnasked }) => isUnasked);
  const lines = [
    ...findings.filter(({ status }) => status !== 'fixed').map(finding),
    ...unverified.map(({ path, rule, reason }) =>
      command('error', { file: path, title: 'not verified' }, `${rule === null ? '' : `rule ${rule}: `}${reason}`),
    ),
    ...notRun
      .filter(({ isUnasked }) => !isUnasked)
      .map(({ rule, reason }) => command('warning', { title: `${rule} not run` }, reason)),
    ...(unasked.length > 0 ? [command('notice', { title: 'not run' }, notRunLine(unasked))] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function finding({
  rule,
  severity,
  message,
  remedy,
  path,
  line,
  column,
  endLine,
  endColumn,
  status,
}: ScannedFinding): string {
  const isOneLine = endLine === line;
  const place = {
    file: path,
    line: String(line),
    endLine: String(endColumn === 1 && endLine > line ? endLine - 1 : endLine),
    // The runner's ends are inclusive, and it takes columns for one line only.
    ...(isOneLine ? { col: String(column), endColumn: String(Math.max(column, endColumn - 1)) } : {}),
    title: `${rule} (${severity}${status === null ? '' : `, ${status}`})`,
  };
  // A job's log shows ten errors of a step: what was there before must not use them up.
  return command(status === 'persisting' ? 'notice' : COMMANDS[severity], place, `${message}. Fix: ${remedy}`);
}

/** `::error file=…,line=…::message`, with the runner's own escapes; what else could be a control character is gone before. */
function command(name: string, properties: Readonly<Record<string, string>>, message: string): string {
  const list = Object.entries(properties)
    .map(
      ([key, value]) =>
        `${key}=${escapedData(key === 'file' ? value : echoed(value, MAX_MESSAGE))
          .replaceAll(':', '%3A')
          .replaceAll(',', '%2C')}`,
    )
    .join(',');
  return `::${name} ${list}::${escapedData(echoed(message, MAX_MESSAGE))}`;
}

/** The runner reads these three in any part of a command. */
function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
