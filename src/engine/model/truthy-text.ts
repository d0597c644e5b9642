import type { Access, Expr } from '../expression/parse.ts';
import type { Job } from './job.ts';
import type { Step } from './step.ts';
import type { Text } from './text.ts';
import { pathOf } from './visit-expression.ts';

/** Contexts that a condition takes for true or false and that are the texts `true` and `false`, both of which are true. */
export function truthyTexts(tree: Expr, at: Job | Step): readonly Access[] {
  switch (tree.kind) {
    case 'group':
      return truthyTexts(tree.inner, at);
    case 'unary':
      return truthyTexts(tree.operand, at);
    case 'logical':
      return tree.operands.flatMap((operand) => truthyTexts(operand, at));
    case 'access':
      return isFlagText(tree, at) ? [tree] : [];
    default:
      return [];
  }
}

function isFlagText(access: Access, at: Job | Step): boolean {
  const [context, second, , fourth] = access.path;
  const path = pathOf(access);
  const dispatched = /^github\.event\.inputs\.([^.*]+)$/.exec(path)?.[1];
  if (dispatched !== undefined) {
    return at.workflow?.triggers.get('workflow_dispatch')?.inputs.get(dispatched)?.type === 'boolean';
  }
  if (context === 'inputs' && at.kind === 'step' && typeof second === 'string') {
    return isFlag(at.action?.inputs.get(second)?.default?.value);
  }
  if (context === 'env' && at.kind === 'step') return saysFalse(at.variable(access.written[1] ?? '')?.text ?? null);
  if (context !== 'steps' || typeof second !== 'string' || typeof fourth !== 'string' || at.kind !== 'step')
    return false;
  const step = at.parent.steps.find(({ id }) => id?.value.toLowerCase() === second);
  return writesFalse(step?.script?.value ?? '', access.written[3] ?? fourth);
}

function isFlag(value: string | undefined): boolean {
  return value === 'true' || value === 'false';
}

/** `FLAG: 'false'`, or `FLAG: ${{ a == b }}`, which becomes one of the two words. */
function saysFalse(text: Text | null): boolean {
  if (text?.isLiteral) return text.value.trim() === 'false';
  const tree = text?.expression?.tree;
  return tree ? isBoolean(tree) : false;
}

function isBoolean(expr: Expr): boolean {
  switch (expr.kind) {
    case 'group':
      return isBoolean(expr.inner);
    case 'logical':
      return expr.operands.every(isBoolean);
    case 'call':
      return ['contains', 'startswith', 'endswith'].includes(expr.name);
    case 'binary':
    case 'unary':
      return true;
    default:
      return false;
  }
}

/** The script writes the word for its output: `echo "changed=false" >> "$GITHUB_OUTPUT"`. */
function writesFalse(script: string, name: string): boolean {
  if (!/GITHUB_OUTPUT|set-output/.test(script) || !/^[\w-]+$/.test(name)) return false;
  return new RegExp(`(?:^|[\\s"'])${name}=(?:false)\\b|name=${name}::false\\b`, 'm').test(script);
}
