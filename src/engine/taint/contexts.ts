import {
  type AttackerContext,
  type Author,
  attackerContexts,
  carriers,
  fixedContexts,
  fixedNames,
  fixedSuffixes,
  type TextClass,
} from '../../knowledge/attacker-contexts.ts';
import type { Segment } from '../expression/parse.ts';

/** What can stand at a path below `github`, and who wrote it. */
export interface ContextText {
  /** The whole path that was meant: `github.event.issue.title`, also for `github.event.*.title`. */
  readonly name: string;
  readonly text: TextClass;
  readonly author: Author;
  /** It names something that a writer made before, for another purpose. */
  readonly existing: boolean;
  /** False: the table does not know the path. */
  readonly known: boolean;
  /** Events that have it; null: any may. */
  readonly events: readonly string[] | null;
}

type Pattern = readonly string[];

interface Row {
  readonly pattern: Pattern;
  readonly context: AttackerContext;
}

const MAX_DEPTH = 16;

const rows: readonly Row[] = attackerContexts.flatMap((context) =>
  alternatives(context.path).map((pattern) => ({ pattern, context })),
);
const fixedPatterns: readonly Pattern[] = fixedContexts.flatMap(alternatives);
const fixed: ReadonlySet<string> = new Set(fixedNames);

/**
 * Everything that an access below `github` may give, the path without its first name. `serialised`: the value is
 * written out as text (`toJSON`, `join`), so that an ancestor gives all the texts below it.
 */
export function contextTexts(path: readonly Segment[], serialised: boolean): readonly ContextText[] {
  // GitHub's payloads are not this deep; a path of thousands of names is somebody's attempt at our time.
  if (path.length > MAX_DEPTH) return [unknown(path.slice(0, MAX_DEPTH))];
  const exact = rows.filter((row) => matches(path, row.pattern));
  const isConcrete = path.every((segment) => typeof segment === 'string' && segment !== '*');
  const [first] = exact;
  // The rows stand narrow to wide: the first one decides, unless the path itself means several.
  if (first) return (isConcrete ? [first] : exact).map((row) => known(row, path));
  const below = rows.filter(
    (row) => isAncestor(path, row.pattern) && (!isFixedName(path) || isNamed(path, row.pattern)),
  );
  // A bare object in a text is written as the word `Object`, as far as is known.
  if (below.length > 0) return below.map((row) => ({ ...known(row, path), known: serialised }));
  return [isFixedName(path) ? fixedText(path) : unknown(path)];
}

/** True for values of other contexts that nobody shapes: `needs.x.result`, `runner.os`. The path with its first name. */
export function isFixedContext(path: readonly Segment[]): boolean {
  return path.length <= MAX_DEPTH && fixedPatterns.some((pattern) => matches(path, pattern));
}

function known({ pattern, context }: Row, path: readonly Segment[]): ContextText {
  return {
    name: nameOf(pattern, path),
    text: context.text,
    author: context.author,
    existing: context.existing ?? false,
    known: true,
    events: eventsOf(pattern),
  };
}

/** The path as it was asked for, where that means one text; else the pattern's, where it is narrower. */
function nameOf(pattern: Pattern, path: readonly Segment[]): string {
  const names = path.map(written);
  const isOne = !names.includes('*') && path.length >= pattern.length;
  return `github.${(isOne ? names : pattern).join('.')}`;
}

function unknown(path: readonly Segment[]): ContextText {
  const names = path.map(written);
  return {
    name: `github.${names.join('.')}`,
    text: 'line',
    author: 'outsider',
    existing: false,
    known: false,
    events: eventsOf(names),
  };
}

function fixedText(path: readonly Segment[]): ContextText {
  return { ...unknown(path), text: 'fixed', known: true };
}

function eventsOf(names: readonly string[]): readonly string[] | null {
  const name = names[0] === 'event' ? names[1] : names[0];
  return name !== undefined && Object.hasOwn(carriers, name) ? (carriers[name] ?? null) : null;
}

function isFixedName(path: readonly Segment[]): boolean {
  const last = path.at(-1);
  if (typeof last !== 'string') return false;
  return fixed.has(last) || fixedSuffixes.some((suffix) => last.endsWith(suffix));
}

function written(segment: Segment | undefined): string {
  return typeof segment === 'string' ? segment : '*';
}

/** `a.b,c.*` → [a, b, *] and [a, c, *]. */
function alternatives(path: string): readonly Pattern[] {
  return path
    .split('.')
    .map((part) => part.split(','))
    .reduce<readonly Pattern[]>(
      (done, names) => done.flatMap((before) => names.map((name) => [...before, name])),
      [[]],
    );
}

/** A path matches when every step does; a computed index and `*` in the path stand for any one name. */
function matches(path: readonly Segment[], pattern: Pattern): boolean {
  const [part, ...rest] = pattern;
  if (part === undefined) return path.length === 0;
  if (part === '**') return rest.length === 0 || path.some((_, at) => matches(path.slice(at), rest));
  const [segment, ...after] = path;
  return segment !== undefined && stepMatches(segment, part) && matches(after, rest);
}

/** A path that stops above the pattern's end. */
function isAncestor(path: readonly Segment[], pattern: Pattern): boolean {
  return (
    path.length < pattern.length &&
    path.every((segment, at) => {
      const part = pattern[at];
      return part === '**' || (part !== undefined && stepMatches(segment, part));
    })
  );
}

/** The pattern names the path, with no wildcard: `event.before` is a commit and no parent of `event.*.user.name`. */
function isNamed(path: readonly Segment[], pattern: Pattern): boolean {
  return pattern.slice(0, path.length).every((part) => !part.startsWith('*'));
}

function stepMatches(segment: Segment, part: string): boolean {
  return part === '*' || typeof segment !== 'string' || segment === '*' || segment === part;
}
