import { ExpressionError, parseExpression } from '../expression/parse.ts';
import type { Condition } from './condition.ts';
import type { SourceEdit } from './source.ts';

/** Takes the fences of an `if` away, so that it is one expression; an edit that is null where what is left is none. */
export function withoutFences({ text }: Condition): readonly (SourceEdit | null)[] {
  const { expressions, value } = text;
  let [left, at] = ['', 0];
  for (const expression of expressions) {
    left += value.slice(at, expression.from) + expression.value;
    at = expression.to;
  }
  const parsed = parseExpression((left + value.slice(at)).trim());
  if (parsed instanceof ExpressionError) return [null];
  return expressions.map(({ from, to, value: code }) => text.replace(from, to, code));
}
