import type { ShellWord } from './script.ts';

/** How a program reads its options. */
export interface OptionStyle {
  /** Letters of short options that take a value: `-o file`, `-ofile`, `-sSo file`. */
  readonly short: string;
  /** Long options that take one, without dashes: `--output file`, `--output=file`. */
  readonly long: ReadonlySet<string>;
}

/** A command's words behind its name, sorted. */
export interface Arguments {
  /** What is no option, nor an option's value. */
  readonly operands: readonly ShellWord[];
  /** The value of an option by any of its names (`o`, `output`); null where it is not given or takes none. */
  value(...names: readonly string[]): ShellWord | null;
  /** Whether one of these is given, with or without a value. */
  has(...names: readonly string[]): boolean;
}

/** Sorts words into options and operands, as getopt does. Behind `--` all are operands. */
export function readArguments(words: readonly ShellWord[], style: OptionStyle): Arguments {
  const operands: ShellWord[] = [];
  const options = new Map<string, ShellWord | null>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word) break;
    const { text } = word;
    if (text === '--') {
      operands.push(...words.slice(at + 1));
      break;
    }
    if (text.startsWith('--')) {
      const equals = text.indexOf('=');
      const name = text.slice(2, equals < 0 ? undefined : equals);
      if (equals >= 0) options.set(name, { ...word, text: text.slice(equals + 1) });
      else options.set(name, style.long.has(name) ? (words[++at] ?? null) : null);
    } else if (/^-./.test(text)) at += bundle(text.slice(1), { word, next: words[at + 1] ?? null }, style, options);
    else operands.push(word);
  }
  return {
    operands,
    value: (...names) => names.map((name) => options.get(name)).find(Boolean) ?? null,
    has: (...names) => names.some((name) => options.has(name)),
  };
}

/** Letters of one word; gives how many further words they took. */
function bundle(
  letters: string,
  { word, next }: { readonly word: ShellWord; readonly next: ShellWord | null },
  { short, long }: OptionStyle,
  options: Map<string, ShellWord | null>,
): number {
  // `-version`: a long option with one dash, as Go's and PowerShell's programs write them.
  if (long.has(letters) && letters.length > 1) {
    options.set(letters, next);
    return next ? 1 : 0;
  }
  for (const [at, letter] of [...letters].entries()) {
    if (!short.includes(letter)) {
      options.set(letter, null);
      continue;
    }
    const rest = letters.slice(at + 1);
    options.set(letter, rest === '' ? next : { ...word, text: rest.replace(/^=/, '') });
    return rest === '' && next ? 1 : 0;
  }
  return 0;
}
