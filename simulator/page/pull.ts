/** One pull request as a person would see it: conversation, checks, files. */
import type { IssueComment, Pull, Review, Thread } from '../entities.ts';
import { diffOf, latestChecks } from '../pulls.ts';
import { checkSection, mergeBox } from './checks.ts';
import { fileBox, type Noted } from './files.ts';
import { type Html, html } from './html.ts';
import { markdown } from './markdown.ts';
import { author, avatar, plural, when } from './parts.ts';
import { conversationComment, threadBox } from './threads.ts';

export async function pullPage(pull: Pull): Promise<Html> {
  const files = await diffOf(pull);
  const checks = latestChecks(pull.repository, pull.headSha);
  const shown = pull.threads.filter((thread) => thread.comments.some(({ review }) => review.state !== 'PENDING'));
  const threads = await Promise.all(shown.map(async (thread) => ({ thread, lines: await commentedLines(thread) })));
  const annotations = checks.flatMap((check) =>
    check.annotations.map((annotation) => ({ annotation, check: check.name })),
  );
  const noted: Noted = { threads, annotations };
  const commits = await pull.repository.git.log(
    await pull.repository.git.mergeBase(pull.baseSha, pull.headSha),
    pull.headSha,
  );
  const counts = { comments: pull.comments.length + threads.length, checks: checks.length, files: files.length };
  return html`${header(pull, commits.length)}
    <nav class="tabs"><a href="#conversation">Conversation<span class="counter">${counts.comments}</span></a><a href="#checks">Checks<span class="counter">${counts.checks}</span></a><a href="#files">Files changed<span class="counter">${counts.files}</span></a></nav>
    <section class="timeline" id="conversation">${opening(pull)}${timeline(pull, noted)}</section>
    ${mergeBox(checks)}
    <h2 class="section" id="checks">Checks</h2>${checks.map(checkSection)}${older(pull)}
    <h2 class="section" id="files">Files changed</h2>${files.map((file) => fileBox(file, noted))}`;
}

function header(pull: Pull, commits: number): Html {
  const state = pull.merged ? 'merged' : pull.state === 'closed' ? 'closed' : pull.draft ? 'draft' : 'open';
  const name = { merged: 'Merged', closed: 'Closed', draft: 'Draft', open: 'Open' }[state];
  const from =
    pull.headRepository === pull.repository
      ? pull.headRef
      : `${pull.headRepository ? pull.headOwner.login : 'unknown repository'}:${pull.headRef}`;
  return html`<h1 class="title">${pull.title} <span class="number">#${pull.number}</span></h1><div class="meta"><span class="state ${state}">${name}</span>${author(pull.author)} wants to merge ${plural(commits, 'commit')} into <span class="branch">${pull.baseRef}</span> from <span class="branch">${from}</span> <code>${pull.headSha.slice(0, 7)}</code></div>`;
}

function opening(pull: Pull): Html {
  const body = pull.body ? markdown(pull.body) : html`<span class="minimized">No description provided.</span>`;
  return html`<div class="box"><div class="head">${avatar(pull.author)}${author(pull.author)} opened this pull request ${when(pull.createdAt)}</div><div class="body">${body}</div></div>`;
}

/** Comments and reviews by id, which is the order in which they came. */
function timeline(pull: Pull, noted: Noted): Html[] {
  const items: (IssueComment | Review)[] = [
    ...pull.comments,
    ...pull.reviews.filter(({ state }) => state !== 'PENDING'),
  ];
  return items
    .sort((a, b) => a.id - b.id)
    .map((item) => (item.kind === 'issueComment' ? conversationComment(item) : reviewItem(item, noted)));
}

function reviewItem(review: Review, noted: Noted): Html {
  const own = noted.threads.filter(({ thread }) => thread.comments[0]?.review === review);
  const verb =
    review.state === 'APPROVED'
      ? 'approved these changes'
      : review.state === 'CHANGES_REQUESTED'
        ? 'requested changes'
        : 'reviewed';
  const body =
    review.body.trim() === ''
      ? null
      : html`<div class="box"><div class="head">${avatar(review.author)}${author(review.author)} left a review</div><div class="body">${markdown(review.body)}</div></div>`;
  return html`<div class="event">${author(review.author)} ${verb} <code>${review.commit.slice(0, 7)}</code> ${when(review.submittedAt)}</div>${body}${own.map(({ thread, lines }) => html`<div class="box"><div class="head"><code>${thread.path}</code></div><div class="body">${excerpt(thread)}${threadBox(thread, lines)}</div></div>`)}`;
}

/** The last lines of the hunk, as they were when the comment was made. */
function excerpt(thread: Thread): Html | null {
  if (thread.diffHunk === '') return null;
  const kinds: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed' };
  const lines = thread.diffHunk.split('\n').slice(1).slice(-4);
  return html`<table class="diff">${lines.map((line) => html`<tr class="${kinds[line[0] ?? ''] ?? ''}"><td>${line}</td></tr>`)}</table>`;
}

async function commentedLines(thread: Thread): Promise<string[]> {
  if (thread.originalLine === null) return [];
  const file = await thread.pull.repository.git.object(`${thread.originalCommit}:${thread.path}`);
  const lines = file?.data.toString('utf8').split('\n') ?? [];
  return lines.slice((thread.originalStartLine ?? thread.originalLine) - 1, thread.originalLine);
}

/** Check runs of earlier commits of this pull request, and earlier runs on this one: one line each. */
function older(pull: Pull): Html | null {
  const latest = new Set(latestChecks(pull.repository, pull.headSha));
  const heads = new Set([
    pull.headSha,
    ...pull.threads.map(({ originalCommit }) => originalCommit),
    ...pull.reviews.map(({ commit }) => commit),
  ]);
  const rest = pull.repository.checks.filter((check) => !latest.has(check) && heads.has(check.headSha));
  if (rest.length === 0) return null;
  return html`<details><summary class="muted">${plural(rest.length, 'earlier check run')}</summary>${rest.map(checkSection)}</details>`;
}
