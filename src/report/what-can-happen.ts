import type { Place } from '../engine/finding.ts';
import { isNews } from '../policy/judge.ts';
import type { JudgedFinding, Verdict } from '../policy/verdict.ts';
import { shownRelated } from './annotation.ts';
import { count, wayOf, whatRose, whereItRuns } from './exposure.ts';
import { bullets, codeSpan, sentence } from './markdown.ts';

/** A place of the head as a link. */
type Link = (place: Pick<Place, 'path' | 'line'>) => string;

/** A person reads a few stories in full and a page of single lines; the annotations have them all. */
const MOST_IN_FULL = 20;
const MOST_PLACES = 10;
const MOST_LINES = 50;

/**
 * What this change lets happen, finding by finding: who starts it → what they control → where it runs → what it reaches → the way
 * out. Findings of one rule that share all that are told once. `annotated`: how many have an annotation.
 */
export function whatCanHappen({ findings }: Verdict, link: Link, annotated: number): readonly string[] {
  const news = findings.filter(isNews);
  if (news.length === 0) return [];
  const stories = grouped(news.filter((finding) => finding.comments));
  const full = stories.slice(0, MOST_IN_FULL);
  const rest = [...stories.slice(MOST_IN_FULL).flat(), ...news.filter((finding) => !finding.comments)];
  const left = news.length - annotated;
  return [
    '### What this change lets happen',
    ...full.map((story, index) => inFull(story, index + 1, link)),
    ...(rest.length > 0 && full.length > 0 ? ['#### Also new'] : []),
    ...(rest.length > 0 ? [bullets(rest, MOST_LINES, (each) => inALine(each, link))] : []),
    ...(left > 0 ? [`${count(left, 'more finding')} have no annotation: a check shows ${annotated} at most.`] : []),
  ];
}

type Story = readonly [JudgedFinding, ...JudgedFinding[]];

/** In the order of the first of each. */
function grouped(findings: readonly JudgedFinding[]): readonly Story[] {
  const stories = new Map<string, [JudgedFinding, ...JudgedFinding[]]>();
  for (const finding of findings) {
    const { rule, path, severity, blocks, status, exposure, exposureBefore, remedy } = finding;
    const where = whereItRuns(finding.identity, exposure);
    const key = JSON.stringify([rule, path, severity, blocks, status, exposure, exposureBefore, remedy, where]);
    const story = stories.get(key);
    if (story === undefined) stories.set(key, [finding]);
    else story.push(finding);
  }
  return [...stories.values()];
}

function inFull(story: Story, number: number, link: Link): string {
  const [first] = story;
  const { rule, severity, exposure, exposureBefore, identity, blocks, status } = first;
  const isWorse = status === 'worsened' && exposureBefore !== null;
  const isOne = story.length === 1;
  const title = `#### ${number}. ${codeSpan(rule)}, ${severity}${blocks ? ', blocks' : ''}`;
  const way = wayOf(identity, exposure).map(([label, text]) => `- **${label}:** ${sentence(text)}`);
  const isStarted = way.length > 1;
  return [
    isOne ? title : `${title}, ${story.length} places`,
    '',
    ...(isOne ? [`${link(first)}, ${status}, finding ${codeSpan(short(first))}`, ''] : []),
    ...way.slice(0, isStarted ? 1 : 0),
    ...(isOne
      ? [`- **What:** ${sentence(first.message)}`, ...relatedLines(first, link)]
      : ['- **What:**', ...placeLines(story, link)]),
    ...way.slice(isStarted ? 1 : 0),
    ...(isWorse ? [`- **Why now:** it was there before; ${sentence(whatRose(exposureBefore, exposure))}`] : []),
    `- **Fix:** ${sentence(first.remedy)}`,
  ].join('\n');
}

function relatedLines(finding: JudgedFinding, link: Link): readonly string[] {
  return shownRelated(finding).map((each) => `  - ${link(each)}: ${sentence(each.message)}`);
}

function placeLines(story: Story, link: Link): readonly string[] {
  const lines = story
    .slice(0, MOST_PLACES)
    .map((each) => `  - ${link(each)}, ${each.status}, ${codeSpan(short(each))}: ${sentence(each.message)}`);
  return story.length > MOST_PLACES ? [...lines, `  - and ${story.length - MOST_PLACES} more`] : lines;
}

function inALine({ rule, severity, message, ...place }: JudgedFinding, link: Link): string {
  return `${link(place)}: ${codeSpan(rule)}, ${severity}: ${sentence(message)}`;
}

function short({ fingerprint }: JudgedFinding): string {
  return fingerprint.slice(0, 8);
}
