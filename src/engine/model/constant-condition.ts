import { fold } from '../expression/fold.ts';
import type { Access, Binary, Expr } from '../expression/parse.ts';
import type { Condition } from './condition.ts';
import type { Job } from './job.ts';
import type { Step } from './step.ts';
import { pathOf } from './visit-expression.ts';

/** A part of a condition that decides it always in the same way, against its look. */
export interface ConstantPart {
  readonly part: Expr;
  readonly kind: 'truth' | 'word' | 'type';
  readonly value: boolean;
}

/**
 * What makes a condition constant: `truth`, it is written out (`if: true`); `word`, a text where a comparison was meant
 * (`x == 'a' || 'b'`); `type`, a comparison of a text with a boolean.
 */
export function constantParts({ tree }: Condition, at: Job | Step): readonly ConstantPart[] {
  if (!tree) return [];
  const folded = fold(tree);
  if (folded.known) {
    const isWritten = typeof folded.value === 'boolean' && inner(tree).kind === 'literal';
    return [{ part: tree, kind: isWritten ? 'truth' : 'word', value: Boolean(folded.value) }];
  }
  return parts(tree, at);
}

function parts(expr: Expr, at: Job | Step): readonly ConstantPart[] {
  switch (expr.kind) {
    case 'group':
      return parts(expr.inner, at);
    case 'unary':
      return parts(expr.operand, at);
    case 'logical':
      return expr.operands.flatMap((operand) => {
        const isWord = expr.operator === '||' && isTrueWord(operand);
        return isWord ? [{ part: operand, kind: 'word', value: true }] : parts(operand, at);
      });
    case 'binary':
      return isMismatch(expr, at) ? [{ part: expr, kind: 'type', value: expr.operator === '!=' }] : [];
    default:
      return [];
  }
}

function isTrueWord(expr: Expr): boolean {
  const literal = inner(expr);
  return literal.kind === 'literal' && typeof literal.value !== 'boolean' && Boolean(literal.value);
}

function inner(expr: Expr): Expr {
  return expr.kind === 'group' ? inner(expr.inner) : expr;
}

/** GitHub makes numbers of a boolean and a text: `'true'` is none, so the two are never equal. */
function isMismatch({ operator, left, right }: Binary, at: Job | Step): boolean {
  if (operator !== '==' && operator !== '!=') return false;
  const [a, b] = [inner(left), inner(right)];
  const [access, literal] = a.kind === 'literal' ? [b, a] : [a, b];
  if (access.kind !== 'access' || literal.kind !== 'literal') return false;
  const type = typeOf(pathOf(access), at);
  if (type === 'boolean') return literal.value === 'true' || literal.value === 'false';
  if (type !== 'string' || typeof literal.value !== 'boolean') return false;
  return literal.value || isNeverEmpty(access, at);
}

/** `'' == false` is true: an output that was never set is "false" indeed. An action's input with a default is never empty. */
function isNeverEmpty(access: Access, at: Job | Step): boolean {
  const action = at.kind === 'step' && access.path[0] === 'inputs' ? at.action : null;
  const name = access.path[1];
  return typeof name === 'string' && (action?.inputs.get(name)?.default?.value ?? '') !== '';
}

const BOOLEANS =
  /^github\.event\.(?:pull_request\.(?:merged|draft|locked|maintainer_can_modify|head\.repo\.fork)|issue\.(?:locked|draft)|release\.(?:prerelease|draft)|repository\.(?:fork|private|archived)|forced|created|deleted)$/;

/** What a context's value always is, where that is sure. */
function typeOf(path: string, at: Job | Step): 'boolean' | 'string' | null {
  if (BOOLEANS.test(path)) return 'boolean';
  if (/^(?:steps|needs)\.[^.*]+\.outputs\.[^.*]+$|^env\.[^.*]+$|^github\.event\.inputs\.[^.*]+$/.test(path))
    return 'string';
  const name = /^inputs\.([^.*]+)$/.exec(path)?.[1];
  if (name === undefined) return null;
  const action = at.kind === 'step' ? at.action : null;
  if (action) return action.inputs.has(name) ? 'string' : null;
  const declared = (at.workflow?.triggers.all ?? []).flatMap(({ inputs }) => inputs.get(name) ?? []);
  if (declared.length === 0) return null;
  if (declared.every(({ type }) => type === 'boolean')) return 'boolean';
  return declared.every(({ type }) => type === 'string' || type === 'choice') ? 'string' : null;
}
