import type { Exposure, Finding, Identity, Severity } from './finding.ts';
import { isShown, SEVERITIES } from './finding.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Action } from './model/action.ts';
import { unionOf } from './model/exposure.ts';
import type { Job } from './model/job.ts';
import type { ProjectModel } from './model/project.ts';
import type { Located, SourceEdit } from './model/source.ts';
import type { Step } from './model/step.ts';
import type { Workflow } from './model/workflow.ts';
import type { ProposedFix } from './rule.ts';
import type { Hit } from './study.ts';

/** The innermost element that a problem is in; null for files without workflow or action in them. */
export type Holder = Workflow | Action | Job | Step | null;

/** A finding, and what is still needed of it: its fix is not proved yet. */
export interface Found {
  /** With `fix: null`. */
  readonly finding: Finding;
  readonly fix: (Omit<ProposedFix, 'edits'> & { readonly edits: readonly SourceEdit[] }) | null;
  /** Of its first place. */
  readonly holder: Holder;
}

/** A message may quote the file, and a file may hold half a megabyte in one word. */
const MAX_MESSAGE = 1_000;
/** More places of one finding say nothing new. */
const MAX_PLACES = 20;

/**
 * Problems as findings. Problems at one place (an alias read at several sites) are one, as bad as the worst of them;
 * problems of one identity in one file are one, with the other places as related ones.
 */
export function findingsOf(hits: readonly Hit[], project: ProjectModel): readonly Found[] {
  const said = new Coverage(hits);
  const atPlace = grouped(
    hits.map((hit) => place(hit, project)),
    ({ hit, identity }) =>
      JSON.stringify([identity.path, hit.problem.at.start, hit.problem.at.end, identity.rule, identity.subject]),
  );
  return grouped(atPlace, ([{ identity }]) => JSON.stringify(identity))
    .map((places) => toFinding(places, said))
    .sort(byPlace);
}

/** The identities of what was hit, as JSON. A place that is read at several sites has the identity of the first. */
export function identitiesOf(hits: readonly Hit[], project: ProjectModel): readonly string[] {
  return hits.map((hit) => JSON.stringify(place(hit, project).identity));
}

interface Placed {
  readonly hit: Hit;
  readonly identity: Identity;
  readonly holder: Holder;
}

/** Which spans are spoken of by a rule that says more (`Rule.subsumes`). */
class Coverage {
  readonly #spans = new Set<string>();

  constructor(hits: readonly Hit[]) {
    for (const { rule, problem } of hits) {
      const { audience = rule.audience, confidence = rule.confidence } = problem;
      if (!isShown({ audience, confidence }, 'regular')) continue;
      for (const id of rule.subsumes) this.#spans.add(keyOf(id, problem.at));
    }
  }

  covers({ rule, problem }: Hit): boolean {
    return this.#spans.has(keyOf(rule.id, problem.at));
  }
}

function keyOf(rule: string, { source, start, end }: Located): string {
  return `${rule} ${start} ${end} ${source.path}`;
}

/** Problems at one place. */
type AtPlace = readonly [Placed, ...Placed[]];

function place(hit: Hit, project: ProjectModel): Placed {
  const { rule, problem } = hit;
  const found = innermost(hit, project);
  // A problem of a job that is reported at the workflow (a default that one job takes up) belongs to the job.
  const holder = problem.job && (!found || found.kind === 'workflow') ? problem.job : found;
  const route = problem.route ?? holder?.route ?? '';
  const subject = problem.subject ?? subjectOf(hit);
  return { hit, identity: { rule: rule.id, path: problem.at.source.path, route, subject }, holder };
}

/** The text of the span in one line; of a `uses`, without the ref, which changes with every update. */
function subjectOf({ visited, problem: { at } }: Hit): string {
  if (visited.kind === 'uses' && visited.node.start <= at.start && at.end <= visited.node.end) {
    return visited.node.slug.toLowerCase();
  }
  return at.source.slice(at).replace(/\s+/g, ' ').trim().slice(0, 500);
}

