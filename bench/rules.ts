import { loadAllGrammars } from '../src/analyzer/grammars.ts';
import { noFacts } from '../src/engine/facts.ts';
import { ProjectModel, rememberingParser } from '../src/engine/model/project.ts';
import type { Rule } from '../src/engine/rule.ts';
import { study } from '../src/engine/study.ts';
import { rootsOf } from '../src/local/roots.ts';
import { readRoot } from '../src/local/working-tree.ts';
import { rules } from '../src/rules/index.ts';
import { corpusFolder } from './corpus.ts';
import { milliseconds, type Part } from './figures.ts';

const ROUNDS = 5;
/** Names are shown of so many. */
const SHOWN = 12;

/**
 * Which rules take the time that rules take, warm. What the model works out once for all of them (scripts, flows) is worked out before,
 * or the first to ask would seem to be the slow one.
 */
export async function ruleTimes(given: string | null): Promise<Part> {
  await loadAllGrammars();
  const spent = new Map<string, number>();
  const timed = rules.map((rule) => timedRule(rule, (ms) => spent.set(rule.id, (spent.get(rule.id) ?? 0) + ms)));
  let files = 0;
  for (const root of (await rootsOf([corpusFolder(given)])).roots) {
    const project = await readRoot(root);
    files += project.files.size;
    const model = new ProjectModel(project, rememberingParser());
    study(model, { rules, options: {}, facts: noFacts });
    for (let round = 0; round < ROUNDS; round += 1) study(model, { rules: timed, options: {}, facts: noFacts });
  }
  const all = [...spent.values()].reduce((a, b) => a + b, 0);
  const rows = [...spent].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  return {
    title: `Time by rule, warm, ${rules.length} rules over ${files} files; the slowest ${SHOWN}`,
    figures: [
      ['all rules, a file', milliseconds(all / ROUNDS / files)],
      ...rows.map(([id, ms]) => [id, `${((ms / all) * 100).toFixed(1)} %`] as const),
    ],
  };
}

/** The rule, telling how long each of its visits takes. */
function timedRule(rule: Rule, spend: (ms: number) => void): Rule {
  const timed = Object.entries(rule.visit).map(([kind, visit]) => [
    kind,
    function* (this: unknown, node: never, context: never) {
      const began = performance.now();
      const problems = [
        ...(visit as (node: never, context: never) => Iterable<unknown>).call(rule.visit, node, context),
      ];
      spend(performance.now() - began);
      yield* problems;
    },
  ]);
  return { ...rule, visit: Object.fromEntries(timed) };
}
