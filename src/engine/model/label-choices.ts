import { runnerKindOf } from '../../knowledge/runner-labels.ts';
import type { Access, Expr } from '../expression/parse.ts';
import { assumeEvent } from './assume.ts';
import { type Assume, decide, jsonList, knownValue } from './decide.ts';
import type { Expression } from './expression.ts';
import type { Job } from './job.ts';
import { literalList, type MatrixValue } from './matrix.ts';
import type { Start } from './reach.ts';
import type { Located, LocatedText } from './source.ts';
import type { Text } from './text.ts';
import { pathOf } from './visit-expression.ts';

/** Labels that a runner must have all of. */
export type LabelSet = readonly LocatedText[];

/** The sets of labels that a text may come to. `isDynamic`: or others, or which of them, only the run knows. */
export interface LabelChoices {
  readonly sets: readonly LabelSet[];
  readonly isDynamic: boolean;
}

const UNKNOWN: LabelChoices = { sets: [], isDynamic: true };

/** What each kind of start tells of the contexts; without starts, nothing is. */
export function assumptionsOf(starts: readonly Start[], who: 'anyone' | 'outsider'): readonly Assume[] {
  const events = [...new Set(starts.map(({ event }) => (event === 'workflow_call' ? null : event)))];
  return events.length > 0 ? events.map((event) => assumeEvent(event, who)) : [() => undefined];
}

/** What a text of `runs-on` asks for. */
export function labelChoices(job: Job, text: Text | null, assumptions: readonly Assume[]): LabelChoices {
  if (!text) return { sets: [], isDynamic: false };
  if (text.isLiteral) return { sets: [[text]], isDynamic: false };
  const { expression } = text;
  // `codebuild-x-${{ github.run_id }}`: whose machine it is stands before the expression.
  if (!expression) {
    const isService = !text.value.startsWith('${{') && runnerKindOf(text.value) === 'managed';
    return { sets: isService ? [[text]] : [], isDynamic: !isService };
  }
  const { tree } = expression;
  if (!tree) return UNKNOWN;
  return union(assumptions.map((assume) => chosen(tree, { job, expression, assume, isJson: false })));
}

/** Where an expression's part stands. */
interface Setting {
  readonly job: Job;
  readonly expression: Expression;
  readonly assume: Assume;
  /** Inside `fromJSON`: texts are lists. */
  readonly isJson: boolean;
}

function chosen(part: Expr, setting: Setting): LabelChoices {
  const { job, expression, assume, isJson } = setting;
  if (part.kind === 'group') return chosen(part.inner, setting);
  if (part.kind === 'logical') {
    return part.operator === '||' ? firstOf(part.operands, setting) : lastOf(part.operands, setting);
  }
  if (part.kind === 'call' && part.name === 'case') return caseOf(part.args, setting);
  const [list] = part.kind === 'call' && part.name === 'fromjson' ? part.args : [];
  if (list && !isJson) return chosen(list, { ...setting, isJson: true });
  const folded = knownValue(part, assume);
  if (folded.known) return written(folded.value, isJson, expression.at(part));
  return part.kind === 'access' && !isJson ? accessed(job, part) : UNKNOWN;
}

/** `a || b || c`: up to the first that is true. */
function firstOf(operands: readonly Expr[], setting: Setting): LabelChoices {
  const found: LabelChoices[] = [];
  let isOpen = false;
  for (const operand of operands) {
    const is = decide(operand, setting.assume);
    if (is === false) continue;
    found.push(chosen(operand, setting));
    if (is === true) break;
    isOpen ||= operand !== operands.at(-1);
  }
  const { sets, isDynamic } = union(found);
  return { sets, isDynamic: isDynamic || isOpen };
}

/** `a && b && c`: the last, unless one before is false. That comes out then, and is no label. */
function lastOf(operands: readonly Expr[], setting: Setting): LabelChoices {
  const decided = operands.slice(0, -1).map((operand) => decide(operand, setting.assume));
  const last = operands.at(-1);
  if (!last || decided.includes(false)) return { sets: [], isDynamic: false };
  const { sets, isDynamic } = chosen(last, setting);
  return { sets, isDynamic: isDynamic || decided.includes(null) };
}

