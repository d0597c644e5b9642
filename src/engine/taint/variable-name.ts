import { runnerVariables } from '../../knowledge/attacker-contexts.ts';
import type { Access } from '../expression/parse.ts';
import type { Expression } from '../model/expression.ts';
import type { Step } from '../model/step.ts';
import { pathOf } from '../model/visit-expression.ts';

/** A variable that holds an expression's value, and what must be added to the step's `env:` for it; null: it is there. */
export interface NamedVariable {
  readonly name: string;
  readonly add: string | null;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Names that mean something to the runner, the loader or a common program. */
const RESERVED =
  /^(?:(?:GITHUB|RUNNER|ACTIONS|INPUT|LD|DYLD|GIT|NPM|NODE|PYTHON|RUBY|PERL|JAVA|BASH|SSH|DOCKER|AWS|AZURE|GH|PS|DOTNET)_.*|PATH|HOME|CI|IFS|ENV|PS[1-4]|SHELL|USER|PWD|OLDPWD|TERM|LANG|TMPDIR|TEMP|TMP|HTTP_PROXY|HTTPS_PROXY|NO_PROXY|CLASSPATH|RUBYOPT|PERL5OPT|EDITOR|PAGER|[0-9].*)$/;

/** The variable for an expression in a step; null when none can be had without changing what another name means. */
export function variableFor(expression: Expression, access: Access, step: Step, code: string): NamedVariable | null {
  const path = pathOf(access);
  if (Object.hasOwn(runnerVariables, path)) {
    return { name: runnerVariables[path as keyof typeof runnerVariables], add: null };
  }
  if (access.path[0] === 'env') return ownVariable(access, step);
  const value = `\${{ ${expression.value} }}`;
  for (const [name, variable] of step.env.byName) {
    const same = variable.text.expression?.value.toLowerCase() === expression.value.toLowerCase();
    if (same && NAME.test(name)) return { name, add: null };
  }
  const name = freeName(path, step, code);
  return name === null ? null : { name, add: value };
}

/** `env.TITLE` is a variable already. */
function ownVariable(access: Access, step: Step): NamedVariable | null {
  const name = access.written[1];
  const isThere = name !== undefined && NAME.test(name) && (step.variable(name)?.name ?? name) === name;
  return isThere ? { name, add: null } : null;
}

function freeName(path: string, step: Step, code: string): string | null {
  const wanted = path
    .replace(/^github\.(?:event\.)?/, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
  for (const name of [wanted, `${wanted}_TEXT`, `THE_${wanted}`, `THE_${wanted}_TEXT`]) {
    if (NAME.test(name) && !RESERVED.test(name) && step.variable(name) === null && !mentions(code, name)) return name;
  }
  return null;
}

/** The script uses the word by itself, for something that we don't know. */
function mentions(code: string, name: string): boolean {
  return new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`, 'i').test(code);
}
