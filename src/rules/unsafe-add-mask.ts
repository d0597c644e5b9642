import type { Expression } from '../engine/model/expression.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { secretFlow } from '../engine/taint/secret-flow.ts';
import { secretNames } from '../engine/taint/secret-values.ts';

export const unsafeAddMask = defineRule({
  id: 'unsafe-add-mask',
  severity: 'low',
  section: 'Secrets',
  summary: 'Value is shown before it is masked',
  why: 'The runner prints a script with its expressions filled in before it runs it. A mask that is set by such a script, or after the value was printed, comes too late: the log has it already.',
  remedy:
    'Mask the value in the step that gets it, out of a shell variable, before it is printed or written to an output.',
  peers: ['semgrep: unsafe-add-mask-workflow-command'],
  visit: {
    *script(script) {
      const { masks, events } = secretFlow(script);
      for (const { at, expressions, printedBefore, variables, isTraced } of masks) {
        for (const expression of expressions) yield filledIn(expression);
        const isTold = events.some(({ command, kind }) => command === printedBefore && kind === 'log');
        if (printedBefore && !isTold) {
          const printed = script.text.span(printedBefore.start, printedBefore.end);
          const message = `\`${variables.join('`, `')}\` is masked only after a line above has printed it: the log keeps it`;
          yield {
            at,
            message,
            severity: 'medium',
            confidence: 'medium',
            related: [{ at: printed, message: 'printed here' }],
          };
        } else if (isTraced && expressions.length === 0) {
          yield {
            at,
            confidence: 'medium',
            message: '`set -x` prints this line with its value before the value is masked',
          };
        }
      }
      for (const expression of script.expressions) {
        const before = script.value.slice(Math.max(0, expression.from - 40), expression.from);
        if (!/::stop-commands::$/.test(before) || !/github\.(?:event\.|head_ref|ref_name)/i.test(expression.code))
          continue;
        const message = `\`${expression.value}\` ends the pause of workflow commands, and whoever chose it can end it too`;
        yield { at: expression, message };
      }
    },
    *step(step) {
      const code = step.uses?.matches(SCRIPTS) ? step.with('script') : null;
      for (const expression of code?.expressions ?? []) {
        const before = code?.value.slice(Math.max(0, expression.from - 40), expression.from) ?? '';
        if (/setSecret\(\s*['"`]$/.test(before)) yield filledIn(expression);
      }
    },
  },
});

const SCRIPTS = ['actions/github-script'];

function filledIn(expression: Expression): Problem {
  // What GitHub knows as a secret is hidden anyway.
  const isKnown = secretNames(expression).length > 0;
  const rest = isKnown ? 'GitHub hides it already' : 'so the log shows the value that was to be hidden';
  const message = `\`${expression.value}\` is filled in before the mask is set, ${rest}`;
  return { at: expression, message, audience: isKnown ? 'pedantic' : 'regular' };
}
