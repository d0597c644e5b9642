import type { CataloguedRule } from '../policy/policy.ts';
import { rules } from '../rules/index.ts';

/** `gargoyle explain RULE`: what the catalogue says of a rule. Returns the exit status: 2 where there is no such rule. */
export function explain(argv: readonly string[]): number {
  const [id] = argv;
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined || argv.length !== 1) {
    const problem = argv.length === 1 ? `no rule ${JSON.stringify(id)}` : 'name one rule';
    process.stderr.write(`gargoyle explain: ${problem}; there are ${rules.map((each) => each.id).join(', ')}\n`);
    return 2;
  }
  process.stdout.write(explanation(rule));
  return 0;
}

function explanation({ id, severity, confidence, summary, why, remedy, options }: CataloguedRule): string {
  const own = Object.entries(options).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`);
  return [
    `${id} (${severity}, ${confidence} confidence): ${summary}`,
    `Why: ${why}`,
    `Fix: ${remedy}`,
    ...(own.length === 0 ? [] : [`Options in gargoyle.yml, with their defaults:\n${own.join('\n')}`]),
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}