/** `case(condition, result, …, otherwise)`. */
function caseOf(args: readonly Expr[], setting: Setting): LabelChoices {
  const found: LabelChoices[] = [];
  for (let at = 0; at < args.length; at += 2) {
    const [condition, result] = [args[at], args[at + 1]];
    const is = condition && result ? decide(condition, setting.assume) : true;
    if (is === false) continue;
    const value = result ?? condition;
    if (value) found.push(chosen(value, setting));
    if (is === true) return found.length === 1 ? union(found) : { sets: union(found).sets, isDynamic: true };
  }
  return { sets: union(found).sets, isDynamic: true };
}

/** A text, or the JSON of one or of a list. */
function written(value: string | number | boolean | null, isJson: boolean, at: Located): LabelChoices {
  if (value === null || value === '' || value === false) return { sets: [], isDynamic: false };
  const values = isJson ? (jsonList(String(value)) ?? jsonList(`[${value}]`)) : [value];
  // The JSON of a map (`group: …`), or none at all.
  if (!values) return UNKNOWN;
  return { sets: [values.map((one) => ({ ...at, value: String(one) }))], isDynamic: false };
}

function accessed(job: Job, part: Access): LabelChoices {
  if (part.path[0] === 'inputs') return inputChoices(job, part.path[1]);
  if (part.path[0] !== 'matrix' || !job.matrix) return UNKNOWN;
  const { values, isComplete } = job.matrix.values(pathOf(part).split('.').slice(1));
  const sets = values.map((value): LabelSet => labelsOf(job, value));
  return { sets: sets.filter((set) => set.length > 0), isDynamic: !isComplete || sets.some((set) => set.length === 0) };
}

/** A matrix value is a label, a list of labels, or an expression (then nothing is known: an empty set). */
function labelsOf(job: Job, value: MatrixValue): LabelSet {
  if (value.text && !value.text.isLiteral) {
    return (literalList(value.text) ?? []).map((label) => ({ ...job.source.at(value), value: String(label) }));
  }
  return [value, ...value.items].flatMap((one) => (one.value ? [{ ...job.source.at(one), value: one.value }] : []));
}

/** `${{ inputs.runner }}`: what the callers in this repository pass, the options of a choice, the default. */
function inputChoices({ workflow }: Job, name: unknown): LabelChoices {
  const sets: LabelSet[] = [];
  let isDynamic = typeof name !== 'string' || workflow.triggers.all.length === 0;
  for (const trigger of isDynamic ? [] : workflow.triggers.all) {
    // For every other event it is empty, and the job can't be started.
    if (trigger.event !== 'workflow_call' && trigger.event !== 'workflow_dispatch') continue;
    const input = trigger.inputs.get(String(name));
    const isCalled = trigger.event === 'workflow_call' && workflow.callers.length > 0;
    const given = isCalled ? workflow.callers.map((caller) => caller.with(String(name)) ?? input?.default ?? null) : [];
    if (input?.default && !isCalled) given.push(input.default);
    for (const text of given) if (text?.isLiteral && text.value !== '') sets.push([text]);
    const isChosen = input?.type === 'choice' && input.options.length > 0;
    if (isChosen) sets.push(...input.options.map((value) => [{ ...input, value }]));
    // Anyone else who calls it, or starts it by hand, writes what he likes.
    isDynamic ||= !isChosen && (!isCalled || given.some((text) => !text?.isLiteral));
  }
  return { sets, isDynamic };
}

/** Each label once by its place: two events may choose the same arm. */
function union(found: readonly LabelChoices[]): LabelChoices {
  const byKey = new Map(
    found.flatMap(({ sets }) =>
      sets.map((set) => [set.map(({ start, value }) => `${start}:${value}`).join(), set] as const),
    ),
  );
  return { sets: [...byKey.values()], isDynamic: found.some(({ isDynamic }) => isDynamic) };
}
