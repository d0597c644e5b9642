import { type LocatedText, replace, type SourceEdit } from './source.ts';
import type { Uses } from './uses.ts';

/** A version that the comment behind a `uses` names. Offsets of the file. */
export interface NamedVersion {
  readonly tag: string;
  readonly start: number;
  readonly end: number;
}

/** The words of a comment. */
const WORD = /\S+/g;
/** `v1.2`, `tag=v3`, `pin@v2`, `ratchet:owner/repo@v1`, with what follows it in a sentence. */
const TAG =
  /^(?:[a-z]+[=:]|pin@|(?:ratchet:)?[\w.-]+\/[\w./-]+@)?(v?\d+(?:\.\d+){0,3}(?:[-+][0-9a-z][0-9a-z.+-]*)?)[,;:.)]?$/i;
/** A date is no version. */
const DAY = /^\d{4}-\d\d(-\d\d)?$/;

/** The first version that the comment names; null where it names none. A bare number is one only as the comment's first word. */
export function versionInComment({ comment }: { readonly comment: LocatedText | null }): NamedVersion | null {
  for (const word of comment?.value.matchAll(WORD) ?? []) {
    const tag = TAG.exec(word[0].replace(/^\(/, ''))?.[1];
    if (!comment || !tag || DAY.test(tag) || (/^\d+$/.test(tag) && (word.index > 0 || tag.length > 3))) continue;
    const start = comment.start + word.index + word[0].lastIndexOf(tag);
    return { tag, start, end: start + tag.length };
  }
  return null;
}

/**
 * Names a commit, and its tag in the comment: in the place of the version that stands there, else as a new one. Null where
 * another comment, or anything else, stands behind.
 */
export function pinEdits(uses: Uses, sha: string, tag: string): readonly SourceEdit[] | null {
  const { ref, source, end } = uses;
  if (!ref) return null;
  const named = versionInComment(uses);
  if (named) return [replace(ref, sha), replace(source.at(named), tag)];
  return uses.comment || !/^[ \t]*(\r?\n|$)/.test(source.text.slice(end, end + 200))
    ? null
    : [replace(ref, sha), replace(source.at({ start: end, end }), ` # ${tag}`)];
}
