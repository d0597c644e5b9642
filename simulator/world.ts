/** Everything that the simulated GitHub knows, and how it is found: by name, by former name, by id, by node id. */
import type {
  Account,
  App,
  CheckRun,
  CheckSuite,
  Installation,
  IssueComment,
  Pull,
  Repository,
  Review,
  ReviewComment,
  Thread,
  Token,
} from './entities.ts';
import { isoSeconds } from './git/objects.ts';

type Node = Account | Repository | Pull | CheckRun | IssueComment | Review | Thread | ReviewComment;

const NODE_PREFIX: Readonly<Record<Node['kind'], string>> = {
  account: 'U',
  repository: 'R',
  pull: 'PR',
  check: 'CR',
  issueComment: 'IC',
  review: 'PRR',
  thread: 'PRRT',
  reviewComment: 'PRRC',
};

export class World {
  /** Where this GitHub is, for the addresses in its answers. */
  url = '';
  readonly accounts = new Map<string, Account>();
  readonly apps: App[] = [];
  readonly installations: Installation[] = [];
  readonly tokens = new Map<string, Token>();
  readonly repositories: Repository[] = [];
  readonly formerNames = new Map<string, Repository>();
  readonly issueComments = new Map<number, IssueComment>();
  readonly reviewComments = new Map<number, ReviewComment>();
  readonly #nodes = new Map<string, Node>();
  #lastId = 1000;
  #lastTime = 0;

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  now(): string {
    return isoSeconds(Date.now());
  }

  /** Seconds since 1970, later for each commit, so that histories have an order. */
  commitTime(): number {
    this.#lastTime = Math.max(this.#lastTime + 1, Math.floor(Date.now() / 1000));
    return this.#lastTime;
  }

  /** Makes an entity known by its node id. */
  add<T extends Node>(node: T): T {
    this.#nodes.set(nodeId(node), node);
    return node;
  }

  node(id: string): Node | undefined {
    return this.#nodes.get(id);
  }

  remove(node: Node): void {
    this.#nodes.delete(nodeId(node));
  }

  account(login: string, type: Account['type']): Account {
    const known = this.accounts.get(login.toLowerCase());
    if (known) return known;
    const account = this.add<Account>({ kind: 'account', id: this.nextId(), login, type });
    this.accounts.set(login.toLowerCase(), account);
    return account;
  }

  repository(owner: string, name: string): Repository | undefined {
    const full = `${owner}/${name}`.toLowerCase();
    return this.repositories.find((repository) => !repository.deleted && fullName(repository).toLowerCase() === full);
  }

  formerly(owner: string, name: string): Repository | undefined {
    return this.formerNames.get(`${owner}/${name}`.toLowerCase());
  }

  suite(repository: Repository, app: App, headSha: string): CheckSuite {
    const known = repository.suites.find((suite) => suite.app === app && suite.headSha === headSha);
    if (known) return known;
    const suite = { id: this.nextId(), app, headSha };
    repository.suites.push(suite);
    return suite;
  }
}

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

/** GitHub's node ids are opaque; ours name the kind and the number, in base64url. */
export function nodeId(node: { readonly kind: Node['kind']; readonly id: number }): string {
  return `${NODE_PREFIX[node.kind]}_kw${Buffer.from(`${node.kind}:${node.id}`).toString('base64url')}`;
}

/** Is the repository among those that the installation was given? */
export function covers(installation: Installation, repository: Repository): boolean {
  const given = installation.repositories === 'all' || installation.repositories.has(repository.id);
  return !repository.deleted && installation.account === repository.owner && given;
}
