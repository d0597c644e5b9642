import { Worker } from 'node:worker_threads';
import type { Analysis, Comparison, Unverified, Wanted } from '../engine/analysis.ts';
import type { Project, ProjectFile } from '../engine/project.ts';
import { fileKind } from '../engine/project.ts';
import { ANALYZER_WORKER, type AnalysisRequest, type RuleOptions, type WorkerMessage } from './protocol.ts';

/** What was gathered for the next round: path → file, for each side. A wanted folder that is in neither is absent. */
export interface Gathered {
  readonly base: ReadonlyMap<string, ProjectFile>;
  readonly head: ReadonlyMap<string, ProjectFile>;
}

export type Gather = (wanted: readonly Wanted[]) => Promise<Gathered>;

export interface Analyzer {
  /** Analyses one project; `gather`'s `base` is ignored. */
  analyze(input: { readonly head: Project; readonly options: RuleOptions }, gather: Gather): Promise<Analysis>;
  /** Analyses both sides and compares. */
  compare(
    input: { readonly base: Project; readonly head: Project; readonly options: RuleOptions },
    gather: Gather,
  ): Promise<Comparison>;
  close(): Promise<void>;
}

export interface AnalyzerSettings {
  /** The bundle that starts itself as the worker: `dist/cli.js`. */
  readonly workerFile: URL;
  /** How long one file may take, in milliseconds. */
  readonly deadlineMs?: number;
  /** Heap of the worker, in megabytes. */
  readonly memoryMb?: number;
}

/** The analysis itself could not be run; nothing can be said of any file. */
export class AnalysisFailed extends Error {}

/** Rounds of analyse-and-gather: local actions nest at most ten deep on github.com. */
const MAX_ROUNDS = 11;
/** Files that may kill the worker before we stop trying: each costs a deadline and a restart. */
const MAX_CASUALTIES = 5;

type Result = Analysis | (Comparison & { readonly wanted: readonly Wanted[] });
type Outcome = { result: Result; isLast: boolean } | { killedBy: string | null; reason: string };

/**
 * Runs the pure engine in a warm worker thread. A file that takes too long or too much memory costs the worker its life:
 * the file becomes unverified and the rest is analysed again, so that an attacker's file can never hide the others.
 */
export function startAnalyzer({ workerFile, deadlineMs = 1500, memoryMb = 512 }: AnalyzerSettings): Analyzer {
  let warm: Promise<Worker> | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  /** The warm worker; one that could not be started is not waited for again. */
  const worker = () => {
    warm ??= startWorker(workerFile, memoryMb).catch((error: unknown) => {
      warm = null;
      throw error;
    });
    return warm;
  };

  async function once(request: AnalysisRequest): Promise<Outcome> {
    const thread = await worker();
    const outcome = await ask(thread, request, deadlineMs);
    if ('killedBy' in outcome || outcome.isLast) {
      warm = null;
      await thread.terminate();
    }
    return outcome;
  }

  /** One round, without the files that kill the worker. */
  async function survive(request: AnalysisRequest): Promise<{ result: Result; request: AnalysisRequest }> {
    let current = request;
    for (let casualties = 0; casualties <= MAX_CASUALTIES; casualties += 1) {
      const outcome = await once(current);
      if ('result' in outcome) return { result: outcome.result, request: current };
      if (outcome.killedBy === null) throw new AnalysisFailed(outcome.reason);
      current = {
        ...current,
        head: without(current.head, outcome.killedBy, outcome.reason),
        base: current.base && without(current.base, outcome.killedBy, outcome.reason),
      };
    }
    throw new AnalysisFailed(`more than ${MAX_CASUALTIES} files could not be analysed within ${deadlineMs} ms each`);
  }

  async function rounds(start: AnalysisRequest, gather: Gather): Promise<Result> {
    let request = start;
    for (let round = 1; ; round += 1) {
      const survived = await inTurn(() => survive(request));
      const { wanted } = survived.result;
      if (wanted.length === 0) return survived.result;
      if (round === MAX_ROUNDS)
        return { ...survived.result, unverified: [...survived.result.unverified, ...wanted.map(tooDeep)] };
      const gathered = await gather(wanted);
      request = {
        ...survived.request,
        head: extend(survived.request.head, gathered.head, wanted),
        base: survived.request.base && extend(survived.request.base, gathered.base, wanted),
      };
    }
  }

  /** One at a time: a deadline counts a file's own time, not its wait. Between rounds, while GitHub answers, others have their turn. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = turn.then(work);
    turn = next.catch(() => undefined);
    return next;
  }

  return {
    analyze: async ({ head, options }, gather) => (await rounds({ base: null, head, options }, gather)) as Analysis,
    compare: async ({ base, head, options }, gather) =>
      (await rounds({ base, head, options }, gather)) as unknown as Comparison,
    close: async () => {
      await turn;
      await (await warm)?.terminate();
      warm = null;
    },
  };
}

function startWorker(file: URL, memoryMb: number): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(file, {
      workerData: ANALYZER_WORKER,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
      // The worker must not reach the App's key or the database's address.
      env: {},
    });
    thread.once('message', () => {
      // An idle worker must not keep the process alive; one that is starting or working must.
      thread.unref();
      resolve(thread);
    });
    thread.once('error', (cause) => reject(new AnalysisFailed('the analysis thread does not start', { cause })));
  });
}

function ask(thread: Worker, request: AnalysisRequest, deadlineMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    let at: string | null = null;
    let timer: NodeJS.Timeout;
    const end = (outcome: Outcome) => {
      clearTimeout(timer);
      thread.off('message', hear);
      thread.off('error', die);
      thread.unref();
      resolve(outcome);
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(
        () => end({ killedBy: at, reason: `takes longer than ${deadlineMs} ms to analyse` }),
        deadlineMs,
      );
    };
    const hear = (message: WorkerMessage) => {
      if (message.kind === 'at') at = message.path;
      if (message.kind === 'done') return end({ result: message.result, isLast: message.isLast });
      if (message.kind === 'failed') return end({ killedBy: null, reason: message.message });
      return wait();
    };
    // An error overtakes the messages that were sent before it: the last of them says which file is to blame.
    const die = (error: Error & { code?: string }) =>
      setTimeout(() => end({ killedBy: at, reason: causeOf(error) }), 20);
    thread.ref();
    thread.on('message', hear);
    thread.on('error', die);
    wait();
    thread.postMessage(request);
  });
}

function tooDeep({ folder }: Wanted): Unverified {
  return { path: folder, rule: null, reason: `is a local action nested more than ${MAX_ROUNDS - 1} deep` };
}

function causeOf(error: Error & { code?: string }): string {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return 'needs too much memory to analyse';
  return `stops the analysis: ${error.message}`;
}

function without(project: Project, path: string, unverified: string): Project {
  const file = project.files.get(path);
  if (file === undefined) return project;
  const unreadable = { kind: fileKind(path), unverified, ...(file.oid === undefined ? {} : { oid: file.oid }) };
  return { ...project, files: new Map(project.files).set(path, unreadable) };
}

function extend(project: Project, files: ReadonlyMap<string, ProjectFile>, wanted: readonly Wanted[]): Project {
  const found = new Set([...files.keys()].map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))));
  const missing = wanted.map((each) => each.folder).filter((folder) => !found.has(folder));
  return { files: new Map([...project.files, ...files]), absent: new Set([...(project.absent ?? []), ...missing]) };
}
