import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '../../src/engine/analyze.ts';
import { noFacts } from '../../src/engine/facts.ts';
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
 * then, if needed, one line `# options: { JSON }` with the rule's options. What follows is the text of
 * `.github/workflows/example.yml`, or of `action.yml` where it has a `runs:` at its left edge. An example of several
 * files, or of another kind of file, starts each with
 *
 *     # file: .github/actions/build/action.yml
 *
 * (`# path: …` is the same). A line on which the rule finds something ends in `# <- rule-id`. The mark and the blanks
 * before it are taken away before the analysis, so it may stand inside a script or behind a key. In a bad example, every
 * marked line is found and no other; in a good one there are no marks. What only pedants or auditors are shown counts
 * where it is marked, and does no harm where it isn't.
 */

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
  const options = /^# options: (\{.*\})$/.exec(lines[0] ?? '')?.[1];
  if (options) lines.shift();
  const files: { path: string; lines: string[] }[] = [];
  for (const line of lines) {
    const path = /^# (?:file|path): (\S+)$/.exec(line)?.[1];
    if (path) files.push({ path, lines: [] });
    else if (files.length === 0 && line.trim() !== '')
      files.push({ path: lines.some((one) => /^runs:/.test(one)) ? ACTION : WORKFLOW, lines: [line] });
    else files.at(-1)?.lines.push(line);
  }
  const marked = files.flatMap((file) =>
    file.lines.flatMap((line, index) => (line.includes(`# <- ${rule}`) ? [`${file.path}:${index + 1}`] : [])),
  );
  return {
    isBad: kind === 'bad',
    why,
    options: options ? JSON.parse(options) : {},
    files: files.map((file) => ({
      path: file.path,
      text: file.lines.map((line) => line.replace(/[ \t]*# <- [a-z-]+$/, '')).join('\n'),
    })),
    marks: [...new Set(marked)],
  };
}

/** An example as a project. */
function projectOf(files: readonly ExampleFile[]): Project {
  return {
    files: new Map(files.map(({ path, text }) => [path, { kind: fileKind(path), oid: text, mode: 0o100644, text }])),
  };
}

/** What rules find in an example's files. */
export function analyzeFiles(files: readonly ExampleFile[], rules: readonly Rule[], example?: Example) {
  const options = example ? Object.fromEntries(rules.map((rule) => [rule.id, example.options])) : {};
  return analyze(projectOf(files), { rules, options, facts: noFacts });
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
