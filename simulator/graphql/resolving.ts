/** What every resolver has at hand: who asks, GitHub's errors, connections. */
import { GraphQLError } from 'graphql';
import { may, sees } from '../auth.ts';
import type { Account, Level, Repository, Token } from '../entities.ts';
import type { Site } from '../site.ts';

export interface Context {
  readonly site: Site;
  readonly token: Token;
  readonly viewer: Account;
}

export type Arguments = Readonly<Record<string, unknown>>;
type Resolver<S> = (source: S, args: Arguments, context: Context) => unknown;
export type ResolverTable = Readonly<Record<string, Resolver<never>>>;

/** Types a table of resolvers by what their source is. */
export function fields<S>(table: Readonly<Record<string, Resolver<S>>>): ResolverTable {
  return table as ResolverTable;
}

/** An error as GitHub's GraphQL gives it, with its `type`. */
export function refused(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

export function forbiddenUnless(context: Context, repository: Repository, permission: string, level: Level): void {
  if (!may(context.token, repository, permission, level))
    throw refused('FORBIDDEN', 'Resource not accessible by integration');
}

export function visible(context: Context, repository: Repository | undefined): repository is Repository {
  return repository !== undefined && sees(context.token, repository);
}

export function text(args: Arguments, name: string): string {
  const value = args[name];
  return typeof value === 'string' ? value : '';
}

interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** A connection over a list. GitHub wants `first` or `last`, at most 100. */
export function connection(items: readonly unknown[], args: Arguments, name: string): Arguments {
  const { first, last, after, before } = args as PageArguments;
  const size = first ?? last;
  if (size === null || size === undefined) {
    throw refused(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  }
  if (size < 0 || size > 100) {
    const message = `Requesting ${size} records on the \`${name}\` connection exceeds the \`${first ? 'first' : 'last'}\` limit of 100 records.`;
    throw refused('EXCESSIVE_PAGINATION', message);
  }
  const from = after ? position(after) + 1 : 0;
  const to = before ? position(before) : items.length;
  const isForward = first !== null && first !== undefined;
  const start = isForward ? from : Math.max(from, to - size);
  const end = isForward ? Math.min(to, from + size) : to;
  const edges = items.slice(start, end).map((node, index) => ({ node, cursor: cursor(start + index) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    totalCount: items.length,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
    },
  };
}

function cursor(index: number): string {
  return Buffer.from(`cursor:${index}`).toString('base64');
}

function position(text: string): number {
  return Number(Buffer.from(text, 'base64').toString('utf8').replace('cursor:', ''));
}
