import { SCOPES_OF_ACTIONS } from '../../knowledge/action-scopes.ts';
import type { Job } from './job.ts';
import type { Step } from './step.ts';

/** Reusable workflows nest ten deep. */
const MAX_DEPTH = 10;

const WRITERS = SCOPES_OF_ACTIONS.map(({ action }) => action);

/** Whether a job visibly writes with its token by one scope. No proof of the contrary: most needs can't be seen. */
export function visiblyWrites(job: Job, scope: string): boolean {
  const known = SCOPES_OF_ACTIONS.filter((one) => one.scope === scope);
  return job.steps.some((step) => {
    const action = known.find((one) => step.uses?.matches([one.action]));
    if (action) return action.input === undefined || (step.with(action.input)?.value ?? 'false') !== 'false';
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
  if (!job.uses) return !job.steps.some(mayNeedMore);
  const callee = job.workflow.project.target(job.uses);
  if (callee?.kind !== 'workflow' || depth > MAX_DEPTH) return false;
  return callee.jobs.every((called) => {
    const scopes = (called.permissions ?? callee.permissions)?.token.scopes;
    if (!scopes) return seemsToReadOnly(called, depth + 1);
    return [...scopes].every(([scope, level]) => scope === 'contents' && level === 'read');
  });
}

function mayNeedMore({ uses, script, expressions }: Step): boolean {
  if (uses?.matches(['actions/checkout', 'actions/setup-*'])) return false;
  if (uses?.kind === 'local' || uses?.matches(WRITERS)) return true;
  if (expressions.some(({ code }) => /secrets\.github_token|github\.token/i.test(code))) return true;
  // Bounded: a hostile line of words must not cost its square.
  return /\bgit\b[^\n]{0,200}\bpush\b|\bgh\s|GITHUB_TOKEN|GH_TOKEN/.test(script?.value ?? '');
}
