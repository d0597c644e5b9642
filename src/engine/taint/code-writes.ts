import type { ShellKind } from '../shell/shell.ts';
import type { Range } from '../yaml/tree.ts';
import type { BareWrite, WriteTarget } from './environment-writes.ts';
import type { Part } from './printed-lines.ts';

const CALLS: Readonly<Record<string, WriteTarget>> = {
  setOutput: 'output',
  exportVariable: 'env',
  saveState: 'state',
  addPath: 'path',
};

const TARGETS: Readonly<Record<string, WriteTarget>> = {
  ENV: 'env',
  PATH: 'path',
  OUTPUT: 'output',
  STATE: 'state',
  STEP_SUMMARY: 'summary',
};

/** What JavaScript hands to the runner: `core.setOutput('x', value)`, what a github-script returns, what it appends to the files. */
export function javascriptWrites(code: string): readonly BareWrite[] {
  const found: BareWrite[] = [];
  for (const match of code.matchAll(/\b(?:core|actions)\.(setOutput|exportVariable|saveState|addPath)\s*\(/g)) {
    const command = callAt(code, match.index, match.index + match[0].length);
    const [first, second] = argumentsIn(code, command.inside);
    const target = CALLS[match[1] ?? ''];
    if (!target || !first) continue;
    const value = target === 'path' ? first : second;
    const name = target === 'path' ? null : literalIn(code, first);
    found.push({
      target,
      name,
      form: 'call',
      delimiter: null,
      command: command.whole,
      values: value ? [partOf(value)] : [],
    });
  }
  found.push(...appendedBy(code));
  for (const match of code.matchAll(/(?<![\w.])return\b[ \t]*(?=[^\s;}])/g)) {
    const values = [
      partOf({ start: match.index + match[0].length, end: endOfStatement(code, match.index + match[0].length) }),
    ];
    const command = { start: match.index, end: values[0]?.end ?? match.index };
    found.push({ target: 'output', name: 'result', form: 'call', delimiter: null, command, values });
  }
  return found.sort((a, b) => a.command.start - b.command.start);
}

