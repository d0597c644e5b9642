import type { TaskContext } from '../queue/perform.ts';
import type { ScanMergeGroup } from '../queue/tasks.ts';
import { closeSuperseded, openCheck } from './check.ts';
import { failScan } from './fail-scan.ts';
import { judgeCommits } from './judge-commits.ts';
import { publish } from './publish.ts';
import { assertCurrent } from './scan-pull-request.ts';
import type { Tools } from './tools.ts';

/** What a merge queue is about to merge: the whole batch against the branch, reported on the queue's own commit (W23). No review. */
export async function scanMergeGroup(task: ScanMergeGroup, tools: Tools, context: TaskContext): Promise<void> {
  const { github, store } = tools;
  const { installationId, repositoryId, head, deliveryId } = task;
  const baseRef = task.baseRef.replace(/^refs\/heads\//, '');
  const begun = await store.scans.begin({
    installationId,
    repositoryId,
    pull: null,
    head,
    baseRef,
    reason: 'merge-group',
    deliveryId,
  });
  if (begun.scan.state === 'completed') return;
  try {
    const stillCurrent = () => assertCurrent(begun, tools, context);
    await stillCurrent();
    const check = await openCheck(tools, task, begun);
    await closeSuperseded(tools, { place: task }, begun);
    const policies = await github.pulls.policies(task);
    const { verdict } = await judgeCommits(tools, {
      place: task,
      policies,
      commits: { base: task.baseSha, head, tree: null, pull: null },
      subject: { pull: null, head, base: { ref: baseRef, sha: task.baseSha } },
    });
    await store.verdicts.keep(verdict, { installationId, isOpen: true });
    const conclusion = await publish(tools, { place: task, check, verdict, sharing: [], stillCurrent });
    await store.scans.finish(begun.scan.id, 'completed', conclusion);
  } catch (error) {
    await failScan(tools, { place: task, begun, error, context, commentId: null });
  }
}
