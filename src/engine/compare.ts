import type { ComparedFinding, Comparison, JobCapabilities, NotRun, Unverified, Wanted } from './analysis.ts';
import { type Examined, finish, joined, wantedOf } from './analyze.ts';
import { capabilityDiff } from './capability-diff.ts';
import { studyChange } from './change.ts';
import type { Finding, Identity, Related } from './finding.ts';
import { byPlace, type Found, findingsOf } from './findings.ts';
import { fingerprintOf } from './fingerprint.ts';
import { asProposal } from './ignores.ts';
import { asRise, exposureOfKnown, ledBy, newMembers } from './members.ts';
import { capabilitiesOf } from './model/capabilities.ts';
import { componentsOf } from './model/components.ts';
import { ProjectModel, rememberingParser } from './model/project.ts';
import { isReadable, type Project } from './project.ts';
import { renamesOf } from './renames.ts';
import { risesOf } from './rise.ts';
import { type AnalysisSettings, type Hit, neededFor, study } from './study.ts';
import { lintTexts } from './taint/lint-texts.ts';

/** Analyses the head and, so far as it differs, the merge base, and says what the change brings. */
export function compare(
  base: Project,
  head: Project,
  settings: AnalysisSettings,
): Comparison & { readonly wanted: readonly Wanted[] } {
  const { parse = rememberingParser(), onFile } = settings;
  const after = examine(new ProjectModel(head, parse, onFile), settings);
  const before = examine(new ProjectModel(base, parse, onFile), settings, after);
  const renames = renamesOf(base, head);
  const matches = matched(after.found, before.found, renames);
  const change = studyChange(before.project, after.project, renames, settings);
  // What is said of the change itself has no match: it is always new.
  const found = [...after.found, ...change.found].sort(byPlace);
  const standings = found.map((one) => standingOf(one, matches.get(one)));
  const statuses = new Map(found.map((one, index) => [one, standings[index]?.status ?? 'new']));
  const analysis = finish({ ...after, found }, { ...settings, parse }, (one) => statuses.get(one) ?? 'new');
  const used = new Set(matches.values());
  const changed = changedPaths(base, head);
  const isOld = oldOnes(changed, after, before);
  const hidden = new Set(analysis.unverified.map(({ path }) => path));
  return {
    findings: analysis.findings.map((finding, index) => compared(finding, standings[index])),
    fixed: before.found
      .filter((found) => !used.has(found) && !hidden.has(renames.get(found.finding.path) ?? found.finding.path))
      .map(({ finding }) => finding),
    unverified: [
      ...change.crashes,
      ...analysis.unverified.map((one) => (isOld(one) ? { ...one, persists: true } : one)),
    ],
    notRun: onceEach([...analysis.notRun, ...change.notRun]),
    capabilities: capabilityDiff(baseCapabilities(before.project, renames), analysis.capabilities),
    changed,
    files: analysis.files,
    ...(settings.lint
      ? { scripts: [...(analysis.scripts ?? []), ...lintTexts(before.project, settings.lint, settings.isAskedFor)] }
      : {}),
    wanted: joined([wantedOf(before.project), analysis.wanted]),
  };
}

/** A rule that both visits and compares is listed once. */
function onceEach(notRun: readonly NotRun[]): readonly NotRun[] {
  return [...new Map(notRun.map((one) => [one.rule, one])).values()];
}

/** Shows a project to the rules. What `known` said of files on which nothing changed, their callers and callees included, holds here too. */
function examine(project: ProjectModel, settings: AnalysisSettings, known?: Examined): Examined {
  const isSame = known ? unchanged(project, known) : () => false;
  const isNeeded = neededFor(project, settings);
  const done = study(project, settings, (path) => isNeeded(path) && !isSame(path));
  const kept = known ? known.study.hits.filter(({ walked }) => walked !== null && isSame(walked)) : [];
  const hits: readonly Hit[] = [...kept, ...done.hits];
  return { project, study: done, found: findingsOf(hits, project) };
}

function unchanged(project: ProjectModel, known: Examined): (path: string) => boolean {
  const here = componentsOf(project);
  const there = componentsOf(known.project);
  const same = (path: string) =>
    textOf(project.data, path) !== null && textOf(project.data, path) === textOf(known.project.data, path);
  const answers = new Map<string, boolean>();
  return (path) => {
    const answer = answers.get(path) ?? (!known.study.wide.has(path) && [...here(path), ...there(path)].every(same));
    answers.set(path, answer);
    return answer;
  };
}

function textOf(project: Project, path: string): string | null {
  const file = project.files.get(path);
  return file && isReadable(file) ? file.text : null;
}

/**
 * Head's findings that were in the base already: by fingerprint, then those that only differ in their number among
 * steps of the same name, because another such step was put before them.
 */
