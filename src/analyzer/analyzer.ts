import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Analysis, Comparison, Unverified, Wanted } from '../engine/analysis.ts';
import type { FactData } from '../engine/facts.ts';
import type { Project, ProjectFile } from '../engine/project.ts';
import { fileKind } from '../engine/project.ts';
import type { LintScope } from '../engine/taint/lint-texts.ts';
import type { AnalyseHere } from './here.ts';
import { clocks, isOver } from './patience.ts';
import { newProgress, progressReader } from './progress.ts';
import {
  ANALYZER_WORKER,
  type AnalysisQuestion,
  type AnalysisRequest,
  type AnalysisResult,
  type FixesFor,
  type RuleOptions,
  type WorkerMessage,
} from './protocol.ts';

/** What was gathered for the next round: path → file, for each side. A wanted folder that is in neither is absent. */
export interface Gathered {
  readonly base: ReadonlyMap<string, ProjectFile>;
  readonly head: ReadonlyMap<string, ProjectFile>;
}

export type Gather = (wanted: readonly Wanted[]) => Promise<Gathered>;

/** How to look at a project. */
interface Manner {
  readonly options: RuleOptions;
  /** Left out: everybody's. */
  readonly fixesFor?: FixesFor;
  /** Files and folders: only what is found there is asked for, and more may be missing. Left out: everything. */
  readonly only?: readonly string[];
  /** What is known from outside the files. Left out: nothing, and nobody asked. */
  readonly facts?: FactData;
  /** Which scripts to name for linters. Left out: none. */
  readonly lint?: LintScope | undefined;
}

export interface Analyzer {
  /** Analyses one project; `gather`'s `base` is ignored. */
  analyze(input: Manner & { readonly head: Project }, gather: Gather): Promise<Analysis>;
  /** Analyses both sides and compares. */
  compare(input: Manner & { readonly base: Project; readonly head: Project }, gather: Gather): Promise<Comparison>;
  close(): Promise<void>;
}

export interface AnalyzerSettings {
  /** The bundle that starts itself as the worker: `dist/cli.js`. */
  readonly workerFile: URL;
  /** How long one file may take, in milliseconds. */
  readonly deadlineMs?: number;
  /** Heap of the worker, in megabytes. */
  readonly memoryMb?: number;
  /** Analyses without the worker, which is asked only where that fails; also says that the process is a short one (see `optimiseLess`). Never in a server. */
  readonly here?: AnalyseHere;
}

/** The analysis itself could not be run; nothing can be said of any file. */
export class AnalysisFailed extends Error {}

/** Rounds of analyse-and-gather: local actions nest at most ten deep on github.com. */
const MAX_ROUNDS = 11;
/** Files that may kill the worker before we stop trying: each costs a deadline and a restart. */
const MAX_CASUALTIES = 5;

/** How often the worker's progress is looked at in the time that a file may take. */
const LOOKS = 20;

type Result = Exclude<AnalysisResult, { findings?: undefined }>;
type Outcome = { result: AnalysisResult; isLast: boolean } | { killedBy: string | null; reason: string };

/**
 * Runs the pure engine in a warm worker thread. A file that takes too long or too much memory costs the worker its life:
 * the file becomes unverified and the rest is analysed again, so that an attacker's file can never hide the others.
 */
export function startAnalyzer({ workerFile, deadlineMs = 1500, memoryMb = 512, here }: AnalyzerSettings): Analyzer {
  if (here) optimiseLess();
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

  async function once(question: AnalysisQuestion, isLastRound: boolean): Promise<Outcome> {
    const thread = await worker();
    const outcome = await ask(thread, { question, isLastRound, progress: newProgress() }, deadlineMs);
    if ('killedBy' in outcome || outcome.isLast) {
      warm = null;
      await thread.terminate();
    }
    return outcome;
  }

  /** One round, without the files that kill the worker. */
  async function survive(
    question: AnalysisQuestion,
    isLastRound: boolean,
  ): Promise<{ result: AnalysisResult; question: AnalysisQuestion }> {
    const quick = await here?.(question, isLastRound);
    if (quick) return { result: quick, question };
    let current = question;
    for (let casualties = 0; casualties <= MAX_CASUALTIES; casualties += 1) {
      const outcome = await once(current, isLastRound);
      if ('result' in outcome) return { result: outcome.result, question: current };
      if (outcome.killedBy === null) throw new AnalysisFailed(outcome.reason);
      current = {
        ...current,
        head: without(current.head, outcome.killedBy, outcome.reason),
        base: current.base && without(current.base, outcome.killedBy, outcome.reason),
      };
    }
    throw new AnalysisFailed(`more than ${MAX_CASUALTIES} files could not be analysed within ${deadlineMs} ms each`);
  }

  async function rounds(start: AnalysisQuestion, gather: Gather): Promise<Result> {
    let question = start;
    for (let round = 1; ; round += 1) {
      const survived = await inTurn(() => survive(question, round === MAX_ROUNDS));
      const { result } = survived;
      const { wanted } = result;
      if (isWhole(result) && wanted.length === 0) return result;
      if (isWhole(result) && round === MAX_ROUNDS)
        return { ...result, unverified: [...result.unverified, ...wanted.map(tooDeep)] };
      const gathered = await gather(wanted);
      question = {
        ...survived.question,
        head: extend(survived.question.head, gathered.head, wanted),
        base: survived.question.base && extend(survived.question.base, gathered.base, wanted),
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
    analyze: async ({ head, options, fixesFor = 'auditor', only = [''], facts, lint }, gather) =>
      (await rounds({ base: null, head, options, fixesFor, only, facts, lint }, gather)) as Analysis,
    compare: async ({ base, head, options, fixesFor = 'auditor', only = [''], facts, lint }, gather) =>
      (await rounds({ base, head, options, fixesFor, only, facts, lint }, gather)) as unknown as Comparison,
    close: async () => {
      await turn;
      await (await warm)?.terminate();
      warm = null;
    },
  };
}

/**
 * Of a short run, a third of the processor's time is the optimising compiler's, for code that is hardly used again: it begins later.
 * Flags are of the whole process. Measured to help with V8 11 (Node 20), and not with that of Node 24.
 */
function optimiseLess(): void {
  if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=1000000');
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
    const at = progressReader(request.progress, request.question);
    const end = (outcome: Outcome) => {
      clearInterval(timer);
      thread.off('message', hear);
      thread.off('error', die);
      thread.unref();
      resolve(outcome);
    };
    let moves = 0;
    let since = clocks();
    const look = () => {
      // Moves are compared first: what the worker did while this thread was busy is no file's fault.
      if (at.moves() !== moves) {
        moves = at.moves();
        since = clocks();
      } else if (isOver(since, deadlineMs)) {
        end({ killedBy: at.path(), reason: `takes longer than ${deadlineMs} ms to analyse` });
      }
    };
    const timer = setInterval(look, deadlineMs / LOOKS);
    const hear = (message: WorkerMessage) => {
      if (message.kind === 'done') end({ result: message.result, isLast: message.isLast });
      if (message.kind === 'failed') end({ killedBy: null, reason: message.message });
    };
    const die = (error: Error & { code?: string }) => end({ killedBy: at.path(), reason: causeOf(error) });
    thread.ref();
    thread.on('message', hear);
    thread.on('error', die);
    thread.postMessage(request);
  });
}

function isWhole(result: AnalysisResult): result is Result {
  return result.findings !== undefined;
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
  const absent = new Set([...(project.absent ?? []), ...missing]);
  return { ...project, files: new Map([...project.files, ...files]), absent };
}
