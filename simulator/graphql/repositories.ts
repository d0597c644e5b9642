/** The roots of queries, repositories and accounts. */

import type { Account, Repository } from '../entities.ts';
import { htmlUrl } from '../rest/shapes.ts';
import { fullName, nodeId } from '../world.ts';
import { gitObject, refSource, stateOf } from './git.ts';
import {
  type Arguments,
  type Context,
  connection,
  fields,
  forbiddenUnless,
  type ResolverTable,
  refused,
  text,
  visible,
} from './resolving.ts';

function notResolved(what: string, name: string): Error {
  return refused('NOT_FOUND', `Could not resolve to a ${what} with the ${name}.`);
}

function repositoryNamed(args: Arguments, context: Context): Repository {
  const { world } = context.site;
  const owner = text(args, 'owner');
  const name = text(args, 'name');
  const found =
    world.repository(owner, name) ?? (args.followRenames === false ? undefined : world.formerly(owner, name));
  if (!visible(context, found)) throw notResolved('Repository', `name '${owner}/${name}'`);
  return found;
}

function account(login: string, type: Account['type'] | null, context: Context): Account {
  const found = context.site.world.accounts.get(login.toLowerCase());
  if (!found || (type !== null && found.type !== type))
    throw notResolved(type ?? 'RepositoryOwner', `login of '${login}'`);
  return found;
}

/** Whatever the id names, if the caller may see the repository that it belongs to. */
export function nodeById(id: string, context: Context): unknown {
  const node = context.site.world.node(id);
  const repository = node && repositoryOfNode(node);
  if (!node || (repository !== null && !visible(context, repository)))
    throw refused('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
  return node;
}

type Node = NonNullable<ReturnType<Context['site']['world']['node']>>;

function repositoryOfNode(node: Node): Repository | null {
  if (node.kind === 'account') return null;
  if (node.kind === 'repository') return node;
  if (node.kind === 'pull' || node.kind === 'check') return node.repository;
  return node.kind === 'reviewComment' ? node.thread.pull.repository : node.pull.repository;
}

function repositoriesOf(owner: Account, args: Arguments, context: Context): Arguments {
  const all = context.site.world.repositories.filter(
    (repository) => repository.owner === owner && visible(context, repository),
  );
  return connection(all, args, 'repositories');
}

const accountFields = fields<Account>({
  id: (source) => nodeId(source),
  databaseId: ({ id }) => id,
  login: ({ login }) => login.replace(/\[bot\]$/, ''), // REST has the suffix, GraphQL has not
  name: ({ login }) => login,
  url: ({ login }, _, { site }) => `${site.world.url}/${encodeURIComponent(login)}`,
  avatarUrl: ({ id }, _, { site }) => `${site.world.url}/avatars/${id}`,
  repositories: (owner, args, context) => repositoriesOf(owner, args, context),
  repository: (owner, args, context) => {
    const found = context.site.world.repository(owner.login, text(args, 'name'));
    return visible(context, found) ? found : null;
  },
  createdAt: (_, __, { site }) => site.world.now(),
});

export const repositoryResolvers: Readonly<Record<string, ResolverTable>> = {
  Query: fields<unknown>({
    repository: (_, args, context) => repositoryNamed(args, context),
    node: (_, args, context) => nodeById(text(args, 'id'), context),
    nodes: (_, args, context) => (args.ids as readonly string[]).map((id) => nodeById(id, context)),
    viewer: (_, __, { viewer }) => viewer,
    organization: (_, args, context) => account(text(args, 'login'), 'Organization', context),
    user: (_, args, context) => account(text(args, 'login'), 'User', context),
    repositoryOwner: (_, args, context) => account(text(args, 'login'), null, context),
    rateLimit: (_, __, { site, token }) => {
      const { limit, used, remaining, reset } = site.limits.status(`installation ${token.installation.id}`);
      return { limit, used, remaining, cost: 1, nodeCount: 0, resetAt: new Date(reset * 1000).toISOString() };
    },
  }),
  Repository: fields<Repository>({
    id: (source) => nodeId(source),
    databaseId: ({ id }) => id,
    name: ({ name }) => name,
    nameWithOwner: (repository) => fullName(repository),
    owner: ({ owner }) => owner,
    isPrivate: (repository) => repository.private,
    visibility: (repository) => (repository.private ? 'PRIVATE' : 'PUBLIC'),
    isFork: ({ parent }) => parent !== null,
    isArchived: () => false,
    isDisabled: () => false,
    isEmpty: async ({ git, defaultBranch }) => (await git.branch(defaultBranch)) === null,
    parent: ({ parent }, _, context) => (parent && visible(context, parent) ? parent : null),
    url: (repository, _, { site }) => htmlUrl(site.world, repository),
    createdAt: ({ createdAt }) => createdAt,
    defaultBranchRef: (repository) => refSource(repository, repository.defaultBranch),
    ref: (repository, args, context) => {
      forbiddenUnless(context, repository, 'contents', 'read');
      return refSource(repository, text(args, 'qualifiedName'));
    },
    object: (repository, args, context) => {
      forbiddenUnless(context, repository, 'contents', 'read');
      return gitObject(repository, text(args, 'oid') || text(args, 'expression'));
    },
    pullRequest: (repository, args, context) => {
      forbiddenUnless(context, repository, 'pull_requests', 'read');
      const pull = repository.pulls.get(Number(args.number));
      if (!pull) throw notResolved('PullRequest', `number of ${Number(args.number)}`);
      return pull;
    },
    pullRequests: (repository, args, context) => {
      forbiddenUnless(context, repository, 'pull_requests', 'read');
      return connection(pullsOf(repository, args), args, 'pullRequests');
    },
    viewerPermission: () => null,
  }),
  User: accountFields,
  Bot: accountFields,
  Organization: accountFields,
};

function pullsOf(repository: Repository, args: Arguments): unknown[] {
  const states = args.states as readonly string[] | null | undefined;
  const order = args.orderBy as { readonly direction?: string } | null | undefined;
  const found = [...repository.pulls.values()].filter(
    (pull) =>
      (!states || states.includes(stateOf(pull))) &&
      (!args.headRefName || pull.headRef === args.headRefName) &&
      (!args.baseRefName || pull.baseRef === args.baseRefName),
  );
  return order?.direction === 'DESC' ? found.reverse() : found;
}
