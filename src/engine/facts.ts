import type { Uses } from './model/uses.ts';

/** The commit behind a tag or branch, and the longest version tag at that commit. */
interface Commit {
  /** 40 hex digits. */
  readonly sha: string;
  readonly tag: string | null;
}

/** What is known from outside the files. Plain data. */
export interface FactData {
  /** `owner/repo@ref`, owner and repo in lower case → its commit. */
  readonly commits: ReadonlyMap<string, Commit>;
}

/** Nothing is known: `--offline`, and whenever nothing was asked. */
export const noFacts: FactData = { commits: new Map() };

/** Asks the facts. A missing one is null: the rule says less. */
export class Facts {
  readonly #data: FactData;

  constructor(data: FactData) {
    this.#data = data;
  }

  /** The commit that a remote `uses` names. */
  commitOf(uses: Uses): Commit | null {
    if (!uses.ref) return null;
    return this.#data.commits.get(`${uses.owner}/${uses.repo}`.toLowerCase().concat('@', uses.ref.value)) ?? null;
  }
}
