import { fold } from '../expression/fold.ts';
import type { Expr } from '../expression/parse.ts';

/** `condition && value || other` whose value counts as false, so that `other` always comes out. */
interface FalseChoice {
  /** `c && a || b`. */
  readonly whole: Expr;
  readonly conditions: readonly Expr[];
  readonly arm: Expr;
  readonly other: Expr;
}

/** The choices of an expression that choose nothing. */
export function falseChoices(expr: Expr): readonly FalseChoice[] {
  switch (expr.kind) {
    case 'group':
      return falseChoices(expr.inner);
    case 'unary':
      return falseChoices(expr.operand);
    case 'call':
      return expr.args.flatMap(falseChoices);
    case 'binary':
      return [...falseChoices(expr.left), ...falseChoices(expr.right)];
    case 'logical': {
      const inside = expr.operands.flatMap(falseChoices);
      if (expr.operator === '&&') return inside;
      const found = expr.operands.slice(0, -1).flatMap((operand, index) => {
        const next = expr.operands[index + 1];
        return next ? choiceOf(operand, next, expr) : [];
      });
      return [...found.slice(0, 1), ...inside];
    }
    default:
      return [];
  }
}

function choiceOf(first: Expr, other: Expr, whole: Expr): readonly FalseChoice[] {
  const and = first.kind === 'group' ? first.inner : first;
  if (and.kind !== 'logical' || and.operator !== '&&') return [];
  const arm = and.operands.at(-1);
  const folded = arm && fold(arm);
  if (!arm || !folded?.known || folded.value) return [];
  const otherwise = fold(other);
  // The same value either way: nothing is lost.
  if (otherwise.known && otherwise.value === folded.value) return [];
  return [{ whole, arm, other, conditions: and.operands.slice(0, -1) }];
}
