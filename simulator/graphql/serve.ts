/** One GraphQL request. */
import type { FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { authenticate } from '../auth.ts';
import { fail, jsonBody, type Notes, quotaOf } from '../exchange.ts';
import { forbidden, Refusal } from '../refusal.ts';
import type { Reply } from '../rest/call.ts';
import type { Site } from '../site.ts';
import { answer, describe, errorShape, type GraphqlRequest, graphqlDocument, isDocument } from './execute.ts';

export async function graphql(site: Site, notes: Notes, request: FastifyRequest): Promise<Reply> {
  notes.operation = 'graphql';
  notes.path = '/graphql';
  const body = (jsonBody(notes) ?? {}) as {
    query?: string;
    variables?: Record<string, unknown>;
    operationName?: string | null;
  };
  const document = graphqlDocument(body.query ?? '');
  const { label, write } = isDocument(document) ? describe(document) : { label: 'invalid', write: false };
  notes.graphql = label;
  notes.write = write;
  fail(site, `GRAPHQL ${label}`, 'before');
  const caller = authenticate(site.world, request.headers.authorization);
  if (caller.kind === 'app') throw forbidden();
  const { token } = caller;
  notes.installationId = token.installation.id;
  const quota = quotaOf(caller);
  try {
    site.limits.count(quota.key, { write, content: write, who: quota.who });
  } catch (error) {
    if (!(error instanceof Refusal) || !error.message.startsWith('API rate limit')) throw error;
    return {
      status: 200,
      body: { errors: [{ type: 'RATE_LIMITED', message: error.message }] },
      headers: error.headers,
    };
  }
  const headers = site.limits.headers(quota.key, 'graphql');
  if (!isDocument(document)) return { status: 200, body: invalidQuery(site, document), headers };
  const asked: GraphqlRequest = {
    query: body.query ?? '',
    variables: body.variables ?? {},
    operationName: body.operationName ?? null,
  };
  const result = await answer(document, asked, { site, token, viewer: caller.app.bot });
  fail(site, `GRAPHQL ${label}`, 'after');
  return { status: 200, body: result, headers };
}

function invalidQuery(site: Site, errors: readonly GraphQLError[]): Record<string, unknown> {
  site.ledger.problem('query', 'graphql', errors.map((error) => error.message).join('; '));
  return { errors: errors.map(errorShape) };
}
