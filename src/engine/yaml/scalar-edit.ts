import { coreValue } from './core-schema.ts';
import type { TextEdit } from './edit.ts';
import type { ScalarNode } from './tree.ts';

/**
 * Replaces part of a scalar, given in decoded offsets and decoded text, written as the scalar's style asks (escaped, indented). A
 * plain scalar that can't stay plain is quoted as a whole, so make further replacements in the text that results. Null when the
 * style can't hold the text or the part is not written as such.
 */
export function replaceInScalar(scalar: ScalarNode, start: number, end: number, text: string): TextEdit | null {
  const range = scalar.rangeOf(start, end);
  if (range === null) return null;
  if (scalar.style === 'plain') {
    const whole = scalar.text.slice(0, start) + text + scalar.text.slice(end);
    if (text.includes('\n') || !staysPlain(scalar, whole)) return quoted(scalar, whole);
  }
  const spelled = spell(scalar, start, text);
  return spelled === null ? null : { ...range, text: spelled };
}

/** How a style spells a text in its middle; null when it can't. */
function spell(scalar: ScalarNode, start: number, text: string): string | null {
  switch (scalar.style) {
    case 'plain':
      return text;
    case 'single':
      return text.includes('\n') ? null : text.replaceAll("'", "''");
    case 'double':
      return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
    case 'folded':
      return text.includes('\n') ? null : text;
    case 'literal':
      return literal(scalar, start, text);
  }
}

/** A literal block's own lines are kept; new ones get its indentation. */
function literal(scalar: ScalarNode, start: number, text: string): string | null {
  // Blanks at the start of the first line would be taken for indentation.
  if (scalar.text.lastIndexOf('\n', start - 1) < 0 && start === 0 && /^[ \t]/.test(text)) return null;
  if (!text.includes('\n')) return text;
  const source = scalar.token?.source ?? '';
  const lineBreak = source.includes('\r\n') ? '\r\n' : '\n';
  const first = scalar.offsetOf(0);
  if (first === null || /^\s/.test(scalar.text)) return null;
  const indent = first - (scalar.token?.at ?? first);
  return text.replaceAll('\n', lineBreak + ' '.repeat(indent));
}

/** Whether the new text reads back as the same plain scalar wherever it stands. */
function staysPlain(scalar: ScalarNode, text: string): boolean {
  if (/^[\s\-?:,[\]{}#&*!|>'"%@`]/.test(text) || /\s$/.test(text) || /:(?:\s|$)|\s#/.test(text)) return false;
  if (typeof coreValue(text, true, null) !== 'string') return false;
  // These end a plain scalar inside braces; a scalar that has one already is not inside braces.
  return !/[,[\]{}]/.test(text) || /[,[\]{}]/.test(scalar.text);
}

/** The whole scalar in single quotes. */
function quoted(scalar: ScalarNode, text: string): TextEdit | null {
  if (text.includes('\n') || scalar.token === null || scalar.token.source.includes('\n')) return null;
  return { start: scalar.start, end: scalar.end, text: `'${text.replaceAll("'", "''")}'` };
}
