import type { Script } from '../model/script.ts';
import type { Range } from '../yaml/tree.ts';
import type { Danger } from './danger.ts';
import { javascriptSources } from './javascript-values.ts';
import { dangerIn } from './shell-danger.ts';

/** A call of Python that runs text with somebody else's words in it. */
export interface PythonCommand {
  readonly at: Range;
  /** For a message: `os.system`. */
  readonly call: string;
  readonly danger: Danger;
}

const CALLS =
  /\b(os\.(?:system|popen)|subprocess\.(?:run|call|check_call|check_output|Popen|getoutput)|eval|exec)\s*\(/g;

/** Longer calls are nobody's. */
const MAX_CALL = 500;

/** The calls of a script in Python that a shell, or Python itself, reads as code. */
export function pythonCommands(script: Script): readonly PythonCommand[] {
  if (script.shell !== 'python') return [];
  return [...script.value.matchAll(CALLS)].flatMap((match) => {
    const start = match.index + match[0].length;
    const text = script.value.slice(start, start + MAX_CALL);
    const end = start + lengthOf(text);
    const call = match[1] ?? '';
    const isCode =
      !call.startsWith('subprocess') ||
      call.endsWith('getoutput') ||
      /shell\s*=\s*True/.test(text.slice(0, end - start));
    const danger = isCode ? dangerIn(javascriptSources(script.text, { start, end }, []), script.step) : null;
    return danger ? [{ at: { start: match.index, end: end + 1 }, call, danger }] : [];
  });
}

/** Up to the bracket that closes the call. */
function lengthOf(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')' && depth-- === 0) return at;
  }
  return text.length - 1;
}
