import { type ActionInterface, interfaceOf } from '../engine/model/action-interface.ts';
import { mapOf } from '../engine/model/nodes.ts';
import { isSchemaOld } from '../engine/model/schema.ts';
import { type Located, replace } from '../engine/model/source.ts';
import type { Step } from '../engine/model/step.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { nearest } from '../engine/spelling.ts';
import { securityInputs } from '../knowledge/action-inputs.ts';

export const actionInputs = defineRule({
  id: 'action-inputs',
  severity: 'low',
  section: 'Correctness',
  summary: 'Input that the action does not have, or one that it needs and does not get',
  why: 'An action never sees an input that it does not declare: its default stays in force, and the run goes on with a warning that nobody reads.',
  remedy: 'Use the names of the action’s manifest at the version that is pinned.',
  peers: ['actionlint: action, deprecated inputs'],
  visit: {
    *step(step, { facts }) {
      const { uses } = step;
      const known = uses && interfaceOf(step, facts);
      if (!uses || !known || step.hasDynamicInputs) return;
      const given = mapOf(step.find('with'))?.entries ?? [];
      for (const { key } of given) {
        if (key.text.includes('${{')) continue;
        const input = known.inputs.get(key.text.toLowerCase());
        const at = step.source.at(key);
        if (!input) yield* unknown(at, key.text, step, known, isSchemaOld(facts.today));
        else if (input.deprecated !== null) {
          const says = input.deprecated.replaceAll('`', "'").replace(/\s+/g, ' ').slice(0, 200);
          const because = says === '' ? '' : `: \`${says}\``;
          yield {
            at,
            severity: 'info',
            message: `The input \`${key.text}\` of \`${uses.slug}\` is deprecated${because}`,
          };
        }
      }
      const names = new Set(given.map(({ key }) => key.text.toLowerCase()));
      const lacking = [...known.inputs].filter(([name, input]) => input.isRequired && !names.has(name));
      // What is inserted may hold it.
      if (lacking.length === 0 || given.some(({ key }) => key.text.includes('${{'))) return;
      const list = lacking.slice(0, 8).map(([, { name }]) => `\`${name}\``);
      const asked = list.length > 1 ? `inputs ${list.join(', ')}, which are` : `input ${list.join()}, which is`;
      yield { at: uses, subject: 'missing', message: `\`${uses.slug}\` asks for the ${asked} not given` };
    },
  },
});

function* unknown(
  at: Located,
  name: string,
  { uses }: Step,
  known: ActionInterface,
  isOld: boolean,
): Iterable<Problem> {
  const takes = known.takesOthers(name.toLowerCase());
  if (takes === 'yes') return;
  const near = nearest(
    name,
    [...known.inputs.values()].map((input) => input.name),
  );
  const meant = near ? `; \`${near}\` is probably meant` : '';
  yield {
    at,
    subject: `input ${name}`,
    severity: near && securityInputs.has(near.toLowerCase()) ? 'medium' : isOld && !near ? 'info' : 'low',
    // A new version may have it.
    confidence: near || takes === 'no' ? 'medium' : 'low',
    message: `\`${uses?.slug}\` has no input \`${name}\`${meant}, so it never sees the value`,
    fix: near ? { title: `Write \`${near}\``, safe: false, edits: [replace(at, near)] } : null,
  };
}
