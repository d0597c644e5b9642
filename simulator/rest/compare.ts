/** Comparing two commits: what the second has that their merge base has not. */
import { notFound } from '../refusal.ts';
import { type Call, paged, type Reply } from './call.ts';
import { diffEntry } from './pulls.ts';
import { commitShape, htmlUrl, repositoryUrl, type Shape } from './shapes.ts';

/** Files are listed on the first page only, and no more than these (github.md D2). */
const COMPARE_FILES = 300;

export async function compare(call: Call): Promise<Reply> {
  const { repository } = call;
  const { git } = repository;
  const { world } = call.site;
  const [from = '', to = ''] = call.text('basehead').split('...');
  const base = await comparand(call, from);
  const head = await comparand(call, to);
  const mergeBase = base && head ? await git.mergeBase(base, head) : null;
  if (base === null || head === null || mergeBase === null) throw notFound();
  const [ahead, behind, diff] = await Promise.all([
    git.log(base, head),
    git.log(head, base),
    git.diff(mergeBase, head),
  ]);
  const page = Number(call.parameters.page ?? 1);
  const { items, headers } = paged(call, [...ahead].reverse(), 250);
  const shape = async (sha: string): Promise<Shape> => {
    const commit = await git.readCommit(sha);
    if (!commit) throw notFound();
    return commitShape(world, repository, commit);
  };
  const url = `${repositoryUrl(world, repository)}/compare/${call.text('basehead')}`;
  const html = `${htmlUrl(world, repository)}/compare/${call.text('basehead')}`;
  const status =
    ahead.length > 0 ? (behind.length > 0 ? 'diverged' : 'ahead') : behind.length > 0 ? 'behind' : 'identical';
  const body = {
    url,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: await shape(base),
    merge_base_commit: await shape(mergeBase),
    status,
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: await Promise.all(items.map(shape)),
    files: page === 1 ? diff.slice(0, COMPARE_FILES).map((file) => diffEntry(call, head, file)) : [],
  };
  return { status: 200, body, headers };
}

/** `ref`, `owner:ref` or `owner:repository:ref`; the last two name the same network's forks. */
async function comparand(call: Call, text: string): Promise<string | null> {
  const { repository } = call;
  const parts = text.split(':');
  if (parts.length === 1) return repository.git.resolve(text);
  const [owner = '', ...rest] = parts;
  const other = call.site.world.repository(owner, rest.length > 1 ? (rest[0] ?? '') : repository.name);
  const sha = await other?.git.resolve(rest.at(-1) ?? '');
  return sha ? repository.git.resolve(sha) : null;
}
