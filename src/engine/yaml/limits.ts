import { MAX_FILE_BYTES } from '../project.ts';
import { Unreadable } from './unreadable.ts';

/** Real workflows have at most 14 levels, 36 keys in a map and 11 aliases (stack.md); these leave room and stop bombs. */
export const MAX_DEPTH = 64;
export const MAX_KEYS = 1_000;
export const MAX_ALIASES = 1_000;
export const MAX_ITEMS = 10_000;
/**
 * Lexical tokens: 524,288 closing brackets keep the parser busy for seconds. Real workflows have at most one in two characters,
 * mostly one in five, and the largest (425 KB) is mostly scripts.
 */
export const MAX_TOKENS = 150_000;
/** Nodes with aliases expanded: whoever walks the tree through aliases walks no more than this. */
export const MAX_NODES = 100_000;

// Line breaks of YAML 1.1 that YAML 1.2 reads as text. An attacker could hide a key from one of two parsers behind them:
// `# comment<U+2028>permissions: write-all`.
const AMBIGUOUS_BREAK = /\r(?!\n)|[\u0085\u2028\u2029]/;
// YAML forbids them; some are control codes of the parser's own token stream.
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Refuses texts that need no parser to be refused. Throws `Unreadable`. */
export function checkText(text: string): void {
  // A UTF-16 unit has at most three bytes, so short texts need no count.
  if (text.length * 3 > MAX_FILE_BYTES && Buffer.byteLength(text) > MAX_FILE_BYTES) {
    throw new Unreadable(`it is larger than ${MAX_FILE_BYTES / 1024} KB`);
  }
  refuse(text, CONTROL, (code) => (code === 0 ? 'a NUL character' : `the control character ${unicode(code)}`));
  refuse(text, AMBIGUOUS_BREAK, (code) =>
    code === 13 ? 'a carriage return without line feed' : `${unicode(code)}, which some parsers take for a line break`,
  );
  refuse(text, LONE_SURROGATE, () => 'half a surrogate pair');
}

function refuse(text: string, pattern: RegExp, describe: (code: number) => string): void {
  const found = pattern.exec(text);
  if (found === null) return;
  const line = text.slice(0, found.index).split('\n').length;
  throw new Unreadable(`line ${line}: ${describe(found[0].charCodeAt(0))}`);
}

function unicode(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
