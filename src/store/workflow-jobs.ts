import type { Database } from './database.ts';

/** What a `workflow_job` delivery says; times are ISO 8601. Names and labels are chosen by whoever wrote the workflow (W21). */
export interface WorkflowJobFact {
  readonly repositoryId: number;
  readonly installationId: number;
  readonly jobId: number;
  readonly runId: number;
  readonly runAttempt: number;
  readonly status: string;
  readonly conclusion: string | null;
  readonly workflowName: string | null;
  readonly jobName: string;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly labels: readonly string[];
  readonly runnerId: number | null;
  readonly runnerName: string | null;
  readonly runnerGroupId: number | null;
  readonly runnerGroupName: string | null;
  readonly createdAt: string | null;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
}

export type WorkflowJobStore = ReturnType<typeof workflowJobsStore>;

/** Deliveries come in any order (W7): a job that ended stays ended. */
const RANK = `case status when 'completed' then 2 when 'in_progress' then 1 else 0 end`;

const RECORD = `
  insert into gargoyle.workflow_job as known (repository_id, job_id, installation_id, run_id, run_attempt, status, conclusion,
    workflow_name, job_name, head_sha, head_branch, labels, runner_id, runner_name, runner_group_id, runner_group_name,
    created_at, started_at, completed_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
  on conflict (repository_id, job_id) do update set
    status = excluded.status, conclusion = excluded.conclusion, labels = excluded.labels,
    runner_id = excluded.runner_id, runner_name = excluded.runner_name,
    runner_group_id = excluded.runner_group_id, runner_group_name = excluded.runner_group_name,
    started_at = excluded.started_at, completed_at = excluded.completed_at, recorded_at = now()
  where (${RANK.replace('status', 'excluded.status')}) >= (${RANK.replace('status', 'known.status')})`;

/** Which jobs asked for which runners. */
export function workflowJobsStore(database: Database) {
  return {
    async record(job: WorkflowJobFact): Promise<void> {
      await database.pool.query(RECORD, [
        job.repositoryId,
        job.jobId,
        job.installationId,
        job.runId,
        job.runAttempt,
        job.status,
        job.conclusion,
        job.workflowName,
        job.jobName,
        job.headSha,
        job.headBranch,
        job.labels,
        job.runnerId,
        job.runnerName,
        job.runnerGroupId,
        job.runnerGroupName,
        job.createdAt,
        job.startedAt,
        job.completedAt,
      ]);
    },
  };
}
