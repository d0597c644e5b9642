import { defineRule } from '../engine/rule.ts';
import { secretFlow } from '../engine/taint/secret-flow.ts';
import { maskBefore } from '../engine/taint/secret-mask.ts';

export const unregisteredDerivedSecret = defineRule({
  id: 'unregistered-derived-secret',
  severity: 'medium',
  confidence: 'medium',
  section: 'Secrets',
  summary: 'A credential is handed on without being registered',
  why: 'GitHub hides stored secrets in the log, but not what a script makes of them or fetches with them. Once such a value is a variable or an output, the runner itself prints it at the head of every later step that gets it.',
  remedy: 'Register it in the step that makes it, before anything else: `echo "::add-mask::$VALUE"`.',
  visit: {
    *script(script) {
      const { events, masks } = secretFlow(script);
      const masked = new Set(masks.flatMap(({ variables }) => variables));
      for (const event of events) {
        const { kind, value, variable, at } = event;
        if (kind !== 'env' && kind !== 'output' && kind !== 'state') continue;
        if (value.kind === 'known' || (variable !== null && masked.has(variable))) continue;
        const names = value.names.map((name) => `\`${name}\``).join(', ');
        const what =
          value.kind === 'derived'
            ? `${names || 'A secret'} as \`${value.by}\` gives it`
            : `What \`${value.by}\` gives`;
        yield {
          at,
          subject: `${kind} ${variable ?? names}`,
          message: `${what} goes to later steps by \`GITHUB_${kind.toUpperCase()}\` and is not registered as a secret, so their logs show it`,
          fix: maskBefore(script, event),
        };
      }
    },
  },
});
