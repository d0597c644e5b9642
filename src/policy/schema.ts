import { IGNORE_TOOLS, type IgnoreTool } from '../engine/ignores.ts';
import { parseYaml, type YamlDocument } from '../engine/yaml/parse.ts';
import { type Entry, type MapNode, type Node, resolve } from '../engine/yaml/tree.ts';
import { Unreadable } from '../engine/yaml/unreadable.ts';
import { type CataloguedRule, type PolicyDocument, type PolicyError, PRESETS, type RuleEntry } from './policy.ts';
import { MODES, type Mode } from './verdict.ts';

/** Whose gargoyle.yml it is. */
export type PolicyLayer = 'organisation' | 'repository';

/** Keys of the published format that this version does not know how to obey: refused, since ignoring one would loosen silently. */
const NOT_YET: ReadonlySet<string> = new Set(['rings', 'posture']);

/** More mistakes than a person reads at once; also bounds what a hostile file makes us say. */
const MAX_ERRORS = 50;

interface Reading {
  readonly document: YamlDocument;
  readonly layer: PolicyLayer;
  readonly catalogue: ReadonlyMap<string, CataloguedRule>;
  readonly errors: PolicyError[];
}

/** Reads a gargoyle.yml. `layer` decides what may be written: only an organisation locks. Never throws; errors are in the order of the file. */
export function parsePolicy(
  text: string,
  layer: PolicyLayer,
  catalogue: readonly CataloguedRule[],
): { readonly policy: PolicyDocument } | { readonly errors: readonly PolicyError[] } {
  let document: YamlDocument;
  try {
    document = parseYaml(text);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { errors: [unreadable(error)] };
  }
  const byId = new Map(catalogue.map((rule) => [rule.id, rule]));
  const reading: Reading = { document, layer, catalogue: byId, errors: [] };
  const policy = readDocument(reading);
  if (reading.errors.length === 0) return { policy };
  const errors = reading.errors.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { errors: errors.slice(0, MAX_ERRORS) };
}

/** The parser's reason begins with the place where it knows one. */
function unreadable(error: Unreadable): PolicyError {
  const place = /^line (\d+)(?:,? column (\d+))?: (.*)$/s.exec(error.message);
  if (place === null) return { line: 1, column: 1, message: error.message };
  return { line: Number(place[1]), column: Number(place[2] ?? 1), message: place[3] ?? error.message };
}

function report({ document, errors }: Reading, at: { readonly start: number }, message: string): void {
  if (errors.length < MAX_ERRORS) errors.push({ ...document.lines.position(at.start), message });
}

function readDocument(reading: Reading): PolicyDocument {
  const root = reading.document.root === null ? null : resolve(reading.document.root);
  let preset: PolicyDocument['extends'] = null;
  let rules: ReadonlyMap<string, RuleEntry> = new Map();
  let ignores: PolicyDocument['ignores'] = null;
  if (root === null || isNull(root)) return { extends: preset, rules, ignores };
  if (root.kind !== 'map') {
    report(reading, root, 'a policy is a mapping with the keys `extends`, `rules` and `ignores`');
    return { extends: preset, rules, ignores };
  }
  for (const entry of root.entries) {
    const key = entry.key.text;
    if (key === 'extends') preset = readChoice(reading, entry, PRESETS);
    else if (key === 'rules') rules = readRules(reading, entry);
    else if (key === 'ignores') ignores = readTools(reading, entry);
    else if (NOT_YET.has(key))
      report(reading, entry.key, `\`${key}\` is not supported yet by this version of Gargoyle`);
    else report(reading, entry.key, `unknown key ${quoted(key)}${didYouMean(key, ['extends', 'rules', 'ignores'])}`);
  }
  return { extends: preset, rules, ignores };
}

/** `ignores: [gargoyle, zizmor]`: whose comments in the files count. */
function readTools(reading: Reading, entry: Entry): readonly IgnoreTool[] {
  return readList(reading, entry).flatMap((name) => {
    const tool = IGNORE_TOOLS.find((each) => each === name);
    if (!tool) report(reading, placeOf(entry), `${quoted(name)} is none of ${IGNORE_TOOLS.map(quoted).join(', ')}`);
    return tool ?? [];
  });
}

function readRules(reading: Reading, entry: Entry): ReadonlyMap<string, RuleEntry> {
  const rules = new Map<string, RuleEntry>();
  const map = readMap(reading, entry, '`rules` is a mapping of rule to its settings');
  for (const each of map?.entries ?? []) {
    const rule = reading.catalogue.get(each.key.text);
    if (rule === undefined) {
      const near = didYouMean(each.key.text, [...reading.catalogue.keys()]);
      report(reading, each.key, `unknown rule ${quoted(each.key.text)}${near}`);
      continue;
    }
    rules.set(rule.id, readRule(reading, each, rule));
  }
  return rules;
}

