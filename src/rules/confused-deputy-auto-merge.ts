import type { Condition } from '../engine/model/condition.ts';
import type { Start } from '../engine/model/reach.ts';
import type { Step } from '../engine/model/step.ts';
import { accesses, pathOf } from '../engine/model/visit-expression.ts';
import { defineRule, type ProposedFix } from '../engine/rule.ts';
import { isOpenTo } from '../engine/taint/approval.ts';
import { authorPath, type BotTest, botTests } from '../engine/taint/bot-tests.ts';
import { guardsOf } from '../engine/taint/guards.ts';
import { mergePlace } from '../engine/taint/merge-work.ts';
import { triggerPlaces } from '../engine/taint/trigger-places.ts';
import { neededBy } from '../engine/taint/way.ts';

export const confusedDeputyAutoMerge = defineRule({
  id: 'confused-deputy-auto-merge',
  severity: 'critical',
  confidence: 'medium',
  section: 'Triggers and access control',
  summary: "A stranger's pull request can be approved or merged by itself",
  why: 'The run approves or merges whatever pull request it is about, and what it asks before is passed by an outsider: a bot can be made to act on their pull request.',
  remedy:
    "Ask for the author (`github.event.pull_request.user.login == 'dependabot[bot]'`), and run `dependabot/fetch-metadata` before: it fails unless all commits are Dependabot's.",
  peers: ['poutine: confused_deputy_auto_merge'],
  subsumes: ['bot-conditions'],
  visit: {
    *step(step) {
      const place = mergePlace(step);
      const starts = place ? openStarts(step) : [];
      if (!place || starts.length === 0) return;
      const isPrivileged = starts.some((start) => start.isPrivileged);
      const conditions = conditionsOf(step);
      const [test] = conditions.flatMap(botTests);
      const approved = conditions.find(asksForReview);
      // Without a test of a bot, only what asks nothing at all is sure to be open.
      if (!test && !approved && !(isPrivileged && conditions.every(isOpenTo) && step.index < 3)) return;
      yield {
        at: test?.at ?? approved ?? place,
        subject: test?.subject ?? 'merge',
        message: messageOf(test ?? null, approved ?? null),
        // A fork's run has no token that could merge; a branch that the bot made has.
        severity: isPrivileged ? 'critical' : 'medium',
        related: [...(test ? [{ at: place, message: 'this approves or merges' }] : []), ...triggerPlaces(starts, step)],
        fix: test ? fixOf(test, step) : null,
      };
    },
  },
});

/** `review.state == 'approved'`: everyone may review, and approve. */
function asksForReview({ tree }: Condition): boolean {
  return tree !== null && accesses(tree).some((access) => pathOf(access) === 'github.event.review.state');
}

function messageOf(test: BotTest | null, approved: Condition | null): string {
  if (test)
    return `\`${test.path}\` is whoever caused the run: an outsider who makes the bot act on their pull request has it approved or merged`;
  if (approved)
    return "Anyone may approve a pull request in a review: an outsider's approval has it approved or merged";
  return 'Nothing asks whose pull request it is: anyone has theirs approved or merged by the token of this run';
}

/** Runs about a pull request that get there without a sound check. */
function openStarts(step: Step): readonly Start[] {
  return step.reach.outsiders.filter(
    ({ event }) =>
      (event.startsWith('pull_request') || event === 'workflow_run') &&
      !guardsOf(step, event).some(({ kind, how }) => kind === 'hard' || how !== 'starter'),
  );
}

function conditionsOf({ condition, job }: Step): readonly Condition[] {
  const before = job ? neededBy(job).map((needed) => needed.condition) : [];
  return [condition, job?.condition ?? null, ...before].filter((one) => one !== null);
}

function fixOf({ authored, path }: BotTest, step: Step): ProposedFix | null {
  const [author, other] = [...new Set(step.reach.events.map((event) => authorPath(event, path)))];
  if (!authored || !author || other !== undefined) return null;
  return { title: 'Ask for the author too', safe: false, edits: [authored(author, true)] };
}
