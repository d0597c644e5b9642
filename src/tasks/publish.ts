import type { Place } from '../github/client.ts';
import type { Verdict } from '../policy/verdict.ts';
import { annotationBatches } from '../report/annotation.ts';
import { type CheckReport, checkRun } from '../report/check-run.ts';
import type { OpenCheck } from './check.ts';
import type { Tools } from './tools.ts';

/** Whose verdict is published, and on which check. */
export interface Publication {
  readonly place: Place;
  readonly check: OpenCheck;
  readonly verdict: Verdict;
  /** Open pull requests with the same head, by GitHub's account, besides the verdict's own. */
  readonly sharing: readonly number[];
  /** Throws when something newer speaks instead. */
  readonly stillCurrent: () => Promise<void>;
}

/**
 * Completes the check of a commit with the worst of the verdicts that count for it, and brings the check that GitHub shows for the
 * commit into line, if that is another pull request's. Two scans of one head may end at the same time: each reads the verdicts again
 * after it wrote, so that the later of them has seen both.
 */
export async function publish(
  tools: Pick<Tools, 'github' | 'store' | 'site'>,
  publication: Publication,
): Promise<CheckReport['conclusion']> {
  const { place, check, verdict, stillCurrent } = publication;
  const { checks } = tools.github;
  let report = await reportOf(tools, publication);
  if (check.conclusion === null) {
    const batches = annotationBatches(report.annotations.slice(check.annotations));
    for (const [index, annotations] of batches.entries()) {
      await stillCurrent();
      const conclusion = index === batches.length - 1 ? report.conclusion : null;
      await checks.update(place, check.id, { output: report.output, annotations, conclusion });
    }
  }
  let shown = check.conclusion ?? report.conclusion;
  report = await reportOf(tools, publication);
  if (shown !== report.conclusion) {
    await stillCurrent();
    await checks.update(place, check.id, { output: report.output, annotations: [], conclusion: report.conclusion });
    shown = report.conclusion;
  }
  if (await isShared(tools, publication)) {
    const [latest] = await checks.ofHead(place, verdict.head, 'latest');
    if (latest && latest.id !== check.id && latest.isCompleted && latest.conclusion !== shown) {
      await checks.update(place, latest.id, { output: report.output, annotations: [], conclusion: report.conclusion });
    }
  }
  return report.conclusion;
}

/** What the check of the commit says now. */
async function reportOf(
  { store, site }: Pick<Tools, 'store' | 'site'>,
  { verdict, sharing }: Publication,
): Promise<CheckReport> {
  const kept = await store.verdicts.ofHead(verdict.repository.id, verdict.head);
  const others = kept.filter((each) => each.pull !== verdict.pull || each.base.ref !== verdict.base.ref);
  const unjudged = sharing.filter((pull) => !kept.some((each) => each.pull === pull));
  return checkRun([verdict, ...others], { site, unjudged });
}

async function isShared({ store }: Pick<Tools, 'store'>, { verdict, sharing }: Publication): Promise<boolean> {
  if (sharing.length > 0) return true;
  const kept = await store.verdicts.ofHead(verdict.repository.id, verdict.head);
  return kept.some((each) => each.pull !== verdict.pull);
}
