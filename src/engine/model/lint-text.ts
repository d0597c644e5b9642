import type { LintFact } from '../facts.ts';
import type { Range } from '../yaml/tree.ts';
import type { Script } from './script.ts';

/** A script as a linter is given it: each expression is a name of the same length, so places stay where they are. */
export interface LintText {
  readonly dialect: 'bash' | 'sh' | 'python';
  readonly text: string;
}

/** Of a script in a language that is linted; null for all others, and where nobody knows its shell. */
export function lintText({ shell, value, expressions }: Script): LintText | null {
  if (shell !== 'bash' && shell !== 'sh' && shell !== 'python') return null;
  let text = value;
  for (const { from, to } of expressions) text = text.slice(0, from) + '_'.repeat(to - from) + text.slice(to);
  return { dialect: shell, text };
}

/** Under what facts have it. */
export function lintKey({ dialect, text }: LintText): string {
  return `${dialect}\n${text}`;
}

/** Where a linter's finding stands in a script, as decoded offsets; null where the script has no such place, or an expression is in it. */
export function lintRange(script: Script, { text }: LintText, fact: LintFact): Range | null {
  const lines = text.split('\n');
  const start = offsetOf(lines, fact.line, fact.column);
  const last = offsetOf(lines, fact.endLine, fact.endColumn);
  if (start === null || last === null) return null;
  const end = Math.max(last, Math.min(start + 1, script.value.length));
  return script.expressions.some(({ from, to }) => from < end && start < to) ? null : { start, end };
}

function offsetOf(lines: readonly string[], line: number, column: number): number | null {
  const text = lines[line - 1];
  if (text === undefined || column < 1) return null;
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return before + [...text].slice(0, column - 1).join('').length;
}
