/** Small things that every part of the page shows. */
import type { Account } from '../entities.ts';
import { type Html, html } from './html.ts';

const COLOURS = ['#0969da', '#1a7f37', '#8250df', '#bf3989', '#bc4c00', '#4d2d00', '#24292f'];

export function avatar(account: Account): Html {
  const colour = account.type === 'Bot' ? 6 : account.id % 6;
  const initials = account.login
    .replace(/\[bot\]$/, '')
    .slice(0, 2)
    .toUpperCase();
  return html`<svg class="avatar ${account.type === 'Bot' ? 'bot' : ''}" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" fill="${COLOURS[colour]}"/><text x="16" y="21" text-anchor="middle" fill="#fff" font-size="13" font-weight="600">${initials}</text></svg>`;
}

export function author(account: Account): Html {
  const isBot = account.type === 'Bot';
  return html`<span class="author">${account.login.replace(/\[bot\]$/, '')}</span>${isBot && html` <span class="label">bot</span>`}`;
}

export function when(iso: string): Html {
  return html`<time datetime="${iso}" title="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)}</time>`;
}

const GLYPHS: Readonly<Record<string, string>> = {
  success: '✓',
  failure: '✕',
  timed_out: '✕',
  neutral: '■',
  skipped: '⊘',
  cancelled: '⊘',
  action_required: '!',
};

/** A check's circle; without conclusion it is running. */
export function icon(conclusion: string | null): Html {
  return html`<span class="icon ${conclusion ?? 'running'}" title="${conclusion ?? 'in progress'}">${GLYPHS[conclusion ?? ''] ?? '●'}</span>`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function layout(title: string, content: Html): string {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><link rel="stylesheet" href="/-/style.css"></head>
<body><header class="top"><a class="logo" href="/">G</a><strong>${title}</strong><span class="note">A simulated GitHub on this machine. Nothing here has left it.</span></header><main class="wrap">${content}</main></body></html>`;
  return page.text;
}
