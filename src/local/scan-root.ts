import { join } from 'node:path';
import type { Analyzer, Gathered } from '../analyzer/analyzer.ts';
import { isAskedFor, type RuleOptions } from '../analyzer/protocol.ts';
import type { NotRun, Unverified, Wanted } from '../engine/analysis.ts';
import type { Audience } from '../engine/finding.ts';
import { isReadable, type Project, type ProjectFile } from '../engine/project.ts';
import type { ScannedFinding } from '../report/scan.ts';
import { readMergeBase } from './git.ts';
import { type Linters, lint, lintQuestion } from './lint.ts';
import type { LocalRoot } from './roots.ts';
import { readProjectFile, readRoot } from './working-tree.ts';

/** What was learnt of one project root; paths are relative to it. */
export interface RootReport {
  readonly root: LocalRoot;
  readonly findings: readonly ScannedFinding[];
  readonly unverified: readonly Unverified[];
  readonly notRun: readonly NotRun[];
  readonly files: number;
  /** The working tree's texts, for excerpts. */
  readonly project: Project;
}

interface ScanQuestion {
  /** A ref, or null to look at the working tree alone. */
  readonly base: string | null;
  readonly options: RuleOptions;
  /** Whose findings will be shown: only their fixes are proved. */
  readonly audience: Audience;
  readonly linters: Linters;
}

type Question = Parameters<Analyzer['analyze']>[0];

/** Analyses one root: alone, or with `base` against the merge base of that ref and HEAD. */
export async function scanRoot(
  root: LocalRoot,
  { base, options, audience, linters }: ScanQuestion,
  analyzer: Analyzer,
): Promise<RootReport> {
  const head = await readRoot(root);
  const question = { head, options, fixesFor: audience, only: root.only, ...lintQuestion(linters, audience) };
  const ask = (asked: Question) =>
    base === null ? alone(asked, analyzer, root) : against(base, asked, analyzer, root);
  const first = await ask(question);
  // Most scans have no script that a linter must be started for, and end here.
  const linted = await lint(first.scripts ?? [], linters);
  const learnt = linted ? await ask({ ...question, lint: undefined, facts: linted }) : first;
  const isAsked = ({ path }: { readonly path: string }) => isAskedFor(root.only, path);
  return {
    root,
    findings: learnt.findings.filter(isAsked),
    unverified: learnt.unverified.filter(isAsked),
    notRun: learnt.notRun,
    files: root.only.includes('') ? learnt.files : asked(head, isAsked),
    project: head,
  };
}

function asked({ files }: Project, isAsked: (file: { readonly path: string }) => boolean): number {
  return [...files].filter(([path, file]) => file.kind !== 'other' && isAsked({ path }) && isReadable(file)).length;
}

async function alone(question: Question, analyzer: Analyzer, root: LocalRoot) {
  const analysis = await analyzer.analyze(question, (wanted) => gather(root, wanted, new Map()));
  return { ...analysis, findings: analysis.findings.map((finding) => ({ ...finding, status: null })) };
}

async function against(ref: string, question: Question, analyzer: Analyzer, root: LocalRoot) {
  const before = await readMergeBase(root.folder, ref);
  const comparison = await analyzer.compare({ ...question, base: before }, (wanted) =>
    gather(root, wanted, before.files),
  );
  const fixed = comparison.fixed.map((finding) => ({ ...finding, status: 'fixed' as const }));
  return { ...comparison, findings: [...comparison.findings, ...fixed] };
}

/** Local actions in folders that the walk leaves out (below `node_modules`, or another project's). */
async function gather(
  root: LocalRoot,
  wanted: readonly Wanted[],
  before: ReadonlyMap<string, ProjectFile>,
): Promise<Gathered> {
  const head = new Map<string, ProjectFile>();
  const base = new Map<string, ProjectFile>();
  for (const { folder } of wanted) {
    for (const name of ['action.yml', 'action.yaml']) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const file = await readProjectFile(join(root.folder, path), path);
      if (!('unverified' in file && file.unverified.endsWith('ENOENT'))) head.set(path, file);
      const old = before.get(path);
      if (old !== undefined) base.set(path, old);
    }
  }
  return { base, head };
}
