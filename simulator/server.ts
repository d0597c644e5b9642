/** The HTTP side: a request comes in, is matched, failed on purpose, authenticated, counted, validated, answered, validated, written down. */
import { createHash } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { authenticate, type Caller } from './auth.ts';
import { restContract } from './contract.ts';
import { answer, describe, errorShape, type GraphqlRequest, graphqlDocument, isDocument } from './graphql/execute.ts';
import type { LedgerEntry } from './ledger.ts';
import { pageRoutes } from './page/routes.ts';
import { acceptedHeader, operationNeeds, satisfies } from './permissions.ts';
import { forbidden, Refusal } from './refusal.ts';
import { Call, type Reply } from './rest/call.ts';
import { handlers } from './rest/handlers.ts';
import type { Site } from './site.ts';

const DOCUMENTATION = 'https://docs.github.com/rest';
/** Each adds to what is written down of a request while it is answered. */
type Notes = { -readonly [K in keyof LedgerEntry]: LedgerEntry[K] };

class Lost extends Error {
  readonly how: 'reset' | 'timeout';
  constructor(how: 'reset' | 'timeout') {
    super(how);
    this.how = how;
  }
}

/** A server that isn't listening yet. */
export function gitHubServer(site: Site): FastifyInstance {
  const server = Fastify({
    bodyLimit: 30 * 1024 * 1024,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 5000 },
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.post('/api/graphql', (request, reply) => exchange(site, request, reply, graphql));
  server.all('/api/v3', (request, reply) => exchange(site, request, reply, rest));
  server.all('/api/v3/*', (request, reply) => exchange(site, request, reply, rest));
  pageRoutes(server, site.world);
  return server;
}

type Exchange = (site: Site, notes: Notes, request: FastifyRequest) => Promise<Reply>;

async function exchange(site: Site, request: FastifyRequest, reply: FastifyReply, handle: Exchange): Promise<void> {
  const notes = noted(site, request);
  try {
    const { status, body, headers = {} } = await refusing(site, notes, () => handle(site, notes, request));
    notes.status = status;
    const isJson = body !== null && typeof body !== 'string' && !Buffer.isBuffer(body);
    const type = isJson ? 'application/json; charset=utf-8' : 'application/vnd.github.raw; charset=utf-8';
    reply.code(status).headers({
      ...headers,
      ...(body === null ? {} : { 'content-type': type }),
      'x-github-request-id': `sim:${Date.now()}`,
    });
    await reply.send(isJson ? JSON.stringify(body) : (body ?? ''));
  } catch (error) {
    if (!(error instanceof Lost)) throw error;
    reply.hijack();
    if (error.how === 'reset') request.raw.socket.destroy();
  } finally {
    site.ledger.record(notes);
  }
}

function noted(site: Site, request: FastifyRequest): Notes {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const url = new URL(request.url, 'http://simulator');
  const path = url.pathname.replace(/^\/api\/v3/, '').replace(/^\/repositories\/(\d+)/, (whole, id: string) => {
    const repository = site.world.repositories.find((candidate) => candidate.id === Number(id));
    return repository ? `/repos/${repository.owner.login}/${repository.name}` : whole;
  });
  return {
    at: Date.now(),
    method: request.method,
    path,
    operation: null,
    graphql: null,
    status: 0,
    installationId: null,
    bodyDigest: createHash('sha256').update(body).digest('hex'),
    body: body.toString('utf8'),
    write: request.method !== 'GET',
  };
}

/** Turns a refusal into GitHub's answer, and anything else that is thrown into a 500 that tests see. */
async function refusing(site: Site, notes: Notes, work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Lost) throw error;
    if (!(error instanceof Refusal)) {
      site.ledger.problem(
        'crash',
        `${notes.method} ${notes.path}`,
        error instanceof Error ? (error.stack ?? '') : String(error),
      );
      return { status: 500, body: { message: 'Server Error' } };
    }
    const body = {
      message: error.message,
      ...(error.errors ? { errors: error.errors } : {}),
      documentation_url: DOCUMENTATION,
      status: String(error.status),
    };
    return { status: error.status, body, headers: error.headers };
  }
}

