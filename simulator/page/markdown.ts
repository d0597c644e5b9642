/**
 * The Markdown that check summaries and comments use: headings, lists, tables, code, quotes, alerts, `<details>`.
 * The text may quote an attacker: every character of it is escaped.
 */
import { escapeHtml, Html } from './html.ts';
import { inline } from './inline.ts';

/** How a fenced block of a language is shown; null leaves it to be plain code. */
export type Fence = (language: string, code: string) => Html | null;

export function markdown(text: string, fence: Fence = () => null): Html {
  const lines = text.split(/\r?\n/);
  return new Html(`<div class="markdown">${new Blocks(lines, fence).render()}</div>`);
}

const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const TABLE_RULE = /^\s*\|?(\s*:?-+:?\s*\|)+\s*:?-*:?\s*\|?\s*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([^`]*)$/;
const STARTS_BLOCK =
  /^(#{1,6}\s| {0,3}(`{3,}|~{3,})|\s*[-*+]\s|\s*\d+[.)]\s|>|\s*<\/?(details|summary)|\s*(---+|\*\*\*+)\s*$)/i;

class Blocks {
  readonly #lines: readonly string[];
  readonly #fence: Fence;
  #at = 0;
  #open = 0;

  constructor(lines: readonly string[], fence: Fence) {
    this.#lines = lines;
    this.#fence = fence;
  }

