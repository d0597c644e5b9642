import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAllGrammars } from '../../src/analyzer/grammars.ts';
import type { Unverified } from '../../src/engine/analysis.ts';
import { analyze } from '../../src/engine/analyze.ts';
import { compare } from '../../src/engine/compare.ts';
import { type FactData, noFacts } from '../../src/engine/facts.ts';
import type { Finding } from '../../src/engine/finding.ts';
import { fileKind, type Project } from '../../src/engine/project.ts';
import type { Rule } from '../../src/engine/rule.ts';
import { applyEdits } from '../../src/engine/yaml/edit.ts';
import { Lines } from '../../src/engine/yaml/lines.ts';

/*
 * The format of test/rules/<id>.yml
 *
 * Examples, separated by lines that are `---` and nothing else. The first line of an example is
 *
 *     # bad: why this is a defect            or            # good: why this is none
 *
 * then, if needed, a line each of
 *
 *     # options: { JSON }    the rule's options
 *     # facts: { JSON }      what is known from outside: FactData with objects in the place of maps
 *     # paths: a b/c         paths of the repository besides the example's files; only with this line are they known at all
 *
 * What follows is the text of
 * `.github/workflows/example.yml`, or of `action.yml` where it has a `runs:` at its left edge. An example of several
 * files, or of another kind of file, starts each with
 *
 *     # file: .github/actions/build/action.yml
 *
 * (`# path: …` is the same). Files of the merge base, for rules about a change, start with `# base: path`; with any of them
 * the example is compared. A line on which the rule finds something ends in `# <- rule-id`. The mark and the blanks
 * before it are taken away before the analysis, so it may stand inside a script or behind a key. In a bad example, every
 * marked line is found and no other; in a good one there are no marks. What only pedants or auditors are shown counts
 * where it is marked, and does no harm where it isn't.
 */

// Examples are read as the analyzer reads files.
await loadAllGrammars();

const WORKFLOW = '.github/workflows/example.yml';
const ACTION = 'action.yml';

/** One file of an example, marks taken away. */
interface ExampleFile {
  readonly path: string;
  readonly text: string;
}

/** One example of a rule. */
export interface Example {
  readonly isBad: boolean;
  readonly why: string;
  readonly files: readonly ExampleFile[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly facts: FactData;
  /** Paths besides those of the files; null: nothing is known of them. */
  readonly paths: readonly string[] | null;
  /** The merge base; null: the example is looked at alone. */
  readonly base: readonly ExampleFile[] | null;
  /** `path:line` of the marked lines, in order. */
  readonly marks: readonly string[];
}

/** The examples of a rule; none when it has no fixture. */
export function examplesOf(rule: string): readonly Example[] {
  const file = join(import.meta.dirname, `${rule}.yml`);
  if (!existsSync(file)) return [];
  return readExamples(readFileSync(file, 'utf8'), rule);
}

/** Reads a stream of examples. Throws for an example without a header. */
export function readExamples(stream: string, rule: string): readonly Example[] {
  return stream
    .split(/^---\n/m)
    .filter((part) => part.trim() !== '')
    .map((part) => readExample(part, rule));
}

function readExample(part: string, rule: string): Example {
  const [header = '', ...lines] = part.replace(/\n+$/, '\n').split('\n');
  const [, kind, why] = /^# (bad|good): (.+)$/.exec(header) ?? [];
  if (!kind || !why)
    throw new Error(`${rule}.yml: an example starts with "${header}", not with "# bad: why" or "# good: why"`);
  const heads: Record<string, string> = {};
  for (let head = headOf(lines[0]); head; head = headOf(lines[0])) {
    heads[head[0]] = head[1];
    lines.shift();
  }
  const files: { path: string; isBase: boolean; lines: string[] }[] = [];
  for (const line of lines) {
    const [, side, path] = /^# (file|path|base): (\S+)$/.exec(line) ?? [];
    if (path) files.push({ path, isBase: side === 'base', lines: [] });
    else if (files.length === 0 && line.trim() !== '')
      files.push({ path: lines.some((one) => /^runs:/.test(one)) ? ACTION : WORKFLOW, isBase: false, lines: [line] });
    else files.at(-1)?.lines.push(line);
  }
  const marked = files.flatMap((file) =>
    file.lines.flatMap((line, index) => (line.includes(`# <- ${rule}`) ? [`${file.path}:${index + 1}`] : [])),
  );
  const textsOf = (isBase: boolean) =>
    files
      .filter((file) => file.isBase === isBase)
      .map((file) => ({ path: file.path, text: file.lines.map(unmarked).join('\n') }));
  return {
    isBad: kind === 'bad',
    why,
    options: heads.options ? JSON.parse(heads.options) : {},
    facts: heads.facts ? factsOf(JSON.parse(heads.facts)) : noFacts,
    paths: heads.paths?.split(/\s+/) ?? null,
    files: textsOf(false),
    base: files.some((file) => file.isBase) ? textsOf(true) : null,
    marks: [...new Set(marked)],
  };
}

function headOf(line = ''): [string, string] | null {
  const [, name, value] = /^# (options|facts|paths): (.+)$/.exec(line) ?? [];
  return name && value ? [name, value.trim()] : null;
}

function unmarked(line: string): string {
  return line.replace(/[ \t]*# <- [a-z-]+$/, '');
}

/** Facts as JSON writes them. */
function factsOf(written: Readonly<Record<string, Readonly<Record<string, unknown>>>>): FactData {
  const maps = Object.entries(noFacts).filter(([, value]) => value instanceof Map);
  const read = maps.map(([name]) => [name, new Map(Object.entries(written[name] ?? {}))]);
  const lints = ['shellLint', 'pythonLint'].filter((name) => name in written);
  read.push(...lints.map((name) => [name, new Map(Object.entries(written[name] ?? {}))]));
  const unknown = Object.keys(written).filter(
    (name) => !(name in noFacts) && name !== 'platform' && !lints.includes(name),
  );
  if (unknown.length > 0) throw new Error(`there are no facts "${unknown.join('", "')}"`);
  return { ...noFacts, ...written, ...Object.fromEntries(read) };
}

/** An example as a project. */
function projectOf(files: readonly ExampleFile[], paths: readonly string[] | null): Project {
  return {
    files: new Map(files.map(({ path, text }) => [path, { kind: fileKind(path), oid: text, mode: 0o100644, text }])),
    ...(paths ? { paths: new Set([...paths, ...files.map(({ path }) => path)]) } : {}),
  };
}

/** What rules find in an example's files; of `example` come options, facts, paths and base. */
export function analyzeFiles(
  files: readonly ExampleFile[],
  rules: readonly Rule[],
  example?: Example,
): { readonly findings: readonly Finding[]; readonly unverified: readonly Unverified[] } {
  const { options = {}, facts = noFacts, paths = null, base = null } = example ?? {};
  const settings = { rules, options: Object.fromEntries(rules.map((rule) => [rule.id, options])), facts };
  const head = projectOf(files, paths);
  return base ? compare(projectOf(base, paths), head, settings) : analyze(head, settings);
}

/** The files with a finding's fix applied. */
export function fixed(files: readonly ExampleFile[], { fix }: Finding): readonly ExampleFile[] {
  return files.map(({ path, text }) => {
    const lines = new Lines(text);
    const edits = (fix?.edits ?? []).filter((edit) => edit.path === path);
    const spans = edits.map((edit) => ({
      start: lines.offset(edit.start),
      end: lines.offset(edit.end),
      text: edit.text,
    }));
    return { path, text: applyEdits(text, spans) };
  });
}
