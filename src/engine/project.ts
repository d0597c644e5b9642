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

export function isReadable(file: ProjectFile): file is ReadableFile {
  return 'text' in file;
}
