import type { Analysis, Comparison, Wanted } from '../engine/analysis.ts';
import type { FactData } from '../engine/facts.ts';
import type { Audience } from '../engine/finding.ts';
import type { Project } from '../engine/project.ts';
import type { LintScope } from '../engine/taint/lint-texts.ts';

/** Rule id → the options that the policy sets for it. */
export type RuleOptions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Whose fixes are proved, which costs as much as finding them: of what an audience is shown, or of what a pull request's people are
 * (new or worsened, and meant for everybody; of low confidence too, since a policy may ask for that). Others have none.
 */
export type FixesFor = Audience | 'pull-request';

/** One project alone, or head against base. Plain data. */
export interface AnalysisQuestion {
  readonly base: Project | null;
  readonly head: Project;
  readonly options: RuleOptions;
  readonly fixesFor: FixesFor;
  /** Files, and folders without a slash at the end: only what is found there is asked for. '' is everything. */
  readonly only: readonly string[];
  /** What is known from outside the files. Left out: nothing, and nobody asked. */
  readonly facts?: FactData | undefined;
  /** Which scripts to name for linters. Left out: none. */
  readonly lint?: LintScope | undefined;
}

/** Whether a path is among what is asked for, as `only` says it. */
export function isAskedFor(only: readonly string[], path: string): boolean {
  return only.some((asked) => asked === '' || path === asked || path.startsWith(`${asked}/`));
}

/** What the main thread asks of the worker. */
export interface AnalysisRequest {
  readonly question: AnalysisQuestion;
  /** Where the worker is: see `progress.ts`. */
  readonly progress: SharedArrayBuffer;
  /** Nothing more will be gathered: analyse what is there. Else what is wanted is said first, and nothing besides. */
  readonly isLastRound: boolean;
}

/** What one round brings. */
export type AnalysisResult = Analysis | (Comparison & { readonly wanted: readonly Wanted[] }) | WantedOnly;

/** More is wanted before it is worth while to analyse. */
interface WantedOnly {
  readonly wanted: readonly Wanted[];
  readonly findings?: undefined;
}

/** What the worker says: `ready` once, then one `done` or `failed` for each request. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'done';
      readonly result: AnalysisResult;
      /** The worker no longer trusts its own memory: another is to be started for the next request. */
      readonly isLast: boolean;
    }
  | { readonly kind: 'failed'; readonly message: string };

/** Marks a worker thread as ours: the command line's bundle is also loaded by threads of its packages. */
export const ANALYZER_WORKER = 'gargoyle-analyzer';
