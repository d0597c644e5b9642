import type { NotRun, Unverified } from './analysis.ts';
import type { FactKind } from './facts.ts';
import { type Found, findingsOf } from './findings.ts';
import type { ProjectModel } from './model/project.ts';
import { notRunOf } from './not-run.ts';
import type { Change, Rule } from './rule.ts';
import { type AnalysisSettings, contextFor, crashReason, type Hit } from './study.ts';

/** What the rules about a change said of it. */
interface ChangeStudy {
  readonly found: readonly Found[];
  readonly crashes: readonly Unverified[];
  readonly notRun: readonly NotRun[];
}

/** Shows a change to the rules that are about changes. A rule's crash is its own: the others still run. `renames`: path in the base → in the head. */
export function studyChange(
  base: ProjectModel,
  head: ProjectModel,
  renames: ReadonlyMap<string, string>,
  settings: AnalysisSettings,
): ChangeStudy {
  const change = { base, head, basePath: basePaths(base, renames) } satisfies Change;
  const hits: Hit[] = [];
  const crashes: Unverified[] = [];
  const asked = new Map<Rule, ReadonlySet<FactKind>>();
  for (const rule of settings.rules) {
    if (!rule.compare) continue;
    const asks = rule.needs.length > 0 ? new Set<FactKind>() : null;
    if (asks) asked.set(rule, asks);
    try {
      for (const problem of rule.compare(change, contextFor(rule, head, settings, asks) as never)) {
        hits.push({ rule, problem, visited: { kind: 'project', node: head }, walked: null });
      }
    } catch (error) {
      crashes.push({ path: '', rule: rule.id, reason: crashReason(error) });
    }
  }
  return { found: findingsOf(hits, head), crashes, notRun: notRunOf(asked, head.data, settings.facts) };
}

/** A path that is in both is the same file; one that is only in the head may be renamed. */
function basePaths(base: ProjectModel, renames: ReadonlyMap<string, string>): Change['basePath'] {
  const oldNames = new Map([...renames].map(([from, to]) => [to, from]));
  return (path) => (base.data.files.has(path) ? path : (oldNames.get(path) ?? null));
}
