import { noFacts } from '../../src/engine/facts.ts';
import { replace } from '../../src/engine/model/source.ts';
import { defineRule, type Rule } from '../../src/engine/rule.ts';
import type { AnalysisSettings } from '../../src/engine/study.ts';

const texts = { section: 'Hygiene', summary: 's', why: 'w', remedy: 'r' } as const;

/** Every `uses` that is not pinned. */
export const tags = defineRule({
  ...texts,
  id: 'tags',
  severity: 'medium',
  options: { trusted: [] as readonly string[] },
  visit: {
    *uses(uses, { options }) {
      if (uses.ref && !uses.isPinned && !uses.matches(options.trusted))
        yield { at: uses.ref, message: `\`${uses.value}\`` };
    },
  },
});

/** Every expression in a script; privileged ones are critical. The fix writes `safe` in its place. */
export const inScripts = defineRule({
  ...texts,
  id: 'in-scripts',
  severity: 'low',
  visit: {
    *script(script) {
      for (const expression of script.expressions) {
        const isBad = script.step.reach.level === 'outsider-privileged';
        yield {
          at: expression,
          message: expression.value,
          severity: isBad ? 'critical' : 'medium',
          fix: { title: 'Write safe', safe: true, edits: [replace(expression, 'safe')] },
        };
      }
    },
  },
});

/** A rule that isn't there yet, with the parts that matter to a test. */
export function ruleOf(id: string, visit: Rule['visit'], severity: Rule['severity'] = 'low'): Rule {
  return defineRule({ ...texts, id, severity, visit }) as Rule;
}

export function settingsOf(...rules: readonly Rule[]): AnalysisSettings {
  return { rules, options: {}, facts: noFacts };
}
