import type { Problem } from '../rule.ts';
import type { SchemaFault } from './schema-check.ts';
import { replace, type SourceFile } from './source.ts';

/** A fault as a problem. `isOld`: GitHub may have learnt the word since the tables were made. */
export function schemaProblem(source: SourceFile, fault: SchemaFault, isOld = false): Problem {
  const at = source.at(fault.at);
  const isWord = fault.kind === 'unknown-key' || fault.kind === 'unknown-value';
  return {
    at,
    subject: `${fault.kind} ${fault.path.at(-1) ?? ''} ${fault.word}`,
    message: messageOf(fault),
    ...(isWord && isOld ? { severity: 'info' } : {}),
    fix: fault.near ? { title: `Write \`${fault.near}\``, safe: false, edits: [replace(at, fault.near)] } : null,
  };
}

function messageOf({ kind, path, word, expected, near, mark }: SchemaFault): string {
  const of = nameOf(kind === 'unknown-key' || kind === 'duplicate-key' ? path.slice(0, -1) : path);
  const meant = near ? `; \`${near}\` is probably meant` : '';
  switch (kind) {
    case 'unknown-key':
      return `GitHub refuses the file: \`${word}\` is no key of ${of}${mark ? ` with \`${mark}\`` : ''}${meant}`;
    case 'unknown-value':
      return `GitHub refuses the file: \`${word}\` is no value of ${of}${meant || (expected.length > 8 ? '' : `, which takes ${listOf(expected.map(quoted))}`)}`;
    case 'wrong-kind':
      return `GitHub refuses the file: ${of} takes ${listOf(expected)}, not ${word}`;
    case 'missing-key':
      return `GitHub refuses the file: ${of} has no \`${word}\``;
    case 'duplicate-key':
      return `GitHub refuses the file: \`${word}\` is the key \`${expected[0] ?? word}\` again, as case does not count`;
    case 'two-of':
      return `GitHub refuses the file: ${of} has both ${expected.map(quoted).join(' and ')}`;
    case 'none-of':
      return `GitHub refuses the file: ${of} has none of ${expected.map(quoted).join(', ')}`;
    case 'expression':
      return `GitHub refuses the file: ${of} cannot hold an expression`;
  }
}

function quoted(word: string): string {
  return `\`${word}\``;
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? 'nothing') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** What is spoken of: the last name on the way; an item of a list by its list. */
function nameOf(path: readonly string[]): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  if (/^\d+$/.test(last) && path.at(-2) === 'steps') return 'a step';
  const name = last.length > 60 ? `${last.slice(0, 59)}…` : last;
  return /^\d+$/.test(last) && path.length > 1 ? `an item of \`${path.at(-2)}\`` : `\`${name}\``;
}
