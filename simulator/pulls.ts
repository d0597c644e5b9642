/** What a pull request is made of besides its record: its diff, the place of a comment in it, its check runs. */
import type { CheckRun, Pull, Repository } from './entities.ts';
import { type FileDiff, movedLine } from './git/diff.ts';

/** The diff that people review: merge base against head (three dots). */
export async function diffOf(pull: Pull): Promise<readonly FileDiff[]> {
  const { git } = pull.repository;
  const base = (await git.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha;
  return git.diff(base, pull.headSha);
}

/** After a push: each thread follows its line, or is outdated where the line has gone. */
export async function moveThreads(pull: Pull): Promise<void> {
  for (const thread of pull.threads) {
    if (thread.subject === 'FILE' || thread.originalLine === null || thread.side === 'LEFT') continue;
    const files = await pull.repository.git.diff(thread.originalCommit, pull.headSha);
    const file = files.find((candidate) => (candidate.previousPath ?? candidate.path) === thread.path);
    const line = movedLine(file, thread.originalLine);
    const start = thread.originalStartLine === null ? null : movedLine(file, thread.originalStartLine);
    const outdated = line === null || (thread.originalStartLine !== null && start === null);
    thread.line = outdated ? null : line;
    thread.startLine = outdated ? null : start;
  }
}

/** Check runs of a commit, the newest of each name and App (as GitHub's `filter=latest`). */
export function latestChecks(repository: Repository, sha: string): CheckRun[] {
  const latest = new Map<string, CheckRun>();
  for (const check of repository.checks) {
    if (check.headSha === sha) latest.set(`${check.suite.app.id} ${check.name}`, check);
  }
  return [...latest.values()];
}

/** Open pull requests of this repository whose head is this commit, from the repository itself: forks aren't listed (W16). */
export function pullsOfHead(repository: Repository, sha: string): Pull[] {
  return [...repository.pulls.values()].filter(
    (pull) => pull.state === 'open' && pull.headSha === sha && pull.headRepository === repository,
  );
}
