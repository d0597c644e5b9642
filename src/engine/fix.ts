import type { Edit, Finding, Fix } from './finding.ts';
import { type Found, identitiesOf } from './findings.ts';
import { applied, batches, groupedBy } from './fix-batches.ts';
import { linesOf } from './model/components.ts';
import { type Parse, ProjectModel } from './model/project.ts';
import type { SourceEdit } from './model/source.ts';
import type { ProjectFile } from './project.ts';
import { type AnalysisSettings, type Study, study } from './study.ts';

/** So many fixes of one file are proved one by one, as long as no more text is read again for it (UTF-16 units); the others together. */
const SINGLE_PROOFS = 24;
const SINGLE_TEXT = 1_000_000;
/** What all proofs of a project may cost, about in UTF-16 units read again; beyond, fixes are dropped. Only hostile projects get there. */
const ALL_PROOFS = 60_000_000;
/** What asking for the callers of a file costs for each `uses` of the project. */
const COST_OF_USES = 200;
/** In the place of a path: what is wrong belongs to the project as a whole. */
const ANYWHERE = '';

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
  const { proved, open } = provedTogether(wanted, prover);
  const files = groupedBy(open, (found) => found.finding.path);
  for (const found of prover.around([...files.values()].flatMap((group) => provedAlone(group, prover)))) {
    proved.add(found);
  }
  return ground.found.map((found) => ({ ...found.finding, fix: proved.has(found) ? toFix(found) : null }));
}

/**
 * The fixes that hold all at once, proved with every file that they may matter to: most do, and one proof of many costs as much as
 * one of one. Without an anchor, fixes at different places can't meet. `open`: those of which it says nothing.
 */
function provedTogether(wanted: readonly Found[], prover: Prover): { proved: Set<Found>; open: readonly Found[] } {
  const decided = new Set<Found>();
  const proved = new Set<Found>();
  for (const batch of batches(
    wanted.filter((found) => !isLinked(found)),
    true,
  )) {
    const { held, innocent } = prover.sorted(batch);
    for (const found of [...held, ...prover.sorted(innocent).held]) proved.add(found);
    // One alone has had its proof.
    if (batch.length === 1) for (const found of batch) decided.add(found);
  }
  return { proved, open: wanted.filter((found) => !proved.has(found) && !decided.has(found)) };
}

/** An edit may take an anchor away whose aliases stand elsewhere. */
function isLinked({ fix }: Found): boolean {
  return fix?.edits.some((edit) => ANCHOR.test(edit.source.text)) ?? false;
}

/**
 * The fixes of one file that hold in that file. Without an anchor, one rule's fixes at different places can't meet, and
 * are proved together; where that fails, and else, each alone.
 */
