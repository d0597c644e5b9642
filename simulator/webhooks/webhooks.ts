/** The events that the simulated GitHub sends. */
import type {
  Account,
  App,
  CheckRun,
  CheckSuite,
  Installation,
  IssueComment,
  Pull,
  Repository,
  WorkflowRun,
} from '../entities.ts';
import type { Ledger } from '../ledger.ts';
import { pullShape } from '../rest/pull-shapes.ts';
import { appShape, installationShape, type Shape } from '../rest/shapes.ts';
import { covers, fullName, nodeId, type World } from '../world.ts';
import type { Deliverer, Delivery } from './deliveries.ts';
import { type Emission, Emitter } from './emitter.ts';
import {
  checkRunPayload,
  commentPayload,
  headCommit,
  mergeGroupPayload,
  pushPayload,
  suiteShape,
  workflowJobPayload,
} from './events.ts';

export class Webhooks {
  readonly #world: World;
  readonly #emitter: Emitter;

  constructor(world: World, ledger: Ledger) {
    this.#world = world;
    this.#emitter = new Emitter(world, ledger);
  }

  get deliverer(): Deliverer {
    return this.#emitter.deliverer;
  }

  log(app: App): Delivery[] {
    return this.deliverer.log.filter((delivery) => delivery.app === app);
  }

  redeliver(delivery: Delivery): Promise<void> {
    const again = {
      ...delivery,
      id: this.#world.nextId(),
      at: Date.now(),
      redelivery: true,
      status: 'pending',
      statusCode: 0,
      answer: null,
    };
    return this.deliverer.send(again);
  }

  async pullRequest(action: string, pull: Pull, sender: Account, more: Shape = {}): Promise<void> {
    const real = { number: pull.number, pull_request: await pullShape(this.#world, pull) };
    const like = action === 'edited' ? 'closed' : action;
    await this.#emitter.emit({ event: 'pull_request', action, like, repository: pull.repository, sender, real, more });
  }

  async push(
    repository: Repository,
    branch: string,
    change: { before: string; after: string; forced: boolean },
    sender: Account,
  ): Promise<void> {
    const real = await pushPayload(this.#world, repository, branch, change, sender);
    await this.#emitter.emit({ event: 'push', action: null, repository, sender, real, more: real });
  }

  /** `created` and `completed` go to subscribers, `rerequested` and `requested_action` to the check's own App (github.md W14). */
  async checkRun(action: string, check: CheckRun, sender: Account, more: Shape = {}): Promise<void> {
    const real = { check_run: checkRunPayload(this.#world, check) };
    const own =
      action === 'rerequested' || action === 'requested_action' ? this.#own(check.suite.app, check.repository) : [];
    const emission: Emission = { event: 'check_run', action, repository: check.repository, sender, real, more };
    if (own.length === 0) await this.#emitter.emit(emission);
    for (const only of own) await this.#emitter.emit({ ...emission, only });
  }

  async checkSuite(repository: Repository, suite: CheckSuite, sender: Account): Promise<void> {
    const own = { app: appShape(this.#world, suite.app), head_commit: await headCommit(repository, suite.headSha) };
    const real = { check_suite: { ...suiteShape(this.#world, repository, suite), ...own } };
    for (const only of this.#own(suite.app, repository)) {
      await this.#emitter.emit({ event: 'check_suite', action: 'rerequested', repository, sender, real, only });
    }
  }

  async issueComment(
    action: 'created' | 'edited',
    comment: IssueComment,
    sender: Account,
    changes?: Shape,
  ): Promise<void> {
    const real = commentPayload(this.#world, comment);
    const more = changes ? { changes } : {};
    await this.#emitter.emit({
      event: 'issue_comment',
      action,
      repository: comment.pull.repository,
      sender,
      real,
      more,
    });
  }

  async mergeGroup(
    repository: Repository,
    group: { base: string; baseRef: string; head: string; headRef: string },
    sender: Account,
  ): Promise<void> {
    const real = { merge_group: await mergeGroupPayload(repository, group) };
    await this.#emitter.emit({ event: 'merge_group', action: 'checks_requested', repository, sender, real });
  }

  async workflowJob(run: WorkflowRun): Promise<void> {
    const real = { workflow_job: workflowJobPayload(this.#world, run) };
    await this.#emitter.emit({
      event: 'workflow_job',
      action: run.job.status,
      repository: run.repository,
      sender: run.actor,
      real,
      more: real,
    });
  }

  async installation(action: string, installation: Installation, sender: Account): Promise<void> {
    const real = { installation: installationShape(this.#world, installation) };
    const more = { repositories: this.#briefly(this.#covered(installation)) };
    await this.#emitter.emit({
      event: 'installation',
      action,
      repository: null,
      sender,
      real,
      more,
      only: installation,
    });
  }

  async installationRepositories(
    installation: Installation,
    change: { added: Repository[]; removed: Repository[] },
    sender: Account,
  ): Promise<void> {
    const more = {
      repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
      repositories_added: this.#briefly(change.added),
      repositories_removed: this.#briefly(change.removed),
      requester: null,
    };
    const real = { installation: installationShape(this.#world, installation) };
    const action = change.added.length > 0 ? 'added' : 'removed';
    await this.#emitter.emit({
      event: 'installation_repositories',
      action,
      repository: null,
      sender,
      real,
      more,
      only: installation,
    });
  }

  async repositoryRenamed(repository: Repository, before: string, sender: Account): Promise<void> {
    const more = { changes: { repository: { name: { from: before } } } };
    await this.#emitter.emit({ event: 'repository', action: 'renamed', repository, sender, real: {}, more });
  }

  #covered(installation: Installation): Repository[] {
    return this.#world.repositories.filter((repository) => covers(installation, repository));
  }

  #briefly(repositories: readonly Repository[]): Shape[] {
    return repositories.map((repository) => ({
      id: repository.id,
      node_id: nodeId(repository),
      name: repository.name,
      full_name: fullName(repository),
      private: repository.private,
    }));
  }

  #own(app: App, repository: Repository): Installation[] {
    return this.#world.installations.filter(
      (installation) => installation.app === app && covers(installation, repository),
    );
  }
}
