import type { Assignment, Command, Redirection, Word, WordPart } from 'unbash';
import type { Range } from '../yaml/tree.ts';
import { basename, prefixLength } from './prefixes.ts';
import type { ShellAssignment, ShellCommand, ShellRedirection, ShellWord } from './script.ts';

/** A command node as a `ShellCommand`. `foreign`: the place that stands for all of its positions. */
export function commandOf(
  node: Command,
  around: readonly ShellRedirection[],
  pipeline: ShellCommand['pipeline'],
  foreign: Range | null,
): ShellCommand {
  const suffix = node.suffix.filter((part) => part.type === 'Word' || part.type === 'Assignment');
  const all = [...(node.name ? [node.name] : []), ...suffix].map((part) => wordOf(part, foreign));
  const prefix = prefixLength(all);
  const words = all.slice(prefix);
  const assignments = [...node.prefix, ...node.suffix].filter((part) => part.type === 'Assignment');
  const redirections = [...node.prefix, ...node.suffix].filter(
    (part) => part.type !== 'Word' && part.type !== 'Assignment',
  );
  return {
    ...placeOf(node, foreign),
    name: basename(words[0]?.text ?? ''),
    words,
    prefix: all.slice(0, prefix),
    assignments: [
      ...assignments.map((part) => assignmentOf(part, foreign)),
      ...all.slice(0, prefix).flatMap(assignedBy),
    ],
    redirections: [...redirections.map((part) => redirectionOf(part, foreign)), ...around],
    pipeline,
  };
}

/** A redirection node as a `ShellRedirection`. */
export function redirectionOf(node: Redirection, foreign: Range | null): ShellRedirection {
  const place = { ...placeOf(node, foreign), operator: node.operator };
  if (node.type === 'HereDoc') {
    const { body, delimiter } = node;
    return {
      ...place,
      target: null,
      body: { ...placeOf(body, foreign), text: body.text, quoted: delimiter?.quoted ?? false },
    };
  }
  return { ...place, target: node.target === undefined ? null : wordOf(node.target, foreign), body: null };
}

function assignmentOf(node: Assignment, foreign: Range | null): ShellAssignment {
  const value = node.value.type === 'Word' ? wordOf(node.value, foreign) : null;
  return { ...placeOf(node, foreign), name: node.name, value };
}

/** `sudo A=b`, `env A=b`: words that assign. */
function assignedBy(word: ShellWord): readonly ShellAssignment[] {
  const name = /^\w+(?==)/.exec(word.text)?.[0];
  if (name === undefined) return [];
  const { start, end } = word;
  const value = { ...word, start: start + name.length + 1, text: word.text.slice(name.length + 1) };
  return [{ start, end, name, value }];
}

function wordOf(node: Word | Assignment, foreign: Range | null): ShellWord {
  const place = placeOf(node, foreign);
  if (node.type === 'Word') {
    const parts = node.parts ?? [];
    return { ...place, text: node.value, quoted: parts.some(isQuoted), isLiteral: parts.every(isLiteral) };
  }
  const value = node.value.type === 'Word' ? wordOf(node.value, foreign) : null;
  const text = value === null ? node.text : node.text.slice(0, node.value.pos - node.pos) + value.text;
  return { ...place, text, quoted: value?.quoted ?? false, isLiteral: value?.isLiteral ?? false };
}

function placeOf(node: { readonly pos: number; readonly end: number }, foreign: Range | null): Range {
  return foreign === null ? { start: node.pos, end: node.end } : { start: foreign.start, end: foreign.end };
}

function isQuoted({ type }: WordPart): boolean {
  return type === 'SingleQuoted' || type === 'DoubleQuoted' || type === 'AnsiCQuoted' || type === 'LocaleString';
}

function isLiteral(part: WordPart): boolean {
  if (part.type === 'DoubleQuoted' || part.type === 'LocaleString') return part.parts.every(isLiteral);
  return part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'AnsiCQuoted';
}
