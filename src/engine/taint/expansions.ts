/** A name that a shell expands: `$TITLE`, `${TITLE}`, `$env:TITLE`, `${env:TITLE}`. */
const EXPANSION = /\$(?:\{env:|env:|\{)?([A-Za-z_][A-Za-z0-9_]*)/g;

/** The variables that a shell word expands. */
export function expandedNames(word: string): readonly string[] {
  return [...word.matchAll(EXPANSION)].map((match) => match[1] ?? '');
}
