import type { Author, TextClass } from '../../knowledge/attacker-contexts.ts';
import type { Access, Expr, Segment } from '../expression/parse.ts';
import { valueLeaves } from '../expression/values.ts';
import type { Confidence } from '../finding.ts';
import type { Owner } from '../model/element.ts';
import type { Text } from '../model/text.ts';
import { calls } from '../model/visit-expression.ts';
import { TextCache } from '../text-cache.ts';
import { type ContextText, contextTexts, isFixedContext } from './contexts.ts';
import { inputSources } from './inputs.ts';
import { oneLine } from './one-line.ts';
import { jobOutputSources, stepOutputSources } from './outputs.ts';
import { matrixSources, variableSources } from './values.ts';

/**
 * Where a value comes from. `text`: somebody writes it. `computed`: a matrix that is made at run time. `unknown`: it
 * can't be read here. `plain`: it was written by the repository itself, or has letters that no shell obeys. `fixed`: a
 * number, a commit, a word of a closed list.
 */
export interface Source {
  readonly kind: 'text' | 'computed' | 'unknown' | 'plain' | 'fixed';
  /** As in a workflow: `github.event.issue.title`. */
  readonly name: string;
  readonly text: TextClass;
  readonly author: Author;
  readonly confidence: Confidence;
  /** Events whose runs have it; null: any may. */
  readonly events: readonly string[] | null;
}

/** What a value is read in: where it stands, and what is being read already (so that circles end). */
export interface Reading {
  readonly owner: Owner;
  /** It stands in the owner's own `env:`, so that `env.X` means the value from outside. */
  readonly isEnv: boolean;
  readonly trail: readonly unknown[];
}

/** How far a value is followed. GitHub nests reusable workflows ten deep (corrections 5); deeper is unknown, not clean. */
export const MAX_TRAIL = 24;

/** Where the value of an expression can come from. */
export function sourcesOf(tree: Expr, reading: Reading): readonly Source[] {
  const writers = calls(tree).filter((call) => call.name === 'tojson' || call.name === 'join');
  const found = valueLeaves(tree).map((leaf) => {
    const serialised = writers.some((call) => call.start <= leaf.start && leaf.end <= call.end);
    return leafSources(leaf, serialised, reading);
  });
  const [only = [], ...more] = found.filter((sources) => sources.length > 0);
  return more.length > 0 ? distinct([...only, ...more.flat()]) : only;
}

/** Where the parts of a text that are decided at run time come from. */
export function textSources(text: Text, trail: readonly unknown[]): readonly Source[] {
  if (trail.includes(text)) return [];
  if (trail.length > MAX_TRAIL) return [unknown(oneLine(text.value, 120))];
  const known = read.get(text);
  if (known) return known;
  const reading = { owner: text.site.owner, isEnv: text.site.key === 'env', trail: [...trail, text] };
  const found = distinct(text.expressions.flatMap(({ tree }) => (tree ? sourcesOf(tree, reading) : [])));
  read.set(text, found);
  return found;
}

/** Without it, variables that name each other twice and more would take exponential time. */
const read = new WeakMap<Text, readonly Source[]>();

/** A value that can't be read: less certain, never silent. */
export function unknown(name: string): Source {
  return { kind: 'unknown', name, text: 'arbitrary', author: 'outsider', confidence: 'low', events: null };
}

/** A value that the repository itself wrote, or of a fixed shape. */
export function plain(name: string): Source {
  return { kind: 'plain', name, text: 'structured', author: 'writer', confidence: 'high', events: null };
}

function leafSources(leaf: Expr, serialised: boolean, reading: Reading): readonly Source[] {
  if (leaf.kind === 'property') return sourcesOf(leaf.of, reading);
  if (leaf.kind !== 'access') return [];
  switch (leaf.path[0]) {
    case 'github':
      return githubSources(leaf, serialised, reading);
    case 'inputs':
      return inputSources(nameAt(leaf, 1), null, reading);
    case 'env':
      return variableSources(leaf, reading);
    case 'matrix':
      return matrixSources(leaf, reading);
    case 'steps':
      return isFixedContext(leaf.path) ? [] : stepOutputSources(leaf, reading);
    case 'needs':
    case 'jobs':
      return isFixedContext(leaf.path) ? [] : jobOutputSources(leaf, reading);
    case 'vars':
      return [plain(leaf.path.map((part) => (typeof part === 'string' ? part : '*')).join('.'))];
    default:
      // `secrets` are another rule's matter; `runner`, `job` and `strategy` are nobody's text.
      return [];
  }
}

function githubSources(leaf: Access, serialised: boolean, reading: Reading): readonly Source[] {
  const [, ...path] = leaf.path;
  if (path[0] === 'event' && path[1] === 'inputs') return inputSources(nameAt(leaf, 3), 'workflow_dispatch', reading);
  // The sender of a payload names its parts, and a message says what is written.
  const isOwnName = path[0] === 'event' && path[1] === 'client_payload';
  const name = path.map((part, at) => (isOwnName && at > 1 ? nameAt(leaf, at + 1) : asName(part)) ?? '*').join('.');
  return contexts.of(`${serialised}.${name}`, () => {
    const found = contextTexts(path, serialised).map(toSource);
    const full = `github.${name}`;
    return found.map((source) => (source.name === full.toLowerCase() ? { ...source, name: full } : source));
  });
}

function asName(segment: Segment): string | null {
  return typeof segment === 'string' ? segment : null;
}

/** By path: the same few hundred are asked for all the time, and a whole context has hundreds of texts. */
const contexts = new TextCache<readonly Source[]>(100_000);

function toSource({ name, text, author, events, existing, known }: ContextText): Source {
  const isPlain = text === 'structured' || existing;
  const kind = text === 'fixed' ? 'fixed' : isPlain ? 'plain' : 'text';
  return { kind, name, text, author, events, confidence: known ? 'high' : 'low' };
}

/** A name of a path as written; null for a filter, an index that is computed, and where the path ends before. */
export function nameAt(leaf: Access, at: number): string | null {
  const segment = leaf.path[at];
  return typeof segment === 'string' && segment !== '*' ? (leaf.written[at] ?? segment) : null;
}

/** Each source once. */
export function distinct(sources: readonly Source[]): readonly Source[] {
  if (sources.length < 2) return sources;
  const byName = new Map(sources.map((source) => [`${source.kind} ${source.name} ${source.events?.join()}`, source]));
  const found = [...byName.values()];
  if (found.length <= MAX_SOURCES) return found;
  const isText = ({ kind }: Source): boolean => kind === 'text';
  return [...found.filter(isText), ...found.filter((source) => !isText(source))].slice(0, MAX_SOURCES);
}

/** A whole context has fewer. Outputs that collect the outputs before them would have as many as there are steps. */
const MAX_SOURCES = 128;
