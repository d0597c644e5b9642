/** What exists on the simulated GitHub. Plain mutable records: the handlers and the test-facing actions change them. */

import type { Side } from './git/diff.ts';
import type { GitRepository } from './git/repository.ts';

export type Level = 'read' | 'write' | 'admin';
export type Permissions = Readonly<Record<string, Level>>;
export type Role = 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin';

export interface Account {
  readonly kind: 'account';
  readonly id: number;
  login: string;
  readonly type: 'User' | 'Organization' | 'Bot';
}

/** A GitHub App as GitHub keeps it; the private key is given to the tests only. */
export interface App {
  readonly id: number;
  readonly slug: string;
  readonly owner: Account;
  readonly bot: Account;
  readonly publicKey: string;
  readonly webhookSecret: string;
  permissions: Permissions;
  events: readonly string[];
  /** Where webhooks go; null: nowhere yet, each delivery is recorded as failed. */
  webhookUrl: string | null;
  readonly createdAt: string;
}

export interface Installation {
  readonly id: number;
  readonly app: App;
  readonly account: Account;
  permissions: Permissions;
  repositories: 'all' | Set<number>;
  suspendedAt: string | null;
  readonly createdAt: string;
}

export interface Token {
  readonly value: string;
  readonly installation: Installation;
  expiresAt: number;
  permissions: Permissions;
  /** Narrowed to these repositories; null: all of the installation's. */
  readonly repositories: ReadonlySet<number> | null;
}

export interface Repository {
  readonly kind: 'repository';
  readonly id: number;
  readonly owner: Account;
  name: string;
  private: boolean;
  deleted: boolean;
  readonly defaultBranch: string;
  readonly parent: Repository | null;
  readonly git: GitRepository;
  readonly roles: Map<string, Role>;
  readonly pulls: Map<number, Pull>;
  readonly checks: CheckRun[];
  readonly suites: CheckSuite[];
  readonly runs: WorkflowRun[];
  nextNumber: number;
  readonly createdAt: string;
}

export interface Pull {
  readonly kind: 'pull';
  readonly id: number;
  readonly number: number;
  readonly repository: Repository;
  title: string;
  body: string | null;
  readonly author: Account;
  state: 'open' | 'closed';
  merged: boolean;
  draft: boolean;
  /** Null once the fork has been deleted. */
  headRepository: Repository | null;
  readonly headOwner: Account;
  readonly headRef: string;
  headSha: string;
  baseRef: string;
  /** The base branch's tip when the pull request was last pushed to or retargeted: not the merge base. */
  baseSha: string;
  mergeCommit: string | null;
  readonly comments: IssueComment[];
  readonly reviews: Review[];
  readonly threads: Thread[];
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
}

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface CheckSuite {
  readonly id: number;
  readonly app: App;
  readonly headSha: string;
}

export interface CheckRun {
  readonly kind: 'check';
  readonly id: number;
  readonly repository: Repository;
  readonly suite: CheckSuite;
  readonly headSha: string;
  name: string;
  externalId: string;
  detailsUrl: string | null;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  startedAt: string;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  readonly annotations: Annotation[];
  actions: readonly CheckAction[];
}

export interface IssueComment {
  readonly kind: 'issueComment';
  readonly id: number;
  readonly pull: Pull;
  readonly author: Account;
  readonly app: App | null;
  body: string;
  readonly reactions: { readonly id: number; readonly content: string; readonly user: Account }[];
  minimized: string | null;
  readonly createdAt: string;
  updatedAt: string;
}

export interface Review {
  readonly kind: 'review';
  readonly id: number;
  readonly pull: Pull;
  readonly author: Account;
  readonly body: string;
  state: 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'PENDING';
  readonly commit: string;
  readonly submittedAt: string;
}

export interface Thread {
  readonly kind: 'thread';
  readonly id: number;
  readonly pull: Pull;
  readonly path: string;
  readonly subject: 'LINE' | 'FILE';
  readonly side: Side;
  readonly startSide: Side | null;
  readonly originalLine: number | null;
  readonly originalStartLine: number | null;
  readonly originalCommit: string;
  /** Null: outdated, the line is no longer in the diff. */
  line: number | null;
  startLine: number | null;
  readonly diffHunk: string;
  resolvedBy: Account | null;
  readonly comments: ReviewComment[];
}

export interface ReviewComment {
  readonly kind: 'reviewComment';
  readonly id: number;
  readonly thread: Thread;
  readonly review: Review;
  readonly author: Account;
  body: string;
  minimized: string | null;
  readonly createdAt: string;
  updatedAt: string;
}

/** A run of a workflow with one job: as much as `workflow_job` and `GET actions/runs` need. */
export interface WorkflowRun {
  readonly id: number;
  readonly repository: Repository;
  readonly path: string;
  readonly workflowName: string;
  readonly event: string;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly headRepository: Repository;
  readonly actor: Account;
  readonly job: WorkflowJob;
  readonly attempt: number;
  readonly createdAt: string;
}

interface WorkflowJob {
  readonly id: number;
  readonly name: string;
  readonly labels: readonly string[];
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: 'success' | 'failure' | 'cancelled' | null;
  runner: { readonly id: number; readonly name: string; readonly groupId: number; readonly groupName: string } | null;
  readonly createdAt: string;
  startedAt: string;
  completedAt: string | null;
}
