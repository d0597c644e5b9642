/** Opening a pull request, from a branch or from a fork. */
import type { Pull, Repository } from './entities.ts';
import type { Site } from './site.ts';

export interface NewPull {
  /** `branch`, or `owner:branch` from a fork. */
  readonly head: string;
  readonly base?: string;
  readonly title?: string;
  readonly body?: string;
  readonly by?: string;
  readonly draft?: boolean;
}

/** Throws where GitHub would refuse: no such branch, nothing to compare, or the same pull request is open. */
export async function openPull(site: Site, repository: Repository, options: NewPull): Promise<Pull> {
  const { world, webhooks } = site;
  const { from, ref, headSha } = await headOf(site, repository, options.head);
  const baseRef = options.base ?? repository.defaultBranch;
  const baseSha = await repository.git.branch(baseRef);
  if (baseSha === null) throw new Error(`there is no base branch ${baseRef}`);
  if (isOpen(repository, from, ref, baseRef)) throw new Error(`a pull request already exists for ${options.head}`);
  const now = world.now();
  const pull: Pull = {
    kind: 'pull',
    id: world.nextId(),
    number: repository.nextNumber,
    repository,
    title: options.title ?? 'Change',
    body: options.body ?? null,
    author: world.account(options.by ?? from.owner.login, 'User'),
    state: 'open',
    merged: false,
    draft: options.draft ?? false,
    headRepository: from,
    headOwner: from.owner,
    headRef: ref,
    headSha,
    baseRef,
    baseSha,
    mergeCommit: null,
    comments: [],
    reviews: [],
    threads: [],
    createdAt: now,
    updatedAt: now,
    closedAt: null,
  };
  repository.nextNumber += 1;
  await repository.git.fetch(from.git, headSha, `refs/pull/${pull.number}/head`);
  if ((await repository.git.mergeBase(baseSha, headSha)) === headSha)
    throw new Error(`no commits between ${baseRef} and ${options.head}`);
  repository.pulls.set(pull.number, world.add(pull));
  await webhooks.pullRequest('opened', pull, pull.author);
  return pull;
}

async function headOf(
  site: Site,
  repository: Repository,
  head: string,
): Promise<{ from: Repository; ref: string; headSha: string }> {
  const [owner, ref = ''] = head.includes(':') ? head.split(':') : [repository.owner.login, head];
  const from = site.world.repositories.find(
    (one) => !one.deleted && one.owner.login === owner && (one === repository || one.parent === repository),
  );
  const headSha = await from?.git.branch(ref);
  if (!from || !headSha) throw new Error(`there is no ${head} to open a pull request from`);
  return { from, ref, headSha };
}

function isOpen(repository: Repository, from: Repository, ref: string, base: string): boolean {
  return [...repository.pulls.values()].some(
    (pull) => pull.state === 'open' && pull.headRepository === from && pull.headRef === ref && pull.baseRef === base,
  );
}
