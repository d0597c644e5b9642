import type { Action } from '../engine/model/action.ts';
import { allTexts } from '../engine/model/all-texts.ts';
import { type Available, availableAt } from '../engine/model/availability.ts';
import type { Expression } from '../engine/model/expression.ts';
import type { Text } from '../engine/model/text.ts';
import { partsOf } from '../engine/model/tree-parts.ts';
import type { Workflow } from '../engine/model/workflow.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

/** They exist in some places only. */
const SPECIAL = ['hashFiles', 'success', 'failure', 'always', 'cancelled'];

export const contextAvailability = defineRule({
  id: 'context-availability',
  severity: 'medium',
  section: 'Correctness',
  summary: 'Expression names what does not exist there',
  why: 'GitHub refuses a whole workflow for one expression with a context or function that its place does not have: secrets in a condition, variables in a job that has not begun.',
  remedy:
    'Take the value from where it exists: a secret through `env` of the step, a variable through `vars`, an input or an output of another job.',
  peers: ['actionlint: expression'],
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
  for (const text of allTexts(file)) {
    if (text.isLiteral) continue;
    const available = availableAt(text);
    if (available) for (const expression of text.expressions) yield* unavailable(expression, text, available);
  }
}

function* unavailable(expression: Expression, text: Text, available: Available): Iterable<Problem> {
  const { tree } = expression;
  if (!tree) return;
  const place = placeOf(text);
  const refuses = text.source.kind === 'action' ? 'The runner refuses the action' : 'GitHub refuses the file';
  for (const access of partsOf(tree).accesses) {
    const [context] = access.path;
    if (available.contexts.has(context)) continue;
    yield {
      at: expression.at(access),
      subject: `${context} ${place}`,
      route: '',
      message: `${refuses}: there is no \`${context}\` in ${place}${advice(context, text)}`,
    };
  }
  for (const call of partsOf(tree).calls) {
    const name = SPECIAL.find((one) => one.toLowerCase() === call.name);
    if (!name) continue;
    const arity = available.functions.get(call.name);
    if (arity && arity.min <= call.args.length && call.args.length <= arity.max) continue;
    const message = arity ? `\`${name}()\` takes no argument in ${place}` : `there is no \`${name}()\` in ${place}`;
    yield { at: expression.at(call), subject: `${name}() ${place}`, route: '', message: `${refuses}: ${message}` };
  }
}

/** "a step's `if`". */
function placeOf({ site: { owner, key, name } }: Text): string {
  const whose = { workflow: "the workflow's", action: "the action's", job: "a job's", step: "a step's" }[owner.kind];
  const isNested =
    key === 'on' || key === 'strategy' || key === 'defaults' || key === 'environment' || key === 'inputs';
  const last = name.split('.').at(-1) ?? '';
  return `${whose} \`${isNested && last !== '' && !/^\d+$/.test(last) ? `${key} … ${last.slice(0, 60)}` : key}\``;
}

function advice(context: string, { site: { owner, key } }: Text): string {
  if (owner.kind === 'step' && context === 'secrets') {
    return owner.action ? '; an action gets it by an input' : `; put it into \`env\` and ask for \`env.…\``;
  }
  if (context === 'secrets' && key === 'with') return '; a called workflow gets it by `secrets`';
  if (context === 'env' && owner.kind === 'job')
    return '; `vars`, an input or an output of another job can be had there';
  return '';
}
