import type { CheckRunPullRequest } from '@octokit/webhooks-types';
import type { Task } from '../queue/tasks.ts';
import { type Arrival, type RepositoryEvent, repositoryOf } from './payload.ts';

/** A check run or suite that a person asked for anew. */
interface Rerequested {
  readonly app: { readonly id: number };
  readonly head_sha: string;
  readonly external_id?: string | null;
  readonly pull_requests: readonly (Pick<CheckRunPullRequest, 'number'> & {
    readonly base: Pick<CheckRunPullRequest['base'], 'ref'> & {
      readonly repo: Pick<CheckRunPullRequest['base']['repo'], 'id'>;
    };
  })[];
}

interface RunView extends RepositoryEvent {
  readonly check_run: Omit<Rerequested, 'app'> & { readonly app: Rerequested['app'] };
}

interface SuiteView extends RepositoryEvent {
  readonly check_suite: Rerequested;
}

/** For forks GitHub names no pull request; for a head that other repositories have, too, it names theirs as well. */
function rescan(payload: RepositoryEvent, asked: Rerequested, { deliveryId, appId }: Arrival): readonly Task[] {
  if (payload.action !== 'rerequested' || asked.app.id !== appId) return [];
  const repository = repositoryOf(payload);
  const head = asked.head_sha;
  const ours = asked.pull_requests.filter((pull) => pull.base.repo.id === repository.repositoryId);
  if (ours.length === 0)
    return [{ kind: 'rescan-commit', ...repository, head, externalId: asked.external_id || null, deliveryId }];
  return ours.map((pull) => ({
    kind: 'scan-pull-request',
    ...repository,
    pull: pull.number,
    reason: 'rerequested',
    headHint: head,
    baseHint: pull.base.ref,
    commentId: null,
    deliveryId,
  }));
}

/** `check_run`: asked for anew. Its buttons (`requested_action`) come with a later piece of work. */
export function checkRun(payload: RunView, arrival: Arrival): readonly Task[] {
  return rescan(payload, payload.check_run, arrival);
}

/** `check_suite`: asked for anew. */
export function checkSuite(payload: SuiteView, arrival: Arrival): readonly Task[] {
  return rescan(payload, payload.check_suite, arrival);
}
