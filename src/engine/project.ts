import { createHash } from 'node:crypto';

/** What is analysed: the files of one repository at one commit (or of one folder on disk). Plain data; crosses threads. */
export interface Project {
  /** Path → file, relative to the repository's root, with `/`. A `Map`, because paths are chosen by the attacker (`__proto__`). */
  readonly files: ReadonlyMap<string, ProjectFile>;
  /**
   * Folders of local actions that were looked for and are not in the repository at this commit, so that they are not
   * asked for again. Their code comes from elsewhere at run time (another checkout): opaque, but not unverified.
   */
  readonly absent?: ReadonlySet<string>;
  /** Every path of the repository, also of files that are not read. Left out: not known, and what is not there cannot be judged. */
  readonly paths?: ReadonlySet<string>;
  /** Who owns the repository, as far as is known: what its own owner's actions do is no third party's. */
  readonly owner?: string;
}

export type FileKind = 'workflow' | 'action' | 'dependabot' | 'other';

/** A file that was read. `oid` is git's blob id (or any content hash), `mode` git's mode as a number (0o100644). */
export interface ReadableFile {
  readonly kind: FileKind;
  readonly oid: string;
  readonly mode: number;
  readonly text: string;
}

/** A file that is there and could not be looked at: never a pass. `unverified` says why, in a clause for a person. */
export interface UnreadableFile {
  readonly kind: FileKind;
  readonly unverified: string;
  /** git's id of its content, where that is known: whether it is the same one in the base. Not of a link: what it leads to may change. */
  readonly oid?: string;
}

export type ProjectFile = ReadableFile | UnreadableFile;

/** Git's id of some content: SHA-1 in most repositories, SHA-256 where ids are 64 digits long. */
export function blobId(bytes: Buffer, digits = 40): string {
  return createHash(digits === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

/** Largest file that is read, in bytes of UTF-8; the largest real workflow known has 425 KB (stack.md). */
export const MAX_FILE_BYTES = 512 * 1024;

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const ACTION = /(^|\/)action\.ya?ml$/;
const DEPENDABOT = /^\.github\/dependabot\.ya?ml$/;

/** What a path is to GitHub. GitHub compares these names with case: `.GitHub/workflows/x.yml` is not a workflow. */
export function fileKind(path: string): FileKind {
  if (WORKFLOW.test(path)) return 'workflow';
  if (ACTION.test(path)) return 'action';
  if (DEPENDABOT.test(path)) return 'dependabot';
  return 'other';
}

/** Who must review, what updates the dependencies, and what sets up the machines: read beside the workflows, where it is at hand. */
const CONTEXT = [
  /^(?:\.github\/|docs\/)?CODEOWNERS$/,
  /^(?:\.github\/)?gargoyle\.ya?ml$/,
  /^(?:\.github\/)?(?:renovate\.json5?|\.renovaterc(?:\.json5?)?)$/,
  /(?:^|\/)template\.ya?ml$/,
  /\.template\.(?:json|ya?ml)$/,
  /\.tf$/,
];

/** Whether a file of the kind `other` is read too: CODEOWNERS, our policy, Renovate's configuration, Terraform, CloudFormation. */
export function isContextFile(path: string): boolean {
  return fileKind(path) === 'other' && CONTEXT.some((pattern) => pattern.test(path));
}

/** How many context files are read, and how many bytes of them: those nearest the root first. */
export const MAX_CONTEXT_FILES = 200;
export const MAX_CONTEXT_BYTES = 4 * 1024 * 1024;

/** More paths than this are not kept: then `Project.paths` is left out. */
export const MAX_PATHS = 50_000;

/** Paths in the order in which context files are read: few folders before many. */
export function nearestFirst(paths: readonly string[]): readonly string[] {
  const depth = (path: string) => path.split('/').length;
  return [...paths].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}

export function isReadable(file: ProjectFile): file is ReadableFile {
  return 'text' in file;
}
