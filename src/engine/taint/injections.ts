import type { Severity } from '../finding.ts';
import type { Expression } from '../model/expression.ts';
import type { Job } from '../model/job.ts';
import type { Step } from '../model/step.ts';
import { accesses, pathOf } from '../model/visit-expression.ts';
import { type Danger, dangerOf, isOwnRef, worst } from './danger.ts';
import { injectionSeverity } from './severity.ts';
import { sourcesOf } from './sources.ts';

/** Equal expressions in one code, and the worst that their value can be. */
export interface Injection {
  /** At least one, in the order of the source. */
  readonly expressions: readonly [Expression, ...Expression[]];
  /** `github.event.issue.title` however it is spelled; else what is written, spaces taken away. */
  readonly subject: string;
  readonly danger: Danger;
  readonly severity: Severity;
}

/** What is expanded into a code of a step (or into a job's own), apart from values that nobody shapes. */
export function injections(expressions: readonly Expression[], at: Step | Job): readonly Injection[] {
  return [...grouped(expressions)].flatMap(([subject, same]) => {
    const { tree } = same[0];
    const sources = tree ? sourcesOf(tree, { owner: at, isEnv: false, trail: [] }) : [];
    const danger = worst(sources.flatMap((source) => dangerOf(source, at) ?? []));
    if (!danger || danger.source.kind === 'fixed') return [];
    return [
      { expressions: same, subject, danger, severity: injectionSeverity(danger, at.kind === 'job' ? at : at.job) },
    ];
  });
}

function grouped(expressions: readonly Expression[]): ReadonlyMap<string, readonly [Expression, ...Expression[]]> {
  const bySubject = new Map<string, readonly [Expression, ...Expression[]]>();
  for (const expression of expressions) {
    const subject = subjectOf(expression);
    const same = bySubject.get(subject);
    bySubject.set(subject, same ? [...same, expression] : [expression]);
  }
  return bySubject;
}

function subjectOf({ tree, code }: Expression): string {
  return tree?.kind === 'access' && accesses(tree).length === 1 ? pathOf(tree) : code.replace(/\s+/g, '').toLowerCase();
}

/** Injections of one code that one change mends. */
export type Cause = readonly [Injection, ...Injection[]];

/** Injections by what they have in common. */
export function causes(all: readonly Injection[]): readonly Cause[] {
  const byCause = new Map<string, [Injection, ...Injection[]]>();
  for (const one of all) {
    const cause = causeOf(one) ?? one.subject;
    const same = byCause.get(cause);
    if (same) same.push(one);
    else byCause.set(cause, [one]);
  }
  return [...byCause.values()];
}

/**
 * What makes injections one cause in a whole file: the text that somebody writes, wherever it is expanded. What people give
 * who start the workflow by hand is one, whatever the inputs are called. Null where nobody is known to write it.
 */
export function causeOf({ danger: { source, reach }, subject }: Injection): string | null {
  if (source.kind !== 'text') return null;
  return reach === 'insider' && source.name.startsWith('inputs.') ? 'inputs' : `${subject} ${reach}`;
}

/** Nobody shapes it, or only who may change the workflow as well: whoever makes the branch or tag that the run is of. */
export function isHarmless({ danger: { source, reach } }: Injection): boolean {
  return source.kind === 'plain' || (reach === 'insider' && isOwnRef(source.name));
}
