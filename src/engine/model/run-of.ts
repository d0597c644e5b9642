import type { Binary, Call, Expr } from '../expression/parse.ts';
import type { Action } from './action.ts';
import { assumeEvent } from './assume.ts';
import { type Assume, decide } from './decide.ts';
import type { Step } from './step.ts';
import { pathOf } from './visit-expression.ts';

/** What a run is about: the pushed tag, a branch; null: either. */
export type RunRef = 'tag' | 'branch' | null;

/** What a value is under assumptions; `known: false` where they don't decide it. */
type Value = { readonly known: true; readonly value: string | number | boolean | null } | { readonly known: false };

const UNKNOWN: Value = { known: false };
const PREFIX = { tag: 'refs/tags/', branch: 'refs/heads/' } as const;

/** What holds in every run of an event on a tag or a branch: `github.event_name`, `github.ref_type`, what `github.ref` begins with. */
export function assumeRun(event: string | null, ref: RunRef): Assume {
  const ofEvent = assumeEvent(event, 'anyone');
  return (part) => {
    const known = ofEvent(part);
    if (known || ref === null) return known;
    if (part.kind === 'access' && pathOf(part) === 'github.ref_type') return { known: true, value: ref };
    if (part.kind === 'call') return refCall(part, PREFIX[ref]);
    return part.kind === 'binary' ? refEquals(part, PREFIX[ref]) : undefined;
  };
}

/** `startsWith(github.ref, 'refs/tags/v')`: false is sure for the other kind of ref, true only where no more than the kind is asked. */
function refCall({ name, args: [of, wanted] }: Call, prefix: string): ReturnType<Assume> {
  if ((name !== 'startswith' && name !== 'contains') || of?.kind !== 'access' || pathOf(of) !== 'github.ref') return;
  const text = wanted?.kind === 'literal' ? String(wanted.value).toLowerCase() : '';
  if (text === '') return;
  const asked = Object.values(PREFIX).find((kind) => text.startsWith(kind) || kind.includes(text));
  if (asked === undefined) return;
  if (asked !== prefix) return { known: true, value: false };
  // A release workflow's tags are the ones that it asks for.
  return { known: true, value: true };
}

/** `github.ref == 'refs/heads/main'` in a tag's run. */
function refEquals({ operator, left, right }: Binary, prefix: string): ReturnType<Assume> {
  if (operator !== '==' && operator !== '!=') return;
  const [path, other] =
    left.kind === 'access' ? [pathOf(left), right] : [right.kind === 'access' ? pathOf(right) : '', left];
  if (path !== 'github.ref' || other.kind !== 'literal') return;
  const text = String(other.value).toLowerCase();
  if (!text.startsWith('refs/') || text.startsWith(prefix)) return;
  return { known: true, value: operator === '!=' };
}

/** What holds in a local action that a step uses: its inputs, where they are written as they are. All are strings. */
export function assumeInputs(caller: Step, action: Action): Assume {
  return (part) => {
    const [context, name] = part.kind === 'access' ? part.path : [];
    if (context !== 'inputs' || typeof name !== 'string') return undefined;
    const text = caller.with(name) ?? action.inputs.get(name)?.default ?? null;
    if (text) return text.isLiteral ? { known: true, value: text.value } : undefined;
    return caller.hasDynamicInputs ? undefined : { known: true, value: '' };
  };
}

/** The value of an expression under assumptions: of `a && b || c`, the operand that is taken. */
export function valueUnder(expr: Expr, assume: Assume): Value {
  if (expr.kind === 'group') return valueUnder(expr.inner, assume);
  if (expr.kind === 'literal') return { known: true, value: expr.value };
  if (expr.kind === 'logical') {
    for (const [index, operand] of expr.operands.entries()) {
      const truth = decide(operand, assume);
      if (truth === null) return UNKNOWN;
      if (truth === (expr.operator === '||') || index === expr.operands.length - 1) return valueUnder(operand, assume);
    }
    return UNKNOWN;
  }
  const assumed = assume(expr);
  if (assumed?.known && typeof assumed.value !== 'object') return { known: true, value: assumed.value };
  const isTruth = expr.kind === 'binary' || expr.kind === 'unary' || expr.kind === 'call';
  const truth = isTruth ? decide(expr, assume) : null;
  return truth === null ? UNKNOWN : { known: true, value: truth };
}
