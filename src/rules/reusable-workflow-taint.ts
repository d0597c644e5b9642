import { defineRule } from '../engine/rule.ts';
import { type TaintedInput, taintedInputs } from '../engine/taint/callee-sinks.ts';
import { injectionSeverity } from '../engine/taint/severity.ts';

export const reusableWorkflowTaint = defineRule({
  id: 'reusable-workflow-taint',
  severity: 'high',
  confidence: 'medium',
  section: 'Injection',
  summary: 'Text that somebody else writes is handed to a workflow or action that puts it into a script',
  why: 'An input is text like any other: where the called workflow or action expands it in a script, whoever writes it writes commands, which run with the token and the secrets of that job.',
  remedy:
    'In the called workflow or action, pass the input in a variable under `env:` and let the script expand that. Until then, hand over only what nobody else writes, such as a number.',
  peers: [
    'sisakulint: reusable-workflow-taint',
    'gato-x: calls across workflows and actions',
    'CodeQL: code-injection',
  ],
  visit: {
    *uses(uses) {
      for (const input of taintedInputs(uses)) {
        const { text, name, danger, sink } = input;
        const isInsider = danger.reach === 'insider';
        yield {
          at: text.expressions[0] ?? text,
          subject: `${uses.slug || uses.value} ${name}`,
          message: messageOf(input, uses.value),
          severity: sink ? injectionSeverity(danger, uses.user.kind === 'job' ? uses.user : uses.user.job) : 'info',
          confidence: sink ? danger.confidence : 'low',
          audience: isInsider ? 'pedantic' : 'regular',
          related: sink ? [{ at: sink, message: 'here it becomes part of a script' }] : [],
        };
      }
    },
  },
});

function messageOf({ name, danger: { source, reach, event }, sink }: TaintedInput, callee: string): string {
  const who = reach === 'insider' ? 'a writer' : 'anyone';
  const what = `\`${source.name}\`, which ${who} writes (\`${event}\`), is handed to \`${callee}\` as \`${name}\``;
  return sink ? `${what}, which expands it in a script` : `${what}; what becomes of it there can't be seen from here`;
}
