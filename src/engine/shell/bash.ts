import { parse } from 'unbash';
import type { Range } from '../yaml/tree.ts';
import { walkBash } from './bash-walk.ts';
import { interpretedRanges } from './interpreters.ts';
import { MAX_SCRIPT, mask } from './mask.ts';
import { paint } from './quoting.ts';
import type { Quoting, ShellScript } from './script.ts';

/**
 * Parses a bash or sh script. `masked` are the expressions' spans, read as a run of `x`, so an expression is part of the word it
 * stands in. Null when the script is over 64 KB: then nothing is known of it.
 */
export function parseBash(text: string, masked: readonly Range[]): ShellScript | null {
  if (text.length > MAX_SCRIPT) return null;
  const source = mask(text, masked);
  const { commands, spans, isBroken } = walkBash(parse(source), source);
  let quoting: ((offset: number) => Quoting) | undefined;
  let interpreted: readonly Range[] | undefined;
  return {
    isBroken,
    commands,
    quotingAt(offset) {
      if (isBroken) return 'unknown';
      quoting ??= paint(source, spans);
      return quoting(offset);
    },
    insideInterpreter(offset) {
      interpreted ??= interpretedRanges(commands);
      return interpreted.some(({ start, end }) => start <= offset && offset < end);
    },
  };
}
