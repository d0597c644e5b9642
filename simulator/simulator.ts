/**
 * A GitHub on loopback: repositories on disk, REST, GraphQL, webhooks, and a page for people.
 * Point the App at it as at any Enterprise Server: `GHE_HOST` = `host`, `GHE_PROTOCOL` = `http`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { actionsCheck, createApp, createRepository, forkRepository } from './creation.ts';
import type { App, CheckRun, Installation, Permissions, Repository } from './entities.ts';
import { SimulatedInstallation } from './installation.ts';
import { type ContractProblem, Ledger, type LedgerEntry } from './ledger.ts';
import { Faults, Limits } from './limits.ts';
import { SimulatedRepository } from './repository.ts';
import { gitHubServer } from './server.ts';
import type { Site } from './site.ts';
import type { Deliverer } from './webhooks/deliveries.ts';
import { Webhooks } from './webhooks/webhooks.ts';
import { World } from './world.ts';

export interface SimulatorOptions {
  /** Default: any free one. */
  readonly port?: number;
  readonly slug?: string;
  /** What the App asks for, and each installation gets by default. */
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
}

/** What an operator copies into the App's settings. */
export interface AppCredentials {
  readonly id: number;
  readonly slug: string;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
}

const GATE: Permissions = {
  metadata: 'read',
  contents: 'read',
  actions: 'read',
  issues: 'read',
  members: 'read',
  merge_queues: 'read',
  checks: 'write',
  pull_requests: 'write',
};
const EVENTS = [
  'pull_request',
  'push',
  'issue_comment',
  'merge_group',
  'workflow_job',
  'check_run',
  'check_suite',
  'repository',
];

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const world = new World();
  const ledger = new Ledger();
  const site: Site = {
    world,
    ledger,
    limits: new Limits(),
    faults: new Faults(),
    webhooks: new Webhooks(world, ledger),
  };
  const server = gitHubServer(site);
  world.url = await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  const simulator = new Simulator(site, server);
  simulator.registerApp(options);
  return simulator;
}

export class Simulator {
  readonly #site: Site;
  readonly #server: FastifyInstance;
  readonly #folder = mkdtempSync(join(tmpdir(), 'gargoyle-simulator-'));
  readonly #credentials: AppCredentials[] = [];

  constructor(site: Site, server: FastifyInstance) {
    this.#site = site;
    this.#server = server;
  }

  /** `http://127.0.0.1:PORT`. */
  get url(): string {
    return this.#site.world.url;
  }

  /** For `GHE_HOST`. */
  get host(): string {
    return new URL(this.url).host;
  }

  /** The App under test (the first that was registered). */
  get app(): AppCredentials {
    const [first] = this.#credentials;
    if (!first) throw new Error('no App is registered');
    return first;
  }

  get limits(): Limits {
    return this.#site.limits;
  }

  get faults(): Faults {
    return this.#site.faults;
  }

  /** The log of webhooks, and what disturbs them on their way. */
  get deliveries(): Deliverer {
    return this.#site.webhooks.deliverer;
  }

  registerApp(options: SimulatorOptions = {}): AppCredentials {
    const { world } = this.#site;
    const { slug = 'gargoyle', permissions = GATE, events = EVENTS } = options;
    const { app, privateKey } = createApp(world, { slug, permissions, events });
    const credentials = { id: app.id, slug, privateKey, webhookSecret: app.webhookSecret };
    this.#credentials.push(credentials);
    return credentials;
  }

  /** Where the App listens: `http://…/api/github/webhooks`. Null: nowhere, nothing is sent. */
  deliverTo(url: string | null, app: AppCredentials = this.app): void {
    this.#app(app).webhookUrl = url;
  }

  /** Makes an organisation or a user exist; repositories make their owners too. */
  organisation(login: string): void {
    this.#site.world.account(login, 'Organization');
  }

  user(login: string): void {
    this.#site.world.account(login, 'User');
  }

  /** Installs the App for an account, on all of its repositories or on some. */
  async install(
    login: string,
    options: { permissions?: Permissions; repositories?: readonly SimulatedRepository[]; app?: AppCredentials } = {},
  ): Promise<SimulatedInstallation> {
    const { world, webhooks } = this.#site;
    const app = this.#app(options.app ?? this.app);
    const account = world.account(login, 'Organization');
    const installation: Installation = {
      id: world.nextId(),
      app,
      account,
      permissions: options.permissions ?? app.permissions,
      suspendedAt: null,
      createdAt: world.now(),
      repositories: options.repositories ? new Set(options.repositories.map(({ entity }) => entity.id)) : 'all',
    };
    world.installations.push(installation);
    const sender = account.type === 'User' ? account : world.account(`${login}-admin`, 'User');
    await webhooks.installation('created', installation, sender);
    return new SimulatedInstallation(this.#site, installation);
  }

  /** A new repository with one commit (a README) on its default branch; its owner is an organisation unless known as a user. */
  async repository(
    owner: string,
    name: string,
    options: { private?: boolean; defaultBranch?: string } = {},
  ): Promise<SimulatedRepository> {
    const entity = await createRepository(this.#site.world, this.#folder, {
      owner,
      name,
      private: options.private ?? false,
      defaultBranch: options.defaultBranch ?? 'main',
      parent: null,
    });
    const repository = this.#handle(entity);
    await repository.commit(entity.defaultBranch, { 'README.md': `# ${name}\n` }, 'Begin', { silent: true });
    return repository;
  }

  /** Everything that was asked of this GitHub, in order. */
  requests(): readonly LedgerEntry[] {
    return this.#site.ledger.entries;
  }

  /** Breaches of GitHub's contract, by the App or by the simulator; a story test wants none. */
  problems(): readonly ContractProblem[] {
    return this.#site.ledger.problems;
  }

  /** Forgets requests and problems so far. */
  forget(): void {
    this.#site.ledger.clear();
  }

  /** A green check by GitHub Actions' own App (id 15368), as any workflow with `checks: write` can make. */
  actionsCheck(repository: SimulatedRepository, headSha: string, name: string): CheckRun {
    return actionsCheck(this.#site.world, repository.entity, headSha, name);
  }

  /** When no webhook is under way any more. */
  settled(): Promise<void> {
    return this.deliveries.settled();
  }

  async close(): Promise<void> {
    this.deliveries.close();
    await this.#server.close();
    await this.settled();
    for (const repository of this.#site.world.repositories) repository.git.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #handle(entity: Repository): SimulatedRepository {
    return new SimulatedRepository(this.#site, entity, (parent, owner) =>
      forkRepository(this.#site.world, this.#folder, parent, owner),
    );
  }

  #app(credentials: AppCredentials): App {
    const app = this.#site.world.apps.find(({ id }) => id === credentials.id);
    if (!app) throw new Error(`no App ${credentials.id}`);
    return app;
  }
}
