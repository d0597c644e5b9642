/** A commit's check runs as GitHub shows them: the box above the merge button, and each check's own page. */
import type { CheckRun } from '../entities.ts';
import { type Html, html } from './html.ts';
import { markdown } from './markdown.ts';
import { icon, plural, when } from './parts.ts';
import { annotationBox } from './threads.ts';

const BAD = new Set(['failure', 'timed_out', 'cancelled', 'action_required']);

export function mergeBox(checks: readonly CheckRun[]): Html {
  const failing = checks.filter((check) => BAD.has(check.conclusion ?? '')).length;
  const running = checks.filter((check) => check.status !== 'completed').length;
  const worst = failing > 0 ? 'failure' : running > 0 ? null : 'success';
  const words =
    checks.length === 0
      ? ['No checks yet', 'Nothing has reported on this commit.']
      : failing > 0
        ? ['Some checks were not successful', `${failing} of ${plural(checks.length, 'check')} failing`]
        : running > 0
          ? ['Some checks haven’t completed yet', `${running} of ${plural(checks.length, 'check')} in progress`]
          : ['All checks have passed', plural(checks.length, 'check')];
  const row = (check: CheckRun): Html =>
    html`<div class="row">${icon(check.conclusion)}<span><strong>${check.suite.app.slug} / ${check.name}</strong> <span class="muted">— ${check.title ?? check.conclusion ?? check.status}</span></span><a href="#check-${check.id}">Details</a></div>`;
  return html`<div class="box merge ${worst ?? 'running'}"><div class="row">${icon(checks.length === 0 ? 'neutral' : worst)}<span><b>${words[0]}</b><br><span class="muted">${words[1]}</span></span></div>${checks.map(row)}</div>`;
}

export function checkSection(check: CheckRun): Html {
  const facts = [
    check.status,
    check.conclusion,
    `commit ${check.headSha.slice(0, 7)}`,
    plural(check.annotations.length, 'annotation'),
    check.externalId === '' ? null : `external id ${check.externalId}`,
  ].filter((fact) => fact !== null);
  const body = html`
    <p class="check-title">${check.title ?? check.name}</p>
    <div class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}<span>started ${when(check.startedAt)}</span></div>
    ${check.summary !== null && markdown(check.summary)}
    ${check.text !== null && check.text !== '' && html`<hr>${markdown(check.text)}`}
    ${check.actions.length > 0 && html`<div class="buttons">${check.actions.map(({ label, description }) => html`<span title="${description}">${label}</span>`)}</div>`}
    ${check.annotations.length > 0 && html`<h3>Annotations</h3>${check.annotations.map((annotation) => annotationBox(annotation, check.name))}`}`;
  return html`<div class="box check" id="check-${check.id}"><div class="head">${icon(check.conclusion)}<span class="author">${check.name}</span> by ${check.suite.app.slug}</div><div class="body">${body}</div></div>`;
}
