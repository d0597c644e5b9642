import type { Exposure, Finding, Identity, Severity } from './finding.ts';
import { isShown, SEVERITIES } from './finding.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type Holder, innermost } from './holder.ts';
import { ignoredAt } from './ignores.ts';
import { heaviest, type Member, messageOf, weightOf } from './members.ts';
import type { Action } from './model/action.ts';
import { unionOf } from './model/exposure.ts';
import type { ProjectModel } from './model/project.ts';
import type { Located, SourceEdit } from './model/source.ts';
import type { ProposedFix } from './rule.ts';
import type { Hit } from './study.ts';

/** A finding, and what is still needed of it: its fix is not proved yet. */
export interface Found {
  /** With `fix: null`. */
  readonly finding: Finding;
  readonly fix: (Omit<ProposedFix, 'edits'> & { readonly edits: readonly SourceEdit[] }) | null;
  /** Of all its places, where they have one in common. */
  readonly holder: Holder;
  /** What its places add, where the rule tells them apart: each once. */
  readonly members: readonly Member[];
  /** All its places are in actions that nobody uses: for auditors only, and new when somebody does. */
  readonly isIdle: boolean;
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
    ({ hit: { problem }, identity: { rule, subject } }) =>
      JSON.stringify([problem.at.source.path, problem.at.start, problem.at.end, rule, subject]),
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
  if (problem.scope === 'repository') {
    const subject = problem.subject ?? subjectOf(hit);
    return { hit, identity: { rule: rule.id, path: '', route: '', subject }, holder: null };
  }
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

function exposureOf(holder: Holder): Exposure {
  if (!holder) return { reach: 'insider', triggers: [], token: { kind: 'default' }, secrets: [], runner: 'unknown' };
  if (holder.kind !== 'step') return holder.exposure;
  return { ...holder.parent.exposure, reach: holder.reach.level, triggers: holder.reach.events };
}

function toFinding(found: readonly [AtPlace, ...AtPlace[]], said: Coverage): Found {
  const all = found.flat();
  const members = membersOf(all, said);
  const lead = heaviest(members);
  const [first] = found;
  // The place of the heaviest member comes first.
  const [[{ hit, identity, holder }], ...more] = lead
    ? ([placeOf(found, lead), ...found.filter((one) => one !== placeOf(found, lead))] as const)
    : found;
  const { rule, problem } = hit;
  const isIdle = all.every((one) => actionOf(one.holder)?.isIdle ?? false);
  const others = more.slice(0, MAX_PLACES).map(([one]) => ({ at: one.hit.problem.at, message: 'also here' }));
  const finding: Finding = {
    ...problem.at.source.place(problem.at),
    rule: rule.id,
    severity: lead?.severity ?? worst(all.map((one) => one.hit.problem.severity ?? rule.severity)),
    confidence: problem.confidence ?? rule.confidence,
    // Not taken away: it would come up as new when the other one is fixed.
    audience: isIdle || all.every((one) => said.covers(one.hit)) ? 'auditor' : (problem.audience ?? rule.audience),
    message: (lead ? messageOf(lead, members) : problem.message).slice(0, MAX_MESSAGE) + inAll(found.length),
    why: rule.why,
    remedy: rule.remedy,
    fingerprint: fingerprintOf(identity),
    identity,
    exposure: unionOf(all.map(exposureAt)),
    related: [...(problem.related ?? []), ...others].map((one) => ({
      ...one.at.source.place(one.at),
      message: one.message,
    })),
    fix: null,
    ...ignoredBy(all),
  };
  const fix = combined(found.map(([one]) => one.hit.problem.fix ?? null));
  return { finding, fix, holder: members.length > 1 ? commonHolder(all, first[0].holder) : holder, members, isIdle };
}

/** More places than are listed are counted. */
function inAll(places: number): string {
  return places > MAX_PLACES + 1 ? ` (${places} places in all)` : '';
}

/** One place without a comment, and nobody has asked to accept the finding. */
function ignoredBy(places: readonly Placed[]): Pick<Finding, 'ignored'> {
  const found = places.map(({ hit, holder }) =>
    ignoredAt(hit.rule, hit.problem.at, holder?.kind === 'step' ? holder : null),
  );
  const [first] = found;
  return first && !found.includes(null) ? { ignored: first } : {};
}

function actionOf(holder: Holder): Action | null {
  return holder?.kind === 'step' ? holder.action : holder?.kind === 'action' ? holder : null;
}

function exposureAt({ hit, holder }: Placed): Exposure {
  return hit.problem.job?.exposure ?? exposureOf(holder);
}

/** Each member once, as bad as the worst of its places. */
function membersOf(places: readonly Placed[], said: Coverage): readonly Member[] {
  const byName = new Map<string, Member>();
  for (const one of places) {
    const { rule, problem } = one.hit;
    const { member: name, at, message, severity = rule.severity, confidence = rule.confidence } = problem;
    if (name === undefined) continue;
    const audience = said.covers(one.hit) ? 'auditor' : (problem.audience ?? rule.audience);
    const exposure = exposureAt(one);
    const known = byName.get(name);
    const member: Member = { name, at, message, severity, confidence, audience, exposure };
    const heavier = known && weightOf(known) >= weightOf(member) ? known : member;
    byName.set(name, known ? { ...heavier, exposure: unionOf([known.exposure, exposure]) } : member);
  }
  return [...byName.values()];
}

function placeOf(places: readonly [AtPlace, ...AtPlace[]], { at }: Member): AtPlace {
  return places.find((place) => place.some(({ hit }) => hit.problem.at === at)) ?? places[0];
}

/** The job or file that all places are in. */
function commonHolder(places: readonly Placed[], first: Holder): Holder {
  const jobs = new Set(places.map(({ holder }) => (holder?.kind === 'step' ? holder.parent : holder)));
  const [only = null] = jobs;
  if (jobs.size === 1) return only;
  const job = first?.kind === 'step' ? first.parent : first;
  return job?.kind === 'job' ? job.workflow : job;
}

/** One fix for all places: a place without one leaves the finding, so then there is none. The same edit twice is one. */
function combined(fixes: readonly (ProposedFix | null)[]): Found['fix'] {
  const edits = new Map<string, SourceEdit>();
  for (const edit of fixes.flatMap((fix) => fix?.edits ?? [null])) {
    if (!edit) return null;
    edits.set(JSON.stringify([edit.source.path, edit.start, edit.end, edit.text]), edit);
  }
  const [first] = fixes;
  const others = new Set(fixes.map((fix) => fix?.title)).size - 1;
  const title = `${first?.title}${others > 0 ? `, and ${others} more` : ''}`;
  return first ? { title, safe: fixes.every((fix) => fix?.safe), edits: [...edits.values()] } : null;
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

/** By path, line, column and rule. */
export function byPlace({ finding: a }: Found, { finding: b }: Found): number {
  return compare(a.path, b.path) || a.line - b.line || a.column - b.column || compare(a.rule, b.rule);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
