import { join } from 'node:path';
import type { Analyzer, Gathered } from '../analyzer/analyzer.ts';
import type { RuleOptions } from '../analyzer/protocol.ts';
import type { NotRun, Unverified, Wanted } from '../engine/analysis.ts';
import type { Project, ProjectFile } from '../engine/project.ts';
import type { ScannedFinding } from '../report/scan.ts';
import { readMergeBase } from './git.ts';
import { type LocalRoot, readProjectFile, readRoot } from './working-tree.ts';

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

/** Analyses one root: alone, or with `base` against the merge base of that ref and HEAD. */
export async function scanRoot(
  root: LocalRoot,
  { base, options }: { readonly base: string | null; readonly options: RuleOptions },
  analyzer: Analyzer,
): Promise<RootReport> {
  const head: Project = { files: await readRoot(root) };
  const learnt =
    base === null ? await alone(head, options, analyzer, root) : await against(base, head, options, analyzer, root);
  const isAskedFor = ({ path }: { readonly path: string }) =>
    root.only === '' || path === root.only || path.startsWith(`${root.only}/`);
  return {
    root,
    findings: learnt.findings.filter(isAskedFor),
    unverified: learnt.unverified.filter(isAskedFor),
    notRun: learnt.notRun,
    files: learnt.files,
    project: head,
  };
}

async function alone(head: Project, options: RuleOptions, analyzer: Analyzer, root: LocalRoot) {
  const analysis = await analyzer.analyze({ head, options }, (wanted) => gather(root, wanted, new Map()));
  return { ...analysis, findings: analysis.findings.map((finding) => ({ ...finding, status: null })) };
}

async function against(ref: string, head: Project, options: RuleOptions, analyzer: Analyzer, root: LocalRoot) {
  const before = await readMergeBase(root.folder, ref);
  const comparison = await analyzer.compare({ base: { files: before }, head, options }, (wanted) =>
    gather(root, wanted, before),
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
