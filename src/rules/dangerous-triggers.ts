import type { Confidence, Severity } from '../engine/finding.ts';
import type { Trigger } from '../engine/model/triggers.ts';
import { defineRule } from '../engine/rule.ts';
import { commentWork } from '../engine/taint/comment-work.ts';
import { isExploited } from '../engine/taint/exploits.ts';
import { isMetadataOnly, type PrivilegedWork, privilegedWork } from '../engine/taint/privileged-work.ts';
import { hasOnlyWritersTypes, hasOpenParent } from '../engine/taint/trigger-guards.ts';

export const dangerousTriggers = defineRule({
  id: 'dangerous-triggers',
  severity: 'high',
  confidence: 'medium',
  section: 'Triggers and access control',
  summary: "Anyone can start this workflow with the repository's token and secrets",
  why: "These events run the default branch's workflow with its full token and secrets, on behalf of a pull request, a comment or a run of somebody without any rights. One step that takes something from them hands everything over.",
  remedy:
    'Use `pull_request` for work on the code, and a second workflow that treats its result as untrusted data. Give each job only the permissions that it needs, and guard it by `github.event.pull_request.head.repo.full_name == github.repository`.',
  peers: [
    'zizmor: dangerous-triggers',
    'octoscan: debug-external-trigger',
    'sisakulint: dangerous-triggers-critical, dangerous-triggers-medium',
  ],
  visit: {
    *trigger(trigger) {
      const kind = kinds[trigger.event];
      if (!kind) return;
      const jobs = trigger.workflow.jobs.filter((job) => !job.isNever);
      // A note stays: a finding that came up when the other one is fixed would look like the fix's fault.
      const isNamed = jobs.some((job) => isExploited(job, trigger));
      const busy = jobs.filter((job) => !isMetadataOnly(job) && (kind === 'code' || commentWork(job).length > 0));
      const work = busy.flatMap((job) => privilegedWork(job, trigger) ?? []);
      const level = isNamed ? NOTE : levelOf(work, kind, trigger);
      yield { at: trigger, subject: trigger.event, message: messageOf(trigger, level), ...level };
    },
  },
});

/** `code`: the event is about code that an outsider brings. `talk`: about what people say. */
const kinds: Readonly<Record<string, 'code' | 'talk'>> = {
  pull_request_target: 'code',
  workflow_run: 'code',
  issue_comment: 'talk',
  issues: 'talk',
  discussion: 'talk',
  discussion_comment: 'talk',
};

interface Level {
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly audience: 'regular' | 'pedantic';
}

const NOTE: Level = { severity: 'info', confidence: 'medium', audience: 'pedantic' };

function levelOf(work: readonly PrivilegedWork[], kind: 'code' | 'talk', trigger: Trigger): Level {
  const fetching = work.filter(({ fetches }) => fetches);
  const strong = work.filter(({ isStrong }) => isStrong !== 'no');
  // Talk about labels and comments, with a token for labels and comments, is what these events are for.
  if (strong.length === 0 && fetching.length === 0) return NOTE;
  if (fetching.length > 0 && kind === 'code') {
    // With a token for labels and comments, what comes in can do little more than that.
    if (fetching.every((one) => one.isStrong === 'no')) return { ...NOTE, severity: 'low' };
    return { severity: 'high', confidence: certainty(fetching, trigger), audience: 'regular' };
  }
  const running = strong.filter(({ checksOut, isStrong }) => checksOut && (kind === 'code' || isStrong === 'yes'));
  if (running.length > 0) return { severity: 'medium', confidence: certainty(running, trigger), audience: 'regular' };
  return kind === 'code' ? { severity: 'medium', confidence: 'low', audience: 'regular' } : NOTE;
}

function certainty(work: readonly PrivilegedWork[], trigger: Trigger): Confidence {
  if (hasOnlyWritersTypes(trigger) || work.every(({ isGated }) => isGated)) return 'low';
  return trigger.event === 'workflow_run' && !hasOpenParent(trigger) ? 'low' : 'medium';
}

function messageOf({ event }: Trigger, { severity }: Level): string {
  const start = `\`${event}\` lets anyone start this workflow`;
  if (severity === 'info')
    return `${start}; today it takes nothing of theirs, has nothing to give, or another finding says what is wrong`;
  return `${start} with the token or secrets of the repository${severity === 'high' ? ', and files of theirs come in' : ''}`;
}
