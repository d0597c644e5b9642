import { CREDENTIAL_NAME, NO_CREDENTIAL_NAME } from '../../knowledge/secret-producers.ts';
import type { Expression } from '../model/expression.ts';
import { oneLine } from './one-line.ts';
import { secretNames } from './secret-values.ts';

/**
 * What is known of a text that may hold a secret. `known`: as GitHub knows it, so hidden in the log. `derived`: cut, decoded or
 * encoded, so not hidden. `fetched`: a credential that the script got elsewhere, which GitHub never saw. `answer`: a reply to a
 * request that was made with a secret.
 */
export interface SecretValue {
  readonly kind: 'known' | 'derived' | 'fetched' | 'answer';
  /** Of secrets, as far as they are known. */
  readonly names: readonly string[];
  /** For a message: the command that made it; of a known one '', or `MASKED`. */
  readonly by: string;
}

/** `by` of a value that the script has registered itself. */
export const MASKED = '::add-mask::';

/** A variable that a text expands. */
export interface Expansion {
  /** In PowerShell in lower case, with `env:` where it is written. */
  readonly name: string;
  /** Offset into the text. */
  readonly at: number;
  /** Only a part of the value, or another form of it, comes out: `${A:0:4}`, `$A.Substring(1)`. */
  readonly isPart: boolean;
}

const BASH = /\$(?:\{([#!]?)([A-Za-z_]\w*)((?:\[[^\]}]*\])?)([^}]*)\}|([A-Za-z_]\w*))/g;
const POWERSHELL = /\$(?:\{((?:env:)?[A-Za-z_]\w*)\}|((?:env:)?[A-Za-z_]\w*))((?:\.\w+)?[([]?)/gi;

/** `${A:-b}`, `${A:=b}`, `${A:?b}`, `${A-b}`: the value as it is. */
const SAME = /^(?::?[-=?]|@[QA]|%%?\$'\\[nr]'|\/\/\$'\\[nr]')/;

/** The variables whose value, or part of it, comes into a text: `${#A}` and `${A:+b}` give none. */
export function expansionsOf(text: string, isPowerShell: boolean): readonly Expansion[] {
  if (!isPowerShell) {
    return [...text.matchAll(BASH)].flatMap(({ 1: sign = '', 2: braced, 4: operation = '', 5: bare, index }) => {
      const name = braced ?? bare ?? '';
      if (sign !== '' || /^:?\+/.test(operation)) return [];
      return [{ name, at: index, isPart: operation !== '' && !SAME.test(operation) }];
    });
  }
  return [...text.matchAll(POWERSHELL)].flatMap(({ 1: braced, 2: bare, 3: behind = '', index }) => {
    const name = (braced ?? bare ?? '').toLowerCase();
    if (/^\.(?:length|count|gettype)\b/i.test(behind)) return [];
    return [
      { name, at: index, isPart: /^\[|^\.(?:substring|split|tochararray|remove|replace|insert)\(/i.test(behind) },
    ];
  });
}

/** An expansion with what is done in it, for a message. */
export function writtenAt(text: string, at: number): string {
  const [written = ''] = /^\$(?:\{[^}]*\}|[\w:]+)(?:\[[^\]]*\]|\.\w+\([^)]*\))?/.exec(text.slice(at)) ?? [];
  return oneLine(written, 60);
}

/** PowerShell's ways to write a value otherwise. */
export const POWERSHELL_TRANSFORM =
  /ToBase64String|FromBase64String|\.Substring\(|\.Split\(|\.Replace\(|\s-c?(?:split|replace)\b|ToCharArray|UrlEncode|EscapeDataString|ComputeHash|\s-join\b/i;

/** A request to mask, in any shell's `echo`. */
export const ADD_MASK = /::add-mask::/i;

const ORDER = ['answer', 'known', 'fetched', 'derived'] as const satisfies readonly SecretValue['kind'][];

/** What a text of several parts holds: the worst of them, with all names. */
export function worstOf(values: readonly (SecretValue | null)[]): SecretValue | null {
  const found = values.filter((value) => value !== null);
  const [first] = found;
  if (!first) return null;
  const worst = found.reduce((a, b) => (ORDER.indexOf(b.kind) > ORDER.indexOf(a.kind) ? b : a), first);
  return { ...worst, names: [...new Set(found.flatMap(({ names }) => names))] };
}

/** Whether a variable or field is named for a credential. */
export function isCredentialName(name: string): boolean {
  return CREDENTIAL_NAME.test(name) && !NO_CREDENTIAL_NAME.test(name);
}

/** What an expression puts into a text. */
export function expressionValue(expression: Expression): SecretValue | null {
  const names = secretNames(expression);
  if (names.length === 0) return null;
  // A part of a structure is not what GitHub hides.
  const isPart = /fromjson/i.test(expression.code);
  return { kind: isPart ? 'derived' : 'known', names, by: isPart ? 'fromJSON' : '' };
}

/** The first variable of a text. */
export function nameIn(text: string): string | null {
  return expansionsOf(text, false)[0]?.name ?? null;
}
