import { Lexer, ExpressionError as LibraryError, Parser } from '@actions/expressions';
import { TextCache } from '../text-cache.ts';
import type { Expr } from './ast.ts';
import { convert, located, TooDeep } from './convert.ts';

export type { Access, Binary, Call, Expr, Literal, Segment } from './ast.ts';

/** Why GitHub refuses an expression; `at` is an offset into its source. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** `${{ … }}` in a decoded text. `source` is what is between, `innerStart` its offset; `start` and `end` include the braces. */
export interface FoundExpression {
  readonly start: number;
  readonly end: number;
  readonly source: string;
  readonly innerStart: number;
}

/** GitHub's own limit for one expression, in characters. */
const MAX_LENGTH = 21_000;
const CONTEXTS = 'github env vars job jobs steps runner secrets strategy matrix needs inputs'.split(' ');
/** Functions of the runner beside the language's own, with the fewest and most arguments. */
const FUNCTIONS = [
  { name: 'hashFiles', minArgs: 1, maxArgs: 255 },
  { name: 'success', minArgs: 0, maxArgs: 255 },
  { name: 'failure', minArgs: 0, maxArgs: 255 },
  { name: 'always', minArgs: 0, maxArgs: 0 },
  { name: 'cancelled', minArgs: 0, maxArgs: 0 },
];
/** The library looks names up in a plain object, where `constructor` and `__proto__` are found too. */
const KNOWN_FUNCTIONS: ReadonlySet<string> = new Set(
  'case contains endswith format fromjson join startswith tojson hashfiles success failure always cancelled'.split(' '),
);
const LEXER_ERROR = /^Unexpected symbol: '(.*)'\. Located at position ([0-9]+) within expression: /s;

/** Names and stars joined by dots, which two thirds of all expressions are: read here without the library's 40 microseconds. */
const PLAIN_PATH = /^[ \t\r\n]*([A-Za-z_][\w-]*(?:\.(?:[A-Za-z_][\w-]*|\*))*)[ \t\r\n]*$/;
/** The library counts depth by path as well; longer paths are its business. */
const MAX_PLAIN_STEPS = 40;

const cache = new TextCache<Expr | ExpressionError>(200_000);

/**
 * All expressions of a decoded text, in order. Strings are skipped as GitHub does, so a `}}` inside `'…'` ends nothing. GitHub
 * refuses the whole file at an unclosed `${{`: it and what follows are none.
 */
export function findExpressions(text: string): readonly FoundExpression[] {
  const found: FoundExpression[] = [];
  for (let start = text.indexOf('${{'); start >= 0; ) {
    const end = closing(text, start + 3);
    if (end === null) break;
    found.push({ start, end, source: text.slice(start + 3, end - 2), innerStart: start + 3 });
    start = text.indexOf('${{', end);
  }
  return found;
}

/** Behind the `}}` that closes an expression; null when there is none. */
function closing(text: string, from: number): number | null {
  let inString = false;
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (char === "'") inString = !inString;
    else if (!inString && char === '}' && text[i - 1] === '}' && i > from) return i + 1;
  }
  return null;
}

/** Parses an expression's source (without the braces) by GitHub's own grammar; cached by text. An empty one is an error. */
export function parseExpression(source: string): Expr | ExpressionError {
  return cache.of(source, () => plainPath(source) ?? parse(source));
}

function plainPath(source: string): Expr | null {
  const text = source.length > MAX_LENGTH ? undefined : PLAIN_PATH.exec(source)?.[1];
  if (text === undefined) return null;
  const written = text.split('.');
  const [context, ...path] = written.map((name) => name.toLowerCase());
  if (context === undefined || !CONTEXTS.includes(context) || path.length > MAX_PLAIN_STEPS) return null;
  const start = source.indexOf(text);
  return { kind: 'access', path: [context, ...path], written, start, end: start + text.length };
}

function parse(source: string): Expr | ExpressionError {
  if (source.length > MAX_LENGTH) return new ExpressionError(`longer than ${MAX_LENGTH} characters`, 0);
  if (source.trim() === '') return new ExpressionError('the expression is empty', 0);
  try {
    const { tokens } = new Lexer(source).lex();
    const places = located(source, tokens);
    const unknown = tokens.findIndex(({ lexeme }, i) => tokens[i + 1]?.lexeme === '(' && isUnknownFunction(lexeme));
    if (unknown >= 0) {
      return new ExpressionError(
        `Unrecognized function: '${clip(tokens[unknown]?.lexeme ?? '')}'`,
        places[unknown]?.start ?? 0,
      );
    }
    return convert(new Parser(tokens, CONTEXTS, FUNCTIONS).parse(), tokens, places);
  } catch (error) {
    return refusal(error, source);
  }
}

function isUnknownFunction(lexeme: string): boolean {
  return /^[A-Za-z_]/.test(lexeme) && !KNOWN_FUNCTIONS.has(lexeme.toLowerCase());
}

function refusal(error: unknown, source: string): ExpressionError {
  if (error instanceof TooDeep) return new ExpressionError('nested too deep', 0);
  if (error instanceof LibraryError) {
    const line = source.split('\n', error.pos.line).reduce((sum, text) => sum + text.length + 1, 0);
    return new ExpressionError(clip(error.message), Math.min(line + error.pos.column, source.length));
  }
  const found = LEXER_ERROR.exec(error instanceof Error ? error.message : '');
  if (found === null) throw error;
  return new ExpressionError(`Unexpected symbol: '${clip(found[1] ?? '')}'`, Number(found[2]) - 1);
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
