import { nodesOf, type SyntaxNode } from './powershell-tree.ts';
import type { QuotingSpan } from './quoting.ts';
import type { Quoting } from './script.ts';

/** Contexts by node type. `unknown`: a variable can't be written there, or not in the same meaning. */
const QUOTING: ReadonlyMap<string, Quoting> = new Map([
  ['program', 'bare'],
  ['sub_expression', 'bare'],
  ['expandable_string_literal', 'double'],
  ['verbatim_string_characters', 'single'],
  ['expandable_here_string_literal', 'heredoc'],
  ['verbatim_here_string_characters', 'heredoc-quoted'],
  ['comment', 'comment'],
  ['left_assignment_expression', 'unknown'],
  ['command_name', 'unknown'],
  ['command_parameter', 'unknown'],
  ['type_literal', 'unknown'],
  ['member_name', 'unknown'],
  ['variable', 'unknown'],
  ['function_name', 'unknown'],
  ['stop_parsing', 'unknown'],
  ['verbatim_command_argument', 'unknown'],
  ['simple_name', 'unknown'],
  ['key_expression', 'unknown'],
]);

/** The quoting spans of a script, outer ones first. None of them is searched for comments: they are nodes. */
export function powershellQuoting(root: SyntaxNode): readonly QuotingSpan[] {
  const spans: QuotingSpan[] = [];
  for (const { type, start, end } of nodesOf(root)) {
    const quoting = QUOTING.get(type);
    if (quoting !== undefined) spans.push({ start: type === 'program' ? 0 : start, end, quoting, isCode: false });
  }
  return spans;
}
