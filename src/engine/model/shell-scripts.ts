import { codeInputs } from '../../knowledge/code-inputs.ts';
import { Script } from './script.ts';
import type { Step } from './step.ts';
import type { Text } from './text.ts';
import { usesTable } from './uses-table.ts';

/** Inputs of actions that hand their text to a shell, as `run:` does. */
const SHELL_INPUT =
  /^(?:run|script|command|inlinescript|install|prepare|setup|build|start|(?:on_retry_|install-)command|pre-emulator-launch-script)$/;
const rows = codeInputs
  .filter(({ action, language }) => (language === 'other' || language === 'bash') && !/\/(?:yq|jq)|eval/.test(action))
  .map(({ action, inputs }) => ({ names: [action], inputs: inputs.filter((input) => SHELL_INPUT.test(input)) }))
  .filter(({ inputs }) => inputs.length > 0);

const rowsOf = usesTable(rows, ({ names }) => names);

const known = new WeakMap<Text, Script>();

/** The shell scripts of a step: its `run:`, or what an action is told to run. */
export function shellScripts(step: Step): readonly Script[] {
  const { script, uses } = step;
  if (script) return [script];
  if (!uses?.isRemote || step.inputs.size === 0) return [];
  const [row] = rowsOf(uses);
  return (row?.inputs ?? []).flatMap((input) => {
    const text = step.with(input);
    if (!text) return [];
    const made = known.get(text) ?? new Script(text, step, 'bash');
    known.set(text, made);
    return [made];
  });
}
