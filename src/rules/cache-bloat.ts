import { cacheUse } from '../engine/model/caching.ts';
import type { Step } from '../engine/model/step.ts';
import type { Text } from '../engine/model/text.ts';
import { accesses, pathOf } from '../engine/model/visit-expression.ts';
import { defineRule } from '../engine/rule.ts';

export const cacheBloat = defineRule({
  id: 'cache-bloat',
  severity: 'info',
  // How large it is nobody can see here.
  audience: 'pedantic',
  section: 'Artifacts and cache',
  summary: 'Every run saves another cache',
  why: 'A repository has ten gigabytes for all its caches; when every run of every pull request saves one, GitHub throws those of the default branch away, which all others start from.',
  remedy:
    "Restore everywhere and save only on the default branch: `actions/cache/restore`, and `actions/cache/save` with `if: github.ref == 'refs/heads/main'`; or make the key from what is cached.",
  peers: ['sisakulint: cache-bloat'],
  visit: {
    *step(step) {
      const key = step.with('key');
      const name = key && changing(key);
      if (!key || !name || step.condition || !step.uses?.matches(CACHES) || !cacheUse(step)?.saves) return;
      const pulls = step.reach.starts.some(({ event }) => event === 'pull_request');
      if (!pulls || step.job?.condition || isHandedOn(step, key)) return;
      yield {
        at: key,
        route: '',
        subject: 'key',
        message: `\`${name}\` makes the key another one in every run, so that each run of a pull request saves a cache of its own`,
      };
    },
  },
});

const CACHES = ['actions/cache'];

/** Values that are another one in each run. */
const CHANGING = [
  'github.run_id',
  'github.run_number',
  'github.run_attempt',
  'github.sha',
  'github.event.pull_request.head.sha',
];

function changing(key: Text): string | null {
  const paths = key.expressions.flatMap(({ tree }) => (tree ? accesses(tree).map(pathOf) : []));
  return paths.find((path) => CHANGING.includes(path)) ?? null;
}

/** Another job or step takes it up in the same run: it hands something on. */
function isHandedOn(step: Step, key: Text): boolean {
  if (step.action && step.action.callers.length > 1) return true;
  const holder = step.workflow ?? step.parent;
  const counts = keys.get(holder) ?? countsOf(step.workflow?.jobs.flatMap((job) => job.steps) ?? step.parent.steps);
  keys.set(holder, counts);
  return (counts.get(key.value.trim()) ?? 0) > 1;
}

/** How often each key is written in a workflow or action. */
const keys = new WeakMap<object, ReadonlyMap<string, number>>();

function countsOf(steps: readonly Step[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const step of steps) {
    const key = step.with('key')?.value.trim();
    if (key) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
