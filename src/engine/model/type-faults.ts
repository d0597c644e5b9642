import type { Binary, Call, Expr } from '../expression/parse.ts';
import type { Expression } from './expression.ts';
import { workflowEvents } from './schema.ts';
import { partsOf } from './tree-parts.ts';
import { typeOf, type ValueType } from './value-types.ts';
import { pathOf } from './visit-expression.ts';

/** A part of an expression whose operands don't go together. */
export interface TypeFault {
  readonly part: Expr;
  /** `leftover`: a matrix had that value once, or will. */
  readonly kind: 'never' | 'leftover' | 'letters' | 'argument';
  /** A clause. */
  readonly message: string;
}

/** Comparisons that never hold, that go by letters, and functions whose arguments are of no use to them. */
export function typeFaults({ tree, owner, code }: Expression): readonly TypeFault[] {
  if (!tree) return [];
  const { comparisons, calls } = partsOf(tree);
  const type = (expr: Expr) => typeOf(expr, owner);
  const told = (part: Expr, fault: Told): readonly TypeFault[] => (fault ? [{ part, ...fault }] : []);
  return [
    ...comparisons.flatMap((part) => told(part, comparisonFault(part, type, code))),
    ...calls.flatMap((part) => told(part, callFault(part, type, code))),
  ];
}

type Told = Pick<TypeFault, 'kind' | 'message'> | null;

function comparisonFault(binary: Binary, type: (expr: Expr) => ValueType, code: string): Told {
  const { operator, left, right } = binary;
  const [a, b] = left.kind === 'literal' ? [right, left] : [left, right];
  if (b.kind !== 'literal' || a.kind === 'literal') return null;
  const what = written(a, code);
  const of = type(a);
  if (operator !== '==' && operator !== '!=') {
    const isVersion = typeof b.value === 'string' && /^v?\d+(?:\.\d+)*$/.test(b.value);
    if (of.kind !== 'text' || !isVersion) return null;
    return {
      kind: 'letters',
      message: `\`${what}\` is a text and compared letter by letter, so that '10' is less than '9'`,
    };
  }
  if (typeof b.value !== 'string' || b.value === '') return null;
  const always = operator === '==' ? 'never holds' : 'always holds';
  if (of.kind === 'object' || of.kind === 'list') {
    const article = of.kind === 'object' ? 'an object' : 'a list';
    return { kind: 'never', message: `\`${what}\` is ${article} and equals no text, so this comparison ${always}` };
  }
  const why = noSuchWord(pathOfExpr(a), b.value, of.words, what);
  const isLeft = pathOfExpr(a).startsWith('matrix.') && !of.words?.some((one) => isAlike(one, String(b.value)));
  return why ? { kind: isLeft ? 'leftover' : 'never', message: `${why}, so this comparison ${always}` } : null;
}

/** `ubuntu-latest` and `ubuntu-24.04`, `1.20` and `1.21`: who changed the one forgot the other. */
function isAlike(a: string, b: string): boolean {
  const kind = (word: string) =>
    /^(?:v?\d|[a-z]+)/i
      .exec(word)?.[0]
      .toLowerCase()
      .replace(/^v?\d$/, '0');
  return kind(a) !== undefined && kind(a) === kind(b);
}

/** Why a text can't be equal to a word. */
function noSuchWord(path: string, word: string, words: readonly string[] | null, what: string): string | null {
  const lower = word.toLowerCase();
  if (words) {
    if (words.some((one) => one.toLowerCase() === lower)) return null;
    const list = words.slice(0, 8).map((one) => `'${one.slice(0, 60)}'`);
    return `\`${what}\` is ${list.join(', ')}${words.length > 8 ? ' …' : ''}, never \`${word.slice(0, 60)}\``;
  }
  if (path === 'github.ref' && !lower.startsWith('refs/')) {
    return `\`github.ref\` begins with \`refs/\` and is never \`${word.slice(0, 60)}\`, as \`github.ref_name\` may be`;
  }
  if (path === 'github.event_name' && lower === 'workflow_call') {
    return '`github.event_name` is the event of the caller in a called workflow, never `workflow_call`';
  }
  if (path === 'github.event_name' && !workflowEvents.has(lower) && !UNLISTED.has(lower)) {
    return `there is no event \`${word.slice(0, 60)}\``;
  }
  return null;
}

