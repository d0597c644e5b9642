import type { LintFact } from '../engine/facts.ts';

const LEVELS = ['error', 'warning', 'info', 'style'] as const;

/** What `shellcheck -f json1` prints; null where it is something else. */
export function shellcheckFacts(output: string): readonly LintFact[] | null {
  const comments = field(parsed(output), 'comments');
  if (!Array.isArray(comments)) return null;
  return comments.map((one: unknown) => ({
    ...placeOf(one, 'line', 'column', field(one, 'endLine'), field(one, 'endColumn')),
    code: `SC${String(field(one, 'code'))}`,
    level: LEVELS.find((level) => level === field(one, 'level')) ?? 'warning',
    message: String(field(one, 'message')),
  }));
}

/** What `ruff check --output-format json` prints. */
export function ruffFacts(output: string): readonly LintFact[] | null {
  const list = parsed(output);
  if (!Array.isArray(list)) return null;
  return list.map((one: unknown) => {
    const end = field(one, 'end_location');
    return {
      ...placeOf(field(one, 'location'), 'row', 'column', field(end, 'row'), field(end, 'column')),
      code: typeof field(one, 'code') === 'string' ? String(field(one, 'code')) : '',
      level: 'warning',
      message: String(field(one, 'message')),
    };
  });
}

/** What pyflakes prints: a line for each finding; below one that tells a syntax error stands the code. */
export function pyflakesFacts(output: string): readonly LintFact[] {
  return [...output.matchAll(/^<stdin>:(\d+):(\d+):? (.*)$/gm)].map(([, row, at, message = '']) => {
    const [line, column] = [Number(row), Number(at)];
    return { line, column, endLine: line, endColumn: column + 1, code: '', level: 'warning', message };
  });
}

function placeOf(start: unknown, row: string, column: string, endLine: unknown, endColumn: unknown) {
  return {
    line: Number(field(start, row)),
    column: Number(field(start, column)),
    endLine: Number(endLine),
    endColumn: Number(endColumn),
  };
}

function parsed(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}
