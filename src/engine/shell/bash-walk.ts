import { forEachChild, type ParsedScript, type SyntaxNode } from 'unbash';
import { commandOf, redirectionOf } from './bash-command.ts';
import type { QuotingSpan } from './quoting.ts';
import type { Quoting, ShellCommand, ShellRedirection } from './script.ts';

/** What the nodes around a node decide. */
interface Context {
  readonly quoting: Quoting;
  /** Of the groups around, innermost first. */
  readonly redirections: readonly ShellRedirection[];
  readonly pipeline: ShellCommand['pipeline'] | null;
  /** A backtick substitution with escapes is parsed from another text: everything in it is at this place. */
  readonly foreign: { readonly start: number; readonly end: number } | null;
  /** Substitutions around. */
  readonly depth: number;
}

/** Each substitution is parsed when it is looked at: nesting without limit is quadratic. Real scripts have three or four levels. */
const MAX_DEPTH = 32;

/** What is known of a script. */
interface Walked {
  readonly commands: readonly ShellCommand[];
  readonly spans: readonly QuotingSpan[];
  /** It, or a substitution in it, has a syntax error. */
  readonly isBroken: boolean;
}

/** The commands and quoting spans of a parsed script. */
export function walkBash(script: ParsedScript, source: string): Walked {
  const walker = new Walker(source);
  walker.walk(script);
  return walker;
}

/** Operators of `[[ ]]` whose operands are evaluated as arithmetic, where `a[$(id)]` runs `id` even out of a variable. */
const ARITHMETIC_TEST = /^-(?:eq|ne|lt|le|gt|ge)$/;

class Walker {
  readonly commands: ShellCommand[] = [];
  readonly spans: QuotingSpan[] = [];
  isBroken = false;
  readonly #source: string;
  // A stack of our own: `1+1+1…` nests as deep as the text is long.
  readonly #stack: { readonly node: SyntaxNode; readonly context: Context }[] = [];
  #pipelines = 0;

  constructor(source: string) {
    this.#source = source;
  }