/** `fs.appendFileSync(process.env.GITHUB_ENV, …)`. */
function appendedBy(code: string): readonly BareWrite[] {
  const calls = code.matchAll(
    /\b(?:appendFile|writeFile)(?:Sync)?\s*\(\s*process\.env(?:\.|\[['"])GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)/g,
  );
  return [...calls].flatMap((match) => {
    const { whole, inside } = callAt(code, match.index, code.indexOf('(', match.index) + 1);
    const [, value] = argumentsIn(code, inside);
    const target = TARGETS[match[1] ?? ''];
    return target && value ? [codeWrite(code, target, whole, value)] : [];
  });
}

function codeWrite(code: string, target: WriteTarget, command: Range, value: Range): BareWrite {
  const name = /^[fr]?["'`]([A-Za-z_][\w.-]*)(=|<<)/.exec(code.slice(value.start, value.end));
  return {
    target,
    name: target === 'path' ? null : (name?.[1] ?? null),
    form: 'code',
    delimiter: null,
    command,
    values: [partOf(value)],
  };
}

/** The same for the other languages of `run:`, by their text. */
export function foreignLanguageWrites(code: string, shell: ShellKind): readonly BareWrite[] {
  return shell === 'python' ? pythonWrites(code) : cmdWrites(code);
}

function pythonWrites(code: string): readonly BareWrite[] {
  const found: BareWrite[] = [];
  let target: WriteTarget | undefined;
  for (const match of code.matchAll(/GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)\b|(?:\.write|\bprint)\s*\(/g)) {
    if (match[1] !== undefined) {
      target = TARGETS[match[1]];
      continue;
    }
    const { whole, inside } = callAt(code, match.index, match.index + match[0].length);
    const [value, ...rest] = argumentsIn(code, inside);
    const isFile = match[0].startsWith('.') || rest.some((one) => /^\s*file\s*=/.test(code.slice(one.start, one.end)));
    const own =
      TARGETS[/GITHUB_(ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)\b/.exec(code.slice(inside.start, inside.end))?.[1] ?? ''];
    if ((own ?? target) && value && isFile) found.push(codeWrite(code, own ?? target ?? 'env', whole, value));
  }
  return found;
}

/** Longer lines are nobody's. */
const MAX_LINE = 2_000;

function cmdWrites(code: string): readonly BareWrite[] {
  const found: BareWrite[] = [];
  let start = 0;
  for (const line of code.split('\n')) {
    const write = line.length > MAX_LINE ? null : cmdWrite(line, start);
    if (write) found.push(write);
    start += line.length + 1;
  }
  return found;
}

/** `echo NAME=value>> %GITHUB_ENV%`, or the file first. */
function cmdWrite(line: string, start: number): BareWrite | null {
  const target = TARGETS[/>>?\s*"?%GITHUB_(\w+)%/i.exec(line)?.[1]?.toUpperCase() ?? ''];
  const echo = /\becho[ \t]+/i.exec(line);
  if (!target || !echo) return null;
  const from = echo.index + echo[0].length;
  const redirection = line.indexOf('>', from);
  const to = redirection < 0 ? line.trimEnd().length : redirection;
  const entry = target === 'path' ? null : /^([A-Za-z_][\w.-]*)=/.exec(line.slice(from, to));
  const first = start + from + (entry?.[0].length ?? 0);
  const values = first < start + to ? [partOf({ start: first, end: start + to })] : [];
  const command = { start, end: start + line.length };
  return { target, name: entry?.[1] ?? null, form: 'line', delimiter: null, command, values };
}

function partOf({ start, end }: Range): Part {
  return { start, end, isCommand: false };
}

/** A call whose opening bracket ends at `from`. */
function callAt(code: string, start: number, from: number): { readonly whole: Range; readonly inside: Range } {
  const end = closing(code, from, false);
  return { whole: { start, end: Math.min(code.length, end + 1) }, inside: { start: from, end } };
}

function argumentsIn(code: string, { start, end }: Range): readonly Range[] {
  const found: Range[] = [];
  for (let at = start; at < end; ) {
    const comma = Math.min(end, closing(code.slice(0, end), at, true));
    const text = code.slice(at, comma);
    const from = at + text.length - text.trimStart().length;
    if (text.trim() !== '') found.push({ start: from, end: from + text.trim().length });
    at = comma + 1;
  }
  return found;
}

/** Longer calls are nobody's; each is scanned to its end. */
const MAX_CALL = 2_000;

/** Where the bracket closes that is open at `from`, or the next comma of that depth; strings are skipped. */
function closing(code: string, from: number, atComma: boolean): number {
  let depth = 0;
  let quote = '';
  const end = Math.min(code.length, from + MAX_CALL);
  for (let at = from; at < end; at += 1) {
    const char = code[at] ?? '';
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'" || char === '`') quote = char;
    else if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char)) {
      if (depth === 0) return at;
      depth -= 1;
    } else if (atComma && char === ',' && depth === 0) return at;
  }
  return end;
}

function endOfStatement(code: string, from: number): number {
  const end = closing(code, from, false);
  const semicolon = code.indexOf(';', from);
  const line = code.indexOf('\n', from);
  const isOneLine = line > 0 && line < end && balanced(code.slice(from, line));
  return Math.min(end, semicolon < 0 ? end : semicolon, isOneLine ? line : end);
}

function balanced(text: string): boolean {
  return text.replace(/[^([{]/g, '').length <= text.replace(/[^)\]}]/g, '').length;
}

function literalIn(code: string, { start, end }: Range): string | null {
  return /^(['"`])([\w.-]+)\1$/.exec(code.slice(start, end))?.[2] ?? null;
}
