import { isNews, worst } from '../policy/judge.ts';
import type { Verdict } from '../policy/verdict.ts';
import { type Annotation, annotation, causeAnnotations } from './annotation.ts';
import { count } from './exposure.ts';
import { codeSpan, cutMarkdown, prose } from './markdown.ts';
import { summaryOf } from './summary.ts';

/** GitHub's `output` without the annotations: title ≤ 255 characters, summary ≤ 65,535 bytes (C3, C4). */
export interface CheckOutput {
  readonly title: string;
  readonly summary: string;
}

/** A completed check run; its annotations go out in batches of 50 (`annotationBatches`), the conclusion with the last. */
export interface CheckReport {
  readonly conclusion: 'success' | 'neutral' | 'failure' | 'cancelled';
  readonly output: CheckOutput;
  readonly annotations: readonly Annotation[];
}

/** What a check's text needs besides the verdicts. */
export interface CheckContext {
  /** Where links lead: `https://github.com`, or the Enterprise Server's address, without a slash at the end. */
  readonly site: string;
  /** Other open pull requests on the commit that have no verdict yet: until they have, nothing looks green. */
  readonly unjudged?: readonly number[];
}

/** GitHub counts characters (C3); bytes are never fewer, so either way of counting is kept. */
const MAX_SUMMARY = 65_535;
const MAX_TITLE = 255;

/** Ten requests at one a second. A change made to have more findings must not keep the App busy for others. */
const MAX_ANNOTATIONS = 500;

const CUT = '*This report was cut here: GitHub takes no more. The annotations on the files say the rest.*';

/** The completed check of a commit, from the verdicts of all open pull requests on it: at least one, the one just scanned first. */
export function checkRun(verdicts: readonly Verdict[], { site, unjudged = [] }: CheckContext): CheckReport {
  const verdict = worst(verdicts);
  if (verdict === null) throw new RangeError('a check run needs a verdict');
  const shown = verdict.findings.filter(isNews).slice(0, MAX_ANNOTATIONS);
  const annotations = [...shown.map(annotation), ...causeAnnotations(shown)].slice(0, MAX_ANNOTATIONS);
  const waits =
    unjudged.length > 0 && verdict.conclusion !== 'failure' ? `Waits for the scan of ${pulls(unjudged)}` : null;
  const summary = [
    ...(waits === null
      ? []
      : [`**${waits}.** This commit is its head too, and a commit has one check for all its pull requests.`]),
    summaryOf(verdict, { site, all: verdicts, annotated: shown.length }),
  ].join('\n\n');
  return {
    conclusion: waits === null ? verdict.conclusion : 'failure',
    output: {
      title: (waits ?? titleOf(verdict)).slice(0, MAX_TITLE),
      summary: cutMarkdown(summary, MAX_SUMMARY, CUT),
    },
    annotations,
  };
}

/** "#12, #15", at most five. */
function pulls(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 5).map((each) => `#${each}`);
  return `${shown.join(', ')}${numbers.length > shown.length ? ' and others' : ''}`;
}

/** Our own words and rule ids only: a title is seen in lists, where nothing can be escaped. */
function titleOf(verdict: Verdict): string {
  const blocking = verdict.findings.filter((finding) => finding.blocks);
  const news = verdict.findings.filter(isNews).length;
  const unseen = new Set(verdict.unverified.filter(({ persists }) => !persists).map(({ path }) => path)).size;
  if (blocking.length > 0) {
    const rules = [...new Set(blocking.map(({ rule }) => rule))].join(', ');
    return `${count(blocking.length, 'finding')} to fix: ${rules}`;
  }
  if (unseen > 0) return `${count(unseen, 'file')} could not be verified`;
  if (verdict.conclusion === 'failure') return 'An enforced rule could not run';
  if (news > 0) return `${count(news, 'new finding')}, none blocking`;
  if (verdict.conclusion === 'neutral') return 'A rule could not run';
  if (verdict.changed.length === 0) return 'Nothing to check';
  return verdict.fixed.length > 0 ? `No new findings, ${verdict.fixed.length} fixed` : 'No new findings';
}

/** What the check shows while the scan runs. */
export function checkInProgress(): CheckOutput {
  return {
    title: 'Reading the workflows',
    summary: 'Comparing the workflows of this commit with those of its merge base. This takes a few seconds.',
  };
}

/** The end of a check whose pull request got a newer head (40 hex digits). */
export function checkSuperseded(bySha: string): CheckReport {
  const by = codeSpan(bySha.slice(0, 7));
  return {
    conclusion: 'cancelled',
    output: {
      title: `Superseded by ${bySha.slice(0, 7)}`,
      summary: `This scan was superseded by ${by}, a newer commit of the pull request. The check of that commit decides.`,
    },
    annotations: [],
  };
}

/** The end of a check that could not run: a failure, never a pass. `reason` is a clause for a person, `reference` finds the log entry. */
export function checkFailed(reason: string, reference: string): CheckReport {
  return {
    conclusion: 'failure',
    output: {
      title: 'The scan could not run',
      summary: [
        `**Fails.** The scan of this commit could not run: ${prose(reason)}.`,
        'Not being able to look is never a pass.',
        'Comment `/gargoyle rescan` or re-run this check to try again.',
        `If it fails again, ask whoever runs this App to look for ${codeSpan(reference)} in its log.`,
      ].join('\n\n'),
    },
    annotations: [],
  };
}
