import type { PullRequest, PullRequestEditedEvent } from '@octokit/webhooks-types';
import type { ScanReason, Task } from '../queue/tasks.ts';
import { type Arrival, type RepositoryEvent, repositoryOf } from './payload.ts';

interface View extends RepositoryEvent {
  readonly pull_request: Pick<PullRequest, 'number'> & {
    readonly head: Pick<PullRequest['head'], 'sha'>;
    readonly base: Pick<PullRequest['base'], 'ref'>;
  };
  readonly changes?: Pick<PullRequestEditedEvent['changes'], 'base'>;
}

const REASONS: ReadonlyMap<string, ScanReason> = new Map([
  ['opened', 'opened'],
  ['synchronize', 'push'],
  ['reopened', 'reopened'],
  ['ready_for_review', 'ready-for-review'],
]);

/** `pull_request`: what changes the code, the base or whether it may be commented on is scanned; a closed one no longer counts. */
export function pullRequest(payload: View, { deliveryId }: Arrival): readonly Task[] {
  const { action, pull_request: pull, changes } = payload;
  const of = { ...repositoryOf(payload), pull: pull.number, deliveryId };
  if (action === 'closed') return [{ kind: 'close-pull-request', ...of, head: pull.head.sha }];
  // An edited title comes as the same action; only another base changes what would be merged.
  const reason = action === 'edited' && changes?.base ? 'retarget' : REASONS.get(action);
  if (!reason) return [];
  return [
    { kind: 'scan-pull-request', ...of, reason, headHint: pull.head.sha, baseHint: pull.base.ref, commentId: null },
  ];
}
