/** The HTTP side: every request is answered as GitHub would, and written down. */
import { createHash } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { DOCUMENTATION, Lost, type Notes } from './exchange.ts';
import { graphql } from './graphql/serve.ts';
import { pageRoutes } from './page/routes.ts';
import { Refusal } from './refusal.ts';
import type { Reply } from './rest/call.ts';
import { rest } from './rest/serve.ts';
import type { Site } from './site.ts';

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
