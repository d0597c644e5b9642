import type { Expression } from './expression.ts';
import type { MatrixValue } from './matrix.ts';
import type { LocatedText } from './source.ts';
import type { Step } from './step.ts';
import type { Text } from './text.ts';
import { pathOf } from './visit-expression.ts';

/**
 * What texts of a step come to together, once for each combination of its job's matrix: `${{ matrix.a }}` and `${{ env.A }}`
 * where that is set to a plain text are put in, all else stays as it is written. A text that is nothing but a matrix value
 * stands where that value does.
 */
export function givenTexts(step: Step, texts: readonly (Text | null)[]): readonly (readonly (LocatedText | null)[])[] {
  const matrix = step.job?.matrix;
  const keys = [...new Set(texts.flatMap((text) => text?.expressions ?? []).flatMap((one) => matrixKey(one) ?? []))];
  // Unknown rows may hold anything: nothing is put in.
  const isKnown = keys.length > 0 && matrix && !matrix.isDynamic;
  const rows = isKnown ? matrix.combinations(keys.map((key) => key.split('.'))) : [[]];
  return rows.map((row) => {
    const values = new Map(isKnown ? keys.map((key, index) => [key, row[index] ?? null]) : []);
    return texts.map((text) => text && filled(text, values, step));
  });
}

/** `a.b` of `${{ matrix.a.b }}`. */
function matrixKey({ tree }: Expression): string | null {
  return tree?.kind === 'access' && tree.path[0] === 'matrix' ? pathOf(tree).split('.').slice(1).join('.') : null;
}

function filled(text: Text, values: ReadonlyMap<string, MatrixValue | null>, step: Step): LocatedText {
  if (text.isLiteral) return text;
  const only = text.expression && values.get(matrixKey(text.expression) ?? '');
  let value = '';
  let from = 0;
  for (const expression of text.expressions) {
    value += text.value.slice(from, expression.from) + given(expression, values, step);
    from = expression.to;
  }
  const { source, start, end } = only ?? text;
  return { source, start, end, value: value + text.value.slice(from) };
}

/** What an expression gives, or itself. A key that a row has not is empty. */
function given(expression: Expression, values: ReadonlyMap<string, MatrixValue | null>, step: Step): string {
  const { tree, code } = expression;
  const written = `\${{${code}}}`;
  const key = matrixKey(expression);
  if (key !== null && values.has(key)) {
    const cell = values.get(key);
    return cell ? (cell.value ?? written) : '';
  }
  if (tree?.kind !== 'access' || tree.path[0] !== 'env' || tree.path.length !== 2) return written;
  const variable = step.variable(String(tree.written[1] ?? ''));
  return variable?.text.isLiteral ? variable.text.value : written;
}
