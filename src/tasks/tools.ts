import type { Analyzer } from '../analyzer/analyzer.ts';
import type { GitHub } from '../github/github.ts';
import type { CataloguedRule } from '../policy/policy.ts';
import type { Task } from '../queue/tasks.ts';
import type { Store } from './store.ts';

/** Everything that a task may use; the App joins it once. */
export interface Tools {
  readonly github: GitHub;
  readonly store: Store;
  readonly analyzer: Analyzer;
  readonly enqueue: (tasks: readonly Task[]) => Promise<void>;
  readonly catalogue: readonly CataloguedRule[];
  /** The version that judges: part of every verdict. */
  readonly engine: string;
  /** `https://github.com`, or the Enterprise Server's address, without a slash at the end. */
  readonly site: string;
  /** The secret under the markers of our comments. */
  readonly markerKey: string;
  readonly now: () => Date;
}

/** Something newer is on its way, which speaks instead: nothing more may be posted. */
export class Superseded extends Error {}
