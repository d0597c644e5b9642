import fastify from 'fastify';
import { type WebhookTools, webhooks } from './webhooks.ts';

export interface ServerTools extends WebhookTools {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** Whether the database answers and the worker takes tasks. */
  readonly readiness: () => Promise<Readonly<Record<string, boolean>>>;
}

export interface RunningServer {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly address: string;
  readonly port: number;
  /** Answers what is being asked, and takes nothing new. */
  close(): Promise<void>;
}

function build(tools: ServerTools) {
  const app = fastify({ logger: false, requestTimeout: 30_000, forceCloseConnections: 'idle', exposeHeadRoutes: true });
  app.register((scope) => webhooks(scope, tools));
  app.get('/livez', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const parts = await tools.readiness().catch(() => ({ ready: false }));
    const ok = Object.values(parts).every((part) => part);
    return reply.code(ok ? 200 : 503).send({ ok, ...parts });
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(tools.metrics.contentType).send(await tools.metrics.text()),
  );
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'there is nothing here' }));
  return app;
}

/** Starts the App's HTTP side: webhooks, health and metrics. */
export async function startServer(tools: ServerTools): Promise<RunningServer> {
  const app = build(tools);
  const address = await app.listen({ host: tools.host, port: tools.port });
  return { address, port: Number(new URL(address).port), close: () => app.close() };
}
