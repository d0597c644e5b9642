import type { PullRef } from '../queue/tasks.ts';
import { closeScan } from './check.ts';
import type { Tools } from './tools.ts';

/** Completes what is still in progress for a pull request that will not be judged; `because` is a sentence without its full stop. */
export async function endScansOf(
  tools: Pick<Tools, 'github' | 'store' | 'site'>,
  of: PullRef,
  because: string,
): Promise<void> {
  const unfinished = await tools.store.scans.unfinished(0);
  for (const scan of unfinished) {
    if (scan.repositoryId !== of.repositoryId || scan.pull !== of.pull) continue;
    await closeScan(tools, of, of, scan, {
      conclusion: 'cancelled',
      output: { title: because, summary: `${because}.` },
      annotations: [],
    });
    await tools.store.scans.finish(scan.id, 'superseded', 'cancelled');
  }
}
