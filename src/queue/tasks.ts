import type { WorkflowJobFact } from '../store/workflow-jobs.ts';

/** A repository as a task names it: by ids, which survive a rename; owner and name are what GitHub said at that time. */
export interface RepositoryRef {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly owner: string;
  readonly name: string;
}

export interface PullRef extends RepositoryRef {
  readonly pull: number;
}

/** The delivery that asked for a task; null for one that the App asked itself for (the sweeper). */
interface FromDelivery {
  readonly deliveryId: string | null;
}

/**
 * Why a pull request is scanned. `opened`, `push`, `reopened`, `ready-for-review` and `retarget` come from GitHub and replace each
 * other while they wait; `rescan` (a comment) and `rerequested` (a button) are asked for by a person and stand for themselves;
 * `missed` is the sweeper's.
 */
export type ScanReason =
  | 'opened'
  | 'push'
  | 'reopened'
  | 'ready-for-review'
  | 'retarget'
  | 'rescan'
  | 'rerequested'
  | 'missed';

/** The hints are what the delivery said; GitHub is asked again, since a delivery may be old, out of order or replayed (T22). */
export interface ScanPullRequest extends PullRef, FromDelivery {
  readonly kind: 'scan-pull-request';
  readonly reason: ScanReason;
  readonly headHint: string | null;
  /** Name of the branch that it would merge into, without `refs/heads/`. */
  readonly baseHint: string | null;
  /** The comment to answer, for `rescan`. */
  readonly commentId: number | null;
}

export interface ClosePullRequest extends PullRef, FromDelivery {
  readonly kind: 'close-pull-request';
  readonly head: string | null;
}

export interface ScanMergeGroup extends RepositoryRef, FromDelivery {
  readonly kind: 'scan-merge-group';
  readonly head: string;
  /** `refs/heads/gh-readonly-queue/…`. */
  readonly headRef: string;
  readonly baseSha: string;
  /** `refs/heads/…`. */
  readonly baseRef: string;
}

/** A check was asked for anew and GitHub named no pull request, as for forks: found by our external id, else by the head. */
export interface RescanCommit extends RepositoryRef, FromDelivery {
  readonly kind: 'rescan-commit';
  readonly head: string;
  readonly externalId: string | null;
}

/** A new comment that reads as a command. Its text at creation is in the delivery's body: comments can be edited (T3). */
export interface AnswerComment extends PullRef, FromDelivery {
  readonly kind: 'answer-comment';
  readonly commentId: number;
  readonly author: { readonly id: number; readonly login: string };
  readonly command: { readonly name: string; readonly args: readonly string[] };
}

interface RecordWorkflowJob extends FromDelivery {
  readonly kind: 'record-workflow-job';
  readonly job: WorkflowJobFact;
}

interface ForgetInstallation extends FromDelivery {
  readonly kind: 'forget-installation';
  readonly installationId: number;
}

interface ForgetRepositories extends FromDelivery {
  readonly kind: 'forget-repositories';
  readonly installationId: number;
  readonly repositoryIds: readonly number[];
}

/** Each minute: checks left in progress, tasks of dead workers. */
export interface Sweep extends FromDelivery {
  readonly kind: 'sweep';
}

/** Each day: what is older than its time is deleted. */
export interface ForgetOld extends FromDelivery {
  readonly kind: 'forget-old';
}

/** A unit of the durable queue. Plain JSON, ids and hints: what is true is asked of GitHub when the task runs. */
export type Task =
  | ScanPullRequest
  | ClosePullRequest
  | ScanMergeGroup
  | RescanCommit
  | AnswerComment
  | RecordWorkflowJob
  | ForgetInstallation
  | ForgetRepositories
  | Sweep
  | ForgetOld;

export type TaskKind = Task['kind'];

/** How a task waits: what runs one at a time, and what a newer one replaces while it waits. */
export interface Place {
  /** Tasks of one queue run one at a time; ids, because the library allows 128 characters. Null: no order. */
  readonly queue: string | null;
  /** A waiting task with the same key is replaced. */
  readonly key: string;
}

const IMPATIENT: ReadonlySet<ScanReason> = new Set(['rescan', 'rerequested']);

/** Smaller runs first: people wait for answers, nobody waits for the record of a workflow's job, of which there are many. */
export function priorityOf(task: Task): number {
  if (task.kind === 'answer-comment') return -1;
  return task.kind === 'record-workflow-job' ? 5 : 0;
}

/** Where a task waits. A person's request has a key of its own, so that a push doesn't swallow it (stack.md). */
export function placeOf(task: Task): Place {
  switch (task.kind) {
    case 'scan-pull-request': {
      const pull = `${task.repositoryId}:${task.pull}`;
      const asked = task.commentId ?? task.deliveryId ?? 'once';
      return { queue: `pull:${pull}`, key: IMPATIENT.has(task.reason) ? `rescan:${pull}:${asked}` : `scan:${pull}` };
    }
    case 'close-pull-request':
      return { queue: `pull:${task.repositoryId}:${task.pull}`, key: `close:${task.repositoryId}:${task.pull}` };
    case 'scan-merge-group':
      return { queue: `merge:${task.repositoryId}:${task.head}`, key: `merge:${task.repositoryId}:${task.head}` };
    case 'rescan-commit':
      return { queue: null, key: `commit:${task.repositoryId}:${task.head}:${task.deliveryId}` };
    case 'answer-comment':
      return {
        queue: `comments:${task.repositoryId}:${task.pull}`,
        key: `comment:${task.repositoryId}:${task.commentId}`,
      };
    case 'record-workflow-job':
      return { queue: null, key: `job:${task.job.jobId}:${task.job.runAttempt}:${task.job.status}` };
    case 'forget-installation':
      return { queue: `installation:${task.installationId}`, key: `forget:${task.installationId}` };
    case 'forget-repositories':
      return { queue: `installation:${task.installationId}`, key: `forget:${task.installationId}:${task.deliveryId}` };
    case 'sweep':
    case 'forget-old':
      return { queue: task.kind, key: task.kind };
  }
}
