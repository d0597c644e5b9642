import {
  PACKAGE_HOSTS,
  TOKEN_ACTIONS,
  TOKEN_BEFORE,
  TOKEN_INPUTS,
  TOKEN_VARIABLES,
} from '../../knowledge/token-inputs.ts';
import type { Expression } from './expression.ts';
import type { Step } from './step.ts';

/** Longer scripts are searched for no variable: each is searched for all of its step's. In UTF-16 units. */
const MAX_SCRIPT = 65_536;

/** Whether what an expression gives is used as a GitHub token, by the place where it stands: an input, a variable, a URL, a header. */
export function isGithubToken({ site: { owner, key, name }, text, from, to }: Expression): boolean {
  const step = owner.kind === 'step' ? owner : null;
  if (key === 'env') return TOKEN_VARIABLES.has(name.toUpperCase()) || (step !== null && isSentByScript(step, name));
  if (key === 'run') return isSent(text.value, from, to);
  if (key !== 'with' && key !== 'secrets') return false;
  const input = name.toLowerCase().replaceAll('_', '-');
  if (input === 'token') return step?.uses?.matches(TOKEN_ACTIONS) === true;
  if (input === 'password')
    return (
      step?.uses?.matches(['docker/login-action']) === true && PACKAGE_HOSTS.has(step.with('registry')?.value ?? '')
    );
  return TOKEN_INPUTS.has(input);
}

/** A step's own variable, where its script puts it into a URL or header for GitHub. */
function isSentByScript({ script }: Step, variable: string): boolean {
  if (!script || script.value.length > MAX_SCRIPT) return false;
  return [`$${variable}`, `\${${variable}}`, `$env:${variable}`].some((written) => {
    const at = script.value.indexOf(written);
    return at >= 0 && isSent(script.value, at, at + written.length);
  });
}

/** Whether a span of a script stands in the URL of a clone, or behind `Authorization:`, with GitHub nearby. */
function isSent(script: string, from: number, to: number): boolean {
  // Windows: a hostile script of many expressions must not cost their square.
  const before = script.slice(Math.max(0, from - 100), from);
  return TOKEN_BEFORE.test(before) && /github/i.test(script.slice(Math.max(0, from - 500), to + 500));
}
