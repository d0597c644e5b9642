import type { PullRef } from '../queue/tasks.ts';
import { closeScan } from './check.ts';
import type { Tools } from './tools.ts';

/** Completes what is still in progress for a pull request that will not be judged; `because` is a sentence without its full stop. */
export async function endScansOf(
  tools: Pick<Tools, 'github' | 'store' | 'site'>,
  of: PullRef,
  because: string,
): Promise<void> {
  for (const scan of await tools.store.scans.unfinished(0, of)) {
    await closeScan(tools, of, of, scan, {
      conclusion: 'cancelled',
      output: { title: because, summary: `${because}.` },
      annotations: [],
    });
    await tools.store.scans.finish(scan.id, 'superseded', 'cancelled');
  }
}
