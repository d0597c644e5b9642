import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { understand } from '../intake/intake.ts';
import type { Task } from '../queue/tasks.ts';
import type { Delivery, Recorded } from '../store/deliveries.ts';
import type { Metrics } from './metrics.ts';
import type { Verify } from './signature.ts';

/** What the intake of deliveries needs. */
export interface WebhookTools {
  readonly appId: number;
  readonly verify: Verify;
  /** Writes the delivery and its tasks down in one transaction. */
  readonly record: (delivery: Delivery, tasks: readonly Task[] | 'ignored') => Promise<Recorded>;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** GitHub sends no larger ones (W6). */
const LARGEST_BODY = 25 * 1024 * 1024;
/** Of bodies that are being read at one time: strangers may send, too, and are only known as such when they have (T27). */
const LARGEST_TOGETHER = 8 * LARGEST_BODY;
/** GitHub counts a delivery as failed after ten seconds (W1). */
const ANSWER_WITHIN_MS = 8000;

/** An answer that isn't 202. The message is for the person who reads the App's list of deliveries on GitHub. */
class Refused extends Error {
  readonly status: number;
  readonly outcome: string;

  constructor(status: number, outcome: string, message: string) {
    super(message);
    this.status = status;
    this.outcome = outcome;
  }
}

function header(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new Refused(400, 'malformed', 'the body is not JSON: set the webhook’s content type to application/json');
  }
}

/** Checks who sent the request and what it is, in that order; nothing of it is parsed before its signature was verified. */
function authentic(
  request: FastifyRequest,
  { verify, appId }: WebhookTools,
): { id: string; event: string; body: Buffer } {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (!verify(body, header(request, 'x-hub-signature-256'))) {
    throw new Refused(
      401,
      'unsigned',
      'the signature is missing or wrong: compare the webhook secret with WEBHOOK_SECRET',
    );
  }
  const target = header(request, 'x-github-hook-installation-target-id');
  if (target !== '' && target !== String(appId))
    throw new Refused(400, 'misdirected', 'this delivery is for another App');
  const [id, event] = [header(request, 'x-github-delivery'), header(request, 'x-github-event')];
  if (!/^[\w-]{1,100}$/.test(id) || !/^[a-z_]{1,100}$/.test(event)) {
    throw new Refused(400, 'malformed', 'X-GitHub-Delivery or X-GitHub-Event is missing');
  }
  return { id, event, body };
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the database did not answer in time')), ANSWER_WITHIN_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function take(request: FastifyRequest, reply: FastifyReply, tools: WebhookTools): Promise<FastifyReply> {
  const { id, event, body } = authentic(request, tools);
  const { tasks, ...about } = understand(event, parse(body), { deliveryId: id, appId: tools.appId });
  const log = tools.log.child({ deliveryId: id, event, ...about });
  try {
    const recorded = await inTime(tools.record({ id, event, ...about, body }, tasks));
    tools.metrics.delivery(event, tasks === 'ignored' ? 'ignored' : recorded);
    if (tasks === 'ignored') log.warn('delivery lacks what it should have, and was only written down');
    else log.info({ recorded, tasks: tasks.map((task) => task.kind) }, 'delivery');
    return reply.code(202).send({ delivery: id, recorded });
  } catch (error) {
    log.error({ err: error }, 'delivery could not be written down');
    throw new Refused(503, 'unavailable', 'the delivery could not be written down: redeliver it later');
  }
}

/**
 * Refuses early what is too large or unsigned, and reads the rest as it comes. What bodies hold of memory is counted until they are
 * answered, and by what was really sent: else a stranger who announces much and sends nothing would keep GitHub out.
 */
function readBodies(scope: FastifyInstance): void {
  const held = new WeakMap<FastifyRequest, number>();
  let together = 0;
  scope.addHook('onRequest', async (request, reply) => {
    if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) throw tooLarge();
    if (header(request, 'x-hub-signature-256') === '') throw new Refused(401, 'unsigned', 'the signature is missing');
    reply.raw.once('close', () => {
      together -= held.get(request) ?? 0;
    });
  });
  scope.addContentTypeParser('*', async (request: FastifyRequest, stream: FastifyRequest['raw']) => {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of whole(stream)) {
      size += chunk.length;
      together += chunk.length;
      held.set(request, size);
      if (size > LARGEST_BODY) throw tooLarge();
      if (together > LARGEST_TOGETHER)
        throw new Refused(503, 'unavailable', 'too many deliveries at once: redeliver it later');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  });
}

/** The stream's parts; it stays open when they are not all wanted, for the answer that says why. */
async function* whole(stream: FastifyRequest['raw']): AsyncGenerator<Buffer> {
  try {
    yield* stream.iterator({ destroyOnReturn: false });
  } catch {
    throw new Refused(400, 'malformed', 'the body did not arrive whole');
  }
}

function tooLarge(): Refused {
  return new Refused(413, 'too-large', 'GitHub sends no deliveries of more than 25 MB');
}

/** `POST /api/github/webhooks`: verified, written down, and only then answered 202. No request to GitHub is made here (W1). */
export async function webhooks(scope: FastifyInstance, tools: WebhookTools): Promise<void> {
  scope.removeAllContentTypeParsers();
  readBodies(scope);
  scope.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const refused = error instanceof Refused ? error : null;
    const status = refused?.status ?? (error.statusCode && error.statusCode < 500 ? error.statusCode : 500);
    const outcome = refused?.outcome ?? (status === 413 ? 'too-large' : 'error');
    // The header is a stranger's until the signature is verified: not a label.
    tools.metrics.delivery('any', outcome);
    if (status === 500) tools.log.error({ err: error }, 'webhook failed');
    else if (status !== 503) tools.log.warn({ status, outcome, remote: request.ip }, 'webhook refused');
    if (status === 503) reply.header('retry-after', '60');
    return reply
      .code(status)
      .send({ error: refused?.message ?? (status === 413 ? 'the body is too large' : 'it failed here') });
  });
  scope.post('/api/github/webhooks', { bodyLimit: LARGEST_BODY }, (request, reply) => take(request, reply, tools));
}
