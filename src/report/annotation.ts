import type { Place, Related } from '../engine/finding.ts';
import type { JudgedFinding } from '../policy/verdict.ts';
import { count, wayOf, whatRose } from './exposure.ts';
import { echoed } from './untrusted.ts';

/** One annotation, in GitHub's field names, within its limits (C4). Lines and columns from 1, ends inclusive as GitHub counts. */
export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/** GitHub refuses the 51st of one request (C1). */
const BATCH = 50;

/** GitHub shows an annotation's text as it is, without Markdown; each part is far below 64 KB (C4). */
const MAX_PART = 1000;

const MOST_RELATED = 5;

/** A new or worsened finding on its lines: failure where it blocks, warning where it comments, else notice. */
export function annotation(finding: JudgedFinding): Annotation {
  const { rule, severity, message, exposure, identity, remedy, status, exposureBefore } = finding;
  const parts = [
    message,
    ...(status === 'worsened' && exposureBefore !== null
      ? [`It was there before, and is worse now: ${whatRose(exposureBefore, exposure)}.`]
      : []),
    ...wayOf(identity, exposure).map(([label, text]) => `${label}: ${text}.`),
    `Fix: ${remedy}`,
    ...shownRelated(finding).map((each) => `See ${each.path}:${each.line}: ${each.message}`),
  ];
  return {
    path: finding.path,
    ...lines(finding),
    annotation_level: levelOf(finding),
    title: `${rule} (${severity})`,
    message: parts.map((part) => echoed(part, MAX_PART)).join('\n'),
  };
}

/**
 * The lines that made untouched findings worse, such as a trigger above a script: they are what this change touches. One annotation a
 * line, however many findings it makes worse.
 */
export function causeAnnotations(findings: readonly JudgedFinding[]): readonly Annotation[] {
  const causes = new Map<string, { place: Related; findings: [JudgedFinding, ...JudgedFinding[]] }>();
  for (const finding of findings) {
    // Comparing puts what rose behind the places that the rule named.
    const place = finding.status === 'worsened' ? finding.related.at(-1) : undefined;
    if (place === undefined || (place.path === finding.path && place.line === finding.line)) continue;
    const key = JSON.stringify([place.path, place.line]);
    const known = causes.get(key);
    if (known === undefined) causes.set(key, { place, findings: [finding] });
    else known.findings.push(finding);
  }
  return [...causes.values()].map(({ place, findings: [first, ...others] }) => {
    const more = others.length === 0 ? '' : ` and ${count(others.length, 'more finding')}`;
    const message = `${place.message}. Part of what makes ${first.rule} at ${first.path}:${first.line}${more} worse.`;
    return {
      path: place.path,
      ...lines(place),
      annotation_level: levelOf(first),
      title: `worsened: ${first.rule}${more}`,
      message: echoed(message, MAX_PART),
    };
  });
}

/** Of many related places the last: what rose is among them. */
export function shownRelated({ related }: JudgedFinding): readonly Related[] {
  return related.slice(-MOST_RELATED);
}

function levelOf({ blocks, comments }: JudgedFinding): Annotation['annotation_level'] {
  return blocks ? 'failure' : comments ? 'warning' : 'notice';
}

/** Columns are only for one line (C4), and our ends are exclusive. */
function lines({ line, column, endLine, endColumn }: Place) {
  const last = endLine > line && endColumn === 1 ? endLine - 1 : endLine;
  const end_line = Math.max(line, last);
  if (end_line > line || endLine > line) return { start_line: line, end_line };
  return { start_line: line, end_line, start_column: column, end_column: Math.max(column, endColumn - 1) };
}

/** Annotations in the batches that GitHub takes, in order; at least one batch, which may be empty: the check must be completed all the same. */
export function annotationBatches(annotations: readonly Annotation[]): readonly (readonly Annotation[])[] {
  const batches: (readonly Annotation[])[] = [];
  for (let from = 0; from < annotations.length; from += BATCH) batches.push(annotations.slice(from, from + BATCH));
  return batches.length === 0 ? [[]] : batches;
}
