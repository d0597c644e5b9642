import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { ServerSettings } from '../settings.ts';
import { askPage, createdPage, createPage, refusalPage } from './setup-page.ts';

export interface SetupTools extends Pick<ServerSettings, 'port' | 'ghe'> {
  /** The App's manifest as GitHub takes it, without the addresses, which are filled in here. */
  readonly manifest: Readonly<Record<string, unknown>>;
  /** The file for the credentials; it must not exist. */
  readonly envFile: string;
  readonly log: Logger;
}

export interface RunningSetup {
  /** With the key without which the page refuses: for the person who reads the terminal. */
  readonly url: string;
  /** Resolves when the credentials are written. */
  readonly created: Promise<void>;
  close(): Promise<void>;
}

/** What GitHub gives for a manifest's code. */
interface Conversion {
  readonly id: number;
  readonly pem: string;
  readonly webhook_secret: string | null;
  readonly html_url?: string;
}

class Refused extends Error {}

function same(given: unknown, wanted: string): boolean {
  const [a, b] = [Buffer.from(String(given)), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

/**
 * Whoever can finish this makes our server act as an App of theirs. So: this machine only, no proxy in between (to which everybody
 * looks local), and no page of another site that resolves its own name to 127.0.0.1.
 */
function isLocal(request: FastifyRequest): boolean {
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].some(
    (name) => name in request.headers,
  );
  return (
    LOOPBACK.test(request.socket.remoteAddress ?? '') && LOOPBACK_HOST.test(request.headers.host ?? '') && !forwarded
  );
}

function quote(value: string): string {
  return `"${value.trimEnd().replaceAll('\n', '\\n')}"`;
}

/** Never replaces a file: the key that is in it cannot be had again. */
async function writeCredentials(path: string, { id, pem }: Conversion, secret: string): Promise<void> {
  const lines = [
    '# Written by Gargoyle’s set-up. Keep it to yourself.',
    `APP_ID=${id}`,
    `PRIVATE_KEY=${quote(pem)}`,
    `WEBHOOK_SECRET=${quote(secret)}`,
  ];
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${lines.join('\n')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

function isConversion(value: unknown): value is Conversion {
  const { id, pem, webhook_secret: secret } = (value ?? {}) as Partial<Conversion>;
  const known =
    Number.isSafeInteger(id) && typeof pem === 'string' && pem.includes('PRIVATE KEY') && !pem.includes('"');
  return known && (secret === null || secret === undefined || /^[\w.+/=-]+$/.test(secret));
}

async function convert(ghe: SetupTools['ghe'], code: unknown): Promise<Conversion> {
  if (typeof code !== 'string' || !/^[\w-]{1,200}$/.test(code))
    throw new Refused('GitHub’s answer has no code. Start again.');
  const api = ghe ? `${ghe.protocol}://${ghe.host}/api/v3` : 'https://api.github.com';
  const headers = { accept: 'application/vnd.github+json', 'user-agent': 'gargoyle' };
  const url = `${api}/app-manifests/${code}/conversions`;
  const response = await fetch(url, { method: 'POST', headers, signal: AbortSignal.timeout(20_000) });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok || !isConversion(answer))
    throw new Refused(`GitHub answered ${response.status} to the code. It is valid for one hour, once: start again.`);
  return answer;
}

/** The steps of the set-up, each giving a page. */
class SetupFlow {
  readonly key = randomBytes(24).toString('base64url');
  readonly #tools: SetupTools;
  readonly #done: () => void;
  #state = randomBytes(24).toString('base64url');
  /** Our own address, known once we listen. */
  address = '';

  constructor(tools: SetupTools, done: () => void) {
    this.#tools = tools;
    this.#done = done;
  }

  get github(): string {
    const { ghe } = this.#tools;
    return ghe ? `${ghe.protocol}://${ghe.host}` : 'https://github.com';
  }

  #refuseExisting(): void {
    const { envFile } = this.#tools;
    if (existsSync(envFile))
      throw new Refused(`${envFile} exists already and is not overwritten. Move it away, or fill it in by hand.`);
  }

  ask(query: Readonly<Record<string, unknown>>): string {
    if (!same(query.key, this.key))
      throw new Refused('Open the address that Gargoyle printed in the terminal, with its key.');
    this.#refuseExisting();
    return query.step === 'create' ? this.#create(query) : askPage(this.key);
  }

  #create({ organisation, address }: Readonly<Record<string, unknown>>): string {
    const owner = String(organisation ?? '').trim();
    if (owner !== '' && !/^[a-z\d](?:[a-z\d-]{0,38})$/i.test(owner))
      throw new Refused('That is not the name of an organisation.');
    const where = String(address ?? '').trim();
    if (where !== '' && !/^https?:\/\/[^\s/]+/.test(where)) throw new Refused('The address must start with https://.');
    this.#state = randomBytes(24).toString('base64url');
    const path = owner ? `/organizations/${owner}/settings/apps/new` : '/settings/apps/new';
    const hook = where
      ? { url: `${where.replace(/\/+$/, '')}/api/github/webhooks`, active: true }
      : { url: 'https://example.com/', active: false };
    const manifest = { ...this.#tools.manifest, redirect_url: `${this.address}/created`, hook_attributes: hook };
    return createPage(`${this.github}${path}?state=${this.#state}`, owner, manifest);
  }

  /** GitHub sends the person back here. The state shows that it is the flow that we began, and counts once. */
  async created({ code, state }: Readonly<Record<string, unknown>>): Promise<string> {
    if (!same(state, this.#state))
      throw new Refused('This answer does not belong to the set-up that was begun here. Start again.');
    this.#state = randomBytes(24).toString('base64url');
    this.#refuseExisting();
    const { ghe, envFile } = this.#tools;
    const app = await convert(ghe, code);
    const given = app.webhook_secret ?? '';
    const secret = Buffer.byteLength(given) >= 32 ? given : randomBytes(32).toString('hex');
    await writeCredentials(envFile, app, secret);
    const notes =
      secret === given
        ? []
        : ['GitHub gave no webhook secret: copy WEBHOOK_SECRET from that file to the App’s settings.'];
    this.#done();
    const page = URL.canParse(app.html_url ?? '') ? new URL(app.html_url ?? '') : null;
    const install = page?.origin === new URL(this.github).origin ? `${page.href}/installations/new` : null;
    return createdPage(install, envFile, notes);
  }
}

function refuse(reply: FastifyReply, error: unknown, log: Logger): FastifyReply {
  if (!(error instanceof Refused)) log.error({ err: error }, 'set-up failed');
  const reason =
    error instanceof Refused
      ? error.message
      : 'It failed here; the log says why. If the App exists now, take its credentials from its settings page.';
  return reply.code(error instanceof Refused ? 403 : 500).send(refusalPage(reason));
}

/** Starts the set-up page, on loopback whatever HOST says. */
export async function startSetup(tools: SetupTools): Promise<RunningSetup> {
  let done: () => void = () => undefined;
  const created = new Promise<void>((resolve) => {
    done = resolve;
  });
  const flow = new SetupFlow(tools, done);
  const app = fastify({ logger: false, requestTimeout: 10_000, bodyLimit: 1024 });
  const policy = `default-src 'none'; style-src 'unsafe-inline'; form-action 'self' ${flow.github}; frame-ancestors 'none'; base-uri 'none'`;
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'content-security-policy': policy, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    reply.type('text/html; charset=utf-8');
    if (!isLocal(request)) return reply.code(403).send(refusalPage('The set-up page is for this machine only.'));
  });
  app.setErrorHandler((error, _request, reply) => refuse(reply, error, tools.log));
  // A browser asks for /favicon.ico by itself.
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(refusalPage('There is nothing here.')));
  app.get('/', async (request, reply) => reply.send(flow.ask(request.query as Record<string, unknown>)));
  app.get('/created', async (request, reply) =>
    reply.send(await flow.created(request.query as Record<string, unknown>)),
  );
  flow.address = await app.listen({ host: '127.0.0.1', port: tools.port });
  return { url: `${flow.address}/?key=${flow.key}`, created, close: () => app.close() };
}
