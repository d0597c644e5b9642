import type { Action } from '../engine/model/action.ts';
import { allTexts } from '../engine/model/all-texts.ts';
import { availableAt } from '../engine/model/availability.ts';
import type { Expression } from '../engine/model/expression.ts';
import type { Text } from '../engine/model/text.ts';
import type { Workflow } from '../engine/model/workflow.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { nearest } from '../engine/spelling.ts';

const FUNCTIONS =
  'case contains endsWith format fromJSON join startsWith toJSON hashFiles success failure always cancelled'.split(' ');
const MEANT = new Map(Object.entries({ '=': '==', and: '&&', or: '||', not: '!', '&': '&&', '|': '||' }));
const NAMES = 'github env vars job jobs steps runner secrets strategy matrix needs inputs true false null'.split(' ');

export const expressionSyntax = defineRule({
  id: 'expression-syntax',
  severity: 'medium',
  section: 'Correctness',
  summary: 'Expression that GitHub cannot read',
  why: 'GitHub refuses a whole workflow for one expression that it cannot read, so nothing of it runs, the checks in it neither.',
  remedy:
    "Write texts in single quotes, `&&`, `||` and `!` for and, or and not, and only functions of the expressions' reference.",
  peers: ['actionlint: expression', 'sisakulint: expression'],
  visit: {
    *workflow(workflow) {
      yield* problemsOf(workflow);
    },
    *action(action) {
      yield* problemsOf(action);
    },
  },
});

function* problemsOf(file: Workflow | Action): Iterable<Problem> {
  const refuses = file.kind === 'action' ? 'The runner refuses the action' : 'GitHub refuses the file';
  for (const text of allTexts(file)) {
    for (const { at, why } of faultsOf(text)) {
      // Elsewhere no expression may stand at all, which is said by other rules.
      if (availableAt(text)) yield { at, message: `${refuses}: ${why}` };
    }
  }
}

function* faultsOf(text: Text): Iterable<{ readonly at: Problem['at']; readonly why: string }> {
  const { value, expressions } = text;
  for (const expression of expressions) {
    if (expression.error === null) continue;
    const isOpen = expression.code.startsWith('${{');
    yield { at: expression.errorAt, why: isOpen ? 'a `${{` is never closed' : reasonOf(expression, expression.error) };
  }
  const from = expressions.at(-1)?.to ?? 0;
  const open = value.includes('${{') ? value.indexOf('${{', from) : -1;
  if (open >= 0) yield { at: text.span(open, open + 3), why: 'a `${{` is never closed' };
}

function reasonOf(expression: Expression, error: string): string {
  const [, kind = '', what = ''] = /^(.*?): '(.*)'$/s.exec(error) ?? [];
  const word = `\`${what.replaceAll('`', '´')}\``;
  switch (kind) {
    case 'Unrecognized function':
      return `there is no function ${word}${meant(nearest(what, FUNCTIONS))}`;
    case 'Unrecognized named-value':
      return `there is no context ${word}${meant(nearest(what, NAMES)) || ', and a text stands in single quotes'}`;
    case 'Too few parameters supplied':
    case 'Too many parameters supplied':
      return `${word} is given ${kind.replace('T', 't').replace('parameters supplied', 'arguments')}`;
    case 'Unexpected symbol':
      return what === 'EOF' ? 'the expression ends too early' : `${word} is not expected there${adviceFor(what)}`;
    case 'Unexpected end of expression':
      return `the expression ends too early, behind ${word}`;
    default:
      return `${error} in \`${expression.value.slice(0, 60).replaceAll('`', '´')}\``;
  }
}

function meant(near: string | null | undefined): string {
  return near ? `; \`${near}\` is probably meant` : '';
}

function adviceFor(symbol: string): string {
  if (symbol.startsWith('"')) return '; a text stands in single quotes';
  if (symbol.startsWith("'")) return '; a text ends with a single quote, and a quote in it is written twice';
  if (symbol === '?') return '; a choice is written `case(condition, value, otherwise)`';
  return symbol === '+' ? '; texts are put together by `format()`' : meant(MEANT.get(symbol.toLowerCase()));
}
