import { literalSecrets } from '../engine/model/literal-secrets.ts';
import type { SourceFile } from '../engine/model/source.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const hardcodedSecret = defineRule({
  id: 'hardcoded-secret',
  severity: 'critical',
  section: 'Secrets',
  summary: 'A credential stands in the file',
  why: 'Everybody who can read the repository, or ever could, has it; it stays in the history when the line is deleted.',
  remedy:
    'Revoke it now, make a new one, store that as a secret of the repository or environment, and use `${{ secrets.NAME }}`.',
  peers: ['trufflehog', 'gitleaks', 'GitHub: secret scanning'],
  subsumes: ['personal-access-token'],
  visit: {
    *workflow({ source }) {
      yield* problems(source);
    },
    *action({ source }) {
      yield* problems(source);
    },
    *dependabot({ source }) {
      yield* problems(source);
    },
  },
});

/** The value is never quoted. */
function* problems(source: SourceFile): Generator<Problem> {
  const found = literalSecrets(source);
  const hasKey = found.some(({ shape }) => shape.what === 'AWS secret key');
  for (const { shape, at, isGenuine } of found) {
    // The pair is one finding, at its secret half.
    if (shape.isId && hasKey) continue;
    const written = `(\`${shape.prefix}…\`)`;
    const subject = shape.prefix;
    if (shape.isId) {
      const message = `An ${shape.what} ${written} stands in the file: it names an account and a key that should not be long-lived`;
      yield { at, subject, message, severity: 'low', confidence: 'medium' };
    } else if (isGenuine === false) {
      const message = `Text of the form of a ${shape.what} ${written} stands in the file, though it does not look issued: if it is one, all who can read the file have it`;
      yield {
        at,
        subject,
        message,
        severity: 'medium',
        confidence: 'medium',
        audience: shape.prefix === 'gh*_' ? 'auditor' : 'regular',
      };
    } else {
      const message = `${/^[AEIOU]|^npm/.test(shape.what) ? 'An' : 'A'} ${shape.what} ${written} stands in the file: revoke it, for all who could ever read this have it`;
      yield { at, subject, message };
    }
  }
}
