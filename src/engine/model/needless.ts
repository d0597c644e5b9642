import { fold } from '../expression/fold.ts';
import type { Call, Expr } from '../expression/parse.ts';
import { accesses, parts } from './visit-expression.ts';

/** A part of an expression that its own text decides, though it looks as if something else did. */
interface Needless {
  readonly part: Expr;
  /** Its value, where constants make it; else the part inside that is the same (`x` of `fromJSON(toJSON(x))`). */
  readonly value: string | null;
  readonly inner: Expr | null;
  /** It is the whole expression, or the name of what is looked up (`github[format('{0}', 'sha')]`): then nothing but hiding is left as its purpose. */
  readonly isHiding: boolean;
}

/**
 * The largest part that is made by functions of constants only, or does and undoes the same; null for none. A constant
 * by itself is none, nor are comparisons (`false && x` is how people switch a thing off), nor text that is parsed as JSON.
 */
export function needless(expr: Expr): Needless | null {
  for (const part of parts(expr)) {
    if (part.kind !== 'call') continue;
    const inner = undone(part);
    if (inner) return { part, value: null, inner, isHiding: true };
    if (part.name === 'fromjson' || part.name === 'tojson' || part.name === 'hashfiles' || part.name === 'case')
      continue;
    const folded = part.args.length > 0 ? fold(part) : { known: false as const };
    if (folded.known)
      return { part, value: String(folded.value), inner: null, isHiding: part === expr || isIndex(part, expr) };
  }
  return null;
}

/** The `x` of `fromJSON(toJSON(x))`. */
function undone({ name, args }: Call): Expr | null {
  const [call] = args;
  return name === 'fromjson' && call?.kind === 'call' && call.name === 'tojson' ? (call.args[0] ?? null) : null;
}

function isIndex({ start, end }: Expr, expr: Expr): boolean {
  return accesses(expr).some(({ path }) =>
    path.some((segment) => typeof segment !== 'string' && segment.index.start <= start && end <= segment.index.end),
  );
}
