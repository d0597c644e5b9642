import { tokenActions } from '../../knowledge/secret-producers.ts';
import type { Access } from '../expression/parse.ts';
import type { Expression } from '../model/expression.ts';
import type { Script } from '../model/script.ts';
import type { Step } from '../model/step.ts';
import type { Text } from '../model/text.ts';

/** Longer chains of inputs and variables are no real ones. */
const MAX_TRAIL = 6;

/** An input of an action that is named for a secret; used only where no caller is known. */
const SECRET_INPUT = /(?:^|[_-])(?:token|secret|password|passwd|api[_-]?key|private[_-]?key|credentials?|pat)$/i;

/**
 * The secrets that an expression's value can be: `NPM_TOKEN` for `secrets.NPM_TOKEN`, `GITHUB_TOKEN` for the job's token under
 * either name, `*` for a computed name, `inputs.x` and `steps.x.outputs.y` where those hold one whose name is not known.
 * GitHub hides all of these in the log as they are.
 */
export function secretNames(expression: Expression, trail: readonly Text[] = []): readonly string[] {
  if (!/secrets|token|env|inputs|steps/i.test(expression.code) || trail.length > MAX_TRAIL) return [];
  return expression.leaves.flatMap((leaf) => (leaf.kind === 'access' ? namesOf(leaf, expression, trail) : []));
}

/** The secrets in a text, by all its expressions. */
export function secretsOfText(text: Text, trail: readonly Text[] = []): readonly string[] {
  if (text.isLiteral || trail.includes(text)) return [];
  return text.expressions.flatMap((expression) => secretNames(expression, [...trail, text]));
}

function namesOf({ path, written }: Access, { owner }: Expression, trail: readonly Text[]): readonly string[] {
  const [context, name, part, field] = path;
  const plain = typeof name === 'string' && name !== '*' ? name : null;
  if (context === 'secrets') return [plain?.toUpperCase() ?? '*'];
  if (context === 'github') return plain === 'token' ? ['GITHUB_TOKEN'] : [];
  const step = owner.kind === 'step' ? owner : null;
  if (plain === null) return [];
  if (context === 'env') {
    const own = step?.variable(written[1] ?? plain) ?? (owner.kind === 'job' ? owner.workflow.env.get(plain) : null);
    return own ? secretsOfText(own.text, trail) : [];
  }
  if (context === 'inputs') return inputNames(plain, step, trail);
  if (context !== 'steps' || part !== 'outputs' || typeof field !== 'string') return [];
  const maker = step?.parent.steps.find((one) => one.id?.value.toLowerCase() === plain);
  return maker?.uses?.matches(tokenActions) ? [`steps.${plain}.outputs.${field}`] : [];
}

/** Inputs of actions: what in-repository callers pass. */
function inputNames(name: string, step: Step | null, trail: readonly Text[]): readonly string[] {
  const action = step?.action;
  if (!action) return [];
  const { callers } = action;
  const passed = callers.flatMap((caller) => {
    const text = caller.with(name) ?? action.inputs.get(name)?.default;
    return text ? secretsOfText(text, trail) : [];
  });
  if (passed.length > 0 || (callers.length === 0 && SECRET_INPUT.test(name))) return [`inputs.${name}`];
  return [];
}

const FETCHES =
  /add-mask|\b(?:sts|codeartifact|get-login-password|secretsmanager|ssm|print-\w+-token|get-access-token|keyvault|expose-token|vault|bao|op|bw|doppler|sops|gpg|age|oathtool|infisical|configure|generate-sas|signurl|sign-url|presign)\b|create token|get secret|auth:?\s?token|ID_TOKEN_REQUEST|access_tokens|-sign\b/;

/** Most scripts hold none, and need not be followed. */
export function mayHoldSecrets({ step, value, expressions }: Script): boolean {
  if (FETCHES.test(value) || expressions.some((one) => secretNames(one).length > 0)) return true;
  const own = [step.env, step.job?.env, step.workflow?.env];
  return own.some((env) => [...(env?.byName.values() ?? [])].some(({ text }) => secretsOfText(text).length > 0));
}
