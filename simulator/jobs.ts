/** Workflow jobs as GitHub reports them: queued, given to a runner, completed. */
import type { Repository, WorkflowRun } from './entities.ts';
import type { Site } from './site.ts';

export interface NewJob {
  readonly name?: string;
  readonly workflow?: string;
  readonly path?: string;
  readonly labels?: readonly string[];
  readonly event?: string;
  readonly headSha: string;
  readonly headBranch?: string | null;
  readonly headRepository?: Repository;
  readonly by?: string;
}

export class Jobs {
  readonly #site: Site;
  readonly #repository: Repository;

  constructor(site: Site, repository: Repository) {
    this.#site = site;
    this.#repository = repository;
  }

  async queue(options: NewJob): Promise<WorkflowRun> {
    const { world, webhooks } = this.#site;
    const now = world.now();
    const run: WorkflowRun = {
      id: world.nextId(),
      repository: this.#repository,
      path: options.path ?? '.github/workflows/ci.yml',
      workflowName: options.workflow ?? 'CI',
      event: options.event ?? 'push',
      headSha: options.headSha,
      headBranch: options.headBranch ?? null,
      headRepository: options.headRepository ?? this.#repository,
      actor: world.account(options.by ?? this.#repository.owner.login, 'User'),
      attempt: 1,
      createdAt: now,
      job: {
        id: world.nextId(),
        name: options.name ?? 'build',
        labels: options.labels ?? ['ubuntu-latest'],
        status: 'queued',
        conclusion: null,
        runner: null,
        createdAt: now,
        startedAt: now,
        completedAt: null,
      },
    };
    this.#repository.runs.push(run);
    await webhooks.workflowJob(run);
    return run;
  }

  /** A runner takes it. */
  async start(
    run: WorkflowRun,
    runner: { id?: number; name?: string; groupId?: number; groupName?: string } = {},
  ): Promise<void> {
    run.job.status = 'in_progress';
    run.job.startedAt = this.#site.world.now();
    run.job.runner = {
      id: runner.id ?? 1,
      name: runner.name ?? 'GitHub Actions 1',
      groupId: runner.groupId ?? 0,
      groupName: runner.groupName ?? 'GitHub Actions',
    };
    await this.#site.webhooks.workflowJob(run);
  }

  async complete(run: WorkflowRun, conclusion: 'success' | 'failure' | 'cancelled' = 'success'): Promise<void> {
    run.job.status = 'completed';
    run.job.conclusion = conclusion;
    run.job.completedAt = this.#site.world.now();
    await this.#site.webhooks.workflowJob(run);
  }
}
