import type { Place } from '../engine/finding.ts';
import type { JudgedFinding, Verdict } from '../policy/verdict.ts';
import { commentBody } from './comment.ts';
import { commonHunks, type Hunk, hunks } from './diff.ts';
import { count } from './exposure.ts';
import { suggestionOf } from './suggestion.ts';

/** A thread of ours on the pull request, recognised by its marker and author. */
export interface KnownThread {
  readonly fingerprint: string;
  readonly commentId: number;
  /** Node id of the review thread, where known. */
  readonly threadId: string | null;
  /** We ended it as fixed (resolved it, or edited its comment): it is re-opened when the finding comes back. One that a person resolved is left alone. */
  readonly isEnded: boolean;
  /** Somebody else wrote in it: its comment is edited, never removed. */
  readonly isAnswered: boolean;
}

/** What a review depends on besides the verdict. */
export interface ReviewInput {
  /** Path → text at the merge base and at the head, of every file that was read. */
  readonly base: ReadonlyMap<string, string>;
  readonly head: ReadonlyMap<string, string>;
  readonly isDraft: boolean;
  /** The pull request was opened by a bot: the check says it all. */
  readonly isBot: boolean;
  readonly threads: readonly KnownThread[];
  /** Fingerprints that an earlier posted review of this pull request commented on or left to the check run. */
  readonly reported: ReadonlySet<string>;
  /** The signed marker of a finding on this pull request. */
  readonly mark: (fingerprint: string) => string;
}

/** One comment in GitHub's field names; `start_line` only for several lines (D8). */
export interface ReviewComment {
  readonly path: string;
  readonly body: string;
  readonly line: number;
  readonly side: 'RIGHT';
  readonly start_line?: number;
  readonly start_side?: 'RIGHT';
}

/** The body of `POST /pulls/N/reviews`. */
export interface ReviewRequest {
  readonly commit_id: string;
  readonly event: 'COMMENT';
  readonly body: string;
  readonly comments: readonly ReviewComment[];
}

/** What to do about a pull request's threads. */
export interface ReviewPlan {
  /** Null: nothing new to say. */
  readonly review: ReviewRequest | null;
  /** Resolve; without that permission remove, or where it is answered replace by `body`. */
  readonly ended: readonly { readonly thread: KnownThread; readonly body: string }[];
  /** Unresolve, and where it was edited replace by `body` again. */
  readonly reopened: readonly { readonly thread: KnownThread; readonly body: string }[];
}

/** More than anybody answers at once; GitHub also refuses reviews of very many (D14). */
const MOST_COMMENTS = 5;

/** The one review of a head, and the end or return of earlier threads. */
export function review(verdict: Verdict, input: ReviewInput): ReviewPlan {
  const commenting = verdict.findings.filter((finding) => finding.comments);
  const ended = input.threads
    .filter((thread) => !thread.isEnded && isGone(thread, verdict))
    .map((thread) => ({ thread, body: endedBody(thread, verdict, input) }));
  if (input.isDraft || input.isBot) return { review: null, ended, reopened: [] };
  const byFingerprint = new Map(commenting.map((finding) => [finding.fingerprint, finding]));
  const diffs = new Diffs(input);
  const reopened = input.threads.flatMap((thread) => {
    const finding = thread.isEnded ? byFingerprint.get(thread.fingerprint) : undefined;
    return finding === undefined ? [] : [{ thread, body: plainBody(finding, input) }];
  });
  const known = new Set(input.threads.map((thread) => thread.fingerprint));
  const unsaid = commenting.filter(({ fingerprint }) => !known.has(fingerprint) && !input.reported.has(fingerprint));
  const comments: ReviewComment[] = [];
  for (const finding of unsaid) {
    if (comments.length === MOST_COMMENTS) break;
    const comment = place(finding, diffs, input);
    if (comment !== null) comments.push(comment);
  }
  if (comments.length === 0) return { review: null, ended, reopened };
  const body = reviewBody(unsaid, comments.length);
  return { review: { commit_id: verdict.head, event: 'COMMENT', body, comments }, ended, reopened };
}

