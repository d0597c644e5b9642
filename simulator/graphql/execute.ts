/** GraphQL on GitHub's full published schema. What has no resolver here fails loudly: never a silent null. */
import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  type DocumentNode,
  execute,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import type { Account } from '../entities.ts';
import { gitResolvers } from './git.ts';
import { mutationResolvers } from './mutations.ts';
import { pullResolvers } from './pulls.ts';
import { repositoryResolvers } from './repositories.ts';
import type { Context, ResolverTable } from './resolving.ts';

const resolvers: Readonly<Record<string, ResolverTable>> = {
  ...repositoryResolvers,
  ...gitResolvers,
  ...pullResolvers,
  ...mutationResolvers,
};

/** Types whose sources are plain records with the very field. */
const PLAIN = /Connection$|Edge$|Payload$|^PageInfo$|^RateLimit$/;

const TYPES: Readonly<Record<string, string>> = {
  repository: 'Repository',
  pull: 'PullRequest',
  review: 'PullRequestReview',
  thread: 'PullRequestReviewThread',
  reviewComment: 'PullRequestReviewComment',
  issueComment: 'IssueComment',
  blob: 'Blob',
  tree: 'Tree',
  commit: 'Commit',
  ref: 'Ref',
};

let built: GraphQLSchema | null = null;
const documents = new Map<string, DocumentNode | readonly GraphQLError[]>();

/** Built once a process, when first needed (0.2 s). */
function schema(): GraphQLSchema {
  if (built) return built;
  const path = new URL('../../node_modules/@octokit/graphql-schema/schema.graphql', import.meta.url); // importing it builds a second schema
  built = buildASTSchema(parse(readFileSync(path, 'utf8'), { noLocation: true }), {
    assumeValid: true,
    assumeValidSDL: true,
  });
  return built;
}

export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
}

/** The document, or what GitHub's schema finds wrong with it. */
export function graphqlDocument(query: string): DocumentNode | readonly GraphQLError[] {
  const known = documents.get(query);
  if (known) return known;
  let document: DocumentNode | readonly GraphQLError[];
  try {
    const parsed = parse(query);
    const errors = validate(schema(), parsed);
    document = errors.length > 0 ? errors : parsed;
  } catch (error) {
    document = [error as GraphQLError];
  }
  documents.set(query, document);
  return document;
}

export function isDocument(document: DocumentNode | readonly GraphQLError[]): document is DocumentNode {
  return !Array.isArray(document);
}

/** For the ledger: the operation's name, or its root fields; and whether it writes. */
export function describe(document: DocumentNode): { label: string; write: boolean } {
  const operations = document.definitions.filter(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  const roots = operations.flatMap(({ selectionSet }) =>
    selectionSet.selections.map((one) => (one.kind === Kind.FIELD ? one.name.value : '…')),
  );
  const label = operations[0]?.name?.value ?? roots.join(' ');
  return { label, write: operations.some(({ operation }) => operation === 'mutation') };
}

/** Executes a valid document; the answer is what GitHub sends, errors with their `type`. */
export async function answer(
  document: DocumentNode,
  request: GraphqlRequest,
  context: Context,
): Promise<Record<string, unknown>> {
  const result = await execute({
    schema: schema(),
    document,
    contextValue: context,
    fieldResolver: resolveField,
    typeResolver: resolveType,
    variableValues: request.variables,
    ...(request.operationName === null ? {} : { operationName: request.operationName }),
  });
  const data = result.data === undefined ? {} : { data: result.data };
  return result.errors ? { ...data, errors: result.errors.map(errorShape) } : data;
}

export function errorShape(error: GraphQLError): Record<string, unknown> {
  const { type, ...extensions } = error.extensions;
  return {
    ...(typeof type === 'string' ? { type } : {}),
    ...(error.path ? { path: error.path } : {}),
    ...(Object.keys(extensions).length > 0 ? { extensions } : {}),
    locations: error.locations ?? [],
    message: error.message,
  };
}

const resolveField: GraphQLFieldResolver<unknown, Context> = (source, args, context, info) => {
  const type = info.parentType.name;
  const resolver = resolvers[type]?.[info.fieldName] as GraphQLFieldResolver<unknown, Context> | undefined;
  if (resolver) return resolver(source, args, context, info);
  const record = source as Readonly<Record<string, unknown>> | null;
  if (PLAIN.test(type) && record && info.fieldName in record) return record[info.fieldName];
  if (PLAIN.test(type) && info.fieldName === 'clientMutationId') return null;
  context.site.ledger.problem('resolver', `${type}.${info.fieldName}`, 'the simulator has no resolver for this field');
  throw new Error(`The simulator has no resolver for ${type}.${info.fieldName}`);
};

const resolveType: GraphQLTypeResolver<unknown, Context> = (source) => {
  const { kind } = source as { readonly kind: string };
  return kind === 'account' ? (source as Account).type : TYPES[kind];
};
