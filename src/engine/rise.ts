import { triggerFacts } from '../knowledge/triggers.ts';
import type { Exposure, Reach, TokenPermissions } from './finding.ts';
import type { Holder } from './holder.ts';
import type { Job } from './model/job.ts';
import type { Located } from './model/source.ts';

/** One thing that rose, and where the head says so; null where no line does. */
export interface Rise {
  readonly message: string;
  readonly at: Located | null;
}

const REACHES = ['insider', 'outsider-unprivileged', 'outsider-privileged'] as const satisfies readonly Reach[];

/** What of an exposure rose. What was unknown before and is known now is never a rise. */
export function risesOf(before: Exposure, after: Exposure, holder: Holder): readonly Rise[] {
  const jobs = jobsOf(holder);
  return [
    ...reachRises(before, after, jobs),
    ...tokenRises(before.token, after.token, jobs),
    ...secretRises(before.secrets, after.secrets, jobs),
    ...runnerRises(before, after, jobs),
  ];
}

function jobsOf(holder: Holder): readonly Job[] {
  if (holder?.kind === 'job') return [holder];
  if (holder?.kind === 'workflow') return holder.jobs;
  if (holder?.kind === 'step') return jobsOf(holder.parent);
  return holder?.kind === 'action' ? holder.callers.flatMap((step) => step.job ?? []) : [];
}

/** Nothing in the repository says who starts it. */
function isUnknown({ reach, triggers }: Exposure): boolean {
  return reach === 'outsider-unprivileged' && triggers.every((event) => event === 'workflow_call');
}

function reachRises(before: Exposure, after: Exposure, jobs: readonly Job[]): readonly Rise[] {
  if (isUnknown(before) || after.reach === 'insider') return [];
  const starts = jobs.flatMap((job) => job.reach.outsiders);
  const where = (event: string) => starts.find((start) => start.event === event)?.trigger ?? null;
  const events = after.triggers.filter((event) => !before.triggers.includes(event) && isOutsiders(event));
  const rises = events.map((event) => ({ message: `an outsider can start it by \`${event}\` now`, at: where(event) }));
  if (rises.length > 0 || REACHES.indexOf(after.reach) <= REACHES.indexOf(before.reach)) return rises;
  // The same events: a guard was taken away, or the token or a secret makes the difference.
  const start = starts.find((one) => one.isPrivileged) ?? starts[0];
  const message =
    after.reach === 'outsider-privileged'
      ? 'an outsider can start it with privileges now'
      : 'an outsider can start it now';
  return [{ message, at: start?.trigger ?? null }];
}

function isOutsiders(event: string): boolean {
  return !['writer', 'caller'].includes(triggerFacts(event).startedBy);
}

function tokenRises(before: TokenPermissions, after: TokenPermissions, jobs: readonly Job[]): readonly Rise[] {
  if (before.kind === 'default') return [];
  const [block] = jobs.flatMap((job) => job.permissions ?? job.workflow.permissions ?? []);
  if (after.kind === 'default') {
    const couldWrite = Object.values(before.scopes).includes('write');
    return couldWrite ? [] : [{ message: "its token has the repository's default permissions now", at: null }];
  }
  return Object.entries(after.scopes)
    .filter(([scope, level]) => before.scopes[scope] !== 'write' && before.scopes[scope] !== level)
    .map(([scope, level]) => {
      const entry = block?.entries.find((one) => one.scope === scope);
      return { message: `its token has \`${scope}: ${level}\` now`, at: entry?.at ?? block ?? null };
    });
}

function secretRises(before: readonly string[], after: readonly string[], jobs: readonly Job[]): readonly Rise[] {
  if (before.includes('*')) return [];
  const uses = jobs.flatMap((job) => job.secretUses);
  return after
    .filter((name) => !before.includes(name))
    .map((name) => ({
      message: name === '*' ? 'it gets all secrets now' : `it gets the secret \`${name}\` now`,
      at: uses.find((use) => use.name === name)?.at ?? null,
    }));
}

function runnerRises(before: Exposure, after: Exposure, jobs: readonly Job[]): readonly Rise[] {
  if (after.runner !== 'self-hosted' || before.runner === 'self-hosted' || before.runner === 'unknown') return [];
  const runner = jobs.find((job) => job.runsOn?.kind === 'self-hosted')?.runsOn ?? null;
  return [{ message: 'it runs on a self-hosted runner now', at: runner }];
}
