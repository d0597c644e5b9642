import type { Expr } from '../engine/expression/parse.ts';
import { accesses, calls } from '../engine/model/visit-expression.ts';
import { defineRule } from '../engine/rule.ts';

export const unredactedSecrets = defineRule({
  id: 'unredacted-secrets',
  severity: 'medium',
  section: 'Secrets',
  summary: 'Parts of a secret are used, which are not hidden',
  why: 'GitHub hides a secret in the log as a whole. What `fromJSON` takes out of it is another text, which it does not know.',
  remedy: 'Store one secret for each value. Until then, mask the parts before anything can print them.',
  peers: ['zizmor: unredacted-secrets', 'sisakulint: unmasked-secret-exposure', 'CodeQL: unmasked-secret-exposure'],
  visit: {
    *expression(expression) {
      const { tree, leaves, site } = expression;
      if (!tree || !/fromjson/i.test(expression.code) || !/secrets/i.test(expression.code)) return;
      // In a condition, or where it only decides a branch, no part of it comes out.
      if (site.key === 'if' || !leaves.some(isSecret)) return;
      const parsed = calls(tree).filter(
        ({ name, args }) => name === 'fromjson' && args.flatMap(accesses).some(isSecret),
      );
      const [secret] = parsed.flatMap(({ args }) => args.flatMap(accesses)).filter(isSecret);
      if (!secret) return;
      const name = typeof secret.path[1] === 'string' ? secret.path[1].toUpperCase() : '*';
      const isPrinted =
        site.key === 'run' &&
        /\b(?:echo|printf)\b[^\n|>]*$/.test(
          expression.text.value.slice(Math.max(0, expression.from - 200), expression.from),
        );
      yield {
        at: expression,
        subject: name,
        route: '',
        severity: isPrinted ? 'high' : 'medium',
        message: `\`${expression.value.slice(0, 80)}\` is a part of the secret \`${name}\`, which GitHub does not hide in the log`,
      };
    },
  },
});

function isSecret(expr: Expr): boolean {
  return expr.kind === 'access' && expr.path[0] === 'secrets';
}
