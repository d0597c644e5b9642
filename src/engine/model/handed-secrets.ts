import { tokenActions } from '../../knowledge/secret-producers.ts';
import type { Located } from './source.ts';
import type { Step } from './step.ts';
import type { Text } from './text.ts';
import type { Uses } from './uses.ts';
import { accesses } from './visit-expression.ts';

/** A secret, or the token, that a step or call is given. */
interface HandedSecret {
  /** Upper case; `*` for all; `GITHUB_TOKEN` where the job's token may write. */
  readonly name: string;
  readonly at: Located;
}

/** What a `uses` is given by its own `with:`, `env:` and `secrets:`. A token that can only read is none. */
export function handedSecrets(uses: Uses): readonly HandedSecret[] {
  const { user } = uses;
  if (user.kind === 'job') {
    const inherited = user.inheritsSecrets;
    if (inherited) return [{ name: '*', at: inherited }];
    return [...user.texts].filter(({ site }) => site.key === 'secrets' || site.key === 'with').flatMap(named);
  }
  const texts = [...user.texts].filter(({ site }) => site.key === 'with' || site.key === 'env');
  const mayWrite = user.job?.token.scopes !== null && user.job?.token.mayWrite === true;
  const handed = [...texts.flatMap(named), ...texts.flatMap((text) => passedOn(text, user))];
  return handed.filter(({ name }) => name !== 'GITHUB_TOKEN' || mayWrite);
}

function named(text: Text): readonly HandedSecret[] {
  return text.expressions.flatMap((expression) => {
    const { tree } = expression;
    if (!tree || !/secrets|github\s*\.\s*token/i.test(expression.code)) return [];
    return accesses(tree).flatMap((access): readonly HandedSecret[] => {
      const [context, name] = access.path;
      const at = expression.at(access);
      if (context === 'github' && name === 'token') return [{ name: 'GITHUB_TOKEN', at }];
      if (context !== 'secrets') return [];
      return [{ name: typeof name === 'string' && name !== '*' ? name.toUpperCase() : '*', at }];
    });
  });
}

/** `${{ env.TOKEN }}`, where the job's or workflow's variable is a secret, and tokens that an earlier step made out of one. */
function passedOn(text: Text, step: Step): readonly HandedSecret[] {
  return text.expressions.flatMap((expression) => {
    if (!expression.tree || !/env|outputs/i.test(expression.code)) return [];
    return accesses(expression.tree).flatMap((access): readonly HandedSecret[] => {
      const [context, name, kind] = access.path;
      const at = expression.at(access);
      if (context === 'env') {
        const variable = step.job?.env.get(access.written[1] ?? '') ?? step.workflow?.env.get(access.written[1] ?? '');
        return variable ? named(variable.text).map((one) => ({ ...one, at })) : [];
      }
      if (context !== 'steps' || kind !== 'outputs') return [];
      const maker = step.earlier.find(({ id }) => id?.value.toLowerCase() === name);
      const output = String(access.path[3] ?? '');
      const isToken = maker?.uses?.matches(tokenActions) && /token|secret|password|key/.test(output);
      return isToken ? [{ name: `steps.${String(name)}.outputs.${output}`, at }] : [];
    });
  });
}

/** "`A`, `B` and a token that can write". */
export function inWords(handed: readonly HandedSecret[]): string {
  const names = [...new Set(handed.map(({ name }) => name))];
  if (names.includes('*')) return 'every secret';
  const secrets = names.filter((name) => name !== 'GITHUB_TOKEN').map((name) => `\`${name}\``);
  if (names.includes('GITHUB_TOKEN')) secrets.push('a token that can write');
  return secrets.slice(0, 5).join(', ') + (secrets.length > 5 ? ` and ${secrets.length - 5} more` : '');
}
