import type { Action } from './action.ts';
import type { Job } from './job.ts';
import { OfText } from './of-text.ts';
import { matchesSlug } from './slug.ts';
import type { LocatedText } from './source.ts';
import type { Step } from './step.ts';
import type { Text } from './text.ts';

/**
 * `repository`: an action of another repository. `reusable`: a workflow of another repository, called by a job.
 * `local`: `./…` or `$/…`, an action for a step and a workflow for a job. `unknown`: what GitHub refuses.
 */
export type UsesKind = 'repository' | 'reusable' | 'local' | 'docker' | 'unknown';

/** Enough for any version; a longer comment is cut. */
const MAX_COMMENT = 500;

const REMOTE = /^([A-Za-z0-9_.-]+)\/([A-Za-z0-9_.-]+)((?:\/[^@\s]*)?)@(\S+)$/;

/** A `uses:`. Its span is the scalar. */
export class Uses extends OfText {
  /** The step or job that uses it. */
  readonly user: Step | Job;
  readonly kind: UsesKind;
  /** As written; '' unless `repository` or `reusable`. */
  readonly owner: string;
  readonly repo: string;
  /** Below the repository, without slashes at its ends; for `local` the folder or file from the root, '' for the root; null when it leaves the root. */
  readonly path: string | null;
  /** What follows `@`; null unless `repository` or `reusable`. */
  readonly ref: LocatedText | null;
  /** `owner/repo` or `owner/repo/path`, as written, without the ref; the whole value for other kinds. */
  readonly slug: string;
  readonly #lowerSlug: string;
  #isPinned: boolean | undefined;
  #comment: LocatedText | null | undefined;

  constructor(text: Text, user: Step | Job) {
    super(text);
    const value = text.value.trim();
    const remote = REMOTE.exec(value);
    const isCall = text.site.owner.kind === 'job';
    this.user = user;
    this.kind = kindOf(value, remote !== null, isCall);
    const isRemote = this.isRemote;
    this.owner = (isRemote && remote?.[1]) || '';
    this.repo = (isRemote && remote?.[2]) || '';
    this.path = isRemote ? trimSlashes(remote?.[3] ?? '') : this.kind === 'local' ? localPath(value) : null;
    this.ref = isRemote ? refOf(text) : null;
    this.slug = !isRemote
      ? this.value
      : this.path
        ? `${this.owner}/${this.repo}/${this.path}`
        : `${this.owner}/${this.repo}`;
    this.#lowerSlug = this.slug.toLowerCase();
  }

  /** Of another repository: an action or a reusable workflow. */
  get isRemote(): boolean {
    return this.kind === 'repository' || this.kind === 'reusable';
  }

  /** Its ref is a full commit: 40 hex digits; for docker, a digest. */
  get isPinned(): boolean {
    this.#isPinned ??=
      this.kind === 'docker'
        ? /@sha256:[0-9a-f]{64}$/.test(this.value)
        : /^[0-9a-fA-F]{40}$/.test(this.ref?.value ?? '');
    return this.#isPinned;
  }

  /** Its ref is 7 to 39 hex digits: a shortened commit, or a name that looks like one. */
  get isAbbreviated(): boolean {
    return /^[0-9a-fA-F]{7,39}$/.test(this.ref?.value ?? '');
  }

  /** What is written in the comment behind it on its line, without the `#` and blanks; null where there is none. */
  get comment(): LocatedText | null {
    if (this.#comment === undefined) this.#comment = this.#readComment();
    return this.#comment;
  }

  #readComment(): LocatedText | null {
    const rest = /^[ \t]*[}\]]*[ \t]+#[ \t]*([^\r\n]*)/.exec(this.source.text.slice(this.end, this.end + MAX_COMMENT));
    const value = rest?.[1]?.trimEnd();
    if (!rest || !value) return null;
    const start = this.end + rest[0].length - (rest[1]?.length ?? 0);
    return { ...this.source.at({ start, end: start + value.length }), value };
  }

  /** Whether one of `octo/*`, `owner/repo` (with all its paths), `owner/repo/path`, `*` names it. Case is ignored. Only remote uses match. */
  matches(patterns: readonly string[]): boolean {
    return this.isRemote && matchesSlug(this.#lowerSlug, patterns);
  }

  get step(): Step | null {
    return this.user.kind === 'step' ? this.user : null;
  }

  get job(): Job | null {
    return this.user.kind === 'step' ? this.user.job : this.user;
  }

  get action(): Action | null {
    return this.user.kind === 'step' ? this.user.action : null;
  }
}

function kindOf(value: string, isRemote: boolean, isCall: boolean): UsesKind {
  if (value.startsWith('docker://')) return isCall ? 'unknown' : 'docker';
  if (/^(\.\.?|\$)(\/|$)/.test(value)) return 'local';
  if (!isRemote) return 'unknown';
  return isCall ? 'reusable' : 'repository';
}

function refOf(text: Text): LocatedText {
  const from = text.value.indexOf('@') + 1;
  const value = text.value.slice(from).trimEnd();
  return { ...text.span(from, from + value.length), value };
}

function localPath(value: string): string | null {
  const parts: string[] = [];
  // A ref behind a local path is refused by GitHub for actions; for the path it says nothing.
  for (const part of value.split('/')) {
    if (part === '' || part === '.' || part === '$') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

function trimSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}
