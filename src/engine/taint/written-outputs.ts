import type { Step } from '../model/step.ts';
import { writtenSources } from './environment.ts';
import { environmentWrites } from './environment-writes.ts';
import { distinct, MAX_TRAIL, plain, type Source } from './sources.ts';

/**
 * What a step's script writes as one of its outputs, in whatever shell, or by github-script. Null when it writes no such
 * output that can be seen.
 */
export function writtenOutput(step: Step, name: string, trail: readonly unknown[]): readonly Source[] | null {
  if (trail.includes(step)) return [];
  if (trail.length > MAX_TRAIL) return null;
  const known = read.get(step) ?? new Map<string, readonly Source[] | null>();
  read.set(step, known);
  const before = known.get(name);
  if (before !== undefined) return before;
  known.set(name, []);
  const found = readOutput(step, name, [...trail, step]);
  known.set(name, found);
  return found;
}

/** By name. As for texts: outputs that name each other twice would take exponential time. */
const read = new WeakMap<Step, Map<string, readonly Source[] | null>>();

function readOutput(step: Step, name: string, trail: readonly unknown[]): readonly Source[] | null {
  const wanted = name.toLowerCase();
  const writes = environmentWrites(step).filter(({ target }) => target === 'output');
  const named = writes.filter((write) => write.name?.toLowerCase() === wanted);
  // Whole lines that come from elsewhere may set any output; a name that is computed, this one.
  const meant = named.length > 0 ? named : writes.filter((write) => write.name === null);
  if (meant.length === 0) return null;
  const found = distinct(meant.flatMap((write) => writtenSources(write, trail)));
  return found.length > 0 ? found : [plain(`steps.${step.id?.value}.outputs.${name}`)];
}
