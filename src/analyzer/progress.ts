import type { AnalysisQuestion } from './protocol.ts';

/**
 * Which file the worker is at, in memory that both threads see: a message for each file and proof took a tenth of the time of an
 * analysis. Two numbers of 32 bits: how often it moved on, and where it is among the paths.
 */
const MOVES = 0;
const PLACE = 1;

/** Fresh memory for one request. */
export function newProgress(): SharedArrayBuffer {
  return new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
}

/** All paths of a request, in an order on which both threads agree. */
function pathsOf({ head, base }: Pick<AnalysisQuestion, 'head' | 'base'>): readonly string[] {
  return [...new Set([...head.files.keys(), ...(base?.files.keys() ?? [])])];
}

/** The worker's side: says which file is read now (null: it is done). If the worker dies, the last one is to blame. */
export function progressWriter(
  progress: SharedArrayBuffer,
  question: Pick<AnalysisQuestion, 'head' | 'base'>,
): (path: string | null) => void {
  const shared = new Int32Array(progress);
  const places = new Map(pathsOf(question).map((path, index) => [path, index + 1]));
  return (path) => {
    if (path !== null) Atomics.store(shared, PLACE, places.get(path) ?? 0);
    Atomics.add(shared, MOVES, 1);
  };
}

/** The main thread's side. */
export interface ProgressReader {
  /** Changes whenever the worker moves on. */
  moves(): number;
  /** The file that it is at; null before the first. */
  path(): string | null;
}

export function progressReader(
  progress: SharedArrayBuffer,
  question: Pick<AnalysisQuestion, 'head' | 'base'>,
): ProgressReader {
  const shared = new Int32Array(progress);
  return {
    moves: () => Atomics.load(shared, MOVES),
    path: () => pathsOf(question)[Atomics.load(shared, PLACE) - 1] ?? null,
  };
}
