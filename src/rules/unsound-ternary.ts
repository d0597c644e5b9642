import type { Expr } from '../engine/expression/parse.ts';
import type { Expression } from '../engine/model/expression.ts';
import { falseChoices } from '../engine/model/false-choices.ts';
import { defineRule, type ProposedFix } from '../engine/rule.ts';

export const unsoundTernary = defineRule({
  id: 'unsound-ternary',
  severity: 'medium',
  section: 'Triggers and access control',
  summary: 'A choice that always takes its second value',
  why: "`condition && '' || 'x'` looks like a choice, but an empty text, `0`, `false` and `null` count as false, so the `||` goes on to its second value whatever the condition says.",
  remedy: "Turn the condition round (`!condition && 'x' || ''`), or use `case(condition, '', 'x')`.",
  peers: ['zizmor: unsound-ternary'],
  visit: {
    *expression(expression, { facts }) {
      if (!expression.code.includes('||') || !expression.tree) return;
      for (const { whole, arm, conditions, other } of falseChoices(expression.tree)) {
        const written = expression.code.slice(arm.start, arm.end);
        const platform = facts.data.platform;
        yield {
          at: expression.at(whole),
          subject: expression.code.slice(whole.start, whole.end).replace(/\s+/g, ''),
          message: `\`${written}\` counts as false, so this is always what follows the \`||\`, whatever the condition says`,
          related: [{ at: expression.at(arm), message: 'never the value' }],
          // Older servers don't know `case()`.
          fix: platform ? null : fixOf(expression, whole, conditions, arm, other),
        };
      }
    },
  },
});

/** `case()` wants a boolean: only where the condition is surely one, and nothing else is chosen from. */
function fixOf(
  { code, text, from }: Expression,
  whole: Expr,
  conditions: readonly Expr[],
  arm: Expr,
  other: Expr,
): ProposedFix | null {
  const isBoolean = (expr: Expr): boolean =>
    expr.kind === 'group' ? isBoolean(expr.inner) : expr.kind === 'binary' || expr.kind === 'unary';
  const [first, last] = [conditions[0], conditions.at(-1)];
  if (!first || !last || !conditions.every(isBoolean) || other.end !== whole.end || first.start !== whole.start)
    return null;
  const offset = text.value.indexOf(code, from);
  const written = (start: number, end: number) => code.slice(start, end);
  const call = `case(${written(first.start, last.end)}, ${written(arm.start, arm.end)}, ${written(other.start, other.end)})`;
  const edit = text.replace(offset + whole.start, offset + whole.end, call);
  return { title: 'Choose by `case()`', safe: false, edits: [edit] };
}
