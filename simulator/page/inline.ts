/** Markdown within a line. Everything is escaped; tags come from here only; nothing is ever loaded from elsewhere. */
import { escapeHtml } from './html.ts';

type Rule = readonly [pattern: RegExp, write: (found: RegExpExecArray, before: string) => string | null];

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  bull: '•',
  middot: '·',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  zwj: '\u200d',
};

/** Spans are bounded, so that a hostile text costs no more than its length times this. */
const RULES: readonly Rule[] = [
  [/\\([!-/:-@[-`{-~])/y, ([, character]) => escapeHtml(character ?? '')],
  [/(`+)(?!`)([\s\S]{0,2000}?[^`])\1(?!`)/y, ([, , code]) => `<code>${escapeHtml(trimmed(code ?? ''))}</code>`],
  [/<!--[\s\S]{0,500}?-->/y, () => ''],
  [
    /!\[([^\]]{0,300})\]\(([^)\s]{0,1000})\)/y,
    ([, text, url]) => `<span class="image">image “${escapeHtml(text ?? '')}” ${escapeHtml(url ?? '')}</span>`,
  ],
  [/\[([^\]]{1,500})\]\(([^)\s]{1,2000})(?: "[^"]{0,300}")?\)/y, ([, text, url]) => link(text ?? '', url ?? '')],
  [/\*\*(?=\S)([\s\S]{0,1000}?\S)\*\*/y, ([, text]) => `<strong>${inline(text ?? '')}</strong>`],
  [/~~(?=\S)([\s\S]{0,1000}?\S)~~/y, ([, text]) => `<del>${inline(text ?? '')}</del>`],
  [/\*(?=[^\s*])([^*]{1,1000})\*/y, ([, text]) => `<em>${inline(text ?? '')}</em>`],
  [
    /_(?=[^\s_])([^_]{1,1000})_(?!\w)/y,
    ([, text], before) => (/\w$/.test(before) ? null : `<em>${inline(text ?? '')}</em>`),
  ],
  [/<br\s*\/?>/iy, () => '<br>'],
  [
    /<(sub|sup|kbd|b|i|em|strong|code|ins|del)>([\s\S]{0,1000}?)<\/\1>/iy,
    ([, tag, text]) => `<${tag?.toLowerCase()}>${inline(text ?? '')}</${tag?.toLowerCase()}>`,
  ],
  [/https?:\/\/[^\s<>()`"']{1,2000}[^\s<>()`"'.,:;!?]/y, ([url]) => link(url, url)],
  [/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/iy, ([, decimal, hex, name]) => entity(decimal, hex, name)],
  [
    /@[a-z\d](?:[a-z\d-]{0,38})(?:\/[\w.-]{1,100})?/iy,
    ([name], before) => (/[\w`]$/.test(before) ? null : `<span class="mention">${escapeHtml(name)}</span>`),
  ],
];

export function inline(text: string): string {
  let out = '';
  for (let at = 0; at < text.length; ) {
    const step = tokenAt(text, at);
    out += step.html;
    at += step.length;
  }
  return out;
}

function tokenAt(text: string, at: number): { html: string; length: number } {
  const plain = /[^\\`<![*~_h&@]+/y; // no rule starts with any of these
  plain.lastIndex = at;
  const run = plain.exec(text);
  if (run) return { html: escapeHtml(run[0]), length: run[0].length };
  for (const [pattern, write] of RULES) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    const written = found && write(found, text.slice(Math.max(0, at - 1), at));
    if (found && written !== null) return { html: written, length: found[0].length };
  }
  return { html: escapeHtml(text[at] ?? ''), length: 1 };
}

/** Only web addresses and anchors; `javascript:` stays text. */
function link(text: string, url: string): string {
  if (!/^(https?:\/\/|#|\/(?!\/))/i.test(url)) return `${inline(text)} (${escapeHtml(url)})`;
  const label = text === url ? escapeHtml(url) : inline(text);
  return `<a href="${escapeHtml(url)}" rel="nofollow noopener">${label}</a>`;
}

function trimmed(code: string): string {
  return /^ .*[^ ].* $/s.test(code) ? code.slice(1, -1) : code;
}

function entity(decimal: string | undefined, hex: string | undefined, name: string | undefined): string | null {
  if (name !== undefined) {
    const character = NAMED[name];
    return character === undefined ? null : escapeHtml(character);
  }
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? escapeHtml(String.fromCodePoint(code)) : null;
}
