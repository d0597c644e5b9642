import type { TextClass } from '../../knowledge/attacker-contexts.ts';
import { type LintText, lintKey, lintText } from '../model/lint-text.ts';
import type { ProjectModel } from '../model/project.ts';
import type { Script } from '../model/script.ts';
import type { Range } from '../yaml/tree.ts';
import type { Danger } from './danger.ts';
import { dangerOfExpansion, dangerOfWord } from './shell-danger.ts';
import { type Expansion, expansionsIn } from './shell-values.ts';

/** `tainted`: only scripts in which a finding would be shown to everybody. */
export type LintScope = 'tainted' | 'all';

/** A branch's name and a structured text have no blanks and no stars. */
const SPLIT = ['arbitrary', 'line', 'path'] as const satisfies readonly TextClass[];

/** The scripts of a project that linters have something to say of, each once. */
export function lintTexts(
  project: ProjectModel,
  scope: LintScope,
  isAskedFor: (path: string) => boolean = () => true,
): readonly LintText[] {
  const parents = [
    ...project.workflows.flatMap(({ jobs }) => jobs).filter((job) => !job.isNever),
    ...project.allActions,
  ];
  const found = new Map<string, LintText>();
  for (const parent of parents) {
    if (!isAskedFor(parent.source.path)) continue;
    for (const step of parent.steps) {
      const { script } = step;
      if (!script || step.isNever || (scope === 'tainted' && !isSplitTaint(script))) continue;
      const text = lintText(script);
      if (text) found.set(lintKey(text), text);
    }
  }
  return [...found.values()];
}

/** Who can choose text in a span that the shell splits into words. */
export function splitDanger(script: Script, range: Range): Danger | null {
  const danger = dangerOfWord(script, range, SPLIT);
  return danger?.reach === 'insider' ? null : danger;
}

function isSplitTaint(script: Script): boolean {
  if ((script.shell !== 'bash' && script.shell !== 'sh') || !script.value.includes('$')) return false;
  if (script.step.reach.outsiders.length === 0) return false;
  const { parsed } = script;
  if (!parsed) return false;
  const first = new Map<string, Expansion>();
  const last = new Map<string, Expansion>();
  for (const expansion of expansionsIn(script, { start: 0, end: script.value.length })) {
    if (parsed.quotingAt(expansion.at) !== 'bare') continue;
    if (!first.has(expansion.name)) first.set(expansion.name, expansion);
    last.set(expansion.name, expansion);
  }
  // What a variable holds is asked twice, before and behind whatever the script sets it to: a script may name it a thousand times.
  return [...first.values(), ...last.values()].slice(0, MAX_ASKED).some((expansion) => {
    const danger = dangerOfExpansion(script, expansion, SPLIT);
    return danger !== null && danger.reach !== 'insider';
  });
}

/** More variables are nobody's. */
const MAX_ASKED = 256;