function fail(site: Site, label: string, moment: 'before' | 'after'): void {
  const what = site.faults.take(label, moment);
  if (what === null) return;
  if (typeof what === 'number') throw new Refusal(what, 'Something went wrong on purpose');
  throw new Lost(what);
}

/** Who counts against which quota. */
function quotaOf(caller: Caller): { key: string; who: string } {
  if (caller.kind === 'app') return { key: `app ${caller.app.id}`, who: `App ID ${caller.app.id}` };
  const { id } = caller.token.installation;
  return { key: `installation ${id}`, who: `installation ID ${id}` };
}

async function rest(site: Site, notes: Notes, request: FastifyRequest): Promise<Reply> {
  const contract = restContract();
  const label = `${notes.method} ${notes.path}`;
  const match = contract.match(notes.method, notes.path);
  const handler = match && handlers.get(match.operation);
  const need = match && operationNeeds[match.operation];
  if (!match || !handler || !need) {
    site.ledger.problem('route', label, 'not an operation that the simulator has');
    throw new Refusal(404, 'Not Found');
  }
  notes.operation = match.operation;
  fail(site, label, 'before');
  const caller = authenticate(site.world, request.headers.authorization);
  if (caller.kind === 'installation') notes.installationId = caller.token.installation.id;
  const quota = quotaOf(caller);
  site.limits.count(quota.key, {
    write: notes.write && need.as === 'installation',
    content: need.content === true,
    who: quota.who,
  });
  const headers = {
    ...site.limits.headers(quota.key),
    'x-accepted-github-permissions': acceptedHeader(need),
    'x-github-media-type': 'github.v3; format=json',
  };
  try {
    if (need.as !== caller.kind)
      throw new Refusal(401, need.as === 'app' ? 'A JSON web token could not be decoded' : 'Bad credentials');
    if (caller.kind === 'installation' && notes.write && !satisfies(caller.token.permissions, need)) throw forbidden();
    const body = jsonBody(notes);
    const { searchParams } = new URL(request.url, 'http://simulator');
    const { values, problems, unknown } = contract.parameters(match, searchParams);
    if (unknown.length > 0)
      site.ledger.problem('request', match.operation, `unknown parameters: ${unknown.join(', ')}`);
    const call = new Call(site, caller, { parameters: values, body, accept: request.headers.accept ?? '', need });
    refuseInvalid(site, match.operation, [...problems, ...contract.bodyProblems(match.operation, body)]);
    const reply = await handler(call);
    fail(site, label, 'after');
    return checked(site, match.operation, { ...reply, headers: { ...headers, ...reply.headers } });
  } catch (error) {
    if (error instanceof Refusal)
      throw new Refusal(error.status, error.message, error.errors, { ...headers, ...error.headers });
    throw error;
  }
}

function jsonBody(notes: Notes): unknown {
  const text = String(notes.body);
  if (text === '') return undefined;
  try {
    notes.body = JSON.parse(text);
    return notes.body;
  } catch {
    throw new Refusal(400, 'Problems parsing JSON');
  }
}

function refuseInvalid(site: Site, operation: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  site.ledger.problem('request', operation, problems.join('; '));
  throw new Refusal(422, `Invalid request.\n\n${problems.join('\n')}`, []);
}

/** An answer of ours that GitHub's description doesn't allow is a bug of the simulator. */
function checked(site: Site, operation: string, reply: Reply): Reply {
  if (Buffer.isBuffer(reply.body)) return reply;
  const wire: unknown = reply.body === null ? null : JSON.parse(JSON.stringify(reply.body));
  const problems = restContract().responseProblems(operation, reply.status, wire);
  if (problems.length === 0) return reply;
  site.ledger.problem('response', operation, problems.join('; '));
  return { status: 500, body: { message: `simulator: ${problems.join('; ')}` } };
}

async function graphql(site: Site, notes: Notes, request: FastifyRequest): Promise<Reply> {
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
