/** Review threads and their comments, with suggestions as the diff that would be committed. */
import type { Annotation, IssueComment, ReviewComment, Thread } from '../entities.ts';
import { type Html, html } from './html.ts';
import { markdown } from './markdown.ts';
import { author, avatar, when } from './parts.ts';

const REACTIONS: Readonly<Record<string, string>> = {
  '+1': '👍',
  '-1': '👎',
  laugh: '😄',
  hooray: '🎉',
  confused: '😕',
  heart: '❤️',
  rocket: '🚀',
  eyes: '👀',
};

/** `lines` are those of the file that the thread is on, from the first commented line to the last. */
export function threadBox(thread: Thread, lines: readonly string[]): Html {
  const content = html`${thread.comments.map((comment) => reviewComment(comment, lines))}${foot(thread)}`;
  if (thread.resolvedBy === null) return html`<div class="thread" id="thread-${thread.id}">${content}</div>`;
  return html`<details class="thread" id="thread-${thread.id}"><summary><span class="resolved">✓ Resolved</span> ${thread.path} — ${author(thread.resolvedBy)} marked this as resolved</summary>${content}</details>`;
}

function foot(thread: Thread): Html {
  const first = thread.comments[0];
  const isOutdated = thread.subject === 'LINE' && thread.line === null;
  const place =
    thread.subject === 'FILE' ? 'on the whole file' : `on line ${span(thread.originalStartLine, thread.originalLine)}`;
  const state = thread.resolvedBy ? html`resolved by ${author(thread.resolvedBy)}` : 'unresolved';
  return html`<div class="foot">${isOutdated && html`<span class="outdated">Outdated</span> `}${place} of <code>${thread.path}</code> · ${first?.review.commit.slice(0, 7)} · ${state}</div>`;
}

function span(from: number | null, to: number | null): string {
  return from === null || from === to ? String(to) : `${from}–${to}`;
}

function reviewComment(comment: ReviewComment, lines: readonly string[]): Html {
  const who = html`<div class="who">${avatar(comment.author)}${author(comment.author)}<span class="muted">${when(comment.createdAt)}${comment.updatedAt !== comment.createdAt && ' · edited'}</span></div>`;
  const body = markdown(comment.body, (language, code) => (language === 'suggestion' ? suggestion(lines, code) : null));
  return html`<div class="comment" id="discussion_r${comment.id}">${who}${minimized(comment.minimized, body)}</div>`;
}

function minimized(reason: string | null, body: Html): Html {
  return reason === null
    ? body
    : html`<details><summary class="minimized">This comment has been marked as ${reason}.</summary>${body}</details>`;
}

function suggestion(before: readonly string[], code: string): Html {
  const after = code === '' ? [] : code.split('\n');
  const row = (kind: string, sign: string) => (text: string) =>
    html`<tr class="${kind}"><td class="n">${sign}</td><td>${text}</td></tr>`;
  return html`<div class="suggestion"><div class="cap"><span>Suggested change</span><span class="go">Commit suggestion</span></div><table class="diff">${before.map(row('removed', '-'))}${after.map(row('added', '+'))}</table></div>`;
}

export function annotationBox(annotation: Annotation, name: string): Html {
  const { start_line: from, end_line: to } = annotation;
  return html`<div class="annotation ${annotation.annotation_level}"><div><strong>${annotation.title ?? annotation.annotation_level}</strong> <span class="where">${name} · ${annotation.path}:${span(from, to)}</span></div><div class="message">${annotation.message}</div>${annotation.raw_details !== undefined && html`<pre>${annotation.raw_details}</pre>`}</div>`;
}

export function conversationComment(comment: IssueComment): Html {
  const counted = new Map<string, number>();
  for (const { content } of comment.reactions) counted.set(content, (counted.get(content) ?? 0) + 1);
  const reactions = [...counted].map(
    ([content, count]) => html`<span>${REACTIONS[content] ?? content} ${count}</span>`,
  );
  const body = minimized(comment.minimized, markdown(comment.body));
  return html`<div class="box" id="issuecomment-${comment.id}"><div class="head">${avatar(comment.author)}${author(comment.author)} commented ${when(comment.createdAt)}${comment.updatedAt !== comment.createdAt && ' · edited'}</div><div class="body">${body}${reactions.length > 0 && html`<div class="reactions">${reactions}</div>`}</div></div>`;
}
