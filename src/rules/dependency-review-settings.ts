import type { Severity } from '../engine/finding.ts';
import type { Step } from '../engine/model/step.ts';
import type { Text } from '../engine/model/text.ts';
import { defineRule } from '../engine/rule.ts';

export const dependencyReviewSettings = defineRule({
  id: 'dependency-review-settings',
  severity: 'medium',
  section: 'Dependencies and coverage',
  summary: 'The review of new dependencies stops nothing',
  why: 'The review is there to keep vulnerable packages out of a pull request; with these settings it passes although it found some.',
  remedy: 'Let it fail: without `warn-only`, with its checks on, and with exceptions that are few and explained.',
  peers: ['sisakulint: dependency-review-settings'],
  visit: {
    *step(step) {
      if (!step.uses?.matches(REVIEWS) || step.hasDynamicInputs) return;
      for (const { at, message, severity, fix } of weaknesses(step)) {
        yield {
          at,
          message,
          severity,
          fix: fix ? { title: fix[1], safe: false, edits: [step.ensure(['with', fix[0]], fix[2])] } : null,
        };
      }
    },
  },
});

const REVIEWS = ['actions/dependency-review-action'];

interface Weakness {
  readonly at: Text;
  readonly message: string;
  readonly severity: Severity;
  /** Input, title, value. */
  readonly fix?: readonly [string, string, string];
}

/** More exceptions than this are no longer read by anybody. */
const MAX_EXCEPTIONS = 10;

function* weaknesses(step: Step): Iterable<Weakness> {
  const [warns, checks, level] = ['warn-only', 'vulnerability-check', 'fail-on-severity'].map((name) =>
    step.with(name),
  );
  const goesOn = step.text('continue-on-error');
  if (warns && isWritten(warns, 'true')) {
    const fix = ['warn-only', 'Let the review fail', 'false'] as const;
    yield { at: warns, message: 'The review only warns: vulnerable dependencies get in', severity: 'medium', fix };
  }
  if (goesOn && isWritten(goesOn, 'true')) {
    yield {
      at: goesOn,
      message: 'The job goes on when the review fails: vulnerable dependencies get in',
      severity: 'medium',
    };
  }
  if (checks && isWritten(checks, 'false')) {
    const fix = ['vulnerability-check', 'Look for vulnerabilities', 'true'] as const;
    yield { at: checks, message: 'The review does not look for vulnerabilities', severity: 'medium', fix };
  }
  if (level && isWritten(level, 'critical')) {
    yield { at: level, message: 'Dependencies with vulnerabilities of high severity get in', severity: 'info' };
  }
  for (const name of ['allow-ghsas', 'allow-dependencies-licenses']) {
    const list = step.with(name);
    const count = list?.value.split(/[,\n]/).filter((one) => one.trim() !== '').length ?? 0;
    if (list && count > MAX_EXCEPTIONS) yield { at: list, message: `${count} exceptions are made`, severity: 'low' };
  }
  const comment = step.with('comment-summary-in-pr');
  const mayComment = step.job?.grants('pull-requests', 'write') !== 'no';
  if (comment && !mayComment && /^(?:always|on-failure|true)$/.test(comment.value.trim())) {
    yield { at: comment, message: 'It may not comment: the job has no `pull-requests: write`', severity: 'low' };
  }
}

function isWritten(text: Text, value: string): boolean {
  return text.value.trim().toLowerCase() === value;
}