/** Runs of GitHub's own making, which no workflow can ask for. */
const UNLISTED: ReadonlySet<string> = new Set(['dynamic']);

function callFault({ name, args }: Call, type: (expr: Expr) => ValueType, code: string): Told {
  const [first, second] = args;
  if (name === 'format') return formatFault(args);
  if (name === 'fromjson') return first?.kind === 'literal' ? jsonFault(first.value) : null;
  if (!first || (name !== 'startswith' && name !== 'endswith' && name !== 'contains')) return null;
  const of = type(first);
  const what = written(first, code);
  const isNever = (holds: (word: string, part: string) => boolean): Told => {
    if (second?.kind !== 'literal' || typeof second.value !== 'string' || second.value === '') return null;
    const part = second.value.toLowerCase();
    if (!of.words || of.words.some((word) => holds(word.toLowerCase(), part))) return null;
    return {
      kind: pathOfExpr(first).startsWith('matrix.') ? 'leftover' : 'never',
      message: `no value of \`${what}\` does, so this is never true`,
    };
  };
  if (name !== 'contains') {
    if (of.kind === 'object' || of.kind === 'list') {
      return {
        kind: 'argument',
        message: `\`${what}\` is ${of.kind === 'list' ? 'a list' : 'an object'} and no text, so this is never true`,
      };
    }
    if (name === 'startswith' && second?.kind === 'literal' && pathOfExpr(first) === 'github.ref') {
      const start = String(second.value).toLowerCase();
      if ('refs/'.startsWith(start) || start.startsWith('refs/')) return null;
      return {
        kind: 'never',
        message: '`github.ref` begins with `refs/`, so this is never true; `github.ref_name` is probably meant',
      };
    }
    return isNever((word, part) => (name === 'startswith' ? word.startsWith(part) : word.endsWith(part)));
  }
  if (of.kind === 'object')
    return { kind: 'argument', message: `\`${what}\` is an object: contains() looks into texts and lists` };
  return isNever((word, part) => word.includes(part));
}

function formatFault([format, ...values]: readonly Expr[]): Told {
  if (format?.kind !== 'literal' || typeof format.value !== 'string') return null;
  const text = format.value.replaceAll('{{', '').replaceAll('}}', '');
  const missing = [...text.matchAll(/\{(\d+)\}/g)].find((match) => Number(match[1]) >= values.length);
  return missing
    ? { kind: 'argument', message: `format() has no argument for \`${missing[0]}\`, so the run fails here` }
    : null;
}

function jsonFault(value: string | number | boolean | null): Told {
  try {
    JSON.parse(String(value));
    return null;
  } catch {
    return { kind: 'argument', message: 'fromJSON() is given a text that is no JSON, so the run fails here' };
  }
}

/** An object or list where the text takes only a text; null where it is none. */
export function objectLeaf(expression: Expression): { readonly leaf: Expr; readonly kind: 'object' | 'list' } | null {
  const inner = (expr: Expr): Expr => (expr.kind === 'group' ? inner(expr.inner) : expr);
  const { tree, owner } = expression;
  const leaf = tree && inner(tree);
  // What a matrix gives can be seen only when the run begins.
  if (leaf?.kind !== 'access' || leaf.path[0] === 'matrix') return null;
  const { kind } = typeOf(leaf, owner);
  return kind === 'object' || kind === 'list' ? { leaf, kind } : null;
}

function pathOfExpr(expr: Expr): string {
  return expr.kind === 'access' ? pathOf(expr) : '';
}

function written(expr: Expr, code: string): string {
  return code.slice(expr.start, expr.end).slice(0, 80).replaceAll('`', '´');
}
