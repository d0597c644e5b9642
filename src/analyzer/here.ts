import { runInThisContext } from 'node:vm';
import { rememberingParser } from '../engine/model/project.ts';
import { loadGrammars } from './grammars.ts';
import type { AnalysisQuestion, AnalysisResult } from './protocol.ts';
import { runAnalysis } from './worker.ts';

/** One round of an analysis; null: it could not be done this way. */
export type AnalyseHere = (question: AnalysisQuestion, isLastRound: boolean) => Promise<AnalysisResult | null>;

/** What a file may take on average, in milliseconds: several times what real ones do. V8 looks at the clock on the wall, so there is room for a busy machine. */
const MS_PER_FILE = 60;

/**
 * Analyses in this thread, for a command line that looks at somebody's own files: a second thread costs more than most scans. A file
 * that takes too long is stopped by V8 from outside, as the thread would be, and then the thread finds out which one it is. Never in
 * the App, whose thread holds a key.
 */
export function analyseHere(deadlineMs: number): AnalyseHere {
  const parse = rememberingParser();
  return async (question, isLastRound) => {
    const files = question.head.files.size + (question.base?.files.size ?? 0);
    await loadGrammars(question.base, question.head);
    try {
      return within(2 * deadlineMs + files * MS_PER_FILE, () =>
        runAnalysis(question, () => undefined, { parse, isLastRound }),
      );
    } catch {
      return null;
    }
  };
}

const WORK = Symbol.for('gargoyle.work');

/** Runs work, and stops it after so many milliseconds: then it throws. */
function within<T>(timeout: number, work: () => T): T {
  const global = globalThis as { [WORK]?: () => T };
  global[WORK] = work;
  try {
    return runInThisContext("globalThis[Symbol.for('gargoyle.work')]()", { timeout });
  } finally {
    delete global[WORK];
  }
}
