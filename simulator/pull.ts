/** What a person does to a pull request. Each action ends when its webhooks have been answered. */
import type { Account, CheckRun, IssueComment, Pull, Review, ReviewComment, Thread } from './entities.ts';
import type { FileChange } from './git/repository.ts';
import { moveThreads } from './pulls.ts';
import type { PushOptions, SimulatedRepository } from './repository.ts';
import { addReview, addReviewComment } from './reviewing.ts';
import type { Site } from './site.ts';
import { suggestionEdit } from './suggestion.ts';

export class SimulatedPull {
  readonly entity: Pull;
  readonly #site: Site;
  readonly #repository: SimulatedRepository;

  constructor(site: Site, repository: SimulatedRepository, entity: Pull) {
    this.#site = site;
    this.#repository = repository;
    this.entity = entity;
  }

  get number(): number {
    return this.entity.number;
  }

  /** SHA of the head, now. */
  get head(): string {
    return this.entity.headSha;
  }

  get url(): string {
    return `${this.#site.world.url}/${this.#repository.fullName}/pull/${this.number}`;
  }

  get reviews(): readonly Review[] {
    return this.entity.reviews;
  }

  get threads(): readonly Thread[] {
    return this.entity.threads;
  }

  get comments(): readonly IssueComment[] {
    return this.entity.comments;
  }

  /** Check runs of the present head, oldest first; `sha` for another commit. */
  checkRuns(sha: string = this.head): readonly CheckRun[] {
    return this.#repository.checkRuns(sha);
  }

  /** Commits to the head branch (the fork's, where it is one). */
  push(files: Readonly<Record<string, FileChange>>, message = 'Change', options: PushOptions = {}): Promise<string> {
    return this.#headRepository().commit(this.entity.headRef, files, message, {
      by: this.entity.author.login,
      ...options,
    });
  }

  /** Replaces the branch by one commit on the merge base, or by a commit that exists. */
  forcePush(
    to: string | Readonly<Record<string, FileChange>>,
    message = 'Rewritten',
    options: PushOptions = {},
  ): Promise<string> {
    const by = { by: this.entity.author.login, ...options };
    return this.#headRepository().forcePush(this.entity.headRef, to, message, by);
  }

  async retarget(base: string, by?: string): Promise<void> {
    const { entity } = this;
    const from = entity.baseRef;
    const fromSha = entity.baseSha;
    entity.baseRef = base;
    entity.baseSha = await this.#repository.tip(base);
    await this.#event('edited', by, { changes: { base: { ref: { from }, sha: { from: fromSha } } } });
  }

  async rename(title: string, by?: string): Promise<void> {
    const from = this.entity.title;
    this.entity.title = title;
    await this.#event('edited', by, { changes: { title: { from } } });
  }

  async close(by?: string): Promise<void> {
    this.entity.state = 'closed';
    this.entity.closedAt = this.#site.world.now();
    await this.#event('closed', by);
  }

  async reopen(by?: string): Promise<void> {
    this.entity.state = 'open';
    this.entity.closedAt = null;
    await this.#event('reopened', by);
  }

  async readyForReview(by?: string): Promise<void> {
    this.entity.draft = false;
    await this.#event('ready_for_review', by);
  }

  async convertToDraft(by?: string): Promise<void> {
    this.entity.draft = true;
    await this.#event('converted_to_draft', by);
  }

  /** A merge commit on the base branch; the base's push and the closing are told to the App. */
  async merge(by?: string): Promise<string> {
    const { entity } = this;
    const commit = await this.#repository.mergeInto(
      entity.baseRef,
      entity.headSha,
      `Merge pull request #${this.number}`,
    );
    entity.merged = true;
    entity.mergeCommit = commit;
    entity.state = 'closed';
    entity.closedAt = this.#site.world.now();
    await this.#repository.moveBranch(entity.baseRef, commit, { forced: false, by: by ?? entity.author.login });
    await this.#event('closed', by);
    return commit;
  }

  async comment(user: string, body: string): Promise<IssueComment> {
    const { world, webhooks } = this.#site;
    const now = world.now();
    const author = this.#account(user);
    const comment = world.add<IssueComment>({
      kind: 'issueComment',
      id: world.nextId(),
      pull: this.entity,
      author,
      app: null,
      body,
      reactions: [],
      minimized: null,
      createdAt: now,
      updatedAt: now,
    });
    this.entity.comments.push(comment);
    world.issueComments.set(comment.id, comment);
    await webhooks.issueComment('created', comment, author);
    return comment;
  }

  async editComment(comment: IssueComment, body: string): Promise<void> {
    const from = comment.body;
    comment.body = body;
    comment.updatedAt = this.#site.world.now();
    await this.#site.webhooks.issueComment('edited', comment, comment.author, { body: { from } });
  }

  /** A person answers in a review thread. */
  reply(thread: Thread, user: string, body: string): ReviewComment {
    const { world } = this.#site;
    const author = this.#account(user);
    const review = addReview(world, this.entity, { author, body: '', state: 'COMMENTED', commit: this.head });
    return addReviewComment(world, thread, review, body);
  }

  resolve(thread: Thread, user: string): void {
    thread.resolvedBy = this.#account(user);
  }

  /** Commits the suggestion of a thread's first comment, as its button does; throws where GitHub shows no button. */
  async applySuggestion(thread: Thread, by?: string): Promise<string> {
    const file = await this.entity.repository.git.object(`${this.head}:${thread.path}`);
    const text = suggestionEdit(thread, file?.data.toString('utf8') ?? null);
    return this.push({ [thread.path]: text }, `Update ${thread.path}`, by === undefined ? {} : { by });
  }

  /** Adds it to the merge queue: the batch's commit, on which `merge_group` asks for checks. */
  queue(by?: string): Promise<string> {
    return this.#repository.queue([this], by);
  }

  /** Follows a push to its head branch. */
  async synchronize(after: string, sender: Account): Promise<void> {
    const { entity } = this;
    const before = entity.headSha;
    await entity.repository.git.fetch(this.#headRepository().entity.git, after, `refs/pull/${entity.number}/head`);
    entity.headSha = after;
    entity.baseSha = (await entity.repository.git.branch(entity.baseRef)) ?? entity.baseSha;
    entity.updatedAt = this.#site.world.now();
    await moveThreads(entity);
    await this.#site.webhooks.pullRequest('synchronize', entity, sender, { before, after });
  }

  #headRepository(): SimulatedRepository {
    const { headRepository } = this.entity;
    if (!headRepository) throw new Error('the head repository has been deleted');
    return this.#repository.other(headRepository);
  }

  #account(login: string | undefined): Account {
    return login === undefined ? this.entity.author : this.#site.world.account(login, 'User');
  }

  async #event(action: string, by: string | undefined, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
    this.entity.updatedAt = this.#site.world.now();
    await this.#site.webhooks.pullRequest(action, this.entity, this.#account(by), more);
  }
}
