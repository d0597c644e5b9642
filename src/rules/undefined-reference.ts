import type { Access } from '../engine/expression/parse.ts';
import type { Facts } from '../engine/facts.ts';
import { availableAt } from '../engine/model/availability.ts';
import { decide } from '../engine/model/decide.ts';
import type { Expression } from '../engine/model/expression.ts';
import { lackOf } from '../engine/model/references.ts';
import { partsOf } from '../engine/model/tree-parts.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const undefinedReference = defineRule({
  id: 'undefined-reference',
  severity: 'medium',
  section: 'Correctness',
  summary: 'Expression names a step, job or input that is not there',
  why: 'GitHub gives an empty text for what is not there and says nothing. A condition on it is then always true or always false, and a command gets nothing where it counts on a value.',
  remedy: 'Write the name as it is declared, give the step its id, or list the job in `needs`.',
  peers: ['actionlint: expression'],
  visit: {
    *expression(expression, { facts }) {
      const { tree } = expression;
      for (const access of tree ? partsOf(tree).accesses : []) yield* missing(access, expression, facts);
    },
  },
});

function* missing(access: Access, expression: Expression, facts: Facts): Iterable<Problem> {
  const lack = access.path.length > 1 ? lackOf(access, expression.text, facts) : null;
  // What does not exist there at all is the matter of `context-availability`.
  if (!lack || !availableAt(expression.text)?.contexts.has(access.path[0])) return;
  const outcome = isCondition(expression) ? outcomeWithout(access, expression) : null;
  yield {
    at: expression.at(access),
    // A guard that is none is a finding of its own.
    subject: outcome === true ? `${lack.subject} guard` : lack.subject,
    route: '',
    message: `${lack.message.charAt(0).toUpperCase()}${lack.message.slice(1)}, so this is ${effectOf(outcome)}`,
    ...(outcome === true && lack.isSure ? { severity: 'high' } : {}),
    ...(lack.isSure ? {} : { confidence: 'low', audience: 'auditor' }),
  };
}

function isCondition({ site }: Expression): boolean {
  return site.key === 'if';
}

/** What a condition always is where the access is empty; null where that does not decide it. */
function outcomeWithout(access: Access, { tree }: Expression): boolean | null {
  return tree && decide(tree, (part) => (part === access ? { known: true, value: null } : undefined));
}

function effectOf(outcome: boolean | null): string {
  if (outcome === null) return 'always empty';
  return outcome
    ? 'always empty, and the condition always true: it keeps nothing out'
    : 'always empty, and the condition never true';
}
