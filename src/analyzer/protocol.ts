import type { Analysis, Comparison, Wanted } from '../engine/analysis.ts';
import type { Project } from '../engine/project.ts';

/** Rule id → the options that the policy sets for it. */
export type RuleOptions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What the main thread asks of the worker: one project alone, or head against base. Plain data. */
export interface AnalysisRequest {
  readonly base: Project | null;
  readonly head: Project;
  readonly options: RuleOptions;
}

/** What the worker says, in this order: any number of `at`, then one `done` or `failed`. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  /** The file that is being read now; if the worker dies, this one is to blame. */
  | { readonly kind: 'at'; readonly path: string }
  | {
      readonly kind: 'done';
      readonly result: Analysis | (Comparison & { readonly wanted: readonly Wanted[] });
      /** The worker no longer trusts its own memory: another is to be started for the next request. */
      readonly isLast: boolean;
    }
  | { readonly kind: 'failed'; readonly message: string };

/** Marks a worker thread as ours: the command line's bundle is also loaded by threads of its packages. */
export const ANALYZER_WORKER = 'gargoyle-analyzer';
