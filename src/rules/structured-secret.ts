import { defineRule } from '../engine/rule.ts';
import { secretFlow } from '../engine/taint/secret-flow.ts';
import { STRUCTURE_NAME, UNAVOIDABLE_STRUCTURE } from '../knowledge/cloud-credentials.ts';

export const structuredSecret = defineRule({
  id: 'structured-secret',
  severity: 'low',
  confidence: 'medium',
  section: 'Secrets',
  summary: 'A secret holds a whole structure',
  why: 'GitHub hides a secret in the log line by line, as it was stored. A password in JSON or YAML that a program takes out, or prints in another order, is not hidden.',
  remedy: 'Use the cloud’s login by identity, or store one secret for each value.',
  visit: {
    *expression(expression) {
      if (!/secrets/i.test(expression.code) || /fromjson/i.test(expression.code)) return;
      for (const leaf of expression.leaves) {
        const name = leaf.kind === 'access' && leaf.path[0] === 'secrets' ? leaf.path[1] : undefined;
        if (typeof name !== 'string') continue;
        const upper = name.toUpperCase();
        const isForced = UNAVOIDABLE_STRUCTURE.test(upper);
        const { key, name: input } = expression.site;
        if (!isForced && !STRUCTURE_NAME.test(upper) && !(key === 'with' && INPUT.test(input))) continue;
        const isWhole = expression.text.expression === expression;
        const message = `\`secrets.${upper}\` is a structure by its ${STRUCTURE_NAME.test(upper) || isForced ? 'name' : 'use'}: its parts are not hidden in the log`;
        yield {
          at: isWhole ? expression.text : expression,
          subject: upper,
          route: '',
          message,
          // Many programs want it whole; it is taken apart where a script does so.
          audience: isForced ? 'auditor' : 'pedantic',
        };
      }
    },
    *script(script) {
      for (const { names, at, by } of secretFlow(script).structures) {
        const [name = '*'] = names;
        const message = `\`${name}\` is taken apart by \`${by}\`: GitHub hides it as a whole, not its parts`;
        yield { at, subject: name, route: '', severity: 'medium', message };
      }
    },
  },
});

const INPUT = /^(?:credentials[_-]json|creds|service[_-]account[_-]key|kube-?config)$/i;
