import type { Located } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import type { Danger } from './danger.ts';
import { javascriptSources } from './javascript-values.ts';
import { dangerIn } from './shell-danger.ts';

/** A process that a script in JavaScript starts by a command line that it puts together. */
export interface JavascriptCommand {
  readonly at: Located;
  /** For a message: `exec.exec`. */
  readonly call: string;
  /** A shell reads the command line. */
  readonly isShell: boolean;
  /** Who writes a part of it; null: nobody is known to. */
  readonly danger: Danger | null;
}

const STARTS =
  /\b((?:exec|actionsExec|cp|child_process|require\(['"](?:node:)?child_process['"]\))\.(?:exec|execSync|spawn|spawnSync|getExecOutput|execFile|execFileSync)|execSync|spawnSync|getExecOutput|execAsync|(?<![.\w])exec|(?<![.\w])eval|new\s+Function)\s*\(\s*(?=\S)/g;

/** Longer command lines are nobody's. */
const MAX_COMMAND = 500;
/** More calls in one script are nobody's. */
const MAX_CALLS = 50;

/** The processes that a github-script starts, apart from those whose command is written down. */
export function javascriptCommands(step: Step): readonly JavascriptCommand[] {
  const text = step.with('script');
  if (!text || !step.uses?.matches(GITHUB_SCRIPT)) return [];
  return [...text.value.matchAll(STARTS)].slice(0, MAX_CALLS).flatMap((match) => {
    const start = match.index + match[0].length;
    const command = firstArgument(text.value.slice(start, start + MAX_COMMAND));
    const call = match[1] ?? '';
    // `bash -c` reads its argument as code.
    const isInterpreter = INTERPRETER.test(text.value.slice(start, start + MAX_COMMAND));
    if (isLiteral(command) && !isInterpreter) return [];
    const range = { start, end: isInterpreter ? endOfCall(text.value, start) : start + command.length };
    const isShell = isInterpreter || isShellCall(call, text.value);
    const danger = dangerIn(javascriptSources(text, range, []), step);
    return [{ at: text.span(range.start, range.end), call, isShell, danger }];
  });
}

const INTERPRETER =
  /^(['"`])(?:bash|sh|zsh|cmd|pwsh|powershell|python3?|node)\1\s*,\s*\[\s*(['"`])(?:-\w*[ce]|\/[cC]|-Command)\2/;

function endOfCall(code: string, start: number): number {
  const end = code.indexOf(']', start);
  return end < 0 ? Math.min(code.length, start + MAX_COMMAND) : end;
}

/** A constant, since lists are prepared once. */
const GITHUB_SCRIPT = ['actions/github-script'];

/** Up to the comma or bracket that ends it, strings skipped. */
function firstArgument(code: string): string {
  let [depth, quote] = [0, ''];
  for (let at = 0; at < code.length; at += 1) {
    const char = code[at] ?? '';
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote) quote = '';
    } else if (/["'`]/.test(char)) quote = char;
    else if (/[([{]/.test(char)) depth += 1;
    else if (/[)\]}]/.test(char) && depth-- === 0) return code.slice(0, at).trimEnd();
    else if (char === ',' && depth === 0) return code.slice(0, at).trimEnd();
  }
  return code;
}

/** `'git'`, or a template without anything in it. */
function isLiteral(code: string): boolean {
  return (
    /^(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\.|\$(?!\{))*`)$/s.test(code) && !code.includes('${{')
  );
}

/** `exec.exec` of @actions/exec splits its words itself; `exec` of Node hands them to a shell. */
function isShellCall(call: string, code: string): boolean {
  if (/child_process|^cp\.|execSync|execAsync/.test(call)) return /exec(?:Sync|Async)?$/.test(call);
  if (call === 'eval' || call.startsWith('new')) return true;
  if (call === 'exec')
    return /\{[^{}]{0,200}\bexec\b[^{}]{0,200}\}\s*=\s*require\(['"](?:node:)?child_process/.test(code);
  return /^exec\.exec/.test(call) && /(?:const|let|var)\s+exec\s*=\s*require\(['"](?:node:)?child_process/.test(code);
}
