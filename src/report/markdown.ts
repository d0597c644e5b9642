import { echoed } from './untrusted.ts';

/** Text from a file, a branch or a person is never echoed at greater length (T5). */
const MAX_ECHO = 200;
/** A rule's message, quoted text included. */
const MAX_MESSAGE = 1000;

/** Untrusted text as inline code: the only place where Markdown interprets nothing in it. One line, at most 200 characters. */
export function codeSpan(text: string): string {
  return fenced(echoed(text, MAX_ECHO));
}

/** Untrusted prose which cannot be shown as code: nothing in it is a mention, a reference, a link, HTML or formatting. */
export function prose(text: string): string {
  return escaped(echoed(text, MAX_MESSAGE).trim());
}

/**
 * A rule's sentence as Markdown. What it quotes in backticks becomes code with a fence of our own; all else is escaped,
 * also what an attacker moved out of the quotes by a backtick in a name.
 */
export function sentence(message: string): string {
  return quotedParts(echoed(message, MAX_MESSAGE).trim())
    .map(({ isCode, text }) => (isCode ? codeSpan(text) : escaped(text)))
    .join('');
}

/** A link whose text is code. `address` starts with a site that we were configured with; `path` and `fragment` may be untrusted. */
export function codeLink(text: string, address: string, path: string, fragment = ''): string {
  const encoded = path.split('/').map(encodedForLink).join('/');
  return `[${codeSpan(text)}](${address}/${encoded}${fragment})`;
}

/** A list of at most `most` lines, and how many are left out. */
export function bullets<Item>(items: readonly Item[], most: number, line: (item: Item) => string): string {
  const kept = items.slice(0, most).map((item) => `- ${line(item)}`);
  return (items.length > most ? [...kept, `- and ${items.length - most} more`] : kept).join('\n');
}

/** Line by line within a budget of UTF-8 bytes, with code fences closed and `notice` as the last line where something is missing. */
export function cutMarkdown(markdown: string, maxBytes: number, notice: string): string {
  if (Buffer.byteLength(markdown) <= maxBytes) return markdown;
  const kept: string[] = [];
  let fence = '';
  // Room for the notice with blank lines around it, and for closing a fence as long as the one that is open.
  let left = maxBytes - Buffer.byteLength(notice) - 4;
  for (const line of markdown.split('\n')) {
    const opened = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    const next = fence === '' ? opened : opened.startsWith(fence) && line.trim() === opened ? '' : fence;
    left -= Buffer.byteLength(line) + 1;
    if (left < next.length + 1) break;
    fence = next;
    kept.push(line);
  }
  if (fence !== '') kept.push(fence);
  return `${kept.join('\n').trimEnd()}\n\n${notice}`;
}

/** encodeURIComponent leaves `!'()*`, of which a parenthesis would end a Markdown link. */
function encodedForLink(part: string): string {
  return encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Inline code of one line, whatever the text: the fence is longer than any run of backticks in it. */
function fenced(text: string): string {
  const line = text.trim() === '' ? '(empty)' : text;
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = /^`|`$|^ .* $/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** The longest run of backticks. */
export function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}

/**
 * Backslashes disarm Markdown; the zero-width space disarms what GitHub looks for in the rendered text, where an escape
 * is gone already: mentions, references, addresses.
 */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]~|!]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('$', '<span>$</span>')
    .replace(/[@#]/g, '$&\u200b')
    .replace(/(GH)-(?=\d)/gi, '$1\u200b-')
    .replace(/:(?=\/\/)/g, ':\u200b')
    .replace(/(www)\./gi, '$1\u200b.')
    .replace(/^([-+=]|\d+(?=[.)]))/, '\u200b$1');
}

/** CommonMark's code spans: a run of backticks up to the next run of the same length; one without a partner is text. */
function quotedParts(text: string): readonly { readonly isCode: boolean; readonly text: string }[] {
  const runs = Array.from(text.matchAll(/`+/g), (match) => ({ at: match.index, length: match[0].length }));
  const parts: { isCode: boolean; text: string }[] = [];
  let from = 0;
  for (let index = 0; index < runs.length; index++) {
    const open = runs[index];
    const partner = runs.findIndex((run, later) => later > index && run.length === open?.length);
    const close = runs[partner];
    if (open === undefined || close === undefined) continue;
    parts.push({ isCode: false, text: text.slice(from, open.at) });
    parts.push({ isCode: true, text: text.slice(open.at + open.length, close.at) });
    from = close.at + close.length;
    index = partner;
  }
  parts.push({ isCode: false, text: text.slice(from) });
  return parts.filter((part) => part.isCode || part.text !== '');
}
