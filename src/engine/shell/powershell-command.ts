import { nodesOf, type SyntaxNode } from './powershell-tree.ts';
import { basename, prefixLength } from './prefixes.ts';
import type { ShellAssignment, ShellCommand, ShellRedirection, ShellWord } from './script.ts';

type Pipeline = ShellCommand['pipeline'];
type Uncaptured = Omit<ShellCommand, 'isCaptured'>;

/** The commands of a script. What a pipeline or redirection writes without being a command (`"A=1" >> $env:GITHUB_ENV`) has the name ''. */
export function powershellCommands(root: SyntaxNode, source: string): readonly ShellCommand[] {
  const commands: Uncaptured[] = [];
  const pipelines = new Map<SyntaxNode, Pipeline>();
  let id = 0;
  const next = (): Pipeline => ({ id: id++, position: 0, length: 1 });
  // What stands in parentheses or behind an assignment is not printed. The outermost, in order.
  const captures: SyntaxNode[] = [];
  for (const node of nodesOf(root)) {
    if (CAPTURES.test(node.type) && node.start >= (captures.at(-1)?.end ?? 0)) captures.push(node);
    if (node.type === 'pipeline_chain') {
      const own = id++;
      const elements = elementsOf(node);
      for (const [position, element] of elements.entries()) {
        const pipeline = { id: own, position, length: elements.length };
        const command = element.find(({ type }) => type === 'command');
        if (command !== undefined) pipelines.set(command, pipeline);
        else if (elements.length > 1 || element.some(({ type }) => type === 'redirections')) {
          commands.push(...expressionOf(element, source, pipeline));
        }
      }
    } else if (node.type === 'command') commands.push(commandOf(node, source, pipelines.get(node) ?? next()));
    else if (node.type === 'assignment_expression') commands.push(...assignmentOf(node, source, next()));
  }
  return withCaptures(commands, captures);
}

const CAPTURES = /^(?:assignment_expression|parenthesized_expression|sub_expression)$/;

function withCaptures(commands: readonly Uncaptured[], captures: readonly SyntaxNode[]): readonly ShellCommand[] {
  let at = 0;
  return commands.map((command) => {
    while ((captures[at]?.end ?? Number.POSITIVE_INFINITY) <= command.start) at++;
    return { ...command, isCaptured: (captures[at]?.start ?? Number.POSITIVE_INFINITY) < command.start };
  });
}

/** What stands between a pipeline's pipes. */
function elementsOf(chain: SyntaxNode): readonly (readonly SyntaxNode[])[] {
  const elements: SyntaxNode[][] = [[]];
  for (const child of chain.children) {
    if (child.type === '|') elements.push([]);
    else elements.at(-1)?.push(child);
  }
  return elements;
}

function commandOf(node: SyntaxNode, source: string, pipeline: Pipeline): Uncaptured {
  const named = node.children.filter(({ type }) => type === 'command_name' || type === 'command_name_expr');
  const elements = node.children.filter(({ type }) => type === 'command_elements').flatMap(({ children }) => children);
  const all = [...named.map(({ start, end }) => wordOf(source, start, end)), ...argumentsOf(elements, source)];
  const prefix = prefixLength(all);
  const words = all.slice(prefix);
  return {
    start: node.start,
    end: node.end,
    // PowerShell compares names without case.
    name: basename(words[0]?.text ?? '')
      .replace(/\.exe$/i, '')
      .toLowerCase(),
    words,
    prefix: all.slice(0, prefix),
    assignments: [],
    redirections: elements.flatMap((element) => redirectionsOf(element, source)),
    pipeline,
  };
}

/** Words are what stands between separators; several nodes may make one (`a$b`). */
function argumentsOf(elements: readonly SyntaxNode[], source: string): readonly ShellWord[] {
  const words: ShellWord[] = [];
  let start: number | null = null;
  let end = 0;
  const flush = (): void => {
    if (start !== null) words.push(wordOf(source, start, end));
    start = null;
  };
  for (const element of elements) {
    if (element.type === 'command_argument_sep' || element.type.startsWith('redirection')) flush();
    else {
      start ??= element.start;
      end = element.end;
    }
  }
  flush();
  return words;
}

function redirectionsOf(node: SyntaxNode, source: string): readonly ShellRedirection[] {
  if (node.type === 'redirections') return node.children.flatMap((child) => redirectionsOf(child, source));
  if (node.type !== 'redirection') return [];
  const [operator, file] = node.children;
  if (operator === undefined) return [];
  const target = file === undefined ? null : trimmed(source, file.start, file.end);
  return [
    { start: node.start, end: node.end, operator: source.slice(operator.start, operator.end), target, body: null },
  ];
}

function trimmed(source: string, start: number, end: number): ShellWord {
  const text = source.slice(start, end);
  return wordOf(source, start + text.length - text.trimStart().length, end);
}

function expressionOf(element: readonly SyntaxNode[], source: string, pipeline: Pipeline): readonly Uncaptured[] {
  const written = element.filter(({ type }) => type !== 'redirections');
  const [first, last] = [written[0], written.at(-1)];
  if (first === undefined || last === undefined) return [];
  const redirections = element.flatMap((node) => redirectionsOf(node, source));
  const words = [wordOf(source, first.start, last.end)];
  const end = element.at(-1)?.end ?? last.end;
  return [{ start: first.start, end, name: '', words, prefix: [], assignments: [], redirections, pipeline }];
}

function assignmentOf(node: SyntaxNode, source: string, pipeline: Pipeline): readonly Uncaptured[] {
  const left = node.children.find(({ type }) => type === 'left_assignment_expression');
  const right = node.children.find(({ type }) => type === 'pipeline');
  if (left === undefined) return [];
  const assignment: ShellAssignment = {
    start: node.start,
    end: node.end,
    name: source.slice(left.start, left.end).replace(/^\$\{?|\}$/g, ''),
    value: right === undefined ? null : wordOf(source, right.start, right.end),
  };
  const { start, end } = node;
  return [{ start, end, name: '', words: [], prefix: [], assignments: [assignment], redirections: [], pipeline }];
}

/** A word: quotes and backticks taken away. Anything that is evaluated makes it not literal. */
function wordOf(source: string, start: number, end: number): ShellWord {
  const written = source.slice(start, end);
  let text = '';
  let quote = '';
  let isLiteral = true;
  for (let i = 0; i < written.length; i++) {
    const char = written.charAt(i);
    if (char === quote) {
      // A quote within quotes is doubled.
      if (written[i + 1] === quote) text += written.charAt(i++);
      else quote = '';
    } else if (quote === '' && (char === "'" || char === '"')) quote = char;
    else if (char === '`' && quote !== "'") text += written.charAt(++i);
    else {
      if (quote !== "'" && (char === '$' || (quote === '' && /[(){}@]/.test(char)))) isLiteral = false;
      text += char;
    }
  }
  return { start, end, text, quoted: /['"]/.test(written), isLiteral };
}
