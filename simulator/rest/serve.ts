/** One REST request: matched, failed on purpose, authenticated, counted, validated, answered, validated. */
import type { FastifyRequest } from 'fastify';
import { authenticate } from '../auth.ts';
import { restContract } from '../contract.ts';
import { DOCUMENTATION, fail, jsonBody, type Notes, quotaOf } from '../exchange.ts';
import { acceptedHeader, operationNeeds } from '../permissions.ts';
import { Refusal } from '../refusal.ts';
import type { Site } from '../site.ts';
import { Call, Moved, type Reply } from './call.ts';
import { handlers } from './handlers.ts';

export async function rest(site: Site, notes: Notes, request: FastifyRequest): Promise<Reply> {
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
    const body = jsonBody(notes);
    const { searchParams } = new URL(request.url, 'http://simulator');
    const { values, problems, unknown } = contract.parameters(match, searchParams);
    if (unknown.length > 0)
      site.ledger.problem('request', match.operation, `unknown parameters: ${unknown.join(', ')}`);
    const call = new Call(site, caller, { parameters: values, body, accept: request.headers.accept ?? '', need });
    call.authorise();
    refuseInvalid(site, match.operation, [...problems, ...contract.bodyProblems(match.operation, body)]);
    const reply = await handler(call);
    fail(site, label, 'after');
    return checked(site, match.operation, { ...reply, headers: { ...headers, ...reply.headers } });
  } catch (error) {
    if (error instanceof Moved) return redirect(site, request, error);
    if (error instanceof Refusal)
      throw new Refusal(error.status, error.message, error.errors, { ...headers, ...error.headers });
    throw error;
  }
}

function redirect(site: Site, request: FastifyRequest, moved: Moved): Reply {
  const rest = request.url.replace(/^\/api\/v3\/repos\/[^/]+\/[^/?]+/, '');
  const url = `${site.world.url}/api/v3/repositories/${moved.repositoryId}${rest}`;
  const status = request.method === 'GET' ? 301 : 307;
  return {
    status,
    body: { message: moved.message, url, documentation_url: DOCUMENTATION },
    headers: { location: url },
  };
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
