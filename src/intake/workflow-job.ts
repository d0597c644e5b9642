import type { WorkflowJob } from '@octokit/webhooks-types';
import type { Task } from '../queue/tasks.ts';
import { type Arrival, type RepositoryEvent, repositoryOf } from './payload.ts';

interface View extends RepositoryEvent {
  readonly workflow_job: Pick<
    WorkflowJob,
    | 'id'
    | 'run_id'
    | 'run_attempt'
    | 'status'
    | 'conclusion'
    | 'workflow_name'
    | 'name'
    | 'head_sha'
    | 'labels'
    | 'completed_at'
  > &
    Pick<WorkflowJob, 'runner_id' | 'runner_name' | 'runner_group_id' | 'runner_group_name'> & {
      readonly run_attempt?: number;
      readonly head_branch?: string | null;
      readonly created_at?: string;
      readonly started_at?: string | null;
    };
}

/** `workflow_job`, every action: written down. What it means is answered by a later piece of work. */
export function workflowJob(payload: View, { deliveryId }: Arrival): readonly Task[] {
  const { installationId, repositoryId } = repositoryOf(payload);
  const job = payload.workflow_job;
  const fact = {
    repositoryId,
    installationId,
    jobId: job.id,
    runId: job.run_id,
    runAttempt: job.run_attempt ?? 1,
    status: job.status,
    conclusion: job.conclusion ?? null,
    workflowName: job.workflow_name ?? null,
    jobName: job.name,
    headSha: job.head_sha,
    headBranch: job.head_branch ?? null,
    labels: [...job.labels],
    runnerId: job.runner_id ?? null,
    runnerName: job.runner_name ?? null,
    runnerGroupId: job.runner_group_id ?? null,
    runnerGroupName: job.runner_group_name ?? null,
    createdAt: job.created_at ?? null,
    startedAt: job.started_at ?? null,
    completedAt: job.completed_at ?? null,
  };
  return [{ kind: 'record-workflow-job', job: fact, deliveryId }];
}