/** Fixed, and not merely unseen: a file or rule that could not be looked at ends no thread. */
function isGone({ fingerprint }: KnownThread, { findings, fixed, unverified, notRun }: Verdict): boolean {
  if (findings.some((finding) => finding.fingerprint === fingerprint)) return false;
  if (fixed.some((finding) => finding.fingerprint === fingerprint)) return true;
  return unverified.length === 0 && notRun.every(({ isUnasked }) => isUnasked);
}

function endedBody({ fingerprint }: KnownThread, { head }: Verdict, { mark }: ReviewInput): string {
  return `Fixed in ${head}.\n\n${mark(fingerprint)}`;
}

function plainBody(finding: JudgedFinding, { mark }: ReviewInput): string {
  return commentBody(finding, { awayFrom: null, suggestion: null, marker: mark(finding.fingerprint) });
}

function reviewBody(unsaid: readonly JudgedFinding[], placed: number): string {
  const blocking = unsaid.filter((finding) => finding.blocks).length;
  const blocks =
    blocking === 0
      ? 'none blocks'
      : blocking === unsaid.length
        ? blocking === 1
          ? 'it blocks'
          : 'all block'
        : `${blocking} of them ${blocking === 1 ? 'blocks' : 'block'}`;
  const rest = unsaid.length - placed;
  const where =
    rest === 0
      ? ''
      : ` ${placed} ${placed === 1 ? 'is' : 'are'} commented on here; the check run \`gargoyle\` has all of them.`;
  return `This change brings ${count(unsaid.length, 'finding')}; ${blocks}.${where}`;
}

/** The hunks of each file, computed for the few that get a comment. */
class Diffs {
  readonly #input: Pick<ReviewInput, 'base' | 'head'>;
  readonly #known = new Map<string, readonly Hunk[]>();

  constructor(input: Pick<ReviewInput, 'base' | 'head'>) {
    this.#input = input;
  }

  hunksOf(path: string): readonly Hunk[] {
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    const found = this.#compute(path);
    this.#known.set(path, found);
    return found;
  }

  /** GitHub may show a new file as the renaming of one that is gone: then only what both readings show is certain. */
  #compute(path: string): readonly Hunk[] {
    const { base, head } = this.#input;
    const text = head.get(path);
    if (text === undefined) return [];
    const before = base.get(path);
    if (before !== undefined) return hunks(before, text);
    const gone = [...base].filter(([each]) => !head.has(each)).map(([, each]) => each);
    return gone
      .slice(0, MOST_RENAMED)
      .reduce((found, each) => commonHunks(found, hunks(each, text)), hunks(null, text));
  }
}

/** More files that went away than this are no renaming that we can follow. */
const MOST_RENAMED = 20;

/** The comment where GitHub takes it: on the fix's lines, else the finding's, else a related place; null where none is in the diff. */
function place(finding: JudgedFinding, diffs: Diffs, { head, mark }: ReviewInput): ReviewComment | null {
  const { path, fix } = finding;
  const text = head.get(path);
  const marker = mark(finding.fingerprint);
  const suggestion = fix === null || text === undefined ? null : suggestionOf(fix, path, text, diffs.hunksOf(path));
  if (suggestion !== null) {
    const isAway = finding.line < suggestion.first || finding.line > suggestion.last;
    const body = commentBody(finding, { awayFrom: isAway ? finding : null, suggestion, marker });
    const { first, last } = suggestion;
    const lines = first === last ? { line: last } : { line: last, start_line: first, start_side: 'RIGHT' as const };
    return { path, body, side: 'RIGHT', ...lines };
  }
  const isInDiff = ({ path: file, line }: Place) =>
    diffs.hunksOf(file).some((hunk) => hunk.first <= line && line <= hunk.last);
  // Comparing puts what rose last, and that is what this change touched.
  const related = finding.status === 'worsened' ? finding.related.toReversed() : finding.related;
  const spot = [finding, ...related].find(isInDiff);
  if (spot === undefined) return null;
  const body = commentBody(finding, { awayFrom: spot === finding ? null : finding, suggestion: null, marker });
  return { path: spot.path, body, side: 'RIGHT', line: spot.line };
}
