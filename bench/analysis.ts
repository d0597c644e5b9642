import { runAnalysis } from '../src/analyzer/worker.ts';
import type { Project } from '../src/engine/project.ts';
import { rootsOf } from '../src/local/roots.ts';
import { readRoot } from '../src/local/working-tree.ts';
import { corpusFolder } from './corpus.ts';
import { milliseconds, type Part, quantile } from './figures.ts';

const ROUNDS = 5;

/** The engine, warm and in process: each file as a project of its own, as when a pull request changes one workflow. */
export async function analysis(given: string | null): Promise<Part> {
  const projects: Project[] = [];
  for (const root of (await rootsOf([corpusFolder(given)])).roots) {
    for (const [path, file] of (await readRoot(root)).files) projects.push({ files: new Map([[path, file]]) });
  }
  const times = new Map<Project, number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const project of projects) {
      const began = performance.now();
      runAnalysis({ base: null, head: project, options: {}, fixesFor: 'regular', only: [''] }, () => undefined);
      times.set(project, Math.min(times.get(project) ?? Number.POSITIVE_INFINITY, performance.now() - began));
    }
  }
  const each = [...times.values()];
  return {
    title: `Analysis, warm, in process, best of ${ROUNDS} for each of ${projects.length} files`,
    figures: [
      ['a file, median', milliseconds(quantile(each, 0.5))],
      ['a file, 99th percentile', milliseconds(quantile(each, 0.99))],
      ['a file, slowest', milliseconds(Math.max(...each))],
    ],
  };
}