function innermost({ visited, problem: { at } }: Hit, project: ProjectModel): Holder {
  const element = elementOf(visited);
  if (element && element.source.path === at.source.path) return inside(element, at);
  const path = at.source.path;
  const file = project.workflow(path) ?? project.actions.find((action) => action.path === path) ?? null;
  return file && inside(file, at);
}

function elementOf(visited: Hit['visited']): Holder {
  switch (visited.kind) {
    case 'workflow':
    case 'action':
    case 'job':
    case 'step':
      return visited.node;
    case 'trigger':
      return visited.node.workflow;
    case 'script':
      return visited.node.step;
    case 'uses':
      return visited.node.user;
    case 'expression':
    case 'permissions':
      return visited.node.owner;
    default:
      return null;
  }
}

function inside(element: Exclude<Holder, null>, at: Located): Exclude<Holder, null> {
  if (element.kind === 'workflow') {
    const job = element.jobs.find((one) => one.idAt.start <= at.start && at.end <= one.end);
    return job ? inside(job, at) : element;
  }
  if (element.kind === 'step') return element;
  return element.steps.find((step) => step.start <= at.start && at.end <= step.end) ?? element;
}

function exposureOf(holder: Holder): Exposure {
  if (!holder) return { reach: 'insider', triggers: [], token: { kind: 'default' }, secrets: [], runner: 'unknown' };
  if (holder.kind !== 'step') return holder.exposure;
  return { ...holder.parent.exposure, reach: holder.reach.level, triggers: holder.reach.events };
}

function toFinding(places: readonly [AtPlace, ...AtPlace[]], said: Coverage): Found {
  const all = places.flat();
  const [[{ hit, identity, holder }], ...more] = places;
  const { rule, problem } = hit;
  const others = more.slice(0, MAX_PLACES).map(([one]) => ({ at: one.hit.problem.at, message: 'also here' }));
  const finding: Finding = {
    ...problem.at.source.place(problem.at),
    rule: rule.id,
    severity: worst(all.map((one) => one.hit.problem.severity ?? rule.severity)),
    confidence: problem.confidence ?? rule.confidence,
    // Not taken away: it would come up as new when the other one is fixed.
    audience: all.every((one) => said.covers(one.hit)) ? 'auditor' : (problem.audience ?? rule.audience),
    message: problem.message.slice(0, MAX_MESSAGE),
    why: rule.why,
    remedy: rule.remedy,
    fingerprint: fingerprintOf(identity),
    identity,
    exposure: unionOf(all.map((one) => one.hit.problem.job?.exposure ?? exposureOf(one.holder))),
    related: [...(problem.related ?? []), ...others].map((one) => ({
      ...one.at.source.place(one.at),
      message: one.message,
    })),
    fix: null,
  };
  return { finding, fix: combined(places.map(([one]) => one.hit.problem.fix ?? null)), holder };
}

/** One fix for all places: a place without one leaves the finding, so then there is none. The same edit twice is one. */
function combined(fixes: readonly (ProposedFix | null)[]): Found['fix'] {
  const edits = new Map<string, SourceEdit>();
  for (const edit of fixes.flatMap((fix) => fix?.edits ?? [null])) {
    if (!edit) return null;
    edits.set(JSON.stringify([edit.source.path, edit.start, edit.end, edit.text]), edit);
  }
  const [first] = fixes;
  return first ? { title: first.title, safe: fixes.every((fix) => fix?.safe), edits: [...edits.values()] } : null;
}

function worst(severities: readonly Severity[]): Severity {
  return severities.reduce((a, b) => (SEVERITIES.indexOf(b) > SEVERITIES.indexOf(a) ? b : a), 'info');
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

function byPlace({ finding: a }: Found, { finding: b }: Found): number {
  return compare(a.path, b.path) || a.line - b.line || a.column - b.column || compare(a.rule, b.rule);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
