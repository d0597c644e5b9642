import type { Severity } from '../engine/finding.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { hoist } from '../engine/taint/hoist.ts';
import { type Cause, causeOf, causes, type Injection, injections, isHarmless } from '../engine/taint/injections.ts';
import { oneLine } from '../engine/taint/one-line.ts';
import { codeSinks } from '../engine/taint/sinks.ts';

export const templateInjection = defineRule({
  id: 'template-injection',
  severity: 'high',
  section: 'Injection',
  summary: 'Text that somebody else writes becomes part of a script',
  why: 'GitHub puts the value of an expression into the script before the shell reads it. Whoever writes that value writes commands, which run with the token and the secrets of the job.',
  remedy: 'Pass the value in a variable under `env:` and let the script expand it: `"$TITLE"`.',
  peers: [
    'zizmor: template-injection',
    'actionlint: expression (untrusted inputs)',
    'poutine: injection',
    'octoscan: expression-injection',
    'scorecard: Dangerous-Workflow (script injection)',
    'semgrep: run-shell-injection, github-script-injection',
    'sisakulint: code-injection-critical, code-injection-medium',
    'gato-x: ACTIONS_INJECTION',
    'CodeQL: code-injection',
  ],
  visit: {
    *step(step) {
      for (const sink of codeSinks(step)) {
        for (const same of causes(injections(sink.text.expressions, step))) {
          const groups = same[0].danger.source.kind === 'plain' ? [] : same.map(({ expressions }) => expressions);
          yield { ...problemOf(same, sink.called, sink.isPartial), fix: hoist(groups, sink) };
        }
      }
    },
    *job(job) {
      for (const container of [job.container, ...job.services]) {
        const expressions = container?.options?.expressions ?? [];
        for (const same of causes(injections(expressions, job))) {
          yield problemOf(same, 'the options of a container', true);
        }
      }
    },
  },
});

function problemOf(same: Cause, called: string, isPartial: boolean): Problem {
  const [injection] = same;
  const { danger, severity } = injection;
  const [first, ...rest] = same.flatMap(({ expressions }) => expressions);
  return {
    at: first ?? injection.expressions[0],
    subject: causeOf(injection) ?? injection.subject,
    // Another place of the same cause is no other finding, but one that a change adds is news.
    ...(causeOf(injection) === null ? {} : { route: '', member: `${injection.subject} in ${routeOf(injection)}` }),
    message: messageOf(injection, called),
    severity: isPartial ? atMostMedium(severity) : severity,
    confidence: danger.confidence,
    audience: isHarmless(injection) ? 'pedantic' : 'regular',
    related: rest.map((place) => ({ at: place, message: 'and here' })),
  };
}

/** The job and step, by their names. */
function routeOf({ expressions: [{ owner }] }: Injection): string {
  return owner.route || owner.source.path;
}

function atMostMedium(severity: Severity): Severity {
  return severity === 'critical' || severity === 'high' ? 'medium' : severity;
}

function messageOf({ expressions, danger: { source, reach, event } }: Injection, called: string): string {
  const code = `\`${oneLine(expressions[0].value, 160)}\``;
  const from = code.toLowerCase().includes(source.name.toLowerCase()) ? '' : ` (\`${source.name}\`)`;
  const what = `${code}${from} is expanded into ${called}`;
  if (source.kind === 'plain') return `${what}; its value is fixed or harmless today`;
  if (source.kind === 'unknown') return `${what}, and what it holds can't be seen from here`;
  if (source.kind === 'computed') return `${what}, and its value is made while the workflow runs`;
  if (reach === 'insider') return `${what}: whoever may write to the repository can put commands there (\`${event}\`)`;
  const held =
    reach === 'outsider-privileged' ? "with the job's token and secrets" : 'without a write token or secrets';
  return `${what}: anyone can put commands there, which run ${held} (\`${event}\`)`;
}
