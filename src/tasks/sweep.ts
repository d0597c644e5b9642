import type { Place } from '../github/client.ts';
import { checkFailed } from '../report/check-run.ts';
import type { Scan } from '../store/scans.ts';
import { closeScan } from './check.ts';
import { missed } from './scan-pull-request.ts';
import type { Tools } from './tools.ts';

/** A scan takes seconds; one that began so long ago has lost its task, or its task waits for a limit. */
const OLD_MS = 10 * 60 * 1000;
/** How long one that was asked for again is left alone: its task may be waiting for GitHub's limits. */
const AGAIN_MS = 15 * 60 * 1000;

/** Looks for checks that were left in progress, and has them scanned again or completes them. `asked`: scan id → when, in this process. */
export async function sweep(tools: Tools, asked: Map<number, number>): Promise<void> {
  const now = tools.now().getTime();
  for (const [id, at] of asked) if (now - at > AGAIN_MS) asked.delete(id);
  const left = (await tools.store.scans.unfinished(OLD_MS)).filter((scan) => !asked.has(scan.id));
  for (const [installationId, scans] of byInstallation(left)) {
    for (const scan of scans) asked.set(scan.id, now);
    const ids = new Set(scans.map((scan) => scan.repositoryId));
    const names = await tools.github.repositories.names(installationId, ids);
    for (const scan of scans) {
      const name = names.get(scan.repositoryId);
      if (name) await takeUp(tools, { installationId, ...name }, scan);
      else await tools.store.scans.finish(scan.id, 'failed'); // no longer ours: nobody can complete its check
    }
  }
}

async function takeUp(tools: Tools, place: Place, scan: Scan): Promise<void> {
  if (scan.pull !== null)
    return tools.enqueue([missed({ ...place, repositoryId: scan.repositoryId }, scan.pull, null)]);
  const report = checkFailed('the App stopped while it ran', scan.externalId);
  await closeScan(tools, place, scan, scan, report);
  await tools.store.scans.finish(scan.id, 'failed', report.conclusion);
}

function byInstallation(scans: readonly Scan[]): ReadonlyMap<number, readonly Scan[]> {
  const groups = new Map<number, Scan[]>();
  for (const scan of scans) groups.set(scan.installationId, [...(groups.get(scan.installationId) ?? []), scan]);
  return groups;
}
