import type { NotRun, Unverified } from '../engine/analysis.ts';
import { type Place, SEVERITIES } from '../engine/finding.ts';
import { isNews } from '../policy/judge.ts';
import type { JudgedFinding, Verdict } from '../policy/verdict.ts';
import { count, listed } from './exposure.ts';
import { bullets, codeLink, codeSpan, sentence } from './markdown.ts';
import { notRunLine } from './scan.ts';
import { whatCanHappen } from './what-can-happen.ts';

/** What a summary needs besides the verdict. */
export interface SummaryInput {
  readonly site: string;
  /** Every verdict on this commit, the shown one among them. */
  readonly all: readonly Verdict[];
  /** How many findings have an annotation. */
  readonly annotated: number;
}

const MOST_LINES = 100;
const MOST_FIXED = 20;

/** The check run's text, in the order in which a reader asks: does it pass, what can happen, what changed, what was not seen, what is better. */
export function summaryOf(verdict: Verdict, { site, all, annotated }: SummaryInput): string {
  const link = (place: Pick<Place, 'path' | 'line'>) => linkTo(verdict, site, place);
  const sections = [
    ...verdictSection(verdict),
    ...sharedSection(verdict, all, site),
    ...verdict.notices.map((notice) => `**Policy:** ${sentence(notice)}`),
    ...whatCanHappen(verdict, link, annotated),
    ...capabilitySection(verdict),
    ...unverifiedSection(verdict),
    ...fixedSection(verdict),
    footer(verdict),
  ];
  return sections.join('\n\n');
}

function linkTo({ repository, head }: Verdict, site: string, { path, line }: Pick<Place, 'path' | 'line'>): string {
  const address = `${site}/${repository.owner}/${repository.name}/blob/${head}`;
  return codeLink(`${path}:${line}`, address, path, `#L${line}`);
}

function verdictSection(verdict: Verdict): readonly string[] {
  const blocking = verdict.findings.filter((finding) => finding.blocks);
  const news = verdict.findings.filter(isNews);
  if (blocking.length > 0) {
    const [only] = blocking;
    const what =
      blocking.length === 1 && only !== undefined
        ? `one ${only.severity} finding, which the policy enforces`
        : `${blocking.length} findings that the policy enforces: ${bySeverity(blocking)}`;
    return [
      `**Fails.** This change brings ${what}.`,
      'What to do: fix what is listed here and push; the check then runs again by itself. Comment `/gargoyle explain <rule>` to read more about a rule.',
    ];
  }
  if (verdict.conclusion === 'failure') {
    return [
      '**Fails.** Something could not be verified, and not being able to look is never a pass.',
      'What to do: the reasons are below. Where a file is at fault, mend it and push; otherwise comment `/gargoyle rescan` to try again.',
    ];
  }
  if (news.length > 0)
    return [
      `**Does not block.** This change brings ${count(news.length, 'finding')} that the policy does not enforce: ${bySeverity(news)}.`,
    ];
  if (verdict.conclusion === 'neutral')
    return ['**Does not block.** No new finding, but not everything could be verified.'];
  if (verdict.changed.length === 0)
    return ['**Passes.** Nothing to check: this change touches no file that Gargoyle reads.'];
  return [`**Passes.** This change brings no new finding; ${count(verdict.changed.length, 'changed file')} read.`];
}

/** "1 critical, 2 high". */
function bySeverity(findings: readonly JudgedFinding[]): string {
  return SEVERITIES.toReversed()
    .map((severity) => ({ severity, number: findings.filter((each) => each.severity === severity).length }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => `${number} ${severity}`)
    .join(', ');
}

const CONCLUSIONS = { success: 'passes', neutral: 'does not block', failure: 'fails' } as const;

/** A check belongs to a commit: without this, a second pull request into one's own branch could turn the first one green. */
function sharedSection(shown: Verdict, all: readonly Verdict[], site: string): readonly string[] {
  if (all.length < 2) return [];
  const line = (verdict: Verdict) => {
    const { owner, name } = verdict.repository;
    const pull =
      verdict.pull === null ? 'merge queue' : `[#${verdict.pull}](${site}/${owner}/${name}/pull/${verdict.pull})`;
    const here = verdict === shown ? ', shown here' : '';
    return `- ${pull} into ${codeSpan(verdict.base.ref)}: ${CONCLUSIONS[verdict.conclusion]}${here}`;
  };
  const why =
    'A check belongs to a commit, and this commit would merge in more than one place. The worst result counts:';
  return [`${why}\n\n${all.map(line).join('\n')}`];
}

function capabilitySection({ capabilities }: Verdict): readonly string[] {
  if (capabilities.length === 0) return [];
  const line = ({ path, job, gained, lost }: Verdict['capabilities'][number]) => {
    const parts = [
      ...(gained.length > 0 ? [`gained ${some(gained)}`] : []),
      ...(lost.length > 0 ? [`lost ${some(lost)}`] : []),
    ];
    return `${codeSpan(path)}, job ${codeSpan(job)}: ${parts.join('; ')}`;
  };
  return ['### What each job gained or lost', bullets(capabilities, MOST_LINES, line)];
}

function some(sentences: readonly string[]): string {
  const shown = sentences.slice(0, 12).map(sentence);
  return listed(sentences.length > 12 ? [...shown, `${sentences.length - 12} more`] : shown, 'and');
}

function unverifiedSection({ unverified, notRun }: Verdict): readonly string[] {
  const failed = notRun.filter(({ isUnasked }) => !isUnasked);
  if (unverified.length === 0 && failed.length === 0) return [];
  const file = ({ path, rule, reason, persists }: Unverified) =>
    `${codeSpan(path)}${rule === null ? '' : `, rule ${codeSpan(rule)}`}: ${sentence(reason)}${persists ? ' (as before this change, so it does not count)' : ''}`;
  const rule = (each: NotRun) => `rule ${codeSpan(each.rule)} did not run: ${sentence(each.reason)}`;
  return [
    '### What could not be verified',
    [bullets(unverified, MOST_LINES, file), bullets(failed, MOST_LINES, rule)].filter((part) => part !== '').join('\n'),
  ];
}

function fixedSection({ fixed }: Verdict): readonly string[] {
  if (fixed.length === 0) return [];
  // The places are the base's: a link to this commit would lead astray.
  return [
    '### What was fixed',
    bullets(fixed, MOST_FIXED, (each) => `${codeSpan(each.path)}: ${codeSpan(each.rule)}: ${sentence(each.message)}`),
  ];
}

function footer(verdict: Verdict): string {
  const unasked = verdict.notRun.filter(({ isUnasked }) => isUnasked);
  const persisting = verdict.findings.filter((each) => each.status === 'persisting' && each.mode !== 'off');
  const old = persisting.filter(({ audience }) => audience === 'regular').length;
  const policy =
    verdict.policy === 'default'
      ? 'recommended'
      : verdict.policy
          .split('+')
          .map((id) => id.slice(0, 12))
          .join(' + ');
  const facts = [
    ...(old > 0
      ? [
          `${count(old, 'finding')} ${old === 1 ? 'was' : 'were'} there before this change and ${old === 1 ? 'does' : 'do'} not count.`,
        ]
      : []),
    `${count(verdict.files, 'file')} analysed; ${codeSpan(verdict.head.slice(0, 7))} compared with ${codeSpan(verdict.base.sha.slice(0, 7))}, where it left ${codeSpan(verdict.base.ref)}; policy ${codeSpan(policy)}.`,
    ...(unasked.length > 0 ? [`Not run: ${sentence(notRunLine(unasked))}.`] : []),
  ];
  return `---\n${facts.join(' ')}`;
}
