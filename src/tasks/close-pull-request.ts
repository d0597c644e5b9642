import type { ClosePullRequest } from '../queue/tasks.ts';
import { endScansOf } from './end-scans.ts';
import { missed } from './scan-pull-request.ts';
import type { Tools } from './tools.ts';

/**
 * A pull request was closed. What was in progress for it is cancelled. A verdict that fails goes on counting for its commit while the
 * pull request could be reopened as it is; nothing is published anew: docs/decisions/0004.
 */
export async function closePullRequest(task: ClosePullRequest, tools: Tools): Promise<void> {
  const { github, store } = tools;
  const pull = await github.pulls.find(task, task.pull);
  if (pull?.isOpen) {
    // Reopened since, or an old delivery replayed: the scan that this delivery told to stop goes on.
    const isStopped = (await store.scans.unfinished(0, task)).length > 0;
    return isStopped ? tools.enqueue([missed(task, task.pull, pull.head)]) : undefined;
  }
  await endScansOf(tools, task, 'The pull request was closed before the scan ended');
  const verdicts = pull && !pull.isMerged ? await store.verdicts.ofHead(task.repositoryId, pull.head) : [];
  const couldReturn = verdicts.some((verdict) => verdict.pull === task.pull && verdict.conclusion === 'failure');
  if (!couldReturn) await store.verdicts.close(task.repositoryId, task.pull);
}
