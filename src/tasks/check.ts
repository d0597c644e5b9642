import type { Place } from '../github/client.ts';
import { type CheckReport, checkInProgress, checkRun, checkSuperseded } from '../report/check-run.ts';
import type { Begun, SupersededScan } from '../store/scans.ts';
import type { Tools } from './tools.ts';

/** A check of ours on GitHub, and how far it got in an earlier try. */
export interface OpenCheck {
  readonly id: number;
  /** Annotations that it has: GitHub only ever adds (C2). */
  readonly annotations: number;
  /** The conclusion that it was completed with, or null. */
  readonly conclusion: string | null;
}

type Using = Pick<Tools, 'github' | 'store' | 'site'>;

/**
 * The check of a scan: created, in progress, or found again by its external id when an earlier try may have created it. The intent
 * (the scan's row) was written before, so that `kill -9` between the two leaves no second check.
 */
export async function openCheck(tools: Using, place: Place, { scan }: Begun): Promise<OpenCheck> {
  const { github, store } = tools;
  if (scan.resumed) {
    const found =
      scan.checkRunId === null
        ? (await github.checks.ofHead(place, scan.head, 'all')).find((check) => check.externalId === scan.externalId)
        : await github.checks.read(place, scan.checkRunId);
    if (found) {
      if (scan.checkRunId === null) await store.scans.keepCheck(scan.id, found.id);
      return { id: found.id, annotations: found.annotations, conclusion: found.isCompleted ? found.conclusion : null };
    }
  }
  const id = await github.checks.start(place, {
    head: scan.head,
    externalId: scan.externalId,
    output: checkInProgress(),
  });
  await store.scans.keepCheck(scan.id, id);
  return { id, annotations: 0, conclusion: null };
}

/** Completes the checks of scans that this one overtook. */
export async function closeSuperseded(
  tools: Using,
  { place }: { readonly place: Place },
  { scan, superseded }: Begun,
): Promise<void> {
  for (const old of superseded) {
    const report = old.head === scan.head ? supersededOnSameHead(scan.head) : checkSuperseded(scan.head);
    await closeScan(tools, place, scan, old, report);
    await tools.store.scans.finish(old.scanId, 'superseded', report.conclusion);
  }
}

/**
 * Completes the check of a scan that will not be judged. Where other open pull requests have that head, GitHub shows this check as
 * the commit's, so it says what all verdicts on it say.
 */
export async function closeScan(
  { github, store, site }: Using,
  place: Place,
  of: { readonly repositoryId: number; readonly pull: number | null },
  scan: Pick<SupersededScan, 'head' | 'externalId' | 'checkRunId'>,
  report: CheckReport,
): Promise<void> {
  const id =
    scan.checkRunId ??
    (await github.checks.ofHead(place, scan.head, 'all')).find((check) => check.externalId === scan.externalId)?.id;
  if (id === undefined) return;
  const verdicts = await store.verdicts.ofHead(of.repositoryId, scan.head);
  const isShared = verdicts.some((verdict) => verdict.pull !== of.pull);
  const { conclusion, output } = isShared ? checkRun(verdicts, { site }) : report;
  await github.checks.update(place, id, { conclusion, output, annotations: [] });
}

/**
 * "Re-run" puts the check that it was pressed on back to waiting, and a fresh one is made beside it, because annotations only ever
 * add up (C2). Ours whose scan is over are completed, so that nothing waits for ever. `asked`: the commit on which it was pressed,
 * which may be an older one than that which is scanned now.
 */
export async function closeReset(
  tools: Using,
  place: Place,
  { scan }: Begun,
  check: OpenCheck,
  asked: string | null,
): Promise<void> {
  const { github, store } = tools;
  for (const head of new Set([scan.head, asked ?? scan.head])) {
    const report = head === scan.head ? supersededOnSameHead(head) : checkSuperseded(scan.head);
    for (const each of await github.checks.ofHead(place, head, 'all')) {
      if (each.isCompleted || each.id === check.id) continue;
      const of = await store.scans.byExternalId(scan.repositoryId, each.externalId);
      if (of && of.state !== 'running') await closeScan(tools, place, of, { ...of, checkRunId: each.id }, report);
    }
  }
}

function supersededOnSameHead(head: string): CheckReport {
  const output = {
    title: 'Superseded by a newer scan',
    summary: `A newer scan of \`${head.slice(0, 7)}\` was asked for. Its check decides.`,
  };
  return { conclusion: 'cancelled', output, annotations: [] };
}
