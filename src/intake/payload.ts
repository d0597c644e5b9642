import type { InstallationLite, Repository, User } from '@octokit/webhooks-types';
import type { RepositoryRef, Task } from '../queue/tasks.ts';

/** Every event about a repository; the fields that we read, by GitHub's own names. Nothing has checked that they are there. */
export interface RepositoryEvent {
  readonly action: string;
  readonly installation: Pick<InstallationLite, 'id'>;
  readonly repository: Pick<Repository, 'id' | 'name'> & { readonly owner: Pick<User, 'login'> };
}

/** What an event's file needs besides the payload. */
export interface Arrival {
  readonly deliveryId: string;
  /** Our App's id: checks of other Apps are none of our business. */
  readonly appId: number;
}

export function repositoryOf({ installation, repository }: RepositoryEvent): RepositoryRef {
  return {
    installationId: installation.id,
    repositoryId: repository.id,
    owner: repository.owner.login,
    name: repository.name,
  };
}

const MAY_BE_ZERO = /^runner(Group)?Id$/;
const IS_ID = /(Id|Ids|^id|^pull)$/;
const IS_COMMIT = /^(head|headHint|headSha|baseSha)$/;
const IS_TEXT_ID = new Set(['deliveryId', 'externalId']);

function isWhole(name: string, value: unknown): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.every((item) => isWhole(name, item));
  if (typeof value === 'object') return Object.entries(value).every(([inner, item]) => isWhole(inner, item));
  if (IS_ID.test(name) && !IS_TEXT_ID.has(name)) {
    return Number.isSafeInteger(value) && (Number(value) > 0 || (value === 0 && MAY_BE_ZERO.test(name)));
  }
  if (IS_COMMIT.test(name)) return typeof value === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value);
  return typeof value === 'string' || Number.isSafeInteger(value);
}

/** Whether everything that the task is made of was really in the payload, and is of its kind. */
export function isWholeTask(task: Task): boolean {
  return isWhole('task', task);
}
