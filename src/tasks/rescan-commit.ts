import type { RescanCommit, ScanMergeGroup, ScanPullRequest, Task } from '../queue/tasks.ts';
import type { Tools } from './tools.ts';

/**
 * A check was asked for anew, and GitHub did not say of which pull request (forks: W16). Our external id leads to it, else every open
 * pull request with that head is meant. What the delivery claims only chooses what is scanned; the scan asks GitHub for the rest.
 */
export async function rescanCommit(task: RescanCommit, tools: Tools): Promise<void> {
  const { store, github } = tools;
  const scan = task.externalId === null ? null : await store.scans.byExternalId(task.repositoryId, task.externalId);
  if (scan && scan.pull === null) return tools.enqueue(await mergeGroup(task, tools));
  const pulls = scan?.pull
    ? [scan.pull]
    : [
        ...(await store.scans.pullsWithHead(task.repositoryId, task.head)),
        ...(await github.pulls.openWithHead(task, task.head)),
      ];
  await tools.enqueue([...new Set(pulls)].map((pull) => rerequested(task, pull)));
}

function rerequested(task: RescanCommit, pull: number): ScanPullRequest {
  const { installationId, repositoryId, owner, name, deliveryId, head } = task;
  const of = { installationId, repositoryId, owner, name, deliveryId };
  return {
    kind: 'scan-pull-request',
    ...of,
    pull,
    reason: 'rerequested',
    headHint: head,
    baseHint: null,
    commentId: null,
  };
}

/** The queue's commit again, against the base that it was judged against. */
async function mergeGroup(task: RescanCommit, { store }: Tools): Promise<readonly Task[]> {
  const verdicts = await store.verdicts.ofHead(task.repositoryId, task.head);
  return verdicts.flatMap((verdict): ScanMergeGroup[] => {
    if (verdict.pull !== null) return [];
    const { installationId, repositoryId, owner, name, deliveryId, head } = task;
    const of = { installationId, repositoryId, owner, name, deliveryId };
    return [
      { kind: 'scan-merge-group', ...of, head, headRef: '', baseSha: verdict.base.sha, baseRef: verdict.base.ref },
    ];
  });
}
