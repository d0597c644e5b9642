import type { Node } from '../yaml/tree.ts';
import { mapOf, scalarOf, scalarsOf, sequenceOf } from './nodes.ts';
import type { Located } from './source.ts';
import type { Trigger } from './triggers.ts';

/** What is wrong with a declared input beyond its keys. `isLegal`: GitHub takes it. */
export interface InputFault {
  readonly at: Located;
  readonly message: string;
  readonly isLegal: boolean;
}

/** docs.github.com, "Workflow syntax", `on.workflow_dispatch.inputs`: 25 since December 2025. */
const MAX_INPUTS = 25;
const NUMBER = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;

/** Faults of the inputs of `workflow_dispatch` or `workflow_call`: options, defaults, names. */
export function* inputFaults(trigger: Trigger): Iterable<InputFault> {
  const map = mapOf(trigger.node?.get('inputs'));
  const { source } = trigger;
  const surplus = trigger.event === 'workflow_dispatch' ? map?.entries[MAX_INPUTS] : undefined;
  if (map && surplus) {
    yield {
      at: source.at(surplus.key),
      isLegal: false,
      message: `\`workflow_dispatch\` takes ${MAX_INPUTS} inputs, and there are ${map.entries.length}`,
    };
  }
  for (const { key, value } of map?.entries ?? []) {
    const node = mapOf(value);
    const type = scalarOf(node?.get('type'))?.text ?? 'string';
    const options = node?.get('options');
    const at = source.at(key);
    if (type === 'choice' && trigger.event === 'workflow_dispatch' && !options) {
      yield { at, isLegal: false, message: `input \`${key.text}\` is a choice without \`options\`` };
    }
    if (options && sequenceOf(options)?.items.length === 0) {
      yield { at, isLegal: false, message: `input \`${key.text}\` is a choice of nothing: its \`options\` are empty` };
    }
    const optionsKey = node?.entry('options')?.key;
    if (optionsKey && type !== 'choice' && trigger.event === 'workflow_dispatch') {
      yield {
        at: source.at(optionsKey),
        isLegal: false,
        message: `input \`${key.text}\` has \`options\`, and its type is ${type === 'string' ? 'text' : `\`${type}\``}, not \`choice\``,
      };
    }
    const fault = defaultFault(type, node?.get('default'), options);
    const fallback = scalarOf(node?.get('default'));
    if (fault && fallback)
      yield {
        at: source.at(fallback),
        isLegal: fault.isLegal,
        message: `the default of input \`${key.text}\` ${fault.message}`,
      };
  }
}

/** A default against the type; of expressions nothing is known. */
function defaultFault(
  type: string,
  fallback: Node | undefined,
  options: Node | undefined,
): Pick<InputFault, 'message' | 'isLegal'> | null {
  const scalar = scalarOf(fallback);
  if (!scalar || scalar.value === null || scalar.text.includes('${{')) return null;
  const { text, value } = scalar;
  if (type === 'boolean' && typeof value !== 'boolean') {
    const isQuoted = text === 'true' || text === 'false';
    return isQuoted
      ? { isLegal: true, message: `is the text \`'${text}'\`, and the input is true or false` }
      : { isLegal: false, message: `is \`${clip(text)}\`, and the input is \`true\` or \`false\`` };
  }
  if (type === 'number' && !NUMBER.test(text))
    return { isLegal: false, message: `is \`${clip(text)}\`, and the input is a number` };
  const choices = scalarsOf(options).map((option) => option.text);
  if (type !== 'choice' || choices.length === 0 || choices.includes(text) || choices.some((one) => one.includes('${{')))
    return null;
  return { isLegal: false, message: `is \`${clip(text)}\`, which is none of its \`options\`` };
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
