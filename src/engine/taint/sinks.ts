import { type CodeInput, codeInputs } from '../../knowledge/code-inputs.ts';
import type { Script } from '../model/script.ts';
import type { Step } from '../model/step.ts';
import type { Text } from '../model/text.ts';
import type { Uses } from '../model/uses.ts';
import { usesTable } from '../model/uses-table.ts';
import type { ShellScript } from '../shell/script.ts';
import type { Code } from './hoist.ts';

/** A text of a step that something runs. */
export interface CodeSink extends Code {
  /** For a message: "this script". */
  readonly called: string;
  /** True where the text becomes arguments, not a whole program. */
  readonly isPartial: boolean;
}

/** Every text of a step that is run as code and has an expression in it, apart from the actions themselves. */
export function codeSinks(step: Step): readonly CodeSink[] {
  const { script, uses } = step;
  const shell = step.text('shell');
  const sinks = [
    ...(script ? [new ScriptSink(script)] : []),
    ...(shell ? [sink(step, shell, 'the command line of the shell')] : []),
    ...(uses?.kind === 'docker' ? inputSinks(step, ['entrypoint', 'args'], 'the command line of the container') : []),
    ...(uses ? rowsOf(uses).flatMap((row) => rowSinks(step, row)) : []),
  ];
  return sinks.filter(({ text }) => !text.isLiteral);
}

/** A `run:`. Its script is parsed when a fix asks for it, since most scripts need none. */
class ScriptSink implements CodeSink {
  readonly #script: Script;
  readonly text: Text;
  readonly step: Step;
  readonly language: Code['language'];
  readonly called = 'this script';
  readonly isPartial = false;

  constructor(script: Script) {
    const { shell } = script;
    const isPowerShell = shell === 'pwsh' || shell === 'powershell';
    this.#script = script;
    this.text = script.text;
    this.step = script.step;
    this.language = shell === 'bash' || shell === 'sh' ? 'bash' : isPowerShell ? 'powershell' : 'other';
  }

  get script(): ShellScript | null {
    return this.#script.parsed;
  }
}

const exactRows: ReadonlyMap<string, CodeInput> = new Map(codeInputs.map((row) => [row.action, row]));
/** Lists are prepared once: thousands of steps may ask. */
const patternRows = codeInputs
  .filter(({ action }) => action.includes('*'))
  .map((row: CodeInput) => ({ row, names: [row.action] }));

const rowsByPattern = usesTable(patternRows, ({ names }) => names);

function rowsOf(uses: Uses): readonly CodeInput[] {
  const exact = exactRows.get(`${uses.owner}/${uses.repo}`.toLowerCase());
  return exact ? [exact] : rowsByPattern(uses).map(({ row }) => row);
}

function rowSinks(step: Step, { action, inputs, language }: CodeInput): readonly CodeSink[] {
  // Only github-script is known to see the step's variables and to run the text as it stands.
  const isNode = language === 'javascript';
  return inputSinks(step, inputs, `code that \`${action}\` runs`).map((found) => ({
    ...found,
    language: isNode ? 'javascript' : 'other',
    isPartial: false,
  }));
}

function inputSinks(step: Step, names: readonly string[], called: string): readonly CodeSink[] {
  const given = [...step.inputs].filter(([input]) => names.some((name) => isNamed(input, name)));
  return given.map(([, text]) => sink(step, text, called));
}

function isNamed(input: string, name: string): boolean {
  return name.endsWith('*') ? input.startsWith(name.slice(0, -1)) : input === name;
}

function sink(step: Step, text: Text, called: string): CodeSink {
  return { text, step, language: 'other', script: null, called, isPartial: true };
}
