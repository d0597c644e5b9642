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
): Omit<ShellCommand, 'isCaptured'> {
  const all = node.name ? [wordOf(node.name, foreign)] : [];
  const assignments: ShellAssignment[] = [];
  const redirections: ShellRedirection[] = [];
  for (const part of node.prefix) {
    if (part.type === 'Assignment') assignments.push(assignmentOf(part, foreign));
    else redirections.push(redirectionOf(part, foreign));
  }
  for (const part of node.suffix) {
    if (part.type === 'Word' || part.type === 'Assignment') all.push(wordOf(part, foreign));
    if (part.type === 'Assignment') assignments.push(assignmentOf(part, foreign));
    else if (part.type !== 'Word') redirections.push(redirectionOf(part, foreign));
  }
  const behind = prefixLength(all);
  const words = behind === 0 ? all : all.slice(behind);
  const prefix = all.slice(0, behind);
  for (const word of prefix) assignments.push(...assignedBy(word));
  redirections.push(...around);
  const name = basename(words[0]?.text ?? '');
  return { ...placeOf(node, foreign), name, words, prefix, assignments, redirections, pipeline };
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
