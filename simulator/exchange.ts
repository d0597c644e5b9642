/** What REST and GraphQL share while one request is answered. */
import type { Caller } from './auth.ts';
import type { LedgerEntry } from './ledger.ts';
import { Refusal } from './refusal.ts';
import type { Site } from './site.ts';

export const DOCUMENTATION = 'https://docs.github.com/rest';

/** Each adds to what is written down of a request while it is answered. */
export type Notes = { -readonly [K in keyof LedgerEntry]: LedgerEntry[K] };

/** A connection that a test wants broken. */
export class Lost extends Error {
  readonly how: 'reset' | 'timeout';
  constructor(how: 'reset' | 'timeout') {
    super(how);
    this.how = how;
  }
}

/** Meets the failure that a test asked for. */
export function fail(site: Site, label: string, moment: 'before' | 'after'): void {
  const what = site.faults.take(label, moment);
  if (what === null) return;
  if (typeof what === 'number') throw new Refusal(what, 'Something went wrong on purpose');
  throw new Lost(what);
}

/** Who counts against which quota. */
export function quotaOf(caller: Caller): { key: string; who: string } {
  if (caller.kind === 'app') return { key: `app ${caller.app.id}`, who: `App ID ${caller.app.id}` };
  const { id } = caller.token.installation;
  return { key: `installation ${id}`, who: `installation ID ${id}` };
}

/** The body as JSON; undefined when there is none. */
export function jsonBody(notes: Notes): unknown {
  const text = String(notes.body);
  if (text === '') return undefined;
  try {
    notes.body = JSON.parse(text);
    return notes.body;
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
}
