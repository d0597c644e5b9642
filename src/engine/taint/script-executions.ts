import type { Located } from '../model/source.ts';
import type { Step } from '../model/step.ts';

/** A place in a JavaScript step that starts a program or loads a file of the workspace. */
export interface ScriptCall {
  readonly at: Located;
  /** The command line; for a file, its path. */
  readonly text: string;
  readonly kind: 'command' | 'file';
}

const SCRIPT_ACTIONS = ['actions/github-script'];

/** `exec.exec('npm test')`, `execSync(…)`, `require('./tools/x.js')` in the script of a step. */
export function scriptCalls(step: Step): readonly ScriptCall[] {
  const code = step.uses?.matches(SCRIPT_ACTIONS) ? step.with('script') : null;
  if (!code) return [];
  return [...code.value.matchAll(CALLS)].map((match) => {
    const [whole, command, list, file] = match;
    const at = code.span(match.index, match.index + whole.length);
    if (file !== undefined) return { at, text: file, kind: 'file' };
    const rest = [...(list ?? '').matchAll(/['"`]([^'"`]*)['"`]/g)].map(([, word]) => word ?? '');
    return { at, text: [command ?? '', ...rest].join(' '), kind: 'command' };
  });
}

const CALLS =
  /\b(?:exec\.exec|exec\.getExecOutput|getExecOutput|exec(?:File)?(?:Sync)?|spawn(?:Sync)?)\(\s*['"`]([^'"`]+)['"`](?:\s*,\s*\[([^\]]*)\])?|\b(?:require|import)\(\s*['"`](?:\$\{\s*process\.env\.GITHUB_WORKSPACE\s*\}\/|(?=\.))([^'"`]+)['"`]/g;
