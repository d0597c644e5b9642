import type { Action } from '../model/action.ts';
import type { Text } from '../model/text.ts';
import type { InputDeclaration } from '../model/triggers.ts';
import type { Workflow } from '../model/workflow.ts';
import { plain, type Reading, type Source, textSources } from './sources.ts';

/** Options of a `choice` that no shell obeys. */
const HARMLESS = /^[\w.,:/@+ -]*$/;

/**
 * Where an input's value comes from. `only`: the one event that is meant (`github.event.inputs` is the dispatcher's).
 * `name` null: some input, or all of them.
 */
export function inputSources(name: string | null, only: string | null, { owner, trail }: Reading): readonly Source[] {
  const home = owner.kind === 'step' || owner.kind === 'job' ? (owner.workflow ?? stepAction(owner)) : owner;
  if (!home) return [];
  if (home.kind === 'action') return actionInputs(name, only, home, trail);
  const dispatched = named(home.triggers.get('workflow_dispatch')?.inputs, name).flatMap(dispatchSource);
  if (only !== null) return dispatched;
  const declared = named(home.triggers.get('workflow_call')?.inputs, name);
  return [...dispatched, ...declared.flatMap((input) => calledSources(input, home, trail))];
}

function stepAction(owner: Reading['owner']): Action | null {
  return owner.kind === 'step' ? owner.action : null;
}

function named(inputs: ReadonlyMap<string, InputDeclaration> | undefined, name: string | null) {
  if (!inputs) return [];
  if (name === null) return [...inputs.values()];
  const found = inputs.get(name.toLowerCase());
  return found ? [found] : [];
}

function dispatchSource(input: InputDeclaration): readonly Source[] {
  const isFixed = input.type === 'choice' ? input.options.every((option) => HARMLESS.test(option)) : isTyped(input);
  return [isFixed ? plain(`inputs.${input.name}`) : dispatcherText(input.name)];
}

function isTyped({ type }: InputDeclaration): boolean {
  return type === 'boolean' || type === 'number';
}

/** Any text, but of a person who may start the workflow by hand. */
function dispatcherText(name: string): Source {
  const events = ['workflow_dispatch'];
  return { kind: 'text', name: `inputs.${name}`, text: 'arbitrary', author: 'writer', confidence: 'high', events };
}

function calledSources(input: InputDeclaration, workflow: Workflow, trail: readonly unknown[]): readonly Source[] {
  if (isTyped(input)) return [plain(`inputs.${input.name}`)];
  if (workflow.callers.length === 0) return [unread(input.name)];
  return workflow.callers.flatMap((job) => argumentSources(job.with(input.name) ?? input.default, input, trail));
}

function actionInputs(
  name: string | null,
  only: string | null,
  action: Action,
  trail: readonly unknown[],
): readonly Source[] {
  // In an action `github.event.inputs` is the dispatcher's too, but the workflow that declares them is a caller's.
  if (only !== null) return [dispatcherText(name ?? '*')];
  return named(action.inputs, name).flatMap((input) => {
    if (action.callers.length === 0) return [unread(input.name)];
    return action.callers.flatMap((step) => argumentSources(step.with(input.name) ?? input.default, input, trail));
  });
}

/** What one caller passes; text that is written out is the repository's own. */
function argumentSources(text: Text | null, input: InputDeclaration, trail: readonly unknown[]): readonly Source[] {
  return text && !text.isLiteral ? textSources(text, trail) : [plain(`inputs.${input.name}`)];
}

/** No caller is among the files: what it passes can't be known. */
function unread(name: string): Source {
  return {
    kind: 'unknown',
    name: `inputs.${name}`,
    text: 'arbitrary',
    author: 'outsider',
    confidence: 'low',
    events: null,
  };
}
