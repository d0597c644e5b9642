import type { MapNode, Node } from '../yaml/tree.ts';
import type { Action } from './action.ts';
import type { Job } from './job.ts';
import { mapOf, sequenceOf } from './nodes.ts';
import { Step } from './step.ts';

/** Lists within lists: GitHub allows one level, and a file may hold sixty. */
const MAX_DEPTH = 4;

/** The steps of a `steps:` list, those of a `parallel:` group among the others: whoever wants to hide one would put it there. */
export function stepsOf(parent: Job | Action, list: Node | null): readonly Step[] {
  const nodes = [...stepNodes(list, MAX_DEPTH)];
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

function* stepNodes(list: Node | null, depth: number): Generator<MapNode> {
  for (const item of sequenceOf(list)?.items ?? []) {
    const node = mapOf(item);
    if (!node) continue;
    const group = depth > 0 ? node.get('parallel') : undefined;
    if (!group || node.get('run') || node.get('uses')) yield node;
    if (group) yield* stepNodes(group, depth - 1);
  }
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
