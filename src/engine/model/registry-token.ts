import { OTHER_REGISTRY, REGISTRY_TOKENS } from '../../knowledge/registry-tokens.ts';
import { publishes } from './publishing.ts';
import type { Located } from './source.ts';
import type { Step } from './step.ts';
import type { Text } from './text.ts';

/** A stored token with which a step publishes to a registry that would take the workflow's own identity. */
interface RegistryToken {
  readonly at: Located;
  /** Upper case. */
  readonly secret: string;
  readonly where: string;
  /** What to set up, for a message. */
  readonly instead: string;
  /** For a message: `npm publish`. */
  readonly what: string;
  /** An action that would use the identity if it were not handed the token. */
  readonly isInput: boolean;
}

/** Inputs of publishing actions that take a registry's token. */
const TOKEN_INPUT = /^(?:(?:npm|registry|cargo|pypi|crates)[-_])?(?:token|password)$/;

/** The token that a step publishes with; null where it has none, or publishes nowhere that could do without. */
export function registryToken(step: Step): RegistryToken | null {
  const { uses, script } = step;
  const given = byInput(step);
  if (given) return given;
  const found = publishes(step);
  const row = REGISTRY_TOKENS.find(({ where }) => where === found?.where);
  if (!found || !row || (script && OTHER_REGISTRY.test(script.value)) || isElsewhere(step)) return null;
  const variables = [step.env, step.job?.env, step.workflow?.env].flatMap((env) => [...(env?.byName.values() ?? [])]);
  const named = variables.filter(({ name }) => row.variables.test(name)).map(({ text }) => text);
  const inputs = uses
    ? [...step.inputs].filter(([name]) => TOKEN_INPUT.test(name) || row.variables.test(name)).map(([, text]) => text)
    : [];
  for (const text of [...named, ...inputs]) {
    const secret = secretIn(text);
    if (secret) return { at: text, secret, where: row.where, instead: row.instead, what: found.what, isInput: false };
  }
  const secret = (script && row.options ? behindOption(step, row.options) : null) ?? storedBefore(step, row.stores);
  return secret && { ...secret, where: row.where, instead: row.instead, what: found.what, isInput: false };
}

/** Actions that are handed the token by an input of their own. */
function byInput(step: Step): RegistryToken | null {
  const { uses } = step;
  const password = step.with('password') ?? step.with('api-token');
  const secret = password && secretIn(password);
  const url = step.with('repository-url') ?? step.with('repository_url') ?? step.with('gem-server');
  if (!password || !secret || (url && !/(?:^|\/\/|\.)(?:upload\.|test\.)?(?:pypi|rubygems)\.org/.test(url.value)))
    return null;
  const row = (name: string) => REGISTRY_TOKENS.find(({ where }) => where === name);
  const where = uses?.matches(['pypa/gh-action-pypi-publish'])
    ? 'PyPI'
    : uses?.matches(['rubygems/configure-rubygems-credentials'])
      ? 'RubyGems'
      : null;
  return (
    where && { at: password, secret, where, instead: row(where)?.instead ?? '', what: uses?.slug ?? '', isInput: true }
  );
}

/** `npm publish --token ${{ secrets.X }}`, `dotnet nuget push -k $KEY`. */
function behindOption(
  { script, env, job }: Step,
  option: RegExp,
): { readonly at: Located; readonly secret: string } | null {
  const text = script?.value ?? '';
  for (const expression of script?.expressions ?? []) {
    const secret = nameIn(expression.code);
    if (secret && isBehind(text, expression.from, option)) return { at: expression, secret };
  }
  for (const { name, text: value } of [env, job?.env].flatMap((one) => [...(one?.byName.values() ?? [])])) {
    const at = [`$${name}`, `\${${name}}`, `$env:${name}`, `%${name}%`]
      .map((one) => text.indexOf(one))
      .find((from) => from >= 0);
    const secret = at === undefined ? null : secretIn(value);
    if (at !== undefined && secret && isBehind(text, at, option)) return { at: value, secret };
  }
  return null;
}

function isBehind(script: string, at: number, option: RegExp): boolean {
  const before = script.slice(Math.max(0, at - 60), at);
  const word =
    before
      .replace(/[\s"'=]+$/, '')
      .split(/\s/)
      .at(-1) ?? '';
  return option.test(word) || option.test(`${word}=`);
}

/** An earlier step writes the token where the client looks for it: `npm config set //…:_authToken $TOKEN`, `cargo login`. */
function storedBefore(step: Step, stores: RegExp | null): { readonly at: Located; readonly secret: string } | null {
  for (const { script, env, isNever } of stores ? nearby(step) : []) {
    if (!script || isNever || !stores?.test(script.value)) continue;
    const given = [...script.expressions, ...[...env.byName.values()].flatMap(({ text }) => text.expressions)];
    for (const expression of given) {
      const secret = nameIn(expression.code);
      if (secret) return { at: expression, secret };
    }
  }
  return null;
}

/** The action is told, or an earlier step sets up, another registry than the public one. */
function isElsewhere(step: Step): boolean {
  const own = step.uses ? step.with('registry') : null;
  if (own && !/registry\.npmjs\.org|crates-io/.test(own.value)) return true;
  return nearby(step).some(({ uses, inputs }) => {
    const url = uses?.matches(['actions/setup-node', 'pnpm/setup']) ? inputs.get('registry-url') : undefined;
    return url !== undefined && !/registry\.npmjs\.org/.test(url.value);
  });
}

function secretIn(text: Text): string | null {
  for (const { code } of text.expressions) {
    const name = nameIn(code);
    if (name) return name;
  }
  return null;
}

function nameIn(code: string): string | null {
  const name = /\bsecrets\s*(?:\.\s*|\[\s*')([\w-]+)/i.exec(code)?.[1]?.toUpperCase() ?? null;
  return name === 'GITHUB_TOKEN' ? null : name;
}

/** The steps before it that set it up: of thousands, each would ask about thousands. */
function nearby({ parent, index }: Step): readonly Step[] {
  return parent.steps.slice(Math.max(0, index - 100), index);
}