  render(): string {
    let out = '';
    while (this.#at < this.#lines.length) out += this.#block();
    return out + '</details>'.repeat(this.#open);
  }

  #block(): string {
    const line = this.#lines[this.#at] ?? '';
    if (line.trim() === '') return this.#take('');
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (heading) return this.#take(`<h${heading[1]?.length}>${inline(heading[2] ?? '')}</h${heading[1]?.length}>`);
    if (FENCE.test(line)) return this.#code();
    if (/^\s*<!--/.test(line)) return this.#comment(line);
    if (/^\s*(---+|\*\*\*+|___+)\s*$/.test(line)) return this.#take('<hr>');
    if (/^\s*<\/?(details|summary)/i.test(line)) return this.#details(line);
    if (line.startsWith('>')) return this.#quote();
    if (line.includes('|') && TABLE_RULE.test(this.#lines[this.#at + 1] ?? '')) return this.#table();
    return ITEM.test(line) ? this.#list() : this.#paragraph();
  }

  #take(out: string): string {
    this.#at += 1;
    return out;
  }

  /** Hidden up to its end; what follows on that line is text again. */
  #comment(line: string): string {
    const end = line.indexOf('-->');
    if (end !== -1) {
      const rest = line.slice(end + 3).trim();
      return this.#take(rest === '' ? '' : `<p>${inline(rest)}</p>`);
    }
    while (this.#at < this.#lines.length && !(this.#lines[this.#at] ?? '').includes('-->')) this.#at += 1;
    return this.#take('');
  }

  #code(): string {
    const [, mark = '', language = ''] = FENCE.exec(this.#lines[this.#at] ?? '') ?? [];
    const closing = new RegExp(`^ {0,3}\\${mark[0]}{${mark.length},}\\s*$`);
    const body: string[] = [];
    this.#at += 1;
    while (this.#at < this.#lines.length && !closing.test(this.#lines[this.#at] ?? '')) {
      body.push(this.#lines[this.#at] ?? '');
      this.#at += 1;
    }
    const code = body.join('\n');
    const shown = this.#fence(language.trim(), code);
    return this.#take(
      shown
        ? shown.text
        : `<pre class="lang-${/^\w*/.exec(language)?.[0] ?? ''}"><code>${coloured(language, code)}</code></pre>`,
    );
  }

  /** Only `<details>` that balance: a stray end tag of an attacker closes nothing of ours. */
  #details(line: string): string {
    let out = '';
    const rest = line.replace(
      /<(\/?)(details)( open)?>|<summary>([\s\S]*?)<\/summary>/gi,
      (
        _,
        slash: string | undefined,
        tag: string | undefined,
        open: string | undefined,
        summary: string | undefined,
      ) => {
        if (tag === undefined) out += `<summary>${inline(summary ?? '')}</summary>`;
        else if (slash === '') {
          this.#open += 1;
          out += `<details${open ? ' open' : ''}>`;
        } else if (this.#open > 0) {
          this.#open -= 1;
          out += '</details>';
        }
        return '';
      },
    );
    return this.#take(rest.trim() === '' ? out : `${out}<p>${inline(rest)}</p>`);
  }

  #quote(): string {
    const body: string[] = [];
    while ((this.#lines[this.#at] ?? '').startsWith('>')) {
      body.push((this.#lines[this.#at] ?? '').replace(/^> ?/, ''));
      this.#at += 1;
    }
    const alert = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*$/.exec(body[0] ?? '')?.[1];
    const inner = new Blocks(alert ? body.slice(1) : body, this.#fence).render();
    if (!alert) return `<blockquote>${inner}</blockquote>`;
    return `<div class="alert ${alert.toLowerCase()}"><p class="alert-title">${alert[0]}${alert.slice(1).toLowerCase()}</p>${inner}</div>`;
  }

  #table(): string {
    const rows: string[][] = [];
    for (; this.#at < this.#lines.length && (this.#lines[this.#at] ?? '').includes('|'); this.#at += 1)
      rows.push(cells(this.#lines[this.#at] ?? ''));
    const [head = [], , ...body] = rows;
    const row = (tag: string, list: readonly string[]): string =>
      `<tr>${list.map((cell) => `<${tag}>${inline(cell)}</${tag}>`).join('')}</tr>`;
    return `<table><thead>${row('th', head)}</thead><tbody>${body.map((list) => row('td', list)).join('')}</tbody></table>`;
  }

  /** Items of one indentation; what is indented further belongs to the item above. */
  #list(): string {
    const first = ITEM.exec(this.#lines[this.#at] ?? '');
    const indent = first?.[1]?.length ?? 0;
    const tag = /\d/.test(first?.[2] ?? '') ? 'ol' : 'ul';
    let out = '';
    for (;;) {
      const item = ITEM.exec(this.#lines[this.#at] ?? '');
      if (!item || (item[1]?.length ?? 0) !== indent) break;
      const body = [item[3] ?? ''];
      this.#at += 1;
      while (this.#belongs(indent)) {
        body.push((this.#lines[this.#at] ?? '').slice(indent + 2));
        this.#at += 1;
      }
      out += `<li>${listItem(body, this.#fence)}</li>`;
    }
    return `<${tag}>${out}</${tag}>`;
  }

  #belongs(indent: number): boolean {
    const line = this.#lines[this.#at];
    if (line === undefined) return false;
    const next = this.#lines[this.#at + 1] ?? '';
    if (line.trim() === '') return next.search(/\S/) > indent;
    return line.search(/\S/) > indent;
  }

  #paragraph(): string {
    const body = [this.#lines[this.#at] ?? ''];
    this.#at += 1;
    for (; this.#at < this.#lines.length; this.#at += 1) {
      const line = this.#lines[this.#at] ?? '';
      if (line.trim() === '' || STARTS_BLOCK.test(line)) break;
      body.push(line);
    }
    return `<p>${inline(body.join('\n')).replace(/ {2,}\n|\\\n/g, '<br>\n')}</p>`;
  }
}

function listItem(body: readonly string[], fence: Fence): string {
  const [first = '', ...rest] = body;
  const task = /^\[([ xX])\]\s+(.*)$/.exec(first);
  const box = task ? `<input type="checkbox" disabled${task[1] === ' ' ? '' : ' checked'}> ` : '';
  if (rest.length === 0) return box + inline(task ? (task[2] ?? '') : first);
  const inner = new Blocks([task ? (task[2] ?? '') : first, ...rest], fence).render();
  return box + inner.replace(/^<p>([\s\S]*?)<\/p>/, '$1');
}

/** Cells of a row; a `\|` or one within code isn't a border. */
function cells(line: string): string[] {
  const trimmed = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  const parts = trimmed.match(/(?:\\.|`[^`]*`|[^|\\`]|`)*(?=\||$)/g) ?? [];
  return parts.filter((part, index) => part !== '' || index === 0).map((part) => part.trim().replaceAll('\\|', '|'));
}

function coloured(language: string, code: string): string {
  if (language.trim() !== 'diff') return escapeHtml(code);
  const kinds: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed' };
  return code
    .split('\n')
    .map((line) => `<span class="${kinds[line[0] ?? ''] ?? ''}">${escapeHtml(line)}</span>`)
    .join('\n');
}
