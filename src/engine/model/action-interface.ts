import { type KnownInputs, knownInputs } from '../../knowledge/action-inputs.ts';
import type { Facts } from '../facts.ts';
import type { Action } from './action.ts';
import { mapOf, scalarOf } from './nodes.ts';
import type { Step } from './step.ts';

/** What an action takes. */
export interface ActionInterface {
  /** Names in lower case → the name as declared, and what is said of it. */
  readonly inputs: ReadonlyMap<
    string,
    { readonly name: string; readonly isRequired: boolean; readonly deprecated: string | null }
  >;
  /** Whether it takes a name (in lower case) that is not among the inputs. `maybe`: the list may lack new ones. */
  takesOthers(name: string): 'yes' | 'no' | 'maybe';
}

/** What the action of a step takes: by its manifest in this repository, by facts, else by the table of the most used ones. Null: unknown. */
export function interfaceOf(step: Step, facts: Facts): ActionInterface | null {
  const { uses } = step;
  if (!uses || uses.kind === 'docker') return null;
  const project = step.workflow?.project ?? step.action?.project;
  const target = project?.target(uses);
  if (target?.kind === 'action') return ofManifest(target);
  const fact = uses.kind === 'repository' ? facts.actionOf(uses) : null;
  if (fact) {
    const inputs = Object.entries(fact.inputs).map(
      ([name, { isRequired, deprecated = null }]) => [name.toLowerCase(), { name, isRequired, deprecated }] as const,
    );
    return { inputs: withDocker(new Map(inputs), fact.using === 'docker'), takesOthers: () => 'no' };
  }
  return uses.kind === 'repository' ? (mostUsed.get(uses.slug.toLowerCase()) ?? null) : null;
}

const mostUsed: ReadonlyMap<string, ActionInterface> = new Map(
  knownInputs.map((known) => [known.action, ofTable(known)]),
);

function ofTable({ inputs, isComplete }: KnownInputs): ActionInterface {
  const all = inputs.map((name) => [name.toLowerCase(), { name, isRequired: false, deprecated: null }] as const);
  const beginnings = inputs.flatMap((name) => (name.endsWith('*') ? [name.slice(0, -1)] : []));
  return {
    inputs: new Map(all.filter(([name]) => !name.endsWith('*'))),
    takesOthers: (name) => (beginnings.some((one) => name.startsWith(one)) ? 'yes' : isComplete ? 'no' : 'maybe'),
  };
}

const ofManifests = new WeakMap<Action, ActionInterface>();

function ofManifest(action: Action): ActionInterface {
  const known = ofManifests.get(action);
  if (known) return known;
  const entries = mapOf(action.find('inputs'))?.entries ?? [];
  const inputs = entries.map(({ key, value }) => {
    const node = mapOf(value);
    const isRequired = scalarOf(node?.get('required'))?.text.toLowerCase() === 'true' && !node?.entry('default');
    const deprecated = scalarOf(node?.get('deprecationMessage'))?.text ?? null;
    return [key.text.toLowerCase(), { name: key.text, isRequired, deprecated }] as const;
  });
  const read: ActionInterface = {
    inputs: withDocker(new Map(inputs), action.runs === 'docker'),
    takesOthers: () => 'no',
  };
  ofManifests.set(action, read);
  return read;
}

/** Every Docker action takes these two. */
function withDocker(inputs: ActionInterface['inputs'], isDocker: boolean): ActionInterface['inputs'] {
  if (!isDocker) return inputs;
  const own = ['entrypoint', 'args'].map((name) => [name, { name, isRequired: false, deprecated: null }] as const);
  return new Map([...own, ...inputs]);
}
