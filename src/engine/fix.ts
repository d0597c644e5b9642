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
/** The same for the files around the changed ones; beyond, fixes that reach other files are dropped. */
const LINKED_PROOFS = 10_000_000;
/** Fixes that are in each other's way are proved one after another, so often; beyond, they are dropped. */
const MAX_BATCHES = 12;

/** What a proof needs of the analysis that found the findings. */
interface Ground {
  readonly project: ProjectModel;
  readonly study: Study;
  readonly found: readonly Found[];
  readonly settings: AnalysisSettings;
  readonly parse: Parse;
}

/**
 * The findings with their fixes, as far as these are proved: the edits are applied, the files are analysed again, the
 * finding is gone, no new one is there, everything can still be read. Other bytes are as they were, since edits only
 * replace spans. A fix that fails is dropped; the finding stays.
 */
export function withProvedFixes(ground: Ground): readonly Finding[] {
  const prover = new Prover(ground);
  const groups = byFile(ground.found.filter((found) => found.fix !== null));
  const proved = new Set(prover.around(groups.flatMap((group) => provedAlone(group, prover))));
  return ground.found.map((found) => ({ ...found.finding, fix: proved.has(found) ? toFix(found) : null }));
}

/** The fixes of one file that hold in that file. */
function provedAlone(group: readonly Found[], prover: Prover): readonly Found[] {
  const proved: Found[] = [];
  const rest: Found[] = [];
  let budget = SINGLE_TEXT;
  for (const [index, found] of group.entries()) {
    budget -= found.fix?.edits[0]?.source.text.length ?? 0;
    if (index >= SINGLE_PROOFS || budget < 0) rest.push(found);
    else if (prover.holds([found])) proved.push(found);
  }
  for (const batch of batches(rest)) if (prover.holds(batch)) proved.push(...batch);
  return proved;
}

class Prover {
  readonly #ground: Ground;
  readonly #componentOf: (path: string) => readonly string[];
  readonly #identities: ReadonlySet<string>;
  #linkedBudget = LINKED_PROOFS;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#componentOf = componentsOf(ground.project);
    this.#identities = new Set(identitiesOf(ground.study.hits, ground.project));
  }

  /** Whether fixes, applied together, hold. `walked`: the files that are analysed again; left out: those that are changed. */
  holds(targets: readonly Found[], walked?: ReadonlySet<string>): boolean {
    const changed = applied(targets.flatMap((found) => found.fix?.edits ?? []));
    if (!changed) return false;
    const { project, settings, parse } = this.#ground;
    const [path = ''] = changed.keys();
    settings.onFile?.(path);
    const files = new Map<string, ProjectFile>(project.data.files);
    for (const [path, text] of changed) {
      const file = files.get(path);
      if (!file || !('text' in file)) return false;
      files.set(path, { ...file, text });
    }
    // For the changed files alone, what is known of the others holds.
    const model = new ProjectModel({ ...project.data, files }, parse, undefined, walked ? undefined : project);
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
    const affected = this.#affected(batch);
    for (const path of affected) this.#linkedBudget -= this.#sizeOf(path);
    if (this.#linkedBudget < 0) return [];
    if (this.holds(batch, affected)) return batch;
    return batch.length === 1 ? [] : batch.flatMap((found) => this.#aroundBatch([found]));
  }

  #sizeOf(path: string): number {
    const file = this.#ground.project.data.files.get(path);
    return file && 'text' in file ? file.text.length : 0;
  }

  #affected(targets: readonly Found[]): ReadonlySet<string> {
    const paths = targets.flatMap((found) => found.fix?.edits.map((edit) => edit.source.path) ?? []);
    return new Set([...[...new Set(paths)].flatMap(this.#componentOf), ...this.#ground.study.wide]);
  }
}

function byFile(found: readonly Found[]): readonly (readonly Found[])[] {
  const files = new Map<string, Found[]>();
  for (const one of found) {
    const group = files.get(one.finding.path);
    if (group) group.push(one);
    else files.set(one.finding.path, [one]);
  }
  return [...files.values()];
}

/** Fixes in a few groups, in each of which no two edits are in each other's way; those that fit in none are left out. */
function batches(targets: readonly Found[]): readonly (readonly Found[])[] {
  const done: { readonly found: Found[]; readonly edits: SourceEdit[] }[] = [];
  for (const found of targets) {
    const edits = found.fix?.edits ?? [];
    const fitting = done.find((batch) => edits.every((edit) => batch.edits.every((other) => !collide(edit, other))));
    if (fitting) {
      fitting.found.push(found);
      fitting.edits.push(...edits);
    } else if (done.length < MAX_BATCHES) done.push({ found: [found], edits: [...edits] });
  }
  return done.map((batch) => batch.found);
}

/** Two insertions at one place collide too: both may write the same key. The same edit twice is one. */
function collide(a: SourceEdit, b: SourceEdit): boolean {
  if (a.source !== b.source || (a.start === b.start && a.end === b.end && a.text === b.text)) return false;
  return a.start <= b.end && b.start <= a.end;
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