function provedAlone(group: readonly Found[], prover: Prover): readonly Found[] {
  const together = group.some(isLinked)
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
  readonly #lineOf: (path: string) => readonly string[];
  readonly #identities: ReadonlySet<string>;
  #budget = ALL_PROOFS;
  readonly #costOfCallers: number;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#lineOf = linesOf(ground.project);
    this.#costOfCallers = ground.project.uses.length * COST_OF_USES;
    this.#identities = new Set(identitiesOf(ground.study.hits, ground.project));
  }

  /** Whether fixes, applied together, hold. `walked`: the files that are analysed again; left out: those that are changed. */
  holds(targets: readonly Found[], walked?: ReadonlySet<string>): boolean {
    return this.#faults(targets, walked)?.size === 0;
  }

  /**
   * Fixes, applied together: those that hold, since nothing is wrong in any file that they may matter to, and those that are in a group of
   * files with another one, whose own file has something wrong.
   */
  sorted(targets: readonly Found[]): { readonly held: readonly Found[]; readonly innocent: readonly Found[] } {
    const faults = targets.length > 0 ? this.#faults(targets, this.affected(targets)) : null;
    if (!faults || faults.has(ANYWHERE)) return { held: [], innocent: [] };
    const isSound = (found: Found) => [...this.affected([found])].every((path) => !faults.has(path));
    const others = targets.filter((found) => !isSound(found));
    return { held: targets.filter(isSound), innocent: others.filter((found) => !faults.has(found.finding.path)) };
  }

  /** The files in which something is wrong after the fixes; null where that can't be seen at all. */
  #faults(targets: readonly Found[], walked?: ReadonlySet<string>): ReadonlySet<string> | null {
    const changed = applied(targets.flatMap((found) => found.fix?.edits ?? []));
    if (!changed || !this.#canAfford(walked ?? changed.keys())) return null;
    const { project, settings, study: known } = this.#ground;
    const files = this.#filesWith(changed, walked);
    if (!files) return null;
    const model = new ProjectModel({ ...project.data, files }, settings.parse, settings.onFile, project);
    // Files that are walked with no workflow or action are read by rules about the repository as a whole.
    const isOther = (path: string) => ['dependabot', 'other'].includes(files.get(path)?.kind ?? '');
    const isWhole = walked !== undefined || [...changed.keys()].some(isOther);
    const again = study(model, settings, (path) => walked?.has(path) ?? changed.has(path), isWhole);
    const gone = new Set(targets.map((found) => JSON.stringify(found.finding.identity)));
    const identities = identitiesOf(again.hits, model);
    const wrong = again.hits.filter((_, index) => {
      const identity = identities[index] ?? '';
      return !this.#identities.has(identity) || gone.has(identity);
    });
    return new Set([
      ...model.unreadable.map(({ path }) => path).filter((path) => changed.has(path)),
      ...again.crashes.filter((crash) => !known.crashes.some((one) => same(one, crash))).map(({ path }) => path),
      ...wrong.flatMap((hit) => [hit.walked ?? ANYWHERE, hit.problem.at.source.path]),
    ]);
  }

  /** The project's files with changed texts. What is known of a file holds until it, or one that it has to do with, is another one: those are read anew. */
  #filesWith(changed: ReadonlyMap<string, string>, walked: Iterable<string> = []): Map<string, ProjectFile> | null {
    const files = new Map<string, ProjectFile>(this.#ground.project.data.files);
    for (const path of walked) {
      const file = files.get(path);
      if (file) files.set(path, { ...file });
    }
    for (const [path, text] of changed) {
      const file = files.get(path);
      if (!file || !('text' in file)) return null;
      files.set(path, { ...file, text });
    }
    return files;
  }

  /** The fixes among those that hold in their own file which also bring nothing new to callers, callees and whoever looked at the whole project. */
  around(targets: readonly Found[]): readonly Found[] {
    const isLinked = (found: Found) => this.affected([found]).size > 1;
    const linked = targets.filter(isLinked);
    const alone = targets.filter((found) => !isLinked(found));
    return [...alone, ...batches(linked).flatMap((batch) => this.#aroundBatch(batch))];
  }

  #aroundBatch(batch: readonly Found[]): readonly Found[] {
    if (this.holds(batch, this.affected(batch))) return batch;
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

  /** The files that fixes may matter to. */
  affected(targets: readonly Found[]): ReadonlySet<string> {
    const paths = targets.flatMap((found) => found.fix?.edits.map((edit) => edit.source.path) ?? []);
    return new Set([...[...new Set(paths)].flatMap(this.#lineOf), ...this.#ground.study.wide]);
  }
}

function same(a: { readonly path: string; readonly rule: string | null }, b: typeof a): boolean {
  return a.path === b.path && a.rule === b.rule;
}

function toFix({ fix }: Found): Fix {
  const edits = [...(fix?.edits ?? [])].sort((a, b) => a.start - b.start);
  return { title: fix?.title ?? '', safe: fix?.safe ?? false, edits: edits.map(toEdit) };
}

function toEdit({ source, start, end, text }: SourceEdit): Edit {
  const { lines } = source.document;
  return { path: source.path, start: lines.position(start), end: lines.position(end), text };
}
