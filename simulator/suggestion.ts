/** Committing a suggestion, refused where GitHub's button isn't there (github.md D10). */
import type { Thread } from './entities.ts';

/** The new text of a suggestion block; null when the body has none. The fence may be longer than three. */
export function suggestionText(body: string): string | null {
  const found = /^(`{3,}|~{3,})suggestion[^\n]*\r?\n([\s\S]*?)^\1[ \t]*$/m.exec(body);
  if (!found) return null;
  const lines = (found[2] ?? '').split('\n');
  lines.pop(); // what follows the last line end belongs to the closing fence
  return lines.join('\n');
}

/** The file after the suggestion was applied; `text` is the file at the head. */
export function suggestionEdit(thread: Thread, text: string | null): string {
  const suggestion = suggestionText(thread.comments[0]?.body ?? '');
  const { pull, line, startLine, side } = thread;
  if (suggestion === null) throw new Error('there is no suggestion in this comment');
  if (pull.state === 'closed') throw new Error('suggestions cannot be applied while the pull request is closed');
  if (line === null) throw new Error('suggestions cannot be applied on outdated comments');
  if (side === 'LEFT') throw new Error('suggestions cannot be applied on deleted lines');
  if (thread.resolvedBy !== null) throw new Error('suggestions cannot be applied in resolved threads');
  if (text === null) throw new Error('the file is gone');
  const lines = text.split('\n');
  const from = startLine ?? line;
  const isCrlf = (lines[line - 1] ?? '').endsWith('\r');
  const replacement =
    suggestion === ''
      ? []
      : suggestion
          .replace(/\r$/gm, '')
          .split('\n')
          .map((one) => (isCrlf ? `${one}\r` : one));
  const edited = [...lines.slice(0, from - 1), ...replacement, ...lines.slice(line)].join('\n');
  if (edited === text) throw new Error('the suggestion changes nothing');
  return edited;
}
