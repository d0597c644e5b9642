import type { ShellWord } from '../shell/script.ts';
import { commandGroups } from './command-groups.ts';
import type { Script } from './script.ts';

/** Longest way from variable to variable that is followed. */
const MAX_DEPTH = 4;

/**
 * What a word comes to: expressions as they are written, variables that the script, the step, the job or the workflow
 * sets to a plain text put in. What stays open is left as it is written.
 */
export function wordValue(script: Script, word: ShellWord): string {
  const written = script.value.slice(word.start, word.end);
  const text = written.includes('${{') ? written.replace(/^["']|["']$/g, '') : word.text;
  return resolved(text, script, 0);
}

function resolved(text: string, script: Script, depth: number): string {
  if (depth === MAX_DEPTH || !text.includes('$')) return text;
  return text.replace(/\$\{\{\s*env\.(\w+)\s*\}\}|\$\{(?:env:)?(\w+)\}|\$(?:env:)?(\w+)/gi, (whole, ...names) => {
    const name = names.slice(0, 3).find((one) => typeof one === 'string');
    const value = name === undefined ? null : setValue(name, script);
    return value === null ? whole : resolved(value, script, depth + 1);
  });
}

/** The only text that a variable is set to; null where there is none, or more than one. */
function setValue(name: string, script: Script): string | null {
  const assigned = commandGroups(script)
    .flat()
    .flatMap(({ assignments }) => assignments.filter((one) => one.name.replace(/^env:/i, '') === name));
  const [only, second] = assigned;
  if (only) return second || !only.value ? null : /[`(]/.test(only.value.text) ? null : only.value.text;
  const variable = script.step.variable(name);
  return variable?.text.isLiteral ? variable.text.value : null;
}
