import type { Severity } from '../engine/finding.ts';
import type { Job } from '../engine/model/job.ts';
import type { Start } from '../engine/model/reach.ts';
import type { Step } from '../engine/model/step.ts';
import { defineRule, type Problem, type ProposedFix } from '../engine/rule.ts';
import { authorPath, type BotTest, botTests, scriptBotTests } from '../engine/taint/bot-tests.ts';
import { mergePlace } from '../engine/taint/merge-work.ts';
import { triggerPlaces } from '../engine/taint/trigger-places.ts';

export const botConditions = defineRule({
  id: 'bot-conditions',
  severity: 'high',
  section: 'Triggers and access control',
  summary: 'Whoever acted last is taken for the author',
  why: '`github.actor` is who caused this run, not who wrote the code: an outsider opens a pull request and makes the bot act on it (a comment that asks it to rebase, a branch that it updates), and passes.',
  remedy: 'Ask for the author: `github.event.pull_request.user.login`, and keep the head in this repository.',
  peers: [
    'zizmor: bot-conditions',
    'poutine: confused_deputy_auto_merge',
    'octoscan: bot-check',
    'sisakulint: bot-conditions',
  ],
  visit: {
    *job(job) {
      for (const test of job.condition ? botTests(job.condition) : []) yield* problemOf(test, job, job);
    },
    *step(step) {
      const tests = [...(step.condition ? botTests(step.condition) : []), ...scriptBotTests(step)];
      for (const test of tests) yield* problemOf(test, step, step.job);
    },
  },
});

/** Events about something that an outsider wrote and a bot may touch later. */
const TOUCHED: readonly string[] = [
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'workflow_run',
  'issues',
  'discussion',
];

function* problemOf(test: BotTest, at: Job | Step, job: Job | null): Iterable<Problem> {
  const starts = at.reach.outsiders.filter(({ event }) => TOUCHED.includes(event) || event.endsWith('_comment'));
  const [worst] = [...starts].sort((a, b) => Number(b.isPrivileged) - Number(a.isPrivileged));
  if (!worst) return;
  const severity: Severity = worst.isPrivileged ? 'high' : 'medium';
  // Of a comment the actor is the author, unless it was edited.
  const isTouched = starts.some(({ event }) => TOUCHED.includes(event));
  yield {
    at: test.at,
    subject: test.subject,
    message: `\`${test.path}\` is whoever caused this run, not the author: an outsider passes by making the bot act on what is theirs (${eventsOf(starts)})`,
    severity,
    confidence: !isTouched ? 'low' : test.isAlone ? 'high' : 'medium',
    related: at.kind === 'step' ? triggerPlaces(starts, at) : [],
    fix: fixOf(test, at, job),
  };
}

function eventsOf(starts: readonly Start[]): string {
  return [...new Set(starts.map(({ event }) => `\`${event}\``))].join(', ');
}

/** Merging and approving asks for both: the author, and that nobody else has pushed since (corrections 45). */
function fixOf({ authored, path }: BotTest, at: Job | Step, job: Job | null): ProposedFix | null {
  const [author, other] = [...new Set(at.reach.events.map((event) => authorPath(event, path)))];
  if (!authored || !author || other !== undefined) return null;
  const merges = job?.steps.some((step) => mergePlace(step) !== null) ?? false;
  return { title: 'Ask for the author', safe: false, edits: [authored(author, merges)] };
}
