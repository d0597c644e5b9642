import type { Access } from '../expression/parse.ts';
import type { Expression } from '../model/expression.ts';
import type { SourceEdit } from '../model/source.ts';
import type { Step } from '../model/step.ts';
import type { Text } from '../model/text.ts';
import type { ProposedFix } from '../rule.ts';
import type { Quoting, ShellScript } from '../shell/script.ts';
import { literalsAt } from './javascript.ts';
import { type NamedVariable, variableFor } from './variable-name.ts';

/** Text in which expressions are expanded, and its language; `script` is its parsed form for a shell. */
export interface Code {
  readonly text: Text;
  readonly step: Step;
  readonly language: 'bash' | 'powershell' | 'javascript' | 'other';
  readonly script: ShellScript | null;
}

/** What stands in the place of one expression; `safe` false where the text may have been meant to be several words. */
interface Written {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly safe: boolean;
}

/** Contexts whose text people mean to be split into words: `pytest ${{ inputs.args }}`. */
const SPLIT = /^(?:inputs|matrix|env)\b|arg|flag|option|opts|param/i;

/**
 * Moves the values of expressions in one code, grouped by equal ones, to variables that the language itself expands. Null
 * where the quoting isn't understood, where another interpreter parses the text again, or where there is no free name.
 */
export function hoist(groups: readonly (readonly Expression[])[], code: Code): ProposedFix | null {
  const moved = groups.map((expressions) => move(expressions, code)).filter((one) => one !== null);
  const [first] = moved;
  const added = new Map(moved.flatMap(({ variable: { name, add } }) => (add === null ? [] : [[name, add] as const])));
  const names = new Set(moved.map(({ variable }) => variable.name));
  if (!first || moved.length !== groups.length || names.size !== moved.length) return null;
  const edits = moved.flatMap(({ written }) => written.map(({ from, to, text }) => code.text.replace(from, to, text)));
  return {
    title: moved.length === 1 ? titleOf(first.variable) : 'Pass the values in variables',
    safe: moved.every(({ safe }) => safe),
    edits: [...addVariables(code, [...added]), ...edits],
  };
}

interface Moved {
  readonly variable: NamedVariable;
  readonly written: readonly Written[];
  readonly safe: boolean;
}

function move(expressions: readonly Expression[], code: Code): Moved | null {
  const [first] = expressions;
  const access = first?.tree;
  if (!first || access?.kind !== 'access' || !isPlain(access) || code.text.node.anchor !== null) return null;
  const variable = variableFor(first, access, code.step, code.text.value);
  if (!variable) return null;
  const written = writers[code.language](expressions, variable.name, code);
  return written && { variable, written, safe: written.every((one) => one.safe) || !SPLIT.test(first.value) };
}

function titleOf({ name, add }: NamedVariable): string {
  return add === null ? `Use the variable \`${name}\`` : `Pass the value in the variable \`${name}\``;
}

function isPlain({ path }: Access): boolean {
  return path.length > 1 && path.every((segment) => typeof segment === 'string' && segment !== '*');
}

type Writer = (expressions: readonly Expression[], name: string, code: Code) => readonly Written[] | null;

const writers: Readonly<Record<Code['language'], Writer>> = {
  bash: (expressions, name, code) => all(expressions, (expression) => inShell(expression, code, BASH, name)),
  powershell: (expressions, name, code) =>
    all(expressions, (expression) => inShell(expression, code, POWERSHELL, name)),
  javascript: inJavaScript,
  other: () => null,
};

function all(
  expressions: readonly Expression[],
  write: (expression: Expression) => Written | null,
): readonly Written[] | null {
  const written = expressions.map(write).filter((one) => one !== null);
  return written.length === expressions.length ? written : null;
}

type Spelling = Partial<Record<Quoting, readonly [before: string, after: string]>>;

const BASH: Spelling = {
  bare: ['"${', '}"'],
  test: ['"${', '}"'],
  double: ['${', '}'],
  heredoc: ['${', '}'],
  assignment: ['${', '}'],
  comment: ['${', '}'],
  single: [`'"\${`, `}"'`],
};

const POWERSHELL: Spelling = {
  bare: ['${env:', '}'],
  assignment: ['${env:', '}'],
  double: ['${env:', '}'],
  heredoc: ['${env:', '}'],
  comment: ['${env:', '}'],
};

function inShell({ from, to }: Expression, { script, text }: Code, spelling: Spelling, name: string): Written | null {
  if (!script || script.insideInterpreter(from)) return null;
  const quoting = script.quotingAt(from);
  const around = spelling[quoting];
  if (!around) return null;
  // A whole string in single quotes becomes one in double quotes.
  const isWhole = quoting === 'single' && text.value[from - 1] === "'" && text.value[to] === "'";
  if (isWhole) return { from: from - 1, to: to + 1, text: `"\${${name}}"`, safe: true };
  return { from, to, text: around[0] + name + around[1], safe: quoting !== 'bare' };
}

/** Only where the expression is a whole string, or stands in a template. */
function inJavaScript(expressions: readonly Expression[], name: string, { text }: Code): readonly Written[] | null {
  const masked = mask(text);
  const literals = literalsAt(
    masked,
    expressions.map(({ from }) => from),
  );
  if (!literals) return null;
  // Taken apart so that nobody takes it for a look at our own environment.
  const variable = ['process', 'env', name].join('.');
  const written = expressions.map(({ from, to }, at): Written | null => {
    const { quote, start } = literals[at] ?? { quote: 'code', start: 0 };
    if (quote === '`') return { from, to, text: `\${${variable}}`, safe: true };
    const isWhole = (quote === "'" || quote === '"') && start === from - 1 && masked[to] === quote;
    // `{ '…': 1 }`: a name can't be written as an expression.
    const isName = /^\s*:/.test(masked.slice(to + 1));
    return isWhole && !isName ? { from: from - 1, to: to + 1, text: variable, safe: true } : null;
  });
  return written.every((one) => one !== null) ? written : null;
}

/** The code with every expression as a run of `x`, so that quotes inside of them don't count. */
function mask(text: Text): string {
  return text.expressions.reduce(
    (code, { from, to }) => code.slice(0, from) + 'x'.repeat(to - from) + code.slice(to),
    text.value,
  );
}

type Added = readonly (readonly [name: string, value: string])[];

/** Adds variables to the step's own `env:`, which is made before the code where there is none. */
function addVariables({ text, step }: Code, added: Added): readonly (SourceEdit | null)[] {
  if (added.length === 0) return [];
  if (step.find('env')) return added.map(([name, value]) => step.ensure(['env', name], value));
  const flow = added.map(([name, value]) => `${name}: '${value.replaceAll("'", "''")}'`).join(', ');
  if (step.node.flow) return [step.insertBefore(text.site.key, 'env', `{ ${flow} }`)];
  return [step.insertBefore(text.site.key, 'env', added.map(([name, value]) => `\n  ${name}: ${value}`).join(''))];
}
