import type { Script } from '../model/script.ts';
import type { ProposedFix } from '../rule.ts';
import type { TaintedArgument } from './tainted-arguments.ts';

/** Quotes and `--` for the last argument of a command whose program knows it. Null for every other place. */
export function endOfOptions(
  { value, text }: Script,
  { word, command, expansion, tool }: TaintedArgument,
): ProposedFix | null {
  const written = value.slice(word.start, word.end);
  const bare = written.replace(/^"|"$/g, '');
  const isWhole = bare === `$${expansion.name}` || bare === `\${${expansion.name}}`;
  // `git diff -- x` means a path, not a commit.
  if (!tool.hasEnd || !isWhole || command.words.at(-1) !== word || command.name === 'git') return null;
  return {
    title: 'End the options before it',
    safe: false,
    edits: [text.replace(word.start, word.end, `-- "${bare}"`)],
  };
}
