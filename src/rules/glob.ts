import { globFault } from '../engine/model/glob.ts';
import type { Trigger, TriggerFilter } from '../engine/model/triggers.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

const FILTERS = [
  ['branches', 'ref'],
  ['branches-ignore', 'ref'],
  ['tags', 'ref'],
  ['tags-ignore', 'ref'],
  ['paths', 'path'],
  ['paths-ignore', 'path'],
] as const satisfies readonly (readonly [TriggerFilter, 'ref' | 'path'])[];

export const glob = defineRule({
  id: 'glob',
  severity: 'medium',
  section: 'Correctness',
  summary: 'Filter pattern that is refused or never matches',
  why: 'GitHub compares the whole name of a branch or tag, or the whole path from the root, with the pattern. One that cannot match leaves the workflow idle, or runs it where it was to be left out, without a word.',
  remedy:
    'Write the pattern as names and paths are written: no `refs/heads/`, no `./`, no blanks at its ends, brackets closed.',
  peers: ['actionlint: glob'],
  visit: {
    *trigger(trigger) {
      for (const [name, of] of FILTERS) yield* patternFaults(trigger, name, of);
    },
  },
});

function* patternFaults(trigger: Trigger, name: TriggerFilter, of: 'ref' | 'path'): Iterable<Problem> {
  const patterns = trigger.filter(name) ?? [];
  for (const pattern of patterns) {
    const found = globFault(pattern.value, of);
    if (!found) continue;
    const { from, to, message, remedy, isSure } = found;
    yield {
      at: pattern,
      confidence: isSure ? 'high' : 'low',
      message: `\`${pattern.value}\` does not do its work: ${message}`,
      fix:
        remedy === undefined
          ? null
          : { title: 'Write the pattern as it is compared', safe: false, edits: [pattern.replace(from, to, remedy)] },
    };
  }
  const [first] = patterns;
  if (!first || name.endsWith('-ignore') || !patterns.every(({ value }) => value.startsWith('!'))) return;
  yield {
    at: first,
    subject: `only exclusions ${name}`,
    message: `\`${name}\` of \`${trigger.event}\` only excludes, so nothing is left that could start the workflow`,
  };
}
