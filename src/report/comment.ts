import type { Place } from '../engine/finding.ts';
import type { JudgedFinding } from '../policy/verdict.ts';
import { wayOf, whatRose } from './exposure.ts';
import { codeSpan, longestRun, sentence } from './markdown.ts';
import type { Suggestion } from './suggestion.ts';

/** What a comment has besides its finding. */
export interface CommentParts {
  /** Where the comment stands, when that is not where the finding is. */
  readonly awayFrom: Pick<Place, 'path' | 'line'> | null;
  readonly suggestion: Suggestion | null;
  readonly marker: string;
}

/** A review comment: what is wrong, what an attacker gains, the way out. At most 15 lines, the suggestion's own not counted. */
export function commentBody(finding: JudgedFinding, { awayFrom, suggestion, marker }: CommentParts): string {
  const { rule, severity, message, exposure, exposureBefore, identity, status, fix, remedy } = finding;
  const at = awayFrom === null ? '' : ` at ${codeSpan(`${awayFrom.path}:${awayFrom.line}`)}`;
  const isWorse = status === 'worsened' && exposureBefore !== null;
  const caution =
    suggestion !== null && fix !== null && !fix.safe
      ? ' Look before you commit: this can change what the job does.'
      : '';
  return [
    `**${codeSpan(rule)}, ${severity}**${at}: ${sentence(message)}`,
    '',
    `${wayOf(identity, exposure).map(asPart).join(' → ')}.`,
    ...(isWorse ? ['', `**Why now:** it was there before; ${sentence(whatRose(exposureBefore, exposure))}.`] : []),
    '',
    `**Fix:** ${sentence(suggestion !== null && fix !== null ? fix.title : remedy)}${caution}`,
    ...(suggestion === null ? [] : [block(suggestion)]),
    '',
    `<sub>Finding ${codeSpan(finding.fingerprint.slice(0, 8))} · \`/gargoyle explain ${rule}\`</sub>`,
    marker,
  ].join('\n');
}

function asPart([label, text]: readonly [string, string], index: number): string {
  return `**${index === 0 ? label : label.toLowerCase()}** ${sentence(text)}`;
}

/** Byte for byte, in a fence that nothing in it can close. */
function block({ text }: Suggestion): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}suggestion\n${text}${fence}`;
}
