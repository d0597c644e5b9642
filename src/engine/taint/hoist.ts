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
 * Moves the value of equal expressions in one code to a variable that the language itself expands. Null where the
 * quoting isn't understood, where another interpreter parses the text again, or where there is no free name.
 */
export function hoist(expressions: readonly Expression[], code: Code): ProposedFix | null {
  const [first] = expressions;
  const access = first?.tree;
  if (!first || access?.kind !== 'access' || !isPlain(access) || code.text.node.anchor !== null) return null;
  const variable = variableFor(first, access, code.step, code.text.value);
  if (!variable) return null;
  const written = writers[code.language](expressions, variable.name, code);
  if (!written) return null;
  const addition = variable.add === null ? [] : [addVariable(code, variable.name, variable.add)];
  const edits = written.map(({ from, to, text }) => code.text.replace(from, to, text));
  const safe = written.every((one) => one.safe) || !SPLIT.test(first.value);
  return { title: titleOf(variable), safe, edits: [...addition, ...edits] };
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

/** Adds the variable to the step's own `env:`, which is made before the code where there is none. */
function addVariable({ text, step }: Code, name: string, value: string): SourceEdit | null {
  if (step.find('env')) return step.ensure(['env', name], value);
  if (step.node.flow) return step.insertBefore(text.site.key, 'env', `{ ${name}: '${value.replaceAll("'", "''")}' }`);
  return step.insertBefore(text.site.key, 'env', `\n  ${name}: ${value}`);
}
