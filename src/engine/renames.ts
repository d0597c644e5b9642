import { isReadable, type Project, type ProjectFile } from './project.ts';

/** From this share of lines on, a removed and an added file are one that was renamed. */
const SIMILAR = 0.5;
/** Beyond, only equal files are matched: comparing every pair costs too much. */
const MAX_PAIRS = 2_500;

/** Path in the base → path in the head, for files that were renamed: equal first, then the most similar of the same kind. */
export function renamesOf(base: Project, head: Project): ReadonlyMap<string, string> {
  const removed = [...base.files].filter(([path]) => !head.files.has(path)).flatMap(candidate);
  const added = [...head.files].filter(([path]) => !base.files.has(path)).flatMap(candidate);
  const pairs = removed.flatMap((from) =>
    added.filter((to) => to.kind === from.kind).map((to) => ({ from, to, likeness: from.text === to.text ? 1 : 0 })),
  );
  const scored =
    pairs.length > MAX_PAIRS
      ? pairs.filter((pair) => pair.likeness === 1)
      : pairs.map((pair) =>
          pair.likeness === 1 ? pair : { ...pair, likeness: likeness(pair.from.lines, pair.to.lines) },
        );
  const renames = new Map<string, string>();
  const taken = new Set<string>();
  for (const { from, to, likeness } of scored.sort((a, b) => b.likeness - a.likeness)) {
    if (likeness < SIMILAR || renames.has(from.path) || taken.has(to.path)) continue;
    renames.set(from.path, to.path);
    taken.add(to.path);
  }
  return renames;
}

interface Candidate {
  readonly path: string;
  readonly kind: string;
  readonly text: string;
  /** Line without indentation → how often. */
  readonly lines: ReadonlyMap<string, number>;
}

function candidate([path, file]: [string, ProjectFile]): readonly Candidate[] {
  if (!isReadable(file)) return [];
  const lines = new Map<string, number>();
  for (const line of file.text.split('\n').map((one) => one.trim())) {
    if (line !== '') lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  return [{ path, kind: file.kind, text: file.text, lines }];
}

/** The share of lines that two texts have in common, from 0 to 1. */
function likeness(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const count = (lines: ReadonlyMap<string, number>) => [...lines.values()].reduce((sum, one) => sum + one, 0);
  const total = count(a) + count(b);
  if (total === 0) return 0;
  let common = 0;
  for (const [line, times] of a) common += Math.min(times, b.get(line) ?? 0);
  return (2 * common) / total;
}
