import { parentPort } from 'node:worker_threads';
import { analyze } from '../engine/analyze.ts';
import { compare } from '../engine/compare.ts';
import { noFacts } from '../engine/facts.ts';
import { powerShellHasFailed } from '../engine/shell/powershell.ts';
import { rules } from '../rules/index.ts';
import { loadGrammars } from './grammars.ts';
import type { AnalysisRequest, WorkerMessage } from './protocol.ts';

/** Runs one request with the pure engine. Also what the tests and the benchmark call in process. */
export function runAnalysis({ base, head, options }: AnalysisRequest, onFile: (path: string) => void) {
  const setting = { rules, options, facts: noFacts, onFile };
  return base === null ? analyze(head, setting) : compare(base, head, setting);
}

/** The worker thread: the only place where text that an attacker may have written is parsed. */
export function serveAnalysis(): void {
  const port = parentPort;
  if (port === null) throw new Error('serveAnalysis runs in a worker thread');
  const say = (message: WorkerMessage) => port.postMessage(message);
  port.on('message', async (request: AnalysisRequest) => {
    try {
      await loadGrammars(request.base, request.head);
      const result = runAnalysis(request, (path) => say({ kind: 'at', path }));
      say({ kind: 'done', result, isLast: powerShellHasFailed() });
    } catch (error) {
      say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  });
  say({ kind: 'ready' });
}
