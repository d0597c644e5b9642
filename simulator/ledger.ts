/** What happened, in order: every request with its answer, and every breach of GitHub's contract. */

export interface LedgerEntry {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** OpenAPI's operation id (`checks/create`), `graphql` or, for what GitHub doesn't have, null. */
  readonly operation: string | null;
  /** The GraphQL operation's name, or its first root fields. */
  readonly graphql: string | null;
  readonly status: number;
  readonly installationId: number | null;
  /** SHA-256 of the request's body. */
  readonly bodyDigest: string;
  readonly body: unknown;
  /** Whether it changed something, or tried to. */
  readonly write: boolean;
}

/** A breach of the contract: of the App (`request`, `route`, `query`) or of the simulator itself (`response`, `webhook`, `resolver`). */
export interface ContractProblem {
  readonly kind: 'request' | 'route' | 'query' | 'response' | 'webhook' | 'resolver' | 'crash';
  readonly where: string;
  readonly details: string;
}

export class Ledger {
  readonly #entries: LedgerEntry[] = [];
  readonly #problems: ContractProblem[] = [];

  record(entry: LedgerEntry): void {
    this.#entries.push(entry);
  }

  problem(kind: ContractProblem['kind'], where: string, details: string): void {
    this.#problems.push({ kind, where, details });
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries;
  }

  get problems(): readonly ContractProblem[] {
    return this.#problems;
  }

  clear(): void {
    this.#entries.length = 0;
    this.#problems.length = 0;
  }
}
