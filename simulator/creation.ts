/** Bringing Apps, repositories and forks into being. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { App, CheckRun, Permissions, Repository } from './entities.ts';
import { GitRepository } from './git/repository.ts';
import type { World } from './world.ts';

/** A new App and its private key (PEM), which GitHub doesn't keep. */
export function createApp(
  world: World,
  options: { slug: string; permissions: Permissions; events: readonly string[] },
): { app: App; privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const app: App = {
    id: world.nextId(),
    owner: world.account('gargoyle-makers', 'Organization'),
    bot: world.account(`${options.slug}[bot]`, 'Bot'),
    publicKey,
    webhookSecret: randomBytes(32).toString('hex'),
    webhookUrl: null,
    createdAt: world.now(),
    ...options,
  };
  world.apps.push(app);
  return { app, privateKey };
}

/** GitHub Actions' own App, by which a workflow's GITHUB_TOKEN writes checks (github.md C7, C8). */
function actionsApp(world: World): App {
  const known = world.apps.find(({ slug }) => slug === 'github-actions');
  if (known) return known;
  const app: App = {
    id: 15368,
    slug: 'github-actions',
    owner: world.account('github', 'Organization'),
    bot: world.account('github-actions[bot]', 'Bot'),
    publicKey: '',
    webhookSecret: '',
    permissions: {},
    events: [],
    webhookUrl: null,
    createdAt: world.now(),
  };
  world.apps.push(app);
  return app;
}

/** A green check of a workflow, by whatever name it likes. */
export function actionsCheck(world: World, repository: Repository, headSha: string, name: string): CheckRun {
  const now = world.now();
  const check = world.add<CheckRun>({
    kind: 'check',
    id: world.nextId(),
    repository,
    suite: world.suite(repository, actionsApp(world), headSha),
    headSha,
    name,
    externalId: '',
    detailsUrl: null,
    status: 'completed',
    conclusion: 'success',
    startedAt: now,
    completedAt: now,
    title: null,
    summary: null,
    text: null,
    annotations: [],
    actions: [],
  });
  repository.checks.push(check);
  return check;
}

export interface NewRepository {
  readonly owner: string;
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly parent: Repository | null;
}

/** An empty repository in a folder of its own below `folder`. */
export async function createRepository(world: World, folder: string, options: NewRepository): Promise<Repository> {
  const id = world.nextId();
  const git = await GitRepository.create(join(folder, `${id}.git`), options.defaultBranch);
  const repository = world.add<Repository>({
    kind: 'repository',
    id,
    ...options,
    owner: world.account(options.owner, 'Organization'),
    deleted: false,
    git,
    roles: new Map(),
    pulls: new Map(),
    checks: [],
    suites: [],
    runs: [],
    nextNumber: 1,
    createdAt: world.now(),
  });
  world.repositories.push(repository);
  return repository;
}

/** A fork has its parent's default branch; its objects become the parent's when a pull request is opened (github.md D7). */
export async function forkRepository(
  world: World,
  folder: string,
  parent: Repository,
  owner: string,
): Promise<Repository> {
  world.account(owner, 'User');
  const { name, defaultBranch } = parent;
  const fork = await createRepository(world, folder, { owner, name, private: parent.private, defaultBranch, parent });
  const tip = await parent.git.branch(defaultBranch);
  if (tip !== null) await fork.git.fetch(parent.git, tip, `refs/heads/${defaultBranch}`);
  return fork;
}
