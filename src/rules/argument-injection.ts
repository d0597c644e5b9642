import type { Confidence } from '../engine/finding.ts';
import type { Script } from '../engine/model/script.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { endOfOptions } from '../engine/taint/argument-fix.ts';
import type { Danger } from '../engine/taint/danger.ts';
import { pythonCommands } from '../engine/taint/python-commands.ts';
import { injectionSeverity } from '../engine/taint/severity.ts';
import { readAgain, type TaintedArgument, taintedArguments } from '../engine/taint/tainted-arguments.ts';
import type { Range } from '../engine/yaml/tree.ts';

export const argumentInjection = defineRule({
  id: 'argument-injection',
  severity: 'high',
  confidence: 'medium',
  section: 'Injection',
  summary: 'A program can take somebody else’s text for its options',
  why: 'Text that begins with a dash, or that the shell splits into words, becomes an option. Options of common programs run commands, write files or send data elsewhere.',
  remedy: 'Put the variable in quotes and `--` before it, or check by a pattern what it may be.',
  peers: ['sisakulint: argument-injection', 'CodeQL: argument-injection'],
  subsumes: ['shell-lint'],
  visit: {
    *script(script) {
      // Whoever may write to the repository gains nothing by it.
      if (script.step.reach.outsiders.length === 0) return;
      for (const { at, expansion, reader, danger } of readAgain(script)) {
        yield codeProblem(script, at, danger, `\`$${expansion.name}\``, reader);
      }
      for (const { at, call, danger } of pythonCommands(script)) {
        yield codeProblem(script, at, danger, 'a part of this', `\`${call}\``);
      }
      for (const argument of taintedArguments(script)) {
        const { word, danger } = argument;
        const isPrivileged = danger.reach === 'outsider-privileged';
        yield {
          at: script.text.span(word.start, word.end),
          subject: `${argument.command.name} ${argument.expansion.name}`,
          message: messageOf(argument),
          severity: isPrivileged ? 'high' : 'medium',
          confidence: confidenceOf(argument),
          audience: isPrivileged ? 'regular' : 'pedantic',
          fix: endOfOptions(script, argument),
        };
      }
    },
  },
});

function codeProblem(script: Script, at: Range, danger: Danger, what: string, reader: string): Problem {
  return {
    at: script.text.span(at.start, at.end),
    subject: `${reader} ${danger.source.name}`,
    message: `${what}, which ${whoWrites(danger)}, is read as code by ${reader}: it runs what is in it`,
    severity: injectionSeverity(danger, script.step.job),
    confidence: danger.source.confidence === 'low' ? 'low' : 'medium',
    audience: danger.reach === 'insider' ? 'pedantic' : 'regular',
  };
}

/** Neither a branch's name nor a structured one has blanks; and git itself makes no branch with a dash before it. */
function confidenceOf({ danger: { source } }: TaintedArgument): Confidence {
  const isWord = source.text === 'ref' || source.text === 'structured' || source.text === 'fixed';
  return isWord || source.confidence === 'low' ? 'low' : 'medium';
}

function messageOf({ command, expansion, tool, danger, isSplit }: TaintedArgument): string {
  const what = expansion.name === 'xargs' ? 'what it is given' : `\`$${expansion.name}\``;
  const how = isSplit ? 'is split into words of' : 'may begin with a dash as an argument of';
  return `${what}, which ${whoWrites(danger)}, ${how} \`${command.name}\`: it can add \`${tool.argument}\``;
}

function whoWrites({ source, reach, event }: Danger): string {
  return `${reach === 'insider' ? 'whoever starts the workflow' : 'anyone'} writes (\`${source.name}\`, \`${event}\`)`;
}
