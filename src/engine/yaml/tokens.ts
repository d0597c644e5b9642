import { type CST, Lexer, Parser } from 'yaml';
import { MAX_DEPTH, MAX_ITEMS, MAX_TOKENS } from './limits.ts';
import type { Lines } from './lines.ts';
import type { Comment } from './parse.ts';
import { Unreadable } from './unreadable.ts';

/** The lexer's mark that a scalar follows; a scalar may begin with `#` too. */
const SCALAR_FOLLOWS = '\u001f';

/**
 * The concrete syntax of a text, and its comments. Throws `Unreadable` as soon as it is wrong, too deep or too much: what follows
 * would recurse on the depth, and gathers errors without end.
 */
export function readTokens(text: string, lines: Lines): { tokens: readonly CST.Token[]; comments: readonly Comment[] } {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const comments: Comment[] = [];
  let documents = 0;
  let lexemes = 0;
  let previous = '';
  const fail = (reason: string, offset = parser.offset): never => {
    throw new Unreadable(`line ${lines.position(offset).line}: ${reason}`);
  };
  const take = (token: CST.Token): void => {
    if (token.type === 'error') fail(clause(token.message), token.offset);
    if (token.type === 'document' && ++documents > 1) fail('it holds several documents', token.offset);
    tokens.push(token);
  };
  for (const lexeme of new Lexer().lex(text)) {
    const start = parser.offset;
    if (lexeme.startsWith('#') && previous !== SCALAR_FOLLOWS)
      comments.push({ start, end: start + lexeme.length, text: lexeme });
    if (lexeme.startsWith('"') && hasBadEscape(lexeme)) fail('a double-quoted text with an unknown escape');
    for (const token of parser.next(lexeme)) take(token);
    if (++lexemes > MAX_TOKENS) fail(`more than ${MAX_TOKENS} tokens up to here`);
    const excess = excessOf(parser.stack);
    if (excess !== null) fail(excess);
    previous = lexeme;
  }
  for (const token of parser.end()) take(token);
  return { tokens, comments };
}

/** What the open nodes have too much of, as a clause. */
function excessOf(stack: readonly CST.Token[]): string | null {
  // The document and an open scalar are on the stack as well.
  if (stack.length > MAX_DEPTH + 2) return `nested deeper than ${MAX_DEPTH} levels`;
  const top = stack.at(-1);
  return top !== undefined && 'items' in top && top.items.length > MAX_ITEMS
    ? `more than ${MAX_ITEMS} items in one place`
    : null;
}

/** Escapes that YAML doesn't know; the parser would note each of 200,000. */
function hasBadEscape(lexeme: string): boolean {
  for (let at = lexeme.indexOf('\\'); at >= 0; at = lexeme.indexOf('\\', at + 2)) {
    if (!/^[0abtnvfre "/\\N_LPxuU\t\r\n]?$/.test(lexeme.charAt(at + 1))) return true;
  }
  return false;
}

/** The parser's message as a clause; it may quote the text. */
export function clause(message: string): string {
  const line = message.replace(/\s+/g, ' ');
  const clipped = line.length > 160 ? `${line.slice(0, 159)}…` : line;
  return clipped.charAt(0).toLowerCase() + clipped.slice(1);
}
