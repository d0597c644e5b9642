import type { Access } from '../expression/parse.ts';
import { nearest } from '../spelling.ts';
import type { Action } from './action.ts';
import type { Owner } from './element.ts';
import { type Lack, lacking, nameIn, namesIn } from './lack.ts';
import { once } from './once.ts';
import type { Workflow } from './workflow.ts';

/** `inputs.x`, and `github.event.inputs.x`; `at`: where the name is. */
export function inputLack(access: Access, at: number, owner: Owner): Lack | null {
  const name = access.path[at];
  if (typeof name !== 'string' || name === '*') return null;
  const file = fileOf(owner);
  if (!file) return null;
  const isEvent = at > 1;
  if (file.kind === 'action') return isEvent || file.inputs.has(name) ? null : undeclared(access, at, file.inputs);
  const events = isEvent ? ['workflow_dispatch'] : ['workflow_dispatch', 'workflow_call'];
  // The event of a called workflow is its caller's.
  if (isEvent && file.triggers.has('workflow_call')) return null;
  const triggers = events.flatMap((event) => file.triggers.get(event) ?? []);
  if (triggers.some((trigger) => trigger.inputs.has(name))) return null;
  if (triggers.length > 0) return undeclared(access, at, ...triggers.map((trigger) => trigger.inputs));
  const what = isEvent ? '`workflow_dispatch`' : '`workflow_dispatch` or `workflow_call`';
  return lacking(access, at, `there is no input ${nameIn(access, at)}, as the workflow has no ${what}`, []);
}

function undeclared(access: Access, at: number, ...declared: readonly Action['inputs'][]): Lack {
  return lacking(access, at, `no input ${nameIn(access, at)} is declared`, namesOf(declared));
}

function* namesOf(declared: readonly Action['inputs'][]): Iterable<string> {
  for (const inputs of declared) for (const { name } of inputs.values()) yield name;
}

/** A secret of a workflow that is only ever called. */
export function secretLack(access: Access, owner: Owner): Lack | null {
  const name = access.path[1];
  const file = fileOf(owner);
  const job = owner.kind === 'job' ? owner : owner.kind === 'step' ? owner.job : null;
  if (typeof name !== 'string' || name === '*' || file?.kind !== 'workflow') return null;
  const [only, second] = file.triggers.all;
  if (only?.event !== 'workflow_call' || second || /^(?:github_token|actions_(?:step|runner)_debug)$/.test(name))
    return null;
  const declared = secretsOf(file);
  // A job with an environment has that environment's secrets, and nothing need be declared for `secrets: inherit`.
  if (job?.environment || declared.has(name)) return null;
  const near = nearest(access.written[1] ?? '', declared.values());
  const isPassed = isPassedOn(file);
  if (!near && (declared.size === 0 || isPassed)) return null;
  const message = `the workflow is called with the secrets that it declares, and ${nameIn(access, 1)} is none of them`;
  return lacking(access, 1, message, declared.values());
}

/** Nobody is known to call it, or somebody hands all secrets on. */
const isPassedOn = once(
  ({ callers }: Workflow) => callers.length === 0 || callers.some((caller) => caller.passedSecrets.includes('*')),
);

/** The secrets that a workflow declares, by their lower case. */
const secretsOf = once((workflow: Workflow) => namesIn(workflow.find('on', 'workflow_call', 'secrets')));

function fileOf(owner: Owner): Workflow | Action | null {
  switch (owner.kind) {
    case 'workflow':
    case 'action':
      return owner;
    case 'job':
      return owner.workflow;
    case 'step':
      return owner.workflow ?? owner.action;
  }
}