  walk(script: ParsedScript): void {
    this.#stack.push({
      node: script,
      context: { quoting: 'bare', redirections: [], pipeline: null, foreign: null, depth: 0 },
    });
    for (let next = this.#stack.pop(); next !== undefined; next = this.#stack.pop()) {
      const { node, context } = next;
      if (node.type === 'Script' && (node.errors?.length ?? 0) > 0) this.isBroken = true;
      const from = this.#stack.length;
      this.#visit(node, context);
      // Children were pushed in the order of the source; the first must be on top.
      reverseFrom(this.#stack, from);
    }
  }

  #visit(node: SyntaxNode, context: Context): void {
    switch (node.type) {
      case 'Command':
        this.#command(node, context);
        break;
      case 'Pipeline':
        this.#pipeline(node, context);
        break;
      case 'Redirected':
        this.#redirected(node, context);
        break;
      case 'CommandExpansion':
      case 'ProcessSubstitution':
      case 'ArithmeticCommandExpansion':
        this.#substitution(node, context);
        break;
      case 'HereDoc':
        this.#hereDocument(node, context);
        break;
      case 'Assignment':
        this.#assignment(node, context);
        break;
      case 'ParameterExpansion':
        if (node.index) this.#inside(node.index, context, 'arithmetic');
        if (node.operation) this.#push(node.operation, context);
        break;
      case 'ArithmeticFor':
        this.#span(node.pos, node.body.pos, 'arithmetic', context);
        this.#children(node, (child) => ({ ...context, quoting: child === node.body ? 'bare' : 'arithmetic' }));
        break;
      default: {
        const quoting = ownQuoting(node, context.quoting);
        if (quoting === null) this.#children(node, () => context);
        else this.#inside(node, context, quoting);
      }
    }
  }

  #command(node: Extract<SyntaxNode, { type: 'Command' }>, context: Context): void {
    const pipeline = context.pipeline ?? { id: this.#pipelines++, position: 0, length: 1 };
    const command = {
      ...commandOf(node, context.redirections, pipeline, context.foreign),
      isCaptured: context.depth > 0,
    };
    this.commands.push(command);
    const inner: Context = { ...context, quoting: 'bare', pipeline: null };
    // `let` computes what it is given.
    const words: Context = command.name === 'let' ? { ...inner, quoting: 'arithmetic' } : inner;
    this.#children(node, (child) => (child === node.name ? inner : words));
  }

  #pipeline(node: Extract<SyntaxNode, { type: 'Pipeline' }>, context: Context): void {
    const { length } = node.commands;
    // `time x` and `! x` are pipelines of one command: they keep the place of the group around them.
    const own = length === 1 ? context.pipeline : null;
    const id = own === null ? this.#pipelines++ : own.id;
    node.commands.forEach((command, position) => {
      this.#push(command, { ...context, pipeline: own ?? { id, position, length } });
    });
  }

  #redirected(node: Extract<SyntaxNode, { type: 'Redirected' }>, context: Context): void {
    const own = node.redirects.map((redirect) => redirectionOf(redirect, context.foreign));
    this.#push(node.command, { ...context, redirections: [...own, ...context.redirections] });
    for (const redirect of node.redirects) this.#push(redirect, { ...context, quoting: 'bare' });
  }

  #substitution(
    node: Extract<SyntaxNode, { type: 'CommandExpansion' | 'ProcessSubstitution' | 'ArithmeticCommandExpansion' }>,
    context: Context,
  ): void {
    const depth = context.depth + 1;
    if (depth > MAX_DEPTH) {
      this.isBroken = true;
      return;
    }
    const { script } = node;
    const isForeign = script?.source !== undefined && script.source !== this.#source;
    const place = { start: node.pos, end: node.end };
    this.#span(node.pos, node.end, isForeign ? 'unknown' : 'bare', context, !isForeign);
    const foreign = context.foreign ?? (isForeign ? place : null);
    if (script) this.#push(script, { quoting: 'bare', redirections: [], pipeline: null, foreign, depth });
  }

  #hereDocument(node: Extract<SyntaxNode, { type: 'HereDoc' }>, context: Context): void {
    const quoting = node.delimiter?.quoted ? 'heredoc-quoted' : 'heredoc';
    this.#span(node.pos, node.end, context.quoting, context);
    if (node.closing) this.#span(node.closing.pos, node.closing.end, context.quoting, context);
    this.#inside(node.body, context, quoting);
  }

  #assignment(node: Extract<SyntaxNode, { type: 'Assignment' }>, context: Context): void {
    const name = node.pos + node.name.length;
    this.#span(node.pos, name, 'unknown', context);
    this.#span(name, node.end, 'assignment', context);
    if (node.index) this.#inside(node.index, context, 'arithmetic');
    const quoting = context.quoting === 'arithmetic' ? 'arithmetic' : 'assignment';
    this.#push(node.value, { ...context, quoting });
  }

  /** Paints a node and walks its children in the same context. */
  #inside(node: SyntaxNode, context: Context, quoting: Quoting): void {
    this.#span(node.pos, node.end, quoting, context);
    const inner = quoting === context.quoting ? context : { ...context, quoting };
    this.#children(node, () => inner);
  }

  #span(start: number, end: number, quoting: Quoting, context: Context, isCode = false): void {
    if (context.foreign === null) this.spans.push({ start, end, quoting, isCode });
  }

  #children(node: SyntaxNode, context: (child: SyntaxNode) => Context): void {
    forEachChild(node, (child) => this.#push(child, context(child)));
  }

  #push(node: SyntaxNode, context: Context): void {
    this.#stack.push({ node, context });
  }
}

/** The context that a node makes for its text, given that around it; null for nodes that have no text of their own. */
function ownQuoting(node: SyntaxNode, around: Quoting): Quoting | null {
  switch (node.type) {
    case 'Word':
    case 'Redirect':
    case 'HereString':
      return around;
    // Quotes mean nothing in arithmetic, and within double quotes (`"${a:-'b'}"`) it depends.
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      if (around === 'arithmetic') return around;
      if (around === 'double' || around === 'heredoc') return 'unknown';
      return node.type === 'SingleQuoted' ? 'single' : 'ansi';
    case 'DoubleQuoted':
    case 'LocaleString':
      return around === 'arithmetic' ? around : 'double';
    case 'ArithmeticExpansion':
    case 'ArithmeticCommand':
    case 'Slice':
      return 'arithmetic';
    case 'TestCommand':
      return 'test';
    case 'TestBinary':
      return ARITHMETIC_TEST.test(node.operator) ? 'arithmetic' : 'test';
    case 'TestUnary':
      return /^-[vR]$/.test(node.operator) ? 'arithmetic' : 'test';
    case 'ArrayValue':
      return 'bare';
    default:
      return null;
  }
}

function reverseFrom<T>(stack: T[], from: number): void {
  for (let low = from, high = stack.length - 1; low < high; low++, high--) {
    const first = stack[low];
    const last = stack[high];
    if (first === undefined || last === undefined) return;
    stack[low] = last;
    stack[high] = first;
  }
}
