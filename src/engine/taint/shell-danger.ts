import type { TextClass } from '../../knowledge/attacker-contexts.ts';
import type { Script } from '../model/script.ts';
import type { Step } from '../model/step.ts';
import type { Range } from '../yaml/tree.ts';
import { type Danger, dangerOf, worst } from './danger.ts';
import { writtenSources } from './environment.ts';
import type { EnvironmentWrite } from './environment-writes.ts';
import { type Expansion, taintOfVariable, taintOfWord } from './shell-values.ts';
import { assignmentsBefore } from './shell-variables.ts';
import type { Source } from './sources.ts';

/** Who can choose a part of a word of a script in the worst run, by text of these classes (left out: any). Null: nobody is known to. */
export function dangerOfWord(script: Script, word: Range, classes?: readonly TextClass[]): Danger | null {
  return dangerIn(taintOfWord(script, word), script.step, classes);
}

/** The same for a variable where it is expanded. */
export function dangerOfExpansion(
  script: Script,
  { name, at }: Expansion,
  classes?: readonly TextClass[],
): Danger | null {
  return isChecked(script, name, at) ? null : dangerIn(taintOfVariable(script.step, name, at), script.step, classes);
}

/** The same for what a step writes to one of the runner's files; `unknown` values too. */
export function dangerOfWrite(write: EnvironmentWrite, classes?: readonly TextClass[]): Danger | null {
  const sources = writtenSources(write, []).filter(({ text }) => !classes || classes.includes(text));
  return worst(sources.flatMap((source) => dangerOf(source, write.step) ?? []));
}

/** Texts that can hold a line break. */
export const MULTILINE = ['arbitrary', 'path'] as const satisfies readonly TextClass[];

/** Of some sources, the worst that somebody writes. */
export function dangerIn(sources: readonly Source[], step: Step, classes?: readonly TextClass[]): Danger | null {
  const texts = sources.filter(({ kind, text }) => kind === 'text' && (!classes || classes.includes(text)));
  return worst(texts.flatMap((source) => dangerOf(source, step) ?? []));
}

/** Whether a line of the value can end a write, or begin another entry: `name=value`, or a block with an end that is known. */
export function isOpenWrite(write: EnvironmentWrite): boolean {
  const { form, delimiter, step, command } = write;
  if (form === 'call') return false;
  if (form !== 'block' || delimiter === null) return true;
  if (/\$\(|`/.test(delimiter)) return false;
  const [, name] = /\$\{?([A-Za-z_]\w*)/.exec(delimiter) ?? [];
  if (name === undefined || !step.script) return true;
  const assigned = assignmentsBefore(step.script, name, command.start);
  const code = step.script.value;
  return (assigned?.values ?? []).every(
    (one) => one.kind === 'text' && !/[$`]/.test(code.slice(one.range.start, one.range.end)),
  );
}

/** An earlier test by a pattern that begins and ends (`[[ $X =~ ^[0-9]+$ ]]`), or by `case`. */
function isChecked({ value }: Script, name: string, at: number): boolean {
  const before = value.slice(0, at);
  if (!before.includes(name) || !/^\w{1,100}$/.test(name)) return false;
  const variable = `["']?\\$\\{?${name}\\}?["']?`;
  return new RegExp(
    `${variable}\\s+=~\\s+["']?\\^|case\\s+${variable}\\s+in\\b|${variable}\\s*\\|\\s*grep\\s+-\\w*[qEx]\\w*\\s+["']?\\^`,
  ).test(before);
}
