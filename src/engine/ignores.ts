import type { Ignored, Related } from './finding.ts';
import type { Located, SourceFile } from './model/source.ts';
import type { Rule } from './rule.ts';

/** Tools whose ignore comments are understood. */
export const IGNORE_TOOLS = ['gargoyle', 'zizmor', 'poutine', 'actionlint', 'octoscan'] as const;
export type IgnoreTool = (typeof IGNORE_TOOLS)[number];

/** A comment that accepts findings where it stands. */
interface IgnoreComment {
  readonly tool: IgnoreTool;
  /** As the tool calls them; `*` for all. */
  readonly rules: readonly string[];
  readonly reason: string;
  readonly at: Located;
  /** The line that it speaks of besides the element around it: its own, or the next one with something on it. */
  readonly line: number;
}

/** `tool: ignore[a, b] reason`, `tool:ignore a, b -- reason`, `tool:ignore-next-line a`. */
const MARK =
  /^#+\s*(gargoyle|zizmor|poutine|actionlint|octoscan)\s*:\s*ignore(?:-next-line)?(?:\[([^\]]*)\]|\s+([\w*/-]+(?:\s*,\s*[\w*/-]+)*))(.*)$/;

/** A file of half a megabyte holds many comments, and each is asked for at every finding. */
const MOST = 1_000;

const known = new WeakMap<SourceFile, readonly IgnoreComment[]>();

/**
 * The comment that accepts a rule's problem: on its line, above it, anywhere in its step or above it. One that belongs to no step
 * speaks only of its line and the next, so that none switches off a whole job by accident.
 */
export function ignoredAt(rule: Rule, at: Located, step: Located | null): Ignored | null {
  const comments = commentsOf(at.source);
  if (comments.length === 0) return null;
  const { line } = at.source.place(at);
  const first = step && at.source.place(step).line;
  const isOfStep = (one: IgnoreComment) =>
    step !== null && (one.line === first || (step.start <= one.at.start && one.at.end <= step.end));
  const found = comments.find((one) => names(one, rule) && (one.line === line || isOfStep(one)));
  return found ? { tool: found.tool, reason: found.reason, ...found.at.source.place(found.at) } : null;
}

function commentsOf(source: SourceFile): readonly IgnoreComment[] {
  const read = known.get(source) ?? readComments(source);
  known.set(source, read);
  return read;
}

function readComments(source: SourceFile): readonly IgnoreComment[] {
  const { comments, lines } = source.document;
  return comments.slice(0, MOST).flatMap((comment) => {
    const [, tool, list, words, rest = ''] = MARK.exec(comment.text) ?? [];
    const named = IGNORE_TOOLS.find((each) => each === tool);
    if (!named) return [];
    const rules = (list ?? words ?? '').split(/[\s,]+/).filter((id) => id !== '');
    const reason = rest.replace(/^\s*(--|:)?\s*/, '').trim();
    const { line } = lines.position(comment.start);
    return [{ tool: named, rules, reason, at: source.at(comment), line: lineMeant(source, comment.start, line) }];
  });
}

/** Of a comment with a line to itself the first line below that holds more than a comment. */
function lineMeant({ text }: SourceFile, start: number, line: number): number {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (before.trim() !== '') return line;
  const [, skipped = ''] = /^[^\n]*\n((?:[ \t]*(?:#[^\n]*)?\r?\n)*)/.exec(text.slice(start, start + 4_000)) ?? [];
  return line + 1 + skipped.split('\n').length - 1;
}

/** Whether a comment means this rule: by our id, or by what its tool calls it. */
function names({ tool, rules }: IgnoreComment, { id, peers }: Rule): boolean {
  if (rules.includes('*') || (tool === 'gargoyle' && rules.includes(id))) return true;
  const theirs = peers
    .filter((peer) => peer.toLowerCase().startsWith(`${tool}: `))
    .flatMap((peer) => peer.slice(tool.length + 2).split(/,\s*/));
  return theirs.some((name) => rules.includes(name));
}

/** How the comment is shown at a finding that a change brings: whoever opens a pull request cannot accept its findings. */
export function asProposal({ path, line, column, endLine, endColumn, tool }: Ignored): Related {
  const when = tool === 'gargoyle' ? 'it counts once merged' : `it is meant for ${tool}`;
  return { path, line, column, endLine, endColumn, message: `a comment asks to ignore this; ${when}` };
}
