/** A command as somebody wrote it: untrusted. */
export interface ParsedCommand {
  /** In lower case; may be no command of ours; empty for a bare `/gargoyle`. */
  readonly name: string;
  /** At most 20, of at most 200 characters each. */
  readonly args: readonly string[];
}

const COMMAND = /^ {0,3}\/gargoyle(?:[ \t]+(.*))?$/i;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const QUOTE = /^ {0,3}>/;
/** A quoted line with text, not a fence or heading: to GitHub the next line goes on with it, also without a `>` of its own. */
const OPEN_QUOTE = /^ {0,3}>[> ]*[^\s>`~#]/;
/** What begins a list's item, and may have a fence or a quotation behind it. */
const ITEM = /^ {0,3}(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)+/;
/** Blocks of HTML in which GitHub shows nothing, code, or a quotation; each with what ends it. */
const BLOCK = /^ {0,3}<(?:(!--)|(pre|code|blockquote|script|style|textarea)\b)/i;

/** What we are inside of, line by line. */
type Inside =
  | { readonly kind: 'fence'; readonly fence: string; readonly isInItem: boolean }
  | { readonly kind: 'block'; readonly end: string }
  | null;

/**
 * The first `/gargoyle …` at the start of a line, outside quotes (`>`), code of every kind and HTML comments; null where there
 * is none. A bot that echoes an attacker's text does so in quotes and code, and a person who explains a command does not give it (T3).
 */
export function parseCommand(body: string): ParsedCommand | null {
  let inside: Inside = null;
  let quoted = false;
  let paragraph: string[] = [];
  for (const line of [...body.split(/\r\n|\n|\r/), '']) {
    if (inside !== null) {
      if (isEnd(line, inside)) inside = null;
      continue;
    }
    const content = line.replace(ITEM, '');
    inside = opened(content, content !== line);
    const isText = inside === null && line.trim() !== '';
    // A mail program that breaks a long quotation leaves its end on such a line: an attacker's text, at the start of a line of ours.
    quoted = QUOTE.test(content) ? OPEN_QUOTE.test(content) : quoted && isText;
    if (isText && !quoted && !QUOTE.test(content)) {
      paragraph.push(line);
      continue;
    }
    const found = inParagraph(paragraph);
    if (found !== null) return found;
    paragraph = [];
    if (inside?.kind === 'block' && line.toLowerCase().includes(inside.end)) inside = null;
  }
  return inParagraph(paragraph);
}

function opened(line: string, isInItem: boolean): Inside {
  const fence = FENCE.exec(line)?.[1];
  if (fence !== undefined) return { kind: 'fence', fence, isInItem };
  const block = BLOCK.exec(line);
  if (block === null) return null;
  return { kind: 'block', end: block[1] === undefined ? `</${block[2]?.toLowerCase()}>` : '-->' };
}

function isEnd(line: string, inside: NonNullable<Inside>): boolean {
  if (inside.kind === 'block') return line.toLowerCase().includes(inside.end);
  const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(inside.isInItem ? line.trimStart() : line)?.[1] ?? '';
  return closing.startsWith(inside.fence);
}

/** Code spans and comments may run over several lines of a paragraph. */
function inParagraph(lines: readonly string[]): ParsedCommand | null {
  if (!lines.some((line) => COMMAND.test(line))) return null;
  const hidden = hiddenSpans(lines.join('\n'));
  let start = 0;
  for (const line of lines) {
    const match = COMMAND.exec(line);
    const at = start;
    if (match !== null && !hidden.some((span) => span.start <= at && at < span.end)) {
      const [name = '', ...args] = (match[1] ?? '').trim().split(/\s+/);
      return { name: name.toLowerCase(), args: args.slice(0, 20).map((arg) => arg.slice(0, 200)) };
    }
    start += line.length + 1;
  }
  return null;
}

/** Code spans (a run of backticks up to the next of the same length) and HTML comments, whichever begins first. */
function hiddenSpans(text: string): readonly { readonly start: number; readonly end: number }[] {
  const tokens = Array.from(text.matchAll(/(?<!\\)`+|<!--/g), (match) => ({ start: match.index, text: match[0] }));
  // From the end: the next token of the same text, so that hostile runs of many lengths cost no more than others.
  const later = new Map<string, number>();
  const partners = tokens.map(() => -1);
  for (let index = tokens.length - 1; index >= 0; index--) {
    const token = tokens[index];
    if (token === undefined) continue;
    partners[index] = later.get(token.text) ?? -1;
    later.set(token.text, token.start);
  }
  const lastEnd = text.lastIndexOf('-->');
  const spans: { start: number; end: number }[] = [];
  let from = 0;
  tokens.forEach(({ start, text: token }, index) => {
    if (start < from) return;
    const isComment = token === '<!--';
    if (isComment && start > lastEnd) return;
    const close = isComment ? text.indexOf('-->', start + 4) : (partners[index] ?? -1);
    if (close < 0) return;
    from = close + (isComment ? 3 : token.length);
    spans.push({ start, end: from });
  });
  return spans;
}
