/**
 * Text that somebody else chose (a name, a path, a line of a file), made harmless for every place where people read it.
 * Escaping for a format (Markdown, a terminal, workflow commands) comes on top, in that format's file.
 */

/** Looks like a credential. GitHub's own prefixes, other vendors' published ones, keys and signed tokens. */
const SECRET = new RegExp(
  [
    'gh[pousr]_[A-Za-z0-9_.-]{16,}',
    'github_pat_[A-Za-z0-9_]{16,}',
    'gl[a-z]{1,4}-[A-Za-z0-9_-]{18,}',
    // Only where a word begins: a hostile run of `eyJeyJ…` is read once, not once for each.
    '(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)?',
    '(?:AKIA|ASIA)[A-Z0-9]{16}',
    'AIza[A-Za-z0-9_-]{30,}',
    'xox[a-z]-[A-Za-z0-9-]{10,}',
    '(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}',
    'sk-[A-Za-z0-9_-]{20,}',
    'npm_[A-Za-z0-9]{30,}',
    'pypi-[A-Za-z0-9_-]{30,}',
    'dckr_pat_[A-Za-z0-9_-]{20,}',
    'hvs\\.[A-Za-z0-9_-]{20,}',
  ].join('|'),
  'g',
);

const PEM = /-----BEGIN [A-Z0-9 ]{0,40}-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}-----|$)/g;

/** A report must not spread what it warns of: credentials are shown as their first and last two characters. */
export function masked(text: string): string {
  return text
    .replace(PEM, '-----BEGIN …-----')
    .replace(SECRET, (secret) => `${secret.slice(0, 2)}…${secret.slice(-2)}`);
}

/** The same for an excerpt whose columns must stay: stars in the middle, as many as there were characters. */
export function maskedInPlace(text: string): string {
  return text.replace(SECRET, (secret) => secret.slice(0, 2) + '*'.repeat(secret.length - 4) + secret.slice(-2));
}

// C0, DEL and C1: terminal sequences live here. They carry nothing that a reader needs.
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

/**
 * What a reader does not see, or which turns what they see around: format characters (bidi, zero-width, tags), separators,
 * every space but the usual one, fillers, variation selectors, halves of surrogate pairs.
 */
const INVISIBLE = /(?! )[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Cs}\u2800]/gu;

/** One line for people: line breaks and tabs are spaces, other control characters are gone, invisible ones are written out as `\u202E`. */
function shown(text: string): string {
  return text
    .replace(/\r\n|[\n\r\t\v\f\u0085]/g, ' ')
    .replace(CONTROL, '')
    .replace(INVISIBLE, written);
}

/** What is said of untrusted text in any report: no credentials, one line, everything visible, at most `max` UTF-16 units. */
export function echoed(text: string, max: number): string {
  // A file's text may be half a megabyte; a credential that begins before the limit ends within this window.
  return cutText(shown(masked(text.slice(0, max + 1200))), max);
}

/** For a terminal: control characters too are written out, so that an excerpt hides nothing and sends nothing. Tabs stay. */
export function shownInTerminal(text: string): string {
  return text.replace(CONTROL, (char) => (char === '\t' ? char : written(char))).replace(INVISIBLE, written);
}

/** For JSON, which escapes by UTF-16 unit: the invisible and C1 characters of its strings, value unchanged. */
export function escapedInvisible(json: string): string {
  const unit = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const units = (char: string) => char.split('').map(unit).join('');
  return json.replace(/[\u007f-\u009f]/g, units).replace(INVISIBLE, units);
}

function written(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase().padStart(4, '0');
  return code > 0xffff ? `\\u{${hex}}` : `\\u${hex}`;
}

/** True where text may be shown as it is, line by line: nothing hidden, no credential, no line break that only some see. */
export function isPlainLines(text: string): boolean {
  const bare = text.replace(/\r?\n|\t/g, ' ');
  return shown(bare) === bare && masked(text) === text;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** At most `max` UTF-16 units, cut between graphemes, the cut shown by an ellipsis that counts. */
function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  // A grapheme may be arbitrarily long (combining marks): only a window before the limit is segmented.
  const from = Math.max(0, max - 256);
  let end = max - 1;
  for (const { index, segment } of graphemes.segment(text.slice(from, max + 64))) {
    if (from + index + segment.length > max - 1) {
      if (index > 0) end = from + index;
      break;
    }
  }
  const isSplitPair = (text.charCodeAt(end) & 0xfc00) === 0xdc00 && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  return `${text.slice(0, isSplitPair ? end - 1 : end)}…`;
}
