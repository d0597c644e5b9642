import { defineRule, type Problem } from '../engine/rule.ts';
import { printedInCode } from '../engine/taint/secret-code.ts';
import { type SecretEvent, secretFlow } from '../engine/taint/secret-flow.ts';
import { maskBefore } from '../engine/taint/secret-mask.ts';
import { MASKED, type SecretValue } from '../engine/taint/secret-words.ts';

export const secretInLog = defineRule({
  id: 'secret-in-log',
  severity: 'high',
  confidence: 'medium',
  section: 'Secrets',
  summary: 'A secret is written to the log',
  why: 'GitHub hides a secret in the log only as it was stored. A part of it, an encoded form, or a credential that was made with it is printed in full, and in a public repository everybody can read the log.',
  remedy:
    'Do not print it. Where it must pass through a command that prints, register it first: `echo "::add-mask::$VALUE"`.',
  peers: ['sisakulint: secret-in-log', 'CodeQL: unmasked-secret-exposure'],
  visit: {
    *step(step) {
      const { script } = step;
      // A line that goes to the log and to the summary is one.
      const told = new Set<number>();
      for (const event of script ? secretFlow(script).events : []) {
        if (event.kind !== 'log' && event.kind !== 'summary' && event.kind !== 'trace') continue;
        if (event.value.by === MASKED || (event.value.kind === 'known' && event.value.names.length === 0)) continue;
        if (told.has(event.at.start)) continue;
        told.add(event.at.start);
        yield { ...problem(event), fix: script && event.value.kind !== 'known' ? maskBefore(script, event) : null };
      }
      for (const { at, value } of printedInCode(step)) yield problem({ kind: 'log', at, value, variable: null });
    },
  },
});

function problem({ kind, at, value, variable }: Omit<SecretEvent, 'command'>): Problem {
  const where = kind === 'summary' ? 'the summary' : 'the log';
  const what = namesOf(value);
  const subject = `${where} ${variable ?? what} ${value.by}`;
  if (value.kind === 'known') {
    return {
      at,
      subject,
      severity: 'info',
      message: `${what} is printed: nothing but GitHub’s masking keeps it out of ${where}`,
    };
  }
  const form =
    value.kind === 'fetched' ? `a credential that \`${value.by}\` gives` : `${what} as \`${value.by}\` gives it`;
  const how =
    kind === 'trace'
      ? `is repeated in ${where} by \`${value.by === 'curl -u' ? 'curl -v' : 'set -x'}\``
      : `is written to ${where}`;
  return {
    at,
    subject,
    message: `${capital(form)} ${how}, where GitHub does not hide it: whoever reads ${where} can use it`,
  };
}

function namesOf({ names }: SecretValue): string {
  const known = names.filter((name) => name !== '*').map((name) => `\`${name}\``);
  return known.length > 0 ? known.slice(0, 3).join(', ') : 'a secret';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
