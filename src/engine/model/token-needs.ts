import { ACTION_SCOPES, type ActionScopes } from '../../knowledge/action-scopes.ts';
import { callScopes } from './call-scopes.ts';
import type { Job } from './job.ts';
import type { Step } from './step.ts';
import type { Text } from './text.ts';
import type { Uses } from './uses.ts';
import { usesTable } from './uses-table.ts';

/** Reusable workflows nest ten deep. */
const MAX_DEPTH = 10;

/** Patterns once, as lists: each is compiled by its identity. */
const rowsOf = usesTable(ACTION_SCOPES, ({ action }) => [action]);
const WRITERS = ACTION_SCOPES.filter(mayWrite).map(({ action }) => action);

function mayWrite({ scopes, when }: ActionScopes): boolean {
  return [scopes, ...(when ?? []).map((one) => one.scopes)].some((one) => Object.values(one).includes('write'));
}

/** What is known of an action's use of the token; null for one that the table has not. */
export function actionScopes(uses: Uses): ActionScopes | null {
  return rowsOf(uses)[0] ?? null;
}

/** What a step may use of the job's token, by scope, the higher level; null where its action is not in the table. */
export function scopesOfAction(step: Step): ReadonlyMap<string, 'read' | 'write'> | null {
  const row = step.uses && actionScopes(step.uses);
  if (!row) return null;
  if (row.token && isAnothers(step.with(row.token))) return new Map();
  const given = (row.when ?? []).filter(({ input, is }) => isGiven(step, input, is));
  const scopes = new Map<string, 'read' | 'write'>();
  for (const one of [row.scopes, ...given.map((each) => each.scopes)])
    for (const [scope, level] of Object.entries(one)) if (scopes.get(scope) !== 'write') scopes.set(scope, level);
  return scopes;
}

/** Another token than the job's: a stored secret, or what an earlier step has made. */
function isAnothers(token: Text | null): boolean {
  const code = token?.expression?.code ?? '';
  return /^\s*(?:secrets\.(?!github_token\b)[\w-]+|steps\.[\w-]+\.outputs\.[\w-]+)\s*$/i.test(code);
}

function isGiven(step: Step, input: string, is: 'on' | 'unless-off' | readonly string[]): boolean {
  const text = step.with(input);
  if (step.hasDynamicInputs || (text && !text.isLiteral)) return true;
  const value = text?.value.trim().toLowerCase() ?? '';
  if (is === 'on') return value !== '' && value !== 'false';
  return is === 'unless-off' ? value !== 'false' : is.includes(value);
}

/** Whether a job visibly writes with its token by one scope. No proof of the contrary: most needs can't be seen. */
export function visiblyWrites(job: Job, scope: string): boolean {
  return job.steps.some((step) => {
    if (scopesOfAction(step)?.get(scope) === 'write') return true;
    return (step.script?.commands ?? []).some(({ name, words }) => {
      const verb = words.slice(1).find((word) => !word.text.startsWith('-'))?.text;
      if (scope === 'contents') return (name === 'gh' && verb === 'release') || (name === 'git' && verb === 'push');
      return scope === 'packages' && name === 'docker' && verb === 'push';
    });
  });
}

/**
 * Nothing visible asks for more than to read the contents: good enough to offer it, for a person to judge. A called
 * workflow that asks for more than its caller holds would fail at start-up, and one that can't be read may.
 */
export function seemsToReadOnly(job: Job, depth = 0): boolean {
  const before = readers.get(job);
  if (before !== undefined) return before;
  // Also ends a circle of calls.
  readers.set(job, false);
  const isReader = readsOnly(job, depth);
  readers.set(job, isReader);
  return isReader;
}

/** Thousands of jobs may call one workflow. */
const readers = new WeakMap<Job, boolean>();

function readsOnly(job: Job, depth: number): boolean {
  if (!job.uses) return !job.steps.some(mayNeedMore);
  const callee = job.workflow.project.target(job.uses);
  if (callee?.kind !== 'workflow' || depth > MAX_DEPTH) return false;
  const { wanted } = callScopes(callee);
  if ([...wanted].some(([scope, { level }]) => scope !== 'contents' || level !== 'read')) return false;
  return callee.jobs.every((called) => called.permissions ?? callee.permissions ?? seemsToReadOnly(called, depth + 1));
}

function mayNeedMore({ uses, script, expressions }: Step): boolean {
  if (uses?.matches(['actions/checkout', 'actions/setup-*'])) return false;
  if (uses?.kind === 'local' || uses?.matches(WRITERS)) return true;
  if (expressions.some(({ code }) => /secrets\.github_token|github\.token/i.test(code))) return true;
  // Bounded: a hostile line of words must not cost its square.
  return /\bgit\b[^\n]{0,200}\bpush\b|\bgh\s|GITHUB_TOKEN|GH_TOKEN/.test(script?.value ?? '');
}
