import type { Severity } from '../engine/finding.ts';
import type { Text } from '../engine/model/text.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { type Choice, choicesOf } from '../engine/taint/choices.ts';
import { type Injection, injections } from '../engine/taint/injections.ts';

export const taintedRunsOn = defineRule({
  id: 'tainted-runs-on',
  severity: 'high',
  confidence: 'medium',
  section: 'Runners',
  summary: 'Somebody else chooses the machine, image or environment of a job',
  why: 'Whoever chooses the runner or the image chooses what sees the token and the secrets of the job; whoever chooses the environment chooses its secrets and its rules.',
  remedy:
    "Write the choice down, or choose by a comparison among values that are written down: `x == 'arm' && 'ubuntu-24.04-arm' || 'ubuntu-24.04'`.",
  visit: {
    *job(job) {
      for (const choice of choicesOf(job)) {
        for (const injection of injections(choice.text.expressions, job)) {
          const problem = problemOf(choice, choice.text, injection);
          if (problem) yield problem;
        }
      }
    },
    *step(step) {
      const place = step.script ? step.text('working-directory') : null;
      for (const injection of place ? injections(place.expressions, step) : []) {
        const problem =
          place &&
          problemOf({ text: place, what: 'the folder in which this script runs', isWeak: true }, place, injection);
        if (problem) yield problem;
      }
    },
  },
});

function problemOf({ what, isWeak, isDelay }: Choice, text: Text, injection: Injection): Problem | null {
  const { danger, expressions } = injection;
  const { source, reach, event } = danger;
  // Whoever starts it by hand is meant to choose; a value that can't be read here is no proof of anything.
  if (source.kind !== 'text' || reach === 'insider') return null;
  const isPrivileged = reach === 'outsider-privileged';
  if (isDelay && !isPrivileged) return null;
  const isMachine = text.site.key === 'runs-on';
  return {
    at: expressions[0],
    subject: `${text.site.key} ${injection.subject}`,
    message: `anyone (\`${source.name}\`, \`${event}\`) chooses ${what}`,
    severity: severityOf(isWeak || !(isPrivileged || (isMachine && danger.holdsAll)), isDelay ?? false),
    confidence: source.confidence === 'high' ? 'medium' : source.confidence,
    // A fork's pull request may change the rest itself; that a machine of one's own is open to it nobody sees at a glance.
    audience: !isDelay && (isPrivileged || (isMachine && !HOSTED.test(text.value))) ? 'regular' : 'pedantic',
  };
}

/** Whatever follows, it is one of GitHub's machines. */
const HOSTED = /^\s*(?:ubuntu|windows|macos)-/;

function severityOf(isWeak: boolean, isDelay: boolean): Severity {
  return isDelay ? 'low' : isWeak ? 'medium' : 'high';
}
