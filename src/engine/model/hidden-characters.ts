import type { Range } from '../yaml/tree.ts';

/** A character, or a run of one kind, that a reader can't see or takes for another. */
export interface HiddenCharacter extends Range {
  /** `order`: it changes the direction of what is shown. `look-alike`: a letter of another alphabet within a word of code. */
  readonly kind: 'order' | 'invisible' | 'look-alike';
  /** `U+202E`. */
  readonly name: string;
  /** The word that it stands in, for a look-alike. */
  readonly word: string;
}

/** Bidirectional controls; no width; a soft hyphen; the tags block, which can carry a whole hidden text. */
const HIDDEN =
  /[\u202a-\u202e\u2066-\u2069]|[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u180e\u115f\u1160\u3164\uffa0]+|[\u{e0000}-\u{e007f}]+/gu;
const ORDER = /^[\u202a-\u202e\u2066-\u2069]/u;
/** Joiners that belong to emoji and to scripts that are written with them, and marks of direction beside such a script. */
const JOINER = /^[\u200c-\u200f]$/u;
const JOINED =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Thai}]|\u{fe0f}/u;
/** The flags of England, Scotland and Wales. */
const FLAG = /\u{1f3f4}$/u;

/** A word of code, with Greek and Cyrillic letters. */
const WORD = /[\w./@\u0391-\u03bf\u0400-\u04ff-]+/gu;
const LATIN = /[A-Za-z]/;
/** Greek and Cyrillic letters that look like Latin ones. */
const LOOK_ALIKE =
  /[\u0391\u0392\u0395-\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u0405\u0406\u0408\u0410\u0412\u0415\u041a\u041c-\u041e\u0420-\u0423\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04bb]/u;

/** More of them say nothing new. */
const MOST = 500;

/** All of them in a file, in its order. A byte order mark at the start is none. */
export function hiddenCharacters(text: string): readonly HiddenCharacter[] {
  // Most files are ASCII.
  if (!/[\u0080-\uffff]/.test(text)) return [];
  return [...invisible(text), ...lookAlikes(text)].sort((a, b) => a.start - b.start).slice(0, MOST);
}

function invisible(text: string): readonly HiddenCharacter[] {
  return [...text.matchAll(HIDDEN)].flatMap(({ 0: run, index }) => {
    const isMark = run === '\ufeff' && index === 0;
    const before = text.slice(Math.max(0, index - 2), index);
    const after = text.slice(index + run.length, index + run.length + 2);
    if (isMark || (JOINER.test(run) && (JOINED.test(before) || JOINED.test(after)))) return [];
    if (/^[\u{e0000}-\u{e007f}]/u.test(run) && FLAG.test(before)) return [];
    const kind = ORDER.test(run) ? 'order' : 'invisible';
    return [{ start: index, end: index + run.length, kind, name: nameOf(run), word: '' } as const];
  });
}

function lookAlikes(text: string): readonly HiddenCharacter[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: word, index }) => {
    const letter = LOOK_ALIKE.exec(word);
    return letter && LATIN.test(word)
      ? [{ start: index, end: index + word.length, kind: 'look-alike', name: nameOf(letter[0]), word } as const]
      : [];
  });
}

function nameOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
