import type { Exposure, Identity, Level, Reach, TokenPermissions } from '../engine/finding.ts';

/*
 * Exposures in words, as messages: untrusted names stand in backticks, and whoever prints them escapes (`sentence` for
 * Markdown, `echoed` for plain text).
 */

/** What an outsider does to start a workflow by an event; other events take write access, or another program. */
const ACTS: ReadonlyMap<string, string> = new Map([
  ['pull_request', 'open a pull request'],
  ['pull_request_target', 'open a pull request'],
  ['pull_request_review', 'review a pull request'],
  ['pull_request_review_comment', 'comment'],
  ['issue_comment', 'comment'],
  ['discussion_comment', 'comment'],
  ['issues', 'open an issue'],
  ['discussion', 'open a discussion'],
  ['fork', 'fork the repository'],
  ['watch', 'star the repository'],
  ['gollum', 'edit the wiki'],
  ['workflow_run', 'start the workflow that it follows'],
]);

const MOST_NAMES = 8;

/** Untrusted text inside a message. */
function quote(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

/** `1 file`, `2 files`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** Names in backticks, at most eight. */
function names(all: readonly string[]): string {
  const shown = all.slice(0, MOST_NAMES).map(quote).join(', ');
  return all.length > MOST_NAMES ? `${shown} and ${all.length - MOST_NAMES} more` : shown;
}

/** "anyone who can comment or open an issue (`issue_comment`, `issues`)". */
export function whoStarts({ reach, triggers }: Exposure): string {
  const events = triggers.length === 0 ? '' : ` (${names(triggers)})`;
  if (reach === 'insider') return `people with write access${events}`;
  const acts = [...new Set(triggers.flatMap((trigger) => ACTS.get(trigger) ?? []))];
  return `${acts.length === 0 ? 'anyone outside' : `anyone who can ${listed(acts, 'or')}`}${events}`;
}

/** "job `build`, step `test`, on a GitHub-hosted runner". */
export function whereItRuns({ route }: Identity, { runner }: Exposure): string {
  const [, job, step] = /^jobs\.([^.]+)(?:\.steps\.(.+))?$/s.exec(route) ?? [];
  const place =
    job === undefined
      ? route === ''
        ? "this file's jobs"
        : quote(route)
      : `job ${quote(job)}${step === undefined ? '' : `, step ${quote(step)}`}`;
  return `${place}, on ${RUNNERS[runner]}`;
}

const RUNNERS = {
  hosted: 'a GitHub-hosted runner',
  managed: 'a managed runner',
  'self-hosted': 'a self-hosted runner',
  unknown: 'a runner that the text does not name',
} as const satisfies Record<Exposure['runner'], string>;

/** "a token with `contents: write`; the secret `NPM_TOKEN`". */
export function whatItReaches({ reach, token, secrets }: Exposure): string {
  const held = `${tokenInWords(token)}; ${secretsInWords(secrets)}`;
  if (reach !== 'outsider-unprivileged') return held;
  return `a read-only token and no secrets when started from a fork; otherwise ${held}`;
}

function tokenInWords(token: TokenPermissions): string {
  if (token.kind === 'default')
    return "a token with the repository's default permissions, which the text does not show";
  const scopes = scopeList(token.scopes);
  return scopes.length === 0 ? 'a token without permissions' : `a token with ${names(scopes)}`;
}

/** `contents: write`, writes first. */
function scopeList(scopes: Readonly<Record<string, Level>>): readonly string[] {
  const of = (level: Level) => Object.keys(scopes).filter((scope) => scopes[scope] === level);
  return [...of('write').map((scope) => `${scope}: write`), ...of('read').map((scope) => `${scope}: read`)];
}

function secretsInWords(secrets: readonly string[]): string {
  if (secrets.length === 0) return 'no secrets';
  if (secrets.includes('*')) return 'every secret';
  return secrets.length === 1 ? `the secret ${names(secrets)}` : `the secrets ${names(secrets)}`;
}

const REACHES: readonly Reach[] = ['insider', 'outsider-unprivileged', 'outsider-privileged'];

/**
 * Who starts it, where it runs and what it reaches, each with its label; of what a whole repository does, only that it does: its jobs
 * are too different to have one story.
 */
export function wayOf(identity: Identity, exposure: Exposure): readonly (readonly [label: string, text: string])[] {
  if (identity.path === '') return [['Runs in', 'jobs all over the repository, with whatever each of them holds']];
  return [
    ['Started by', whoStarts(exposure)],
    ['Runs in', whereItRuns(identity, exposure)],
    ['Reaches', whatItReaches(exposure)],
  ];
}

/** What rose in a worsened finding: "anyone who can comment can start it now; the token gained `issues: write`". */
export function whatRose(before: Exposure, after: Exposure): string {
  const isWider = REACHES.indexOf(after.reach) > REACHES.indexOf(before.reach);
  const triggers = gained(before.triggers, after.triggers);
  const secrets = gained(before.secrets, after.secrets);
  const scopes =
    before.token.kind === 'declared' && after.token.kind === 'declared'
      ? gained(scopeList(before.token.scopes), scopeList(after.token.scopes))
      : [];
  const parts = [
    ...(isWider ? [`${whoStarts(after)} can start it now`] : []),
    ...(triggers.length > 0 && !isWider ? [`${names(triggers)} starts it too`] : []),
    ...(scopes.length > 0 ? [`its token gained ${names(scopes)}`] : []),
    ...(secrets.length > 0 ? [`it gained ${secretsInWords(secrets)}`] : []),
    ...(before.token.kind === 'declared' && after.token.kind === 'default'
      ? ["its token has the repository's default permissions now"]
      : []),
    ...(before.runner !== 'self-hosted' && after.runner === 'self-hosted'
      ? [`it runs on ${RUNNERS[after.runner]} now`]
      : []),
  ];
  return parts.length === 0
    ? 'there is more of it, or more can reach it, or it can reach more, than before'
    : parts.join('; ');
}

function gained(before: readonly string[], after: readonly string[]): readonly string[] {
  return after.filter((each) => !before.includes(each));
}

/** "a, b or c". */
export function listed(items: readonly string[], word: 'and' | 'or'): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${word} ${last}`;
}
