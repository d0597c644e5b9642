import type { Example } from './fixtures.ts';

/** How many variants of a rule's fixture are tried. */
const TRUNCATIONS = 60;
const MUTATIONS = 140;

/** Pieces that parsers and rules stumble over. */
const PIECES = [
  '${{',
  '}}',
  "${{ github['event'].*.x[0] }}",
  '${{ }}',
  '*a',
  '&a ',
  '{',
  '}',
  '[',
  ']',
  ':',
  '- ',
  '#',
  '"',
  "'",
  '|',
  '>',
  'null',
  '~',
  '0x1F',
  '!!str ',
  '\t',
  '\r\n',
  '\u202e',
  '\u0000',
  '__proto__: x',
  'constructor',
  'secrets: inherit',
  '@',
  '../',
  '$(',
  '`',
  '<<E',
  '\\',
] as const;

/** Damaged files, and the example that they are from. */
interface Mutant {
  readonly example: Example;
  readonly files: Example['files'];
}

/** Files of a rule's examples, cut off and damaged; the same ones every time. */
export function* mutantsOf(seed: string, examples: readonly Example[]): Generator<Mutant> {
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  for (let count = 0; count < TRUNCATIONS + MUTATIONS; count += 1) {
    const example = pick(examples);
    if (!example) return;
    const { files } = example;
    const change = count < TRUNCATIONS ? truncated : damaged;
    const victim = pick(files);
    const damagedFiles = files.map((file) =>
      file === victim ? { ...file, text: change(file.text, random, pick) } : file,
    );
    yield { example, files: damagedFiles };
  }
}

type Random = () => number;
type Pick = <T>(items: readonly T[]) => T | undefined;

function truncated(text: string, random: Random): string {
  return text.slice(0, Math.floor(random() * text.length));
}

/** One to three changes: a piece written in, a line gone, twice, moved, or re-indented, a word replaced. */
function damaged(text: string, random: Random, pick: Pick): string {
  let lines = text.split('\n');
  for (let changes = Math.ceil(random() * 3); changes > 0; changes -= 1) {
    const at = Math.floor(random() * lines.length);
    const line = lines[at] ?? '';
    const column = Math.floor(random() * line.length);
    const piece = pick(PIECES) ?? '';
    const replacement =
      pick<readonly string[]>([
        [`${line.slice(0, column)}${piece}${line.slice(column)}`],
        [line.replace(/(:\s*).*/, `$1${piece}`)],
        [line.replace(/[\w-]+/, piece)],
        [line.replace(/:.*/, ':')],
        [],
        [line, line],
        [`  ${line}`],
        [line.slice(2)],
        [pick(lines) ?? '', line],
      ]) ?? [];
    lines = [...lines.slice(0, at), ...replacement, ...lines.slice(at + 1)];
  }
  return lines.join('\n');
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: string): Random {
  let state = [...seed].reduce((sum, char) => Math.imul(sum ^ char.charCodeAt(0), 16_777_619), 2_166_136_261);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
