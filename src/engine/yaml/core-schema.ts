/** A scalar's value in YAML's core schema. */
export type Plain = string | number | boolean | null;

const INT = /^[-+]?[0-9]+$/;
const OCTAL = /^0o[0-7]+$/;
const HEX = /^0x[0-9a-fA-F]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NULLS: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUES: ReadonlySet<string> = new Set(['true', 'True', 'TRUE']);
const FALSES: ReadonlySet<string> = new Set(['false', 'False', 'FALSE']);
const NANS: ReadonlySet<string> = new Set(['.nan', '.NaN', '.NAN']);

/** The value of a scalar's decoded text (YAML 1.2.2, section 10.3.2). A quoted or block scalar without a tag is always a string. */
export function coreValue(text: string, isPlain: boolean, tag: string | null): Plain {
  if (tag === 'str' || (tag === null && !isPlain)) return text;
  if (NULLS.has(text)) return null;
  if (TRUES.has(text)) return true;
  if (FALSES.has(text)) return false;
  return number(text) ?? text;
}

function number(text: string): number | null {
  if (INT.test(text) || FLOAT.test(text)) return Number(text);
  if (OCTAL.test(text)) return Number.parseInt(text.slice(2), 8);
  if (HEX.test(text)) return Number.parseInt(text.slice(2), 16);
  if (INFINITE.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return NANS.has(text) ? Number.NaN : null;
}
