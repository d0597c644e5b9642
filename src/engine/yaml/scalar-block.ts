import type { Pieces, ScalarToken } from './scalar-map.ts';

interface Line {
  readonly start: number;
  readonly indent: number;
  /** Behind the indentation. */
  readonly text: number;
  /** Before the line break, `\r` included in it. */
  readonly end: number;
  /** Offset of the `\n`, or of the source's end. */
  readonly newline: number;
}

/** Decodes a literal or folded scalar into `pieces`. */
export function decodeBlock(pieces: Pieces, token: ScalarToken): void {
  const lines = linesOf(token.source);
  const chomp = /[-+]/.exec(token.header)?.[0] ?? '';
  const explicit = Number(/[1-9]/.exec(token.header)?.[0] ?? 0);
  let content = lines.length;
  while (content > 0 && isEmpty(lines[content - 1])) content--;
  if (content === 0) {
    if (chomp === '+' && lines.length > 0)
      pieces.put('\n'.repeat(Math.max(1, lines.length - 1)), token.at, 'fold', token.at);
    return;
  }
  const { indent, first } = indentation(lines, token.indent + explicit, explicit > 0, content);
  // Lines of blanks that are deeper than the indentation are text.
  for (let i = lines.length - 1; i >= content; i--) if ((lines[i]?.indent ?? 0) > indent) content = i + 1;
  const block: Block = { pieces, source: token.source, at: token.at, lines, indent, first, content };
  for (let i = 0; i < first; i++) leading(block, i);
  const breakAt = token.header.startsWith('>') ? folded(block) : literal(block);
  if (chomp === '+') keep(block);
  else if (chomp === '') {
    // At the file's end the line break is not written.
    pieces.put('\n', token.at + breakAt, breakAt < token.source.length ? 'exact' : 'fold');
  }
}

interface Block {
  readonly pieces: Pieces;
  readonly source: string;
  readonly at: number;
  readonly lines: readonly Line[];
  readonly indent: number;
  /** First line that is not empty. */
  readonly first: number;
  /** Behind the last line of text. */
  readonly content: number;
}

function linesOf(source: string): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; source !== ''; ) {
    const found = source.indexOf('\n', start);
    const newline = found < 0 ? source.length : found;
    let text = start;
    while (text < newline && source[text] === ' ') text++;
    const end = newline > text && source[newline - 1] === '\r' ? newline - 1 : newline;
    lines.push({ start, indent: text - start, text, end, newline });
    if (found < 0) break;
    start = newline + 1;
  }
  return lines;
}

function isEmpty(line: Line | undefined): boolean {
  return line !== undefined && line.text === line.end;
}

/** The first line of text decides the indentation, unless the header does. */
function indentation(
  lines: readonly Line[],
  given: number,
  isGiven: boolean,
  content: number,
): { indent: number; first: number } {
  let indent = given;
  for (let first = 0; first < content; first++) {
    const line = lines[first];
    if (line === undefined) break;
    if (!isEmpty(line)) return { indent: isGiven ? indent : line.indent, first };
    if (!isGiven && line.indent > indent) indent = line.indent;
  }
  return { indent, first: 0 };
}

/** An empty line before the text; blanks deeper than the indentation are text. */
function leading({ pieces, source, at, lines, indent }: Block, index: number): void {
  const line = lines[index];
  if (line === undefined) return;
  const start = Math.min(line.start + indent, line.text);
  pieces.put(source.slice(start, line.text), at + start);
  pieces.put('\n', at + line.newline);
}

function literal({ pieces, source, at, lines, indent, first, content }: Block): number {
  let breakAt = -1;
  for (const line of lines.slice(first, content)) {
    if (breakAt >= 0) pieces.put('\n', at + breakAt);
    const start = Math.min(line.start + indent, line.text);
    pieces.put(source.slice(start, line.end), at + start);
    breakAt = line.newline;
  }
  return breakAt;
}

/** Folding: single breaks between lines of the same indentation are spaces, deeper lines keep theirs. */
function folded({ pieces, source, at, lines, indent, first, content }: Block): number {
  let separator = '';
  let wasDeeper = false;
  let breakAt = 0;
  const put = (start: number, line: Line): void => {
    pieces.put(separator, at + breakAt, 'fold', at + start);
    pieces.put(source.slice(start, line.end), at + start);
  };
  for (const line of lines.slice(first, content)) {
    if (line.indent > indent || source[line.text] === '\t') {
      if (separator === ' ') separator = '\n';
      else if (!wasDeeper && separator === '\n') separator = '\n\n';
      put(Math.min(line.start + indent, line.text), line);
      separator = '\n';
      wasDeeper = true;
    } else if (isEmpty(line)) {
      if (separator === '\n') pieces.put('\n', at + line.newline, 'fold', at + line.newline);
      else separator = '\n';
    } else {
      put(line.text, line);
      separator = ' ';
      wasDeeper = false;
    }
    breakAt = line.newline;
  }
  return breakAt;
}

/** `+`: the empty lines at the end are kept. */
function keep({ pieces, source, at, lines, indent, content }: Block): void {
  for (const line of lines.slice(content)) {
    pieces.put('\n', at + line.start - 1);
    const start = Math.min(line.start + indent, line.text);
    pieces.put(source.slice(start, line.text), at + start);
  }
  if (!pieces.endsInLineBreak) pieces.put('\n', at + source.length, 'fold', at + source.length);
}
