import type { MergeGroupChecksRequestedEvent } from '@octokit/webhooks-types';
import type { Task } from '../queue/tasks.ts';
import { type Arrival, type RepositoryEvent, repositoryOf } from './payload.ts';

interface View extends RepositoryEvent {
  readonly merge_group: Pick<
    MergeGroupChecksRequestedEvent['merge_group'],
    'head_sha' | 'head_ref' | 'base_sha' | 'base_ref'
  >;
}

/** `merge_group`: the queue waits for our check on the batch's head; without an answer it stalls (W23). */
export function mergeGroup(payload: View, { deliveryId }: Arrival): readonly Task[] {
  if (payload.action !== 'checks_requested') return [];
  const { head_sha: head, head_ref: headRef, base_sha: baseSha, base_ref: baseRef } = payload.merge_group;
  return [{ kind: 'scan-merge-group', ...repositoryOf(payload), head, headRef, baseSha, baseRef, deliveryId }];
}
