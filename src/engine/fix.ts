import type { Edit, Finding, Fix } from './finding.ts';
import { type Found, identitiesOf } from './findings.ts';
import { componentsOf } from './model/components.ts';
import { type Parse, ProjectModel } from './model/project.ts';
import type { SourceEdit } from './model/source.ts';
import type { ProjectFile } from './project.ts';
import { type AnalysisSettings, type Study, study } from './study.ts';
import { applyEdits } from './yaml/edit.ts';

/** So many fixes of one file are proved one by one, as long as no more text is read again for it (UTF-16 units); the others together. */
const SINGLE_PROOFS = 24;
const SINGLE_TEXT = 1_000_000;
/** What all proofs of a project may cost, about in UTF-16 units read again; beyond, fixes are dropped. Only hostile projects get there. */
const ALL_PROOFS = 60_000_000;
/** What asking for the callers of a file costs for each `uses` of the project. */
const COST_OF_USES = 200;
/** Fixes that are in each other's way are proved one after another, so often; beyond, they are dropped. */
const MAX_BATCHES = 12;

/** Something that may be an anchor: taking it away breaks the aliases elsewhere. */
const ANCHOR = /(^|[\s[{,])&\w/;

/** What a proof needs of the analysis that found the findings. */
interface Ground {
  readonly project: ProjectModel;
  readonly study: Study;
  readonly found: readonly Found[];
  readonly settings: AnalysisSettings & { readonly parse: Parse };
}

/**
 * The findings with their fixes, as far as these are proved: the edits are applied, the files are analysed again, the
 * finding is gone, no new one is there, everything can still be read. Other bytes are as they were, since edits only
 * replace spans. A fix that fails, or that is not wanted, is dropped; the finding stays.
 */
export function withProvedFixes(ground: Ground, isWanted: (found: Found) => boolean): readonly Finding[] {
  const wanted = ground.found.filter(isWanted);
  if (wanted.length === 0) return ground.found.map(({ finding }) => finding);
  const prover = new Prover(ground);
  const files = groupedBy(wanted, (found) => found.finding.path);
  const proved = new Set(prover.around([...files.values()].flatMap((group) => provedAlone(group, prover))));
  return ground.found.map((found) => ({ ...found.finding, fix: proved.has(found) ? toFix(found) : null }));
}

/**
 * The fixes of one file that hold in that file. Without an anchor, one rule's fixes at different places can't meet, and
 * are proved together; where that fails, and else, each alone.
 */
function provedAlone(group: readonly Found[], prover: Prover): readonly Found[] {
  const isLinked = ANCHOR.test(group[0]?.fix?.edits[0]?.source.text ?? '');
  const together = isLinked
    ? []
    : [...groupedBy(group, (found) => found.finding.rule).values()].flatMap((one) => batches(one, true));
  const proved = new Set(together.filter((batch) => batch.length > 1 && prover.holds(batch)).flat());
  const rest: Found[] = [];
  let budget = SINGLE_TEXT;
  let count = 0;
  for (const found of group.filter((one) => !proved.has(one))) {
    budget -= found.fix?.edits[0]?.source.text.length ?? 0;
    count += 1;
    if (count > SINGLE_PROOFS || budget < 0) rest.push(found);
    else if (prover.holds([found])) proved.add(found);
  }
  for (const batch of batches(rest)) if (prover.holds(batch)) for (const found of batch) proved.add(found);
  return [...proved];
}

class Prover {
  readonly #ground: Ground;
  readonly #componentOf: (path: string) => readonly string[];
  readonly #identities: ReadonlySet<string>;
  #budget = ALL_PROOFS;
  readonly #costOfCallers: number;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#componentOf = componentsOf(ground.project);
    this.#costOfCallers = ground.project.uses.length * COST_OF_USES;
    this.#identities = new Set(identitiesOf(ground.study.hits, ground.project));
  }

  /** Whether fixes, applied together, hold. `walked`: the files that are analysed again; left out: those that are changed. */
  holds(targets: readonly Found[], walked?: ReadonlySet<string>): boolean {
    const changed = applied(targets.flatMap((found) => found.fix?.edits ?? []));
    if (!changed || !this.#canAfford(walked ?? changed.keys())) return false;
    const { project, settings } = this.#ground;
    const [first = ''] = changed.keys();
    settings.onFile?.(first);
    const files = new Map<string, ProjectFile>(project.data.files);
    // What is known of a file holds until it, or one that it has to do with, is another one: those are read anew.
    for (const path of walked ?? []) {
      const file = files.get(path);
      if (file) files.set(path, { ...file });
    }
    for (const [path, text] of changed) {
      const file = files.get(path);
      if (!file || !('text' in file)) return false;
      files.set(path, { ...file, text });
    }
    const model = new ProjectModel({ ...project.data, files }, settings.parse, undefined, project);
    if (model.unreadable.some((one) => changed.has(one.path))) return false;
    const { onFile: _, ...silent } = settings;
    const again = study(model, silent, (path) => walked?.has(path) ?? changed.has(path), walked !== undefined);
    if (again.crashes.some((crash) => !this.#ground.study.crashes.some((known) => same(known, crash)))) return false;
    const gone = new Set(targets.map((found) => JSON.stringify(found.finding.identity)));
    return identitiesOf(again.hits, model).every((identity) => this.#identities.has(identity) && !gone.has(identity));
  }

  /** The fixes among those that hold in their own file which also bring nothing new to callers, callees and whoever looked at the whole project. */
  around(targets: readonly Found[]): readonly Found[] {
    const isLinked = (found: Found) => this.#affected([found]).size > 1;
    const linked = targets.filter(isLinked);
    const alone = targets.filter((found) => !isLinked(found));
    return [...alone, ...batches(linked).flatMap((batch) => this.#aroundBatch(batch))];
  }

  #aroundBatch(batch: readonly Found[]): readonly Found[] {
    if (this.holds(batch, this.#affected(batch))) return batch;
    return batch.length === 1 ? [] : batch.flatMap((found) => this.#aroundBatch([found]));
  }

  #canAfford(paths: Iterable<string>): boolean {
    const { project } = this.#ground;
    for (const path of paths) {
      const file = project.data.files.get(path);
      const isCalled = file?.kind === 'action' || (project.workflow(path)?.triggers.has('workflow_call') ?? false);
      this.#budget -= (file && 'text' in file ? file.text.length : 0) + (isCalled ? this.#costOfCallers : 0);
    }
    return this.#budget > 0;
  }

  #affected(targets: readonly Found[]): ReadonlySet<string> {
    const paths = targets.flatMap((found) => found.fix?.edits.map((edit) => edit.source.path) ?? []);
    return new Set([...[...new Set(paths)].flatMap(this.#componentOf), ...this.#ground.study.wide]);
  }
}

function groupedBy(found: readonly Found[], keyOf: (one: Found) => string): ReadonlyMap<string, readonly Found[]> {
  const groups = new Map<string, Found[]>();
  for (const one of found) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

/** Fixes in a few groups, in each of which no two edits are in each other's way; those that fit in none are left out. `apart`: nor do two fixes share an edit. */
function batches(targets: readonly Found[], apart = false): readonly (readonly Found[])[] {
  const done: { readonly found: Found[]; readonly edits: SourceEdit[] }[] = [];
  for (const found of targets) {
    const edits = found.fix?.edits ?? [];
    const fits = (others: readonly SourceEdit[]) =>
      edits.every((edit) => others.every((other) => !collide(edit, other) || (!apart && isEqual(edit, other))));
    const fitting = done.find((batch) => fits(batch.edits));
    if (fitting) {
      fitting.found.push(found);
      fitting.edits.push(...edits);
    } else if (done.length < MAX_BATCHES) done.push({ found: [found], edits: [...edits] });
  }
  return done.map((batch) => batch.found);
}

/** Two insertions at one place collide too: both may write the same key. */
function collide(a: SourceEdit, b: SourceEdit): boolean {
  return a.source === b.source && a.start <= b.end && b.start <= a.end;
}

/** The same edit twice is made once. */
function isEqual(a: SourceEdit, b: SourceEdit): boolean {
  return a.source === b.source && a.start === b.start && a.end === b.end && a.text === b.text;
}

function same(a: { readonly path: string; readonly rule: string | null }, b: typeof a): boolean {
  return a.path === b.path && a.rule === b.rule;
}

/** The new text of each file; null without edits and when edits overlap. */
function applied(edits: readonly SourceEdit[]): ReadonlyMap<string, string> | null {
  const bySource = new Map<SourceEdit['source'], Map<string, SourceEdit>>();
  for (const edit of edits) {
    const own = bySource.get(edit.source) ?? new Map<string, SourceEdit>();
    bySource.set(edit.source, own.set(`${edit.start} ${edit.end} ${edit.text}`, edit));
  }
  try {
    const texts = [...bySource].map(([{ path, text }, own]) => [path, applyEdits(text, [...own.values()])] as const);
    return texts.length > 0 ? new Map(texts) : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function toFix({ fix }: Found): Fix {
  const edits = [...(fix?.edits ?? [])].sort((a, b) => a.start - b.start);
  return { title: fix?.title ?? '', safe: fix?.safe ?? false, edits: edits.map(toEdit) };
}

function toEdit({ source, start, end, text }: SourceEdit): Edit {
  const { lines } = source.document;
  return { path: source.path, start: lines.position(start), end: lines.position(end), text };
}
