import type { Node } from '../yaml/tree.ts';
import type { Action } from './action.ts';
import type { Job } from './job.ts';
import { mapOf, sequenceOf } from './nodes.ts';
import { Step } from './step.ts';

/** The steps of a `steps:` list. */
export function stepsOf(parent: Job | Action, list: Node | null): readonly Step[] {
  const nodes = (sequenceOf(list)?.items ?? []).map(mapOf).filter((node) => node !== null);
  let names: readonly string[] | undefined;
  const steps: readonly Step[] = nodes.map((node, index) => {
    const name = () => {
      names ??= namesOf(steps);
      return names[index] ?? String(index);
    };
    return new Step(parent.source, node, parent, index, name);
  });
  return steps;
}

/** An alias may give one long text to a thousand steps, and every finding carries its route. */
const MAX_NAME = 120;

/** The last part of each step's route: its id, else what it uses without ref, else its name, else `run`; repeated ones get `#2`, `#3`. */
function namesOf(steps: readonly Step[]): readonly string[] {
  const counts = new Map<string, number>();
  return steps.map((step) => {
    const full = step.id?.value || step.uses?.slug.toLowerCase() || step.name?.value || 'run';
    const name = full.slice(0, MAX_NAME);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  });
}