function matched(after: readonly Found[], before: readonly Found[], renames: Renames): ReadonlyMap<Found, Found> {
  const byFingerprint = new Map(before.map((found) => [fingerprintOf(mapped(found.finding, renames)), found]));
  const matches = new Map<Found, Found>();
  for (const found of after) {
    const same = byFingerprint.get(found.finding.fingerprint);
    if (same) matches.set(found, same);
  }
  const used = new Set(matches.values());
  const pool = new Map<string, Found[]>();
  for (const found of before) {
    if (used.has(found)) continue;
    const key = unnumbered(mapped(found.finding, renames));
    pool.set(key, [...(pool.get(key) ?? []), found]);
  }
  for (const found of after) {
    const moved = matches.has(found) ? undefined : pool.get(unnumbered(found.finding.identity))?.shift();
    if (moved) matches.set(found, moved);
  }
  return matches;
}

type Renames = ReadonlyMap<string, string>;

/** The identity that a finding of the base would have in the head. */
function mapped({ identity }: Finding, renames: Renames): Identity {
  return { ...identity, path: renames.get(identity.path) ?? identity.path };
}

function unnumbered({ rule, path, route, subject }: Identity): string {
  return JSON.stringify([rule, path, route.replace(/#\d+$/, ''), subject]);
}

/** How a finding stands against the base, and which lines made it worse. */
interface Standing extends Pick<ComparedFinding, 'status' | 'exposureBefore'> {
  readonly rises: readonly Related[];
  /** The finding as this change brings it: where a new member is, that is its place, and where nothing else rose its severity. */
  readonly asBrought?: (finding: Finding) => Finding;
}

const NEW: Standing = { status: 'new', exposureBefore: null, rises: [] };

function standingOf({ finding, holder, members, isIdle }: Found, before: Found | undefined): Standing {
  if (!before || (before.isIdle && !isIdle)) return NEW;
  const exposureBefore = before.finding.exposure;
  const added = newMembers(members, before.members);
  const lead = added.at(-1);
  // What a new member exposes is no rise of the old ones.
  const exposure = lead ? exposureOfKnown(members, before.members) : finding.exposure;
  const reached = exposure ? risesOf(exposureBefore, exposure, holder) : [];
  const rises = [...added.map(asRise), ...reached];
  const { severity, confidence, audience } = lead && reached.length === 0 ? lead : finding;
  return {
    status: rises.length > 0 ? 'worsened' : 'persisting',
    exposureBefore,
    rises: rises.flatMap(({ message, at }) => (at ? [{ ...at.source.place(at), message }] : [])),
    ...(lead && { asBrought: (one) => ({ ...ledBy(one, lead, members), severity, confidence, audience }) }),
  };
}

function compared(finding: Finding, { status, exposureBefore, rises, asBrought }: Standing = NEW): ComparedFinding {
  const brought = asBrought?.(finding) ?? finding;
  const proposed = status === 'persisting' || !brought.ignored ? [] : [asProposal(brought.ignored)];
  return { ...brought, related: [...brought.related, ...rises, ...proposed], status, exposureBefore };
}

/**
 * Tells what could not be looked at in the base either. A change that calls anything in the repository may call just that, and then
 * it does count: what is called is not resolved where it cannot be read.
 */
function oldOnes(changed: readonly string[], after: Examined, before: Examined): (one: Unverified) => boolean {
  const paths = new Set(changed);
  const calls = after.project.uses.some((uses) => uses.kind === 'local' && paths.has(uses.source.path));
  if (calls) return () => false;
  const here = componentsOf(after.project);
  const there = componentsOf(before.project);
  return ({ path }) =>
    before.project.data.files.has(path) && [...here(path), ...there(path)].every((each) => !paths.has(each));
}

function baseCapabilities(project: ProjectModel, renames: Renames): readonly JobCapabilities[] {
  const jobs = project.workflows.flatMap((workflow) => workflow.jobs).filter((job) => !job.isNever);
  return jobs.map(capabilitiesOf).map((one) => ({ ...one, path: renames.get(one.path) ?? one.path }));
}

function changedPaths(base: Project, head: Project): readonly string[] {
  const paths = new Set([...base.files.keys(), ...head.files.keys()]);
  return [...paths].filter((path) => !isSameFile(base, head, path)).sort();
}

function isSameFile(base: Project, head: Project, path: string): boolean {
  const [a, b] = [base.files.get(path), head.files.get(path)];
  if (!a || !b) return false;
  // What could not be read is the same only if git says so.
  if (isReadable(a) && isReadable(b)) return a.text === b.text && a.mode === b.mode;
  return !isReadable(a) && !isReadable(b) && a.oid !== undefined && a.oid === b.oid;
}
