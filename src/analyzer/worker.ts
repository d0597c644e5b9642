import { parentPort } from 'node:worker_threads';
import { analyze, joined, wantedOf } from '../engine/analyze.ts';
import { compare } from '../engine/compare.ts';
import { noFacts } from '../engine/facts.ts';
import { isShown } from '../engine/finding.ts';
import { ProjectModel, rememberingParser } from '../engine/model/project.ts';
import { isReadable, type Project } from '../engine/project.ts';
import { powerShellHasFailed } from '../engine/shell/powershell.ts';
import type { AnalysisSettings } from '../engine/study.ts';
import { rules } from '../rules/index.ts';
import { loadGrammars } from './grammars.ts';
import { progressWriter } from './progress.ts';
import {
  type AnalysisQuestion,
  type AnalysisRequest,
  type AnalysisResult,
  type FixesFor,
  isAskedFor,
  type WorkerMessage,
} from './protocol.ts';
import { parserWithMemory } from './remember.ts';

/** What may call a local action. Read only to save work: whatever is missed is wanted after the analysis. */
const LOCAL_USES = /\buses["']?\s*:\s*["']?\.\//;

/** Runs one round with the pure engine. Also what the tests and the benchmark call in process. */
export function runAnalysis(
  { base, head, options, fixesFor, only, facts = noFacts, lint }: AnalysisQuestion,
  onFile: (path: string) => void,
  { parse = rememberingParser(), isLastRound = true } = {},
): AnalysisResult {
  const projects = base === null ? [head] : [base, head];
  if (!isLastRound && projects.some(hasLocalUses)) {
    const wanted = joined(projects.map((project) => wantedOf(new ProjectModel(project, parse, onFile))));
    if (wanted.length > 0) return { wanted };
  }
  const isAsked = (path: string) => isAskedFor(only, path);
  const isFixWanted = fixesOf(fixesFor);
  const settings: AnalysisSettings = {
    ...{ rules, options, facts, onFile, parse },
    ...(lint ? { lint } : {}),
    ...(only.includes('') ? {} : { isAskedFor: isAsked }),
    isFixWanted: (finding, status) => isAsked(finding.path) && isFixWanted(finding, status),
  };
  return base === null ? analyze(head, settings) : compare(base, head, settings);
}

function fixesOf(whom: FixesFor): NonNullable<AnalysisSettings['isFixWanted']> {
  if (whom !== 'pull-request') return (finding) => isShown(finding, whom);
  return ({ audience }, status) => status !== 'persisting' && audience === 'regular';
}

function hasLocalUses({ files }: Project): boolean {
  return [...files.values()].some((file) => isReadable(file) && LOCAL_USES.test(file.text));
}

/** The worker thread: the only place where text that an attacker may have written is parsed. */
export function serveAnalysis(): void {
  const port = parentPort;
  if (port === null) throw new Error('serveAnalysis runs in a worker thread');
  const say = (message: WorkerMessage) => port.postMessage(message);
  const parserFor = parserWithMemory();
  port.on('message', async ({ question, progress, isLastRound }: AnalysisRequest) => {
    const moveTo = progressWriter(progress, question);
    try {
      await loadGrammars(question.base, question.head);
      const result = runAnalysis(question, moveTo, { parse: parserFor(question), isLastRound });
      moveTo(null);
      say({ kind: 'done', result, isLast: powerShellHasFailed() });
    } catch (error) {
      say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  });
  say({ kind: 'ready' });
}
