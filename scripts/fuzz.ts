/**
 * `npm run fuzz [-- FOLDER] [--seconds N] [--seed TEXT]`: damaged and mixed variants of every rule's examples, and of the workflows
 * below FOLDER, shown to all rules. Nothing may throw, take longer than two seconds, or point outside its file. What does is
 * written to a folder that is named at the end; the same seed tries the same variants in the same order.
 */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { noFacts } from '../src/engine/facts.ts';
import type { Finding, Place } from '../src/engine/finding.ts';
import { fileKind } from '../src/engine/project.ts';
import { rules } from '../src/rules/index.ts';
import { analyzeFiles, type Example, examplesOf } from '../test/rules/fixtures.ts';
import { mutantsOf } from '../test/rules/mutants.ts';

/** Milliseconds of this process's own time: the machine may be busy. */
const MOST = 2_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '600' }, seed: { type: 'string', default: '1' } },
});

/** The workflows and actions below a folder, each an example of its own. */
function* realExamples(folder: string): Generator<Example> {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const at = path.indexOf('.github/');
    const kind = fileKind(at < 0 ? path : path.slice(at));
    if (kind === 'other') continue;
    const files = [{ path: path.slice(Math.max(0, at)), text: readFileSync(join(folder, path), 'utf8') }];
    yield { isBad: false, why: path, options: {}, facts: noFacts, paths: null, base: null, marks: [], files };
  }
}

/** Pieces of two examples in one file, so that one rule's constructs meet another's. */
function mixed(a: Example, b: Example): Example {
  const [first, second] = [a.files[0]?.text ?? '', b.files[0]?.text ?? ''];
  const steps = second.slice(second.indexOf('steps:') + 'steps:'.length);
  return { ...a, files: [{ path: a.files[0]?.path ?? '', text: `${first.trimEnd()}\n${steps}` }, ...a.files.slice(1)] };
}

/** What is wrong with an analysis of these files; null where nothing is. */
function complaint(files: Example['files'], example: Example): string | null {
  const began = process.cpuUsage();
  try {
    const { findings, unverified } = analyzeFiles(files, rules, example);
    const { user, system } = process.cpuUsage(began);
    if ((user + system) / 1000 > MOST) return `it takes ${Math.round((user + system) / 1000)} ms`;
    const crash = unverified.find((one) => one.rule !== null || one.reason.startsWith('the '));
    if (crash) return `${crash.rule ?? 'the engine'}: ${crash.reason}`;
    const lost = findings.find((finding) => !placesOf(finding).every((place) => isInside(place, files, example)));
    return lost ? `${lost.rule}: a place outside of the file, line ${lost.line}` : null;
  } catch (error) {
    return `it throws: ${error instanceof Error ? error.stack : String(error)}`;
  }
}

function placesOf(finding: Finding): readonly Place[] {
  const edits = (finding.fix?.edits ?? []).map(({ path, start, end }) => ({
    path,
    ...start,
    endLine: end.line,
    endColumn: end.column,
  }));
  return [finding, ...finding.related, ...edits];
}

function isInside(place: Place, files: Example['files'], { base }: Example): boolean {
  const file = [...files, ...(base ?? [])].find(({ path }) => path === place.path);
  if (!file) return false;
  const lines = file.text.split('\n');
  const fits = (line: number, column: number) => column >= 1 && column <= (lines[line - 1]?.length ?? -1) + 1;
  return fits(place.line, place.column) && fits(place.endLine, place.endColumn);
}

const examples = rules.flatMap((rule) => examplesOf(rule.id));
for (const folder of positionals) examples.push(...realExamples(folder));
const end = performance.now() + Number(values.seconds) * 1000;
const complaints = new Map<string, Example['files']>();
let tried = 0;
for (let round = 0; performance.now() < end; round += 1) {
  for (const [index, example] of examples.entries()) {
    if (performance.now() >= end) break;
    const other = examples[(index * 31 + round * 17 + 7) % examples.length] ?? example;
    const seeds = round % 3 === 2 ? [mixed(example, other)] : [example];
    let most = 6;
    for (const { files } of mutantsOf(`${values.seed} ${round} ${index}`, seeds)) {
      if (most-- === 0) break;
      tried += 1;
      const wrong = complaint(files, example);
      if (wrong !== null && !complaints.has(wrong)) complaints.set(wrong, files);
    }
  }
}
console.log(`${tried} variants of ${examples.length} examples, seed ${values.seed}: ${complaints.size} complaints`);
if (complaints.size > 0) {
  const folder = mkdtempSync(join(tmpdir(), 'gargoyle-fuzz-'));
  for (const [index, [wrong, files]] of [...complaints].entries()) {
    console.log(`${index}: ${wrong}`);
    writeFileSync(join(folder, `${index}.txt`), files.map(({ path, text }) => `# file: ${path}\n${text}\n`).join(''));
  }
  console.log(`their files are in ${folder}`);
  process.exitCode = 1;
}
