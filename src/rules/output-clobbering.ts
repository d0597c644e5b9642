import { defineRule, type Problem } from '../engine/rule.ts';
import { blockWrite } from '../engine/taint/block-write.ts';
import type { Danger } from '../engine/taint/danger.ts';
import { type EnvironmentWrite, environmentWrites } from '../engine/taint/environment-writes.ts';
import { printedCommands } from '../engine/taint/printed-commands.ts';
import { dangerOfWrite, isOpenWrite, MULTILINE } from '../engine/taint/shell-danger.ts';

export const outputClobbering = defineRule({
  id: 'output-clobbering',
  severity: 'high',
  confidence: 'medium',
  section: 'Injection',
  summary: 'Text of several lines can replace the other outputs of a step',
  why: 'The runner reads GITHUB_OUTPUT line by line. A line break in the value begins another entry, so whoever writes the text chooses every output of the step, and what later steps decide by them.',
  remedy:
    'Write the value as a block whose end nobody can guess: `name<<END`, the value, `END`, with END from `openssl rand -hex 16`.',
  peers: ['octoscan: dangerous-write', 'sisakulint: output-clobbering', 'CodeQL: output-clobbering'],
  visit: {
    *step(step) {
      for (const write of environmentWrites(step)) {
        const problem = write.target === 'output' || write.target === 'state' ? problemOf(write) : null;
        if (problem) yield problem;
      }
      for (const { at, danger } of printedCommands(step)) {
        yield {
          at,
          message: `anyone's text (\`${danger.source.name}\`, \`${danger.event}\`) is printed while \`ACTIONS_ALLOW_UNSECURE_COMMANDS\` makes the runner obey commands in the log, \`::set-env\` among them`,
        };
      }
    },
  },
});

/** Whole lines are handed on, and nothing else is an output of the step. */
function isWhole({ form, step }: EnvironmentWrite): boolean {
  return (
    form === 'stream' && environmentWrites(step).every((write) => write.target !== 'output' || write.form === 'stream')
  );
}

function problemOf(write: EnvironmentWrite): Problem | null {
  const danger = isOpenWrite(write) ? dangerOfWrite(write, MULTILINE) : null;
  // Nobody reads the outputs of a step without an id; and a file that sets all outputs of a step is meant to.
  if (danger?.source.kind !== 'text' || !write.step.id || isWhole(write)) return null;
  const { source, reach, event } = danger;
  const isPrivileged = reach === 'outsider-privileged';
  const who = reach === 'insider' ? "a writer's text" : "anyone's text";
  const how = write.form === 'block' ? 'with an end that the text may hold' : 'as it is';
  return {
    at: write.at,
    message: `${who} (\`${source.name}\`, \`${event}\`) is written to GITHUB_${write.target.toUpperCase()} ${how}: a line of it can set any other output of \`${write.step.id.value}\``,
    severity: isPrivileged ? 'high' : 'medium',
    // In a fork's own run, what the run's code could write anyway is of no interest.
    audience: isPrivileged || (reach === 'outsider-unprivileged' && isBesideCode(danger)) ? 'regular' : 'pedantic',
    fix: blockWrite(write),
  };
}

/** A run of the repository's own, or text of the event beside the code that a fork's run executes anyway. */
function isBesideCode({ source, holdsAll }: Danger): boolean {
  return source.confidence !== 'low' && (holdsAll || /^github\.event\./.test(source.name));
}