function readRule(reading: Reading, entry: Entry, rule: CataloguedRule): RuleEntry {
  let mode: Mode | null = null;
  let locked = false;
  const options: Record<string, unknown> = {};
  const defaults = new Map<string, unknown>(Object.entries(rule.options));
  const map = readMap(reading, entry, `\`${rule.id}\` takes a mapping such as \`{ mode: enforce }\``);
  for (const each of map?.entries ?? []) {
    const key = each.key.text;
    if (key === 'mode') mode = readChoice(reading, each, MODES);
    else if (key === 'locked') locked = readLock(reading, each);
    else if (defaults.has(key)) options[key] = readOption(reading, each, defaults.get(key));
    else {
      const known = ['mode', 'locked', ...defaults.keys()];
      const message = `unknown option ${quoted(key)} of \`${rule.id}\`${didYouMean(key, known)}; it takes ${known.map(quoted).join(', ')}`;
      report(reading, each.key, message);
    }
  }
  return { mode, options, locked };
}

function readLock(reading: Reading, entry: Entry): boolean {
  const locked = readOption(reading, entry, false) === true;
  if (locked && reading.layer === 'repository')
    report(reading, entry.key, "only the organisation's policy can lock a rule");
  return locked;
}

/** A value of the same type as the option's default; lists and mappings are of strings. */
function readOption(reading: Reading, entry: Entry, fallback: unknown): unknown {
  const node = resolve(entry.value);
  const name = quoted(entry.key.text);
  if (Array.isArray(fallback)) return readList(reading, entry);
  if (typeof fallback === 'object' && fallback !== null) return readStrings(reading, entry);
  if (node.kind === 'scalar' && typeof node.value === typeof fallback) return node.value;
  const wanted = typeof fallback === 'boolean' ? '`true` or `false`' : `a ${typeof fallback}`;
  report(reading, placeOf(entry), `${name} takes ${wanted}`);
  return fallback;
}

function readList(reading: Reading, entry: Entry): readonly string[] {
  const node = resolve(entry.value);
  const texts: string[] = [];
  if (node.kind !== 'sequence') {
    report(reading, placeOf(entry), `${quoted(entry.key.text)} takes a list of strings`);
    return texts;
  }
  for (const item of node.items) {
    const each = resolve(item);
    if (each.kind === 'scalar' && typeof each.value === 'string') texts.push(each.value);
    else report(reading, item, `${quoted(entry.key.text)} takes a list of strings`);
  }
  return texts;
}

/** A mapping of strings. Keys are the writer's: `fromEntries` makes `__proto__` a key like any other. */
function readStrings(reading: Reading, entry: Entry): Readonly<Record<string, string>> {
  const message = `${quoted(entry.key.text)} takes a mapping of strings`;
  const texts: [string, string][] = [];
  for (const each of readMap(reading, entry, message)?.entries ?? []) {
    const node = resolve(each.value);
    if (node.kind === 'scalar' && typeof node.value === 'string') texts.push([each.key.text, node.value]);
    else report(reading, placeOf(each), message);
  }
  return Object.fromEntries(texts);
}

function readChoice<const Choice extends string>(
  reading: Reading,
  entry: Entry,
  choices: readonly Choice[],
): Choice | null {
  const node = resolve(entry.value);
  const text = node.kind === 'scalar' ? node.text : '';
  const choice = choices.find((each) => each === text);
  if (choice !== undefined) return choice;
  const wrote = text === '' ? '' : `, not ${quoted(text)}`;
  report(reading, placeOf(entry), `${quoted(entry.key.text)} is one of ${choices.map(quoted).join(', ')}${wrote}`);
  return null;
}

function readMap(reading: Reading, entry: Entry, otherwise: string): MapNode | null {
  const node = resolve(entry.value);
  if (node.kind === 'map') return node;
  if (!isNull(node)) report(reading, placeOf(entry), otherwise);
  else if (entry.key.text !== 'rules') report(reading, entry.key, otherwise);
  return null;
}

/** Where to point for a wrong value: the value, or the key where nothing is written. */
function placeOf(entry: Entry): { readonly start: number } {
  return entry.value.kind === 'scalar' && entry.value.isEmpty ? entry.key : entry.value;
}

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** The text as a person wrote it, short and without backticks of its own: the message's code spans stay whole. */
function quoted(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return `\`${short.replaceAll('`', "'")}\``;
}

function didYouMean(wrote: string, known: readonly string[]): string {
  const near = known.find((each) => each !== wrote && distance(wrote.slice(0, 60), each) <= 2);
  return near === undefined ? '' : `; did you mean \`${near}\`?`;
}

/** Levenshtein distance of two short words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
