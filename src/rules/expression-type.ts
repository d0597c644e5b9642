import { takesObjects } from '../engine/model/availability.ts';
import type { Expression } from '../engine/model/expression.ts';
import { objectLeaf, type TypeFault, typeFaults } from '../engine/model/type-faults.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const expressionType = defineRule({
  id: 'expression-type',
  severity: 'low',
  section: 'Correctness',
  summary: 'Expression whose values do not go together',
  why: 'GitHub compares whatever it is given and says nothing: an object equals no text, a word that a value never has is never met, and an object in a text becomes the word "Object".',
  remedy: 'Compare with the values that there are, name a property of the object, or make a text of it by `toJSON()`.',
  peers: ['actionlint: expression'],
  visit: {
    *expression(expression) {
      for (const fault of typeFaults(expression)) yield problem(expression, fault);
      const found = asText(expression);
      if (!found) return;
      const written = expression.code.slice(found.leaf.start, found.leaf.end).slice(0, 80);
      const [what, word] = found.kind === 'list' ? ['a list', 'Array'] : ['an object', 'Object'];
      yield {
        at: expression.at(found.leaf),
        subject: written.toLowerCase(),
        message: `\`${written}\` is ${what}, of which nothing but the word "${word}" gets into the text`,
      };
    },
  },
});

function problem(expression: Expression, { part, kind, message }: TypeFault): Problem {
  const written = expression.code.slice(part.start, part.end);
  return {
    at: expression.at(part),
    subject: written.replace(/\s+/g, '').toLowerCase().slice(0, 200),
    route: '',
    message: message.charAt(0).toUpperCase() + message.slice(1),
    ...(kind === 'argument' ? { severity: 'medium' } : {}),
    ...(kind === 'leftover' ? { audience: 'pedantic' } : {}),
  };
}

/** An object in a text; alone in a place that takes lists or maps it is what is meant. */
function asText(expression: Expression): ReturnType<typeof objectLeaf> {
  const { text } = expression;
  if (text.site.key === 'if') return null;
  const found = objectLeaf(expression);
  if (!found) return null;
  const isAlone = text.expression === expression;
  return isAlone && takesObjects(text) ? null : found;
}
