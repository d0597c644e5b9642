import type { Severity } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';
import { type JavascriptCommand, javascriptCommands } from '../engine/taint/javascript-commands.ts';
import { injectionSeverity } from '../engine/taint/severity.ts';

export const githubScriptExec = defineRule({
  id: 'github-script-exec',
  severity: 'medium',
  confidence: 'medium',
  section: 'Injection',
  summary: 'A script starts a command that it puts together from other text',
  why: 'A command line that is put together from text runs whatever that text says: a shell obeys `$(…)` and `;`, and even without one each blank begins another argument.',
  remedy:
    "Write the program's name down and hand each value on as an argument of its own: `exec.exec('git', ['log', name])`.",
  peers: ['octoscan: debug-js-exec'],
  visit: {
    *step(step) {
      if (step.reach.level === 'insider' && step.reach.outsiders.length === 0) return;
      for (const command of javascriptCommands(step)) {
        const isOutsiders = command.danger !== null && command.danger.reach !== 'insider';
        yield {
          at: command.at,
          message: messageOf(command),
          severity: severityOf(command, step.job),
          confidence: command.danger?.source.confidence === 'low' ? 'low' : 'medium',
          audience: isOutsiders ? 'regular' : 'pedantic',
        };
      }
    },
  },
});

function severityOf({ danger, isShell }: JavascriptCommand, job: Parameters<typeof injectionSeverity>[1]): Severity {
  if (!danger) return 'info';
  return isShell ? injectionSeverity(danger, job) : 'medium';
}

function messageOf({ call, danger, isShell }: JavascriptCommand): string {
  const what = `\`${call}\` starts a command that is put together here`;
  if (!danger) return `${what}; nothing shows that somebody else writes a part of it`;
  const { source, reach, event } = danger;
  const who = reach === 'insider' ? 'whoever may write to the repository' : 'anyone';
  const gain = isShell ? 'commands of their own' : 'arguments of their own';
  return `${what}: ${who} (\`${source.name}\`, \`${event}\`) can add ${gain}`;
}
