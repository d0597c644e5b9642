import type { Access, Call, Expr } from '../engine/expression/parse.ts';
import type { Expression } from '../engine/model/expression.ts';
import { accesses, calls, pathOf } from '../engine/model/visit-expression.ts';
import { defineRule, type Problem, type ProposedFix } from '../engine/rule.ts';

export const unsoundContains = defineRule({
  id: 'unsound-contains',
  severity: 'high',
  section: 'Triggers and access control',
  summary: 'A test for membership takes parts of words',
  why: "In a text, `contains` finds parts: `contains('main develop', github.ref_name)` is true for a branch called `dev` or `a`. Whoever chooses the name passes the test.",
  remedy: 'Give it a list: `contains(fromJSON(\'["main", "develop"]\'), github.ref_name)` compares whole elements.',
  peers: ['zizmor: unsound-contains', 'sisakulint: unsound-contains'],
  visit: {
    *expression(expression) {
      if (!/contains/i.test(expression.code) || !expression.tree) return;
      for (const call of calls(expression.tree)) if (call.name === 'contains') yield* problems(call, expression);
    },
  },
});

/** Contexts whose text somebody chooses who may not choose what the test guards. */
const CHOSEN =
  /^(?:github\.(?:ref|ref_name|head_ref|base_ref|actor|triggering_actor|event\..+)|inputs\..+|env\..+|steps\..+|needs\..+\.outputs\..+)$/;

function* problems(call: Call, expression: Expression): Iterable<Problem> {
  const [list, item] = call.args;
  if (!list || !item) return;
  const at = expression.at(call);
  const subject = expression.code.slice(call.start, call.end).replace(/\s+/g, '');
  const [chosen] = accesses(item);
  if (list.kind === 'literal' && typeof list.value === 'string' && list.value !== '' && chosen) {
    const path = pathOf(chosen);
    const isChosen = CHOSEN.test(path) && path !== 'github.event_name' && !isFixed(chosen, expression);
    yield {
      at,
      subject,
      message: `\`contains\` looks for \`${path}\` as a part of the text \`${list.value.slice(0, 80)}\`, so every piece of it passes`,
      severity: !isChosen ? 'info' : isInsider(expression) ? 'medium' : 'high',
      audience: isChosen ? 'regular' : 'pedantic',
      fix: fixOf(list.value, list, expression),
    };
  } else if (item.kind === 'literal' && isNameOrText(list)) {
    yield {
      at,
      subject,
      message: `\`${subject.slice(0, 80)}\` is true for every text with these letters somewhere in it, and an outsider chooses the text`,
      severity: 'low',
      confidence: 'low',
    };
  }
}

/** A branch's name, or the labels made into one text: parts of others' names match. */
function isNameOrText(list: Expr): boolean {
  const [access] = accesses(list);
  if (!access) return false;
  const path = pathOf(access);
  if (list.kind === 'call') return ['join', 'tojson'].includes(list.name) && /\.labels(?:\.\*\.name)?$/.test(path);
  return path === 'github.head_ref' || path === 'github.event.pull_request.head.ref';
}

/** A variable that is written out in the file. */
function isFixed(access: Access, { owner }: Expression): boolean {
  if (access.path[0] !== 'env' || owner.kind === 'action') return false;
  const name = access.written[1] ?? '';
  const step = owner.kind === 'step' ? owner.variable(name) : owner.env.get(name);
  return step?.text.isLiteral ?? false;
}

function isInsider({ owner }: Expression): boolean {
  return (owner.kind === 'step' || owner.kind === 'job') && owner.reach.level === 'insider';
}

function fixOf(value: string, list: Expr, expression: Expression): ProposedFix | null {
  const elements = value.split(/[\s,;|]+/).filter((element) => element !== '');
  const { text } = expression;
  const offset = text.value.indexOf(expression.code, expression.from);
  const json = JSON.stringify(elements).replaceAll("'", "''").replaceAll('","', '", "');
  const edit = text.replace(offset + list.start, offset + list.end, `fromJSON('${json}')`);
  return { title: 'Compare with whole elements', safe: false, edits: [edit] };
}
