/** What people do to a repository: commit, branch, fork, open pull requests, run workflows. Webhooks follow by themselves. */
import type { Account, CheckRun, Repository, Role } from './entities.ts';
import type { FileChange, NewCommit } from './git/repository.ts';
import { Jobs } from './jobs.ts';
import { type NewPull, openPull } from './opening.ts';
import { SimulatedPull } from './pull.ts';
import { latestChecks } from './pulls.ts';
import type { Site } from './site.ts';
import { fullName } from './world.ts';

const NOTHING = '0'.repeat(40);

export interface PushOptions {
  /** Login of who pushes; default the repository's owner. */
  readonly by?: string;
  /** No webhook: how a history came to be. */
  readonly silent?: boolean;
}

export class SimulatedRepository {
  readonly entity: Repository;
  readonly jobs: Jobs;
  readonly #site: Site;
  readonly #fork: (of: Repository, owner: string) => Promise<Repository>;

  constructor(site: Site, entity: Repository, fork: (of: Repository, owner: string) => Promise<Repository>) {
    this.#site = site;
    this.entity = entity;
    this.#fork = fork;
    this.jobs = new Jobs(site, entity);
  }

  get fullName(): string {
    return fullName(this.entity);
  }

  /** Another repository of this network, with the same powers. */
  other(entity: Repository): SimulatedRepository {
    return entity === this.entity ? this : new SimulatedRepository(this.#site, entity, this.#fork);
  }

  setPermission(user: string, role: Role): void {
    this.#site.world.account(user, 'User');
    this.entity.roles.set(user.toLowerCase(), role);
  }

  async tip(branch: string): Promise<string> {
    const sha = await this.entity.git.branch(branch);
    if (sha === null) throw new Error(`${this.fullName} has no branch ${branch}`);
    return sha;
  }

  /** One commit on a branch; a new branch starts at the default branch. */
  async commit(
    branch: string,
    files: Readonly<Record<string, FileChange>>,
    message = 'Change',
    options: PushOptions = {},
  ): Promise<string> {
    const [sha = ''] = await this.#write(branch, [{ files, message }], options);
    return sha;
  }

  /** Many commits in one push, quickly and by default without webhooks. */
  history(
    branch: string,
    commits: readonly { files: Readonly<Record<string, FileChange>>; message: string }[],
    options: PushOptions = {},
  ): Promise<string[]> {
    return this.#write(branch, commits, { silent: true, ...options });
  }

  /** To a commit that exists, or to one commit on top of where the branch left the default branch. */
  async forcePush(
    branch: string,
    to: string | Readonly<Record<string, FileChange>>,
    message = 'Rewritten',
    options: PushOptions = {},
  ): Promise<string> {
    const { git, defaultBranch } = this.entity;
    const before = await this.tip(branch);
    const start = await git.mergeBase(await this.tip(defaultBranch), before);
    const after =
      typeof to === 'string'
        ? to
        : ((await git.commit([this.#newCommit(branch, { files: to, message }, start, options)]))[0] ?? '');
    await this.moveBranch(branch, after, { forced: true, before, ...options });
    return after;
  }

  async fork(owner: string): Promise<SimulatedRepository> {
    return this.other(await this.#fork(this.entity, owner));
  }

  /** Deletes it; pull requests from it lose their head repository (github.md W18). */
  delete(): void {
    this.entity.deleted = true;
    for (const repository of this.#site.world.repositories) {
      for (const pull of repository.pulls.values()) if (pull.headRepository === this.entity) pull.headRepository = null;
    }
  }

  async rename(name: string, by?: string): Promise<void> {
    const before = this.entity.name;
    this.#site.world.formerNames.set(this.fullName.toLowerCase(), this.entity);
    this.entity.name = name;
    await this.#site.webhooks.repositoryRenamed(this.entity, before, this.#account(by));
  }

  async openPull(options: NewPull): Promise<SimulatedPull> {
    const pull = await openPull(this.#site, this.entity, options);
    return new SimulatedPull(this.#site, this, pull);
  }

  pull(number: number): SimulatedPull {
    const pull = this.entity.pulls.get(number);
    if (!pull) throw new Error(`${this.fullName} has no pull request ${number}`);
    return new SimulatedPull(this.#site, this, pull);
  }

  /** Every check run of a commit, oldest first; without `sha` of the whole repository. */
  checkRuns(sha?: string): readonly CheckRun[] {
    return this.entity.checks.filter((check) => sha === undefined || check.headSha === sha);
  }

  /** What a person sees on a commit: the newest of each name. */
  latestChecks(sha: string): readonly CheckRun[] {
    return latestChecks(this.entity, sha);
  }

  /** "Re-run" on one check: its App is asked again (told of the check as it was), and it is reset. */
  async rerequestCheck(check: CheckRun, by?: string): Promise<void> {
    const asked = this.#site.webhooks.checkRun('rerequested', check, this.#account(by));
    check.status = 'queued';
    check.conclusion = null;
    check.completedAt = null;
    await asked;
  }

  /** "Re-run all checks" (github.md W15). */
  async rerequestSuite(check: CheckRun, by?: string): Promise<void> {
    await this.#site.webhooks.checkSuite(this.entity, check.suite, this.#account(by));
  }

  async pressButton(check: CheckRun, identifier: string, by?: string): Promise<void> {
    await this.#site.webhooks.checkRun('requested_action', check, this.#account(by), {
      requested_action: { identifier },
    });
  }

  /** A batch of the merge queue: the base with every pull request merged. */
  async queue(pulls: readonly SimulatedPull[], by?: string): Promise<string> {
    const first = pulls[0]?.entity;
    if (!first) throw new Error('an empty queue');
    const base = await this.tip(first.baseRef);
    let head = base;
    for (const pull of pulls) head = await this.#merged(head, pull.head, `Merge pull request #${pull.number}`);
    const headRef = `refs/heads/gh-readonly-queue/${first.baseRef}/pr-${first.number}-${base}`;
    await this.entity.git.updateRef(headRef, head);
    await this.#site.webhooks.mergeGroup(
      this.entity,
      { base, baseRef: `refs/heads/${first.baseRef}`, head, headRef },
      this.#account(by),
    );
    return head;
  }

  async mergeInto(branch: string, head: string, message: string): Promise<string> {
    return this.#merged(await this.tip(branch), head, message);
  }

  /** Moves a branch and tells everybody: push, then `synchronize` of its open pull requests. */
  async moveBranch(
    branch: string,
    after: string,
    push: PushOptions & { forced: boolean; before?: string },
  ): Promise<void> {
    const before = push.before ?? (await this.entity.git.branch(branch)) ?? NOTHING;
    await this.entity.git.updateRef(`refs/heads/${branch}`, after);
    if (push.silent) return;
    const sender = this.#account(push.by);
    await this.#site.webhooks.push(this.entity, branch, { before, after, forced: push.forced }, sender);
    const pulls = this.#site.world.repositories.flatMap((repository) => [...repository.pulls.values()]);
    for (const pull of pulls.filter(
      (one) => one.state === 'open' && one.headRepository === this.entity && one.headRef === branch,
    )) {
      if (pull.headSha !== after) await this.other(pull.repository).pull(pull.number).synchronize(after, sender);
    }
  }

  async #write(
    branch: string,
    commits: readonly { files: Readonly<Record<string, FileChange>>; message: string }[],
    options: PushOptions,
  ): Promise<string[]> {
    const { git, defaultBranch } = this.entity;
    const before = await git.branch(branch);
    const parent = before ?? (await git.branch(defaultBranch));
    const shas = await git.commit(commits.map((commit) => this.#newCommit(branch, commit, parent, options)));
    await this.moveBranch(branch, shas.at(-1) ?? '', { forced: false, before: before ?? NOTHING, ...options });
    return shas;
  }

  #newCommit(
    branch: string,
    commit: Pick<NewCommit, 'files' | 'message'>,
    parent: string | null,
    options: PushOptions,
  ): NewCommit {
    const { login } = this.#account(options.by);
    const author = { name: login, email: `${login}@users.noreply.github.com` };
    return { branch, ...commit, author, time: this.#site.world.commitTime(), parent };
  }

  async #merged(base: string, head: string, message: string): Promise<string> {
    const merged = await this.entity.git.merge(base, head, message, this.#site.world.commitTime());
    if (merged === null) throw new Error('the pull request has conflicts');
    return merged;
  }

  #account(login: string | undefined): Account {
    const { owner } = this.entity;
    if (login !== undefined) return this.#site.world.account(login, 'User');
    return owner.type === 'User' ? owner : this.#site.world.account(`${owner.login}-admin`, 'User');
  }
}
