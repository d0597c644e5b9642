import type { Analysis, ComparedFinding, Unverified, Wanted } from './analysis.ts';
import { type Found, findingsOf } from './findings.ts';
import { withProvedFixes } from './fix.ts';
import { capabilitiesOf } from './model/capabilities.ts';
import { localTarget } from './model/local.ts';
import { type Parse, ProjectModel, rememberingParser } from './model/project.ts';
import { notRunOf } from './not-run.ts';
import type { Project } from './project.ts';
import { type AnalysisSettings, neededFor, type Study, study } from './study.ts';
import { lintTexts } from './taint/lint-texts.ts';

/** One side of a comparison, before fixes are proved. */
export interface Examined {
  readonly project: ProjectModel;
  readonly study: Study;
  readonly found: readonly Found[];
}

/** Analyses one project by all rules. Never throws for what is in the files: that becomes unverified. */
export function analyze(project: Project, settings: AnalysisSettings): Analysis {
  const { parse = rememberingParser(), onFile } = settings;
  const model = new ProjectModel(project, parse, onFile);
  const done = study(model, settings, neededFor(model, settings));
  const examined = { project: model, study: done, found: findingsOf(done.hits, model) };
  return finish(examined, { ...settings, parse }, () => null);
}

/** An examined project as an analysis: fixes proved, what could not be seen named. */
export function finish(
  { project, study: done, found }: Examined,
  settings: AnalysisSettings & { readonly parse: Parse },
  statusOf: (found: Found) => ComparedFinding['status'] | null,
): Analysis {
  const jobs = project.workflows.flatMap((workflow) => workflow.jobs).filter((job) => !job.isNever);
  const { isFixWanted = () => true } = settings;
  const isWanted = (one: Found) => one.fix !== null && isFixWanted(one.finding, statusOf(one));
  return {
    findings: withProvedFixes({ project, study: done, found, settings }, isWanted),
    unverified: unverifiedOf(project, done),
    notRun: notRunOf(done.asked, project.data, settings.facts),
    capabilities: jobs.map(capabilitiesOf),
    wanted: wantedOf(project),
    ...(settings.lint ? { scripts: lintTexts(project, settings.lint, settings.isAskedFor) } : {}),
    files: project.workflows.length + project.actions.length + project.dependabots.length,
  };
}

/** What could not be looked at: files, rules on files, and workflows that are called and not there. */
function unverifiedOf(project: ProjectModel, { crashes }: Study): readonly Unverified[] {
  const unreadable = project.unreadable.map(({ path, reason }) => ({ path, rule: null, reason }));
  return [...unreadable, ...crashes].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Each folder once. */
export function joined(wanted: readonly (readonly Wanted[])[]): readonly Wanted[] {
  return [...new Map(wanted.flat().map((one) => [one.folder, one])).values()];
}

/** Folders of local actions that are used and neither among the files nor known to be absent. */
export function wantedOf({ data, uses }: ProjectModel): readonly Wanted[] {
  const folders = new Set<string>();
  for (const one of uses) {
    const target = localTarget(one);
    if (target?.kind !== 'action' || data.absent?.has(target.folder)) continue;
    const path = target.folder === '' ? 'action' : `${target.folder}/action`;
    if (!data.files.has(`${path}.yml`) && !data.files.has(`${path}.yaml`)) folders.add(target.folder);
  }
  return [...folders].sort().map((folder) => ({ kind: 'action', folder }));
}
