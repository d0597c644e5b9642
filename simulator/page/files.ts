/** "Files changed": the diff, with annotations and threads below the lines that they are about. */
import type { Annotation, Thread } from '../entities.ts';
import { type DiffLine, type FileDiff, numbered } from '../git/diff.ts';
import { type Html, html } from './html.ts';
import { annotationBox, threadBox } from './threads.ts';

export interface Noted {
  readonly threads: readonly { readonly thread: Thread; readonly lines: readonly string[] }[];
  readonly annotations: readonly { readonly annotation: Annotation; readonly check: string }[];
}

const KINDS: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed' };

export function fileBox(file: FileDiff, noted: Noted): Html {
  const threads = noted.threads.filter(({ thread }) => thread.path === file.path);
  const annotations = noted.annotations.filter(({ annotation }) => annotation.path === file.path);
  const headers = (file.patch ?? '').split('\n').filter((line) => line.startsWith('@@ '));
  const whole = threads
    .filter(({ thread }) => thread.subject === 'FILE')
    .map(({ thread, lines }) => inset(threadBox(thread, lines)));
  const rows = file.hunks.map(
    (hunk, index) =>
      html`<tr class="hunk"><td class="n">…</td><td class="n">…</td><td>${headers[index]}</td></tr>${[...numbered(hunk)].map((line) => lineRows(line, threads, annotations))}`,
  );
  const name = file.previousPath === null ? file.path : `${file.previousPath} → ${file.path}`;
  return html`<div class="box file"><div class="head"><code>${name}</code><span class="counter">+${file.additions} −${file.deletions}</span><span class="muted">${file.status}</span></div><table class="diff"><colgroup><col width="50"><col width="50"><col></colgroup>${whole}${rows}</table>${file.patch === null && html`<div class="body muted">Nothing to show.</div>`}</div>`;
}

function lineRows(line: DiffLine, threads: Noted['threads'], annotations: Noted['annotations']): Html {
  const here = threads.filter(
    ({ thread }) => thread.line !== null && thread.line === (thread.side === 'LEFT' ? line.left : line.right),
  );
  const about = annotations.filter(({ annotation }) => annotation.end_line === line.right);
  return html`<tr class="${KINDS[line.sign] ?? ''}"><td class="n">${line.left}</td><td class="n">${line.right}</td><td>${line.sign}${line.text}</td></tr>${about.map(({ annotation, check }) => inset(annotationBox(annotation, check)))}${here.map(({ thread, lines }) => inset(threadBox(thread, lines)))}`;
}

function inset(content: Html): Html {
  return html`<tr class="inset"><td colspan="3">${content}</td></tr>`;
}
