import type { OtherFile } from './other-file.ts';
import { matchesSegments } from './path-pattern.ts';
import type { ProjectModel } from './project.ts';
import type { Located } from './source.ts';

/** One line of CODEOWNERS. */
export interface OwnerLine {
  readonly at: Located;
  readonly pattern: string;
  /** `@user`, `@org/team` or an address; none: nobody owns what it names. */
  readonly owners: readonly string[];
}

/** Where GitHub looks for it: the first one counts. */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** The CODEOWNERS file that counts. `missing`: there is none; null: it could not be read, or nobody knows whether there is one. */
export function codeowners(project: ProjectModel): OtherFile | 'missing' | null {
  const { paths, files } = project.data;
  for (const place of PLACES) {
    const file = project.other(place);
    if (file) return file;
    if (files.has(place) || paths?.has(place)) return null;
  }
  return paths ? 'missing' : null;
}

const MAX_STARS = 12;

/** More lines than this are not read. */
const MAX_LINES = 3_000;

/** The lines that name owners, in order. */
export function ownerLines(file: OtherFile): readonly OwnerLine[] {
  const found: OwnerLine[] = [];
  let start = 0;
  for (const line of file.text.split('\n').slice(0, MAX_LINES)) {
    const said = line.replace(/(?:^|\s)#.*$/, '').trim();
    const [pattern = '', ...owners] = said.split(/\s+/);
    if (pattern !== '') found.push({ at: file.span(start, start + line.trimEnd().length), pattern, owners });
    start += line.length + 1;
  }
  return found;
}

/** Who owns a path: the last line that names it counts; null: none does. */
export function ownersOf(lines: readonly OwnerLine[], path: string): readonly string[] | null {
  return lines.findLast(({ pattern }) => isNamed(path, pattern))?.owners ?? null;
}

/** Whether a pattern of CODEOWNERS names a path, by the rules of `.gitignore` without negations. */
function isNamed(path: string, pattern: string): boolean {
  const inner = pattern.replace(/^\/|\/$/g, '').slice(0, 300);
  if (inner === '' || inner === '*' || inner === '**') return true;
  // Nobody writes more: it would be there to make the search long.
  if (inner.split('*').length > MAX_STARS) return false;
  const parts = inner.split('/');
  // A slash at its front or within ties it to the root.
  const rooted = pattern.startsWith('/') || parts.length > 1 ? parts : ['**', ...parts];
  const segments = path.split('/');
  const isBelow = matchesSegments(segments, [...rooted, '**', '*']);
  if (pattern.endsWith('/')) return isBelow;
  // `docs/*` names what lies directly in it, `docs` everything below.
  return matchesSegments(segments, rooted) || (isBelow && !inner.endsWith('*'));
}
