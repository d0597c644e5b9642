import type { RunsOn } from '../engine/model/runs-on.ts';
import { type LocatedText, replace } from '../engine/model/source.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import {
  HOSTED_FORM,
  HOSTED_LABELS,
  RETIRED_LABELS,
  runnerKindOf,
  runnerSystemOf,
  SLIPS,
} from '../knowledge/runner-labels.ts';

export const unknownRunnerLabel = defineRule({
  id: 'unknown-runner-label',
  severity: 'low',
  section: 'Runners',
  summary: 'No machine has the label that the job asks for',
  why: 'A job that asks for a label which no machine has waits until it is cancelled; with runners of one’s own, whoever may register one can answer to it.',
  remedy: 'Ask for a label of GitHub’s list, or declare your own by the option `labels`.',
  options: {
    /** Labels of the organisation's own or larger runners. */
    labels: [] as readonly string[],
  },
  peers: ['actionlint: runner-label', 'octoscan: runner-label', 'secure-repo: runnerlabel'],
  visit: {
    *job({ runsOn }, { options, facts }) {
      if (!runsOn || runsOn.group) return;
      const registered = facts.setting('runnerLabels');
      const own = new Set([...options.labels, ...(registered ?? [])].map((label) => label.toLowerCase()));
      const labels = runsOn.labels.filter(
        ({ value }) => !own.has(value.trim().toLowerCase()) && !value.includes('${{'),
      );
      for (const label of labels) yield* judged(label, runsOn, registered !== null, facts.today);
      yield* conflicts(runsOn);
    },
  },
});

function* judged(label: LocatedText, runsOn: RunsOn, isListed: boolean, today: string | null): Generator<Problem> {
  const name = label.value.trim().toLowerCase();
  const at = label.source === runsOn.source ? label : runsOn;
  const same = { at, subject: name, route: '' as const };
  const retired = RETIRED_LABELS.find((one) => one.label.test(name));
  // A machine of one's own may bear any label beside `self-hosted`.
  const isOwn = runsOn.alternatives.some(
    (set) => set.includes(label) && set.some((one) => /self-hosted|managed/.test(runnerKindOf(one.value))),
  );
  if (isOwn || HOSTED_LABELS.has(name)) return;
  if (retired && (today === null || today >= retired.since)) {
    const successor = name.replace(retired.label, retired.successor);
    const isWritten = label.source.slice(label) === label.value;
    yield {
      ...same,
      message: `GitHub has had no machine with \`${label.value}\` since ${retired.since}; the job fails or waits in vain`,
      severity: 'medium',
      fix: isWritten ? { title: `Ask for \`${successor}\``, safe: false, edits: [replace(label, successor)] } : null,
    };
  } else if (!retired && (HOSTED_FORM.some((form) => form.test(name)) || SLIPS.test(name))) {
    yield {
      ...same,
      message: `GitHub has no machine with \`${label.value}\` (as of November 2026)`,
      confidence: 'medium',
    };
  } else if (!retired && runnerKindOf(name) === 'unknown') {
    const message = `\`${label.value}\` is none of GitHub’s labels${isListed ? ', and no runner that it lists has it' : ''}`;
    yield { ...same, message, confidence: isListed ? 'medium' : 'low' };
  }
}

/** One machine is asked to be of two systems. */
function* conflicts({ alternatives, source }: RunsOn): Generator<Problem> {
  for (const set of alternatives) {
    const hosted = set.filter(({ value }) => runnerKindOf(value) === 'hosted');
    const [first, second] = hosted.filter(
      ({ value }, index) =>
        hosted.findIndex((other) => runnerSystemOf(other.value) === runnerSystemOf(value)) === index,
    );
    if (!first || !second || second.source !== source) continue;
    const message = `No machine is \`${first.value}\` and \`${second.value}\` at once; to run on each, use a matrix`;
    yield { at: second, message, subject: 'conflict', confidence: 'medium' };
    return;
  }
}
