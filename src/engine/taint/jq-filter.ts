import type { TextClass } from '../../knowledge/attacker-contexts.ts';
import { plainField, remoteTexts } from '../../knowledge/command-texts.ts';

/** Options of jq by the number of words that they take. */
const TAKES: Readonly<Record<string, number>> = {
  '--arg': 2,
  '--argjson': 2,
  '--slurpfile': 2,
  '--rawfile': 2,
  '--indent': 1,
  '-L': 1,
  '-f': 1,
  '--from-file': 1,
};

/** The filter among the words behind `jq`; null where it stands in a file. */
export function filterOf(words: readonly string[]): string | null {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) return word;
    at += TAKES[word] ?? 0;
  }
  return null;
}

/**
 * What comes out of a filter whose input may be anything: `structured` where only numbers, commits and names of accounts do,
 * the class of the fields that it names, or null where that can't be said.
 */
export function filteredClass(filter: string): TextClass | null {
  if (filter.length > 2_000) return null;
  const names = outNames(filter);
  if (names.length > 0 && names.every((name) => plainField.test(name))) return 'structured';
  // JSON writes a line break as two letters.
  if (/\btojson\b|@json\b|@base64\b|@uri\b|gsub\("\[?(?:\\\\)?\\[rn]/.test(filter)) return 'line';
  const classes = names.map((name) =>
    plainField.test(name) ? 'structured' : Object.hasOwn(remoteTexts, name) ? remoteTexts[name] : undefined,
  );
  if (classes.length === 0 || classes.includes(undefined)) return null;
  return ORDER.find((one) => classes.includes(one)) ?? null;
}

/** The worst first. */
const ORDER = ['arbitrary', 'path', 'line', 'ref', 'structured'] as const satisfies readonly TextClass[];

/** The last name of the filter; of a text with `\(…)` in it, the last of each. */
function outNames(filter: string): readonly string[] {
  const inside = [...filter.matchAll(/\\\(([^()]*)\)/g)].map((match) => match[1] ?? '');
  const parts = inside.length > 0 ? inside : /,/.test(filter) ? filter.split(',') : [filter];
  return parts.flatMap((part) => {
    const last = [...part.matchAll(/\.([A-Za-z_]\w*)|\b(length)\b/g)].at(-1);
    return last ? [last[1] ?? last[2] ?? ''] : [];
  });
}
