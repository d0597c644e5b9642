/** The diff of two commits as GitHub shows it: three lines of context, renames found, patches without their headers. */

export interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  /** Each line with its first character: ' ', '+', '-' or '\\'. */
  readonly lines: readonly string[];
}

export interface FileDiff {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed';
  readonly oid: string;
  readonly mode: number;
  readonly additions: number;
  readonly deletions: number;
  readonly patch: string | null;
  readonly hunks: readonly Hunk[];
}

export type Side = 'LEFT' | 'RIGHT';

const STATUS: Readonly<Record<string, FileDiff['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
};

/** Reads `git diff --raw -z` followed by the patches of the same files in the same order. */
export function parseDiff(raw: string, patches: string): FileDiff[] {
  const fields = raw.split('\0');
  const bodies = patches.split(/(?<=^|\n)(?=diff --git )/).filter((body) => body.startsWith('diff --git '));
  const files: FileDiff[] = [];
  let next = 0;
  for (let at = 0; at + 1 < fields.length; ) {
    const [, newMode = '', , newOid = '', status = ''] = (fields[at] ?? '').slice(1).split(' ');
    const renamed = status.startsWith('R') || status.startsWith('C');
    const first = fields[at + 1] ?? '';
    const path = renamed ? (fields[at + 2] ?? '') : first;
    at += renamed ? 3 : 2;
    next += status === 'T' ? 2 : 1; // a file that becomes a symlink has two patches: away and in
    const body = bodies[next - 1] ?? '';
    files.push(fileDiff({ path, previousPath: renamed ? first : null, status, oid: newOid, mode: newMode }, body));
  }
  return files;
}

function fileDiff(
  head: { path: string; previousPath: string | null; status: string; oid: string; mode: string },
  body: string,
): FileDiff {
  const start = body.search(/(?<=\n)@@ /);
  const patch = start === -1 ? null : body.slice(start).replace(/\n$/, '');
  const hunks = patch === null ? [] : parseHunks(patch);
  const count = (sign: string): number =>
    hunks.reduce((sum, hunk) => sum + hunk.lines.filter((l) => l.startsWith(sign)).length, 0);
  return {
    path: head.path,
    previousPath: head.previousPath,
    status: STATUS[head.status[0] ?? 'M'] ?? 'modified',
    oid: head.oid,
    mode: Number.parseInt(head.mode, 8),
    additions: count('+'),
    deletions: count('-'),
    patch,
    hunks,
  };
}

function parseHunks(patch: string): Hunk[] {
  const hunks: { oldStart: number; newStart: number; lines: string[] }[] = [];
  for (const line of patch.split('\n')) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (header) hunks.push({ oldStart: Number(header[1]), newStart: Number(header[2]), lines: [] });
    else hunks.at(-1)?.lines.push(line);
  }
  return hunks;
}

/** Which hunk shows this line on this side; -1 where the diff does not show it, so that GitHub refuses a comment there. */
export function hunkOf(file: FileDiff, line: number, side: Side): number {
  return file.hunks.findIndex((hunk) => [...numbered(hunk)].some((l) => (side === 'LEFT' ? l.left : l.right) === line));
}

export interface DiffLine {
  readonly sign: string;
  readonly text: string;
  readonly left: number | null;
  readonly right: number | null;
}

export function* numbered(hunk: Hunk): Generator<DiffLine> {
  let left = hunk.oldStart;
  let right = hunk.newStart;
  for (const line of hunk.lines) {
    const sign = line[0] ?? ' ';
    if (sign === '\\') continue;
    yield { sign, text: line.slice(1), left: sign === '+' ? null : left, right: sign === '-' ? null : right };
    if (sign !== '+') left += 1;
    if (sign !== '-') right += 1;
  }
}

/** The part of the hunk that GitHub shows above a comment: from its header to the commented line. */
export function diffHunkUntil(file: FileDiff, line: number, side: Side): string {
  const index = hunkOf(file, line, side);
  const hunk = file.hunks[index];
  if (!hunk || file.patch === null) return '';
  const header = file.patch.split('\n').filter((l) => l.startsWith('@@ '))[index] ?? '';
  const shown: string[] = [header];
  for (const shownLine of numbered(hunk)) {
    shown.push(shownLine.sign + shownLine.text);
    if ((side === 'LEFT' ? shownLine.left : shownLine.right) === line) break;
  }
  return shown.join('\n');
}

/** Where a line of the old file is in the new one; null when it was changed or removed (the comment is outdated). */
export function movedLine(file: FileDiff | undefined, line: number): number | null {
  if (!file) return line;
  let shift = 0;
  for (const hunk of file.hunks) {
    for (const at of numbered(hunk)) {
      if (at.left === line) return at.right;
      if (at.left !== null && at.left > line) return line + shift;
      if (at.sign === '+') shift += 1;
      if (at.sign === '-') shift -= 1;
    }
  }
  return file.status === 'removed' ? null : line + shift;
}
