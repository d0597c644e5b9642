import type { Rule } from '../engine/rule.ts';
import { rules } from '../rules/index.ts';

/** `gargoyle explain RULE`: what the catalogue says of a rule. Returns the exit status: 2 where there is no such rule. */
export function explain(argv: readonly string[]): number {
  const [id] = argv;
  const found = id === undefined || argv.length !== 1 ? [] : rulesNamed(id);
  if (id === undefined || found.length === 0) {
    const near = argv.length === 1 ? rulesLike(id ?? '') : [];
    const problem = argv.length === 1 ? `no rule ${JSON.stringify(id)}` : 'name one rule';
    const hint =
      near.length > 0 ? `did you mean ${near.join(', ')}?` : `there are ${rules.map((each) => each.id).join(', ')}`;
    process.stderr.write(`gargoyle explain: ${problem}; ${hint}\n`);
    return 2;
  }
  process.stdout.write(found.map(explanation).join('\n'));
  return 0;
}

/** The rule of that id; else all that another tool knows by that name, with or without the tool's (`zizmor:artipacked`). */
function rulesNamed(name: string): readonly Rule[] {
  const own = rules.filter(({ id }) => id === name);
  if (own.length > 0) return own;
  const [tool, theirs] = name.includes(':') ? name.split(/:\s*/) : [null, name];
  const isMeant = (peer: string) => {
    const [who = '', ids = ''] = peer.split(': ');
    return (tool === null || who.toLowerCase() === tool?.toLowerCase()) && ids.split(/,\s*/).includes(theirs ?? '');
  };
  return rules.filter(({ peers }) => peers.some(isMeant));
}

/** Rules that share words with what was asked for: those that share most first, then the shortest. */
function rulesLike(name: string): readonly string[] {
  const words = name
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 3);
  return rules
    .map(({ id }) => ({ id, shared: words.filter((word) => id.includes(word)).length }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || a.id.length - b.id.length)
    .slice(0, 5)
    .map(({ id }) => id);
}

function explanation(rule: Rule): string {
  const { id, severity, confidence, audience, section, summary, why, remedy, options, peers } = rule;
  const own = Object.entries(options).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`);
  const seen = audience === 'regular' ? '' : `, shown to the ${audience} audience`;
  return [
    `${id} (${section}; ${severity}, ${confidence} confidence${seen}): ${summary}`,
    `Why: ${why}`,
    `Fix: ${remedy}`,
    ...(own.length === 0 ? [] : [`Options in gargoyle.yml, with their defaults:\n${own.join('\n')}`]),
    ...(peers.length === 0 ? [] : [`Elsewhere: ${peers.join('; ')}`]),
    `Examples: docs/rules/${id}.md`,
  ]
    .map((part) => `${part}\n`)
    .join('\n');
}
