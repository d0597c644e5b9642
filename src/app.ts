import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { Logger } from 'pino';
import { Probot } from 'probot';
import { EnvHttpProxyAgent, setGlobalDispatcher } from 'undici';
import { type Analyzer, startAnalyzer } from './analyzer/analyzer.ts';
import { appManifest, missingGrants } from './features.ts';
import { connector, fetchInTime, GargoyleOctokit } from './github/client.ts';
import { statusOf } from './github/failures.ts';
import { gitHub } from './github/github.ts';
import { type Identity, identity } from './github/identity.ts';
import { paceWrites, unpaced } from './github/pace.ts';
import { createLogger } from './log.ts';
import { listDead, queueDepth, replay } from './queue/dead-letters.ts';
import { enqueue } from './queue/enqueue.ts';
import { recordDelivery } from './queue/record.ts';
import { startWorker, type Worker } from './queue/worker.ts';
import { rules } from './rules/index.ts';
import { createMetrics } from './server/metrics.ts';
import { type RunningServer, startServer } from './server/server.ts';
import { startSetup } from './server/setup.ts';
import { signatureVerifier } from './server/signature.ts';
import {
  type Environment,
  isUnconfigured,
  readServerSettings,
  readSettings,
  type Settings,
  SettingsError,
} from './settings.ts';
import { type Database, openDatabase } from './store/database.ts';
import { handlers } from './tasks/handlers.ts';
import { storeIn } from './tasks/store.ts';
import type { Tools } from './tasks/tools.ts';
import { VERSION } from './version.ts';

/** `gargoyle serve`: the App, until it is told to stop. Gives the exit status. */
export async function serve(environment: Environment): Promise<number> {
  const stop = stopSignal();
  try {
    useProxies(environment);
    const env = await setUp(environment, stop);
    if (env === null) return 0;
    const settings = readSettings(env);
    const log = createLogger(settings.logLevel);
    const stopApp = await startApp(settings, log);
    await stop.asked;
    log.info({ signal: stop.name }, 'stopping');
    await stopApp();
    return 0;
  } catch (error) {
    if (!(error instanceof SettingsError || error instanceof NotThisApp)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

/** `gargoyle queue dead` and `gargoyle queue replay ID|all`. */
export async function operateQueue(args: readonly string[], environment: Environment): Promise<number> {
  const [command, id] = args;
  if (command !== 'dead' && !(command === 'replay' && id !== undefined)) {
    process.stderr.write('gargoyle queue dead | gargoyle queue replay ID | gargoyle queue replay all\n');
    return 2;
  }
  const database = await openDatabase(readServerSettings(withFile(environment)));
  try {
    if (command === 'replay') {
      const count = await replay(database, id ?? '');
      process.stdout.write(`${count} ${count === 1 ? 'task runs' : 'tasks run'} again\n`);
      return count > 0 || id === 'all' ? 0 : 1;
    }
    for (const { id, failedAt, error, task } of await listDead(database)) {
      process.stdout.write(`${JSON.stringify({ id, failedAt, error, task })}\n`);
    }
    return 0;
  } finally {
    await database.close();
  }
}

/** The key or the number is another App's: GitHub refuses whatever we do. */
class NotThisApp extends Error {}

/** The variables of `.env` in the current folder, where the environment doesn't have them. */
function withFile(environment: Environment): Environment {
  const file = resolve('.env');
  return existsSync(file) ? { ...parseEnv(readFileSync(file, 'utf8')), ...environment } : environment;
}

/** Node's own `fetch` ignores these variables. */
function useProxies(environment: Environment): void {
  const names = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];
  if (names.some((name) => environment[name])) setGlobalDispatcher(new EnvHttpProxyAgent());
}

/** Without credentials, the page that makes them, on this machine only; then the environment with them. Null: stopped before. */
async function setUp(environment: Environment, stop: StopSignal): Promise<Environment | null> {
  const env = withFile(environment);
  if (!isUnconfigured(env)) return env;
  const { port, ghe, logLevel } = readServerSettings(env);
  const log = createLogger(logLevel);
  // The set-up page fills in where webhooks go.
  const { hook_attributes: _, ...manifest } = appManifest('gate');
  const setup = await startSetup({ port, ghe, manifest, envFile: resolve('.env'), log });
  process.stdout.write(`Gargoyle has no credentials yet. Create its App on GitHub at\n  ${setup.url}\n`);
  await Promise.race([setup.created, stop.asked]);
  if (stop.name !== null) {
    await setup.close();
    return null;
  }
  // The page that says so is still on its way.
  await new Promise((done) => setTimeout(done, 500));
  await setup.close();
  return withFile(environment);
}

/** Constructs and joins everything, and gives how to stop it; what was opened before something failed is closed again. */
async function startApp(settings: Settings, log: Logger): Promise<() => Promise<void>> {
  const opened: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    const probot = await startProbot(settings, log);
    const who = await whoActs(probot, settings, log);
    const database = await openDatabase(settings);
    opened.push(() => database.close());
    const analyzer = startAnalyzer({ workerFile: new URL('./cli.js', import.meta.url) });
    opened.push(() => analyzer.close());
    const metrics = createMetrics(() => queueDepth(database));
    const tools = join({ settings, probot, database, analyzer });
    const worker = await startWorker(database, handlers(tools), { log, onOutcome: metrics.task });
    opened.push(() => worker.stop());
    const server = await startServer({
      appId: settings.appId,
      host: settings.host,
      port: settings.port,
      verify: signatureVerifier(settings.webhookSecrets),
      record: (delivery, tasks) => recordDelivery(database, delivery, tasks, new Date()),
      readiness: () => readiness(database, worker),
      metrics,
      log,
    });
    opened.push(() => server.close());
    sayWhoActs(who, server, log);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Probot, with Octokit as we want it. It only holds the key and the tokens: webhooks come by our own server (stack.md, Intake). */
async function startProbot({ appId, privateKey, webhookSecrets, ghe }: Settings, log: Logger): Promise<Probot> {
  const probot = new Probot({
    appId,
    privateKey,
    secret: webhookSecrets[0],
    Octokit: GargoyleOctokit,
    request: { fetch: fetchInTime },
    // Below `info` Probot logs the bodies of requests: other people's workflows (W11).
    log: log.child({}, { level: log.levelVal < 30 ? 'info' : log.level }),
    ...(ghe ? { baseUrl: `${ghe.protocol}://${ghe.host}/api/v3` } : {}),
  });
  return probot.ready();
}

function join({
  settings,
  probot,
  database,
  analyzer,
}: {
  settings: Settings;
  probot: Probot;
  database: Database;
  analyzer: Analyzer;
}): Tools {
  const { ghe } = settings;
  return {
    github: gitHub(connector(probot, ghe ? unpaced : paceWrites()), settings.appId),
    store: storeIn(database),
    analyzer,
    enqueue: (tasks) => database.transaction((client) => enqueue(client, tasks)),
    catalogue: rules,
    engine: VERSION,
    site: ghe ? `${ghe.protocol}://${ghe.host}` : 'https://github.com',
    markerKey: createHmac('sha256', settings.privateKey).update('gargoyle: markers of review comments').digest('hex'),
    now: () => new Date(),
  };
}

/** Asks GitHub whose key we hold. A wrong key ends the start; a GitHub that can't be reached now does not. */
async function whoActs(probot: Probot, { appId }: Settings, log: Logger): Promise<Identity | null> {
  try {
    const who = await identity(probot);
    if (who.id !== appId) throw new NotThisApp(`The key belongs to App ${who.id}, not to APP_ID ${appId}.`);
    return who;
  } catch (error) {
    if (error instanceof NotThisApp) throw error;
    if (statusOf(error) === 401 || statusOf(error) === 404) {
      throw new NotThisApp(
        `GitHub does not know APP_ID ${appId} with this PRIVATE_KEY. Take both from the App's settings page.`,
      );
    }
    log.warn({ err: error }, 'GitHub cannot be reached now');
    return null;
  }
}

function sayWhoActs(who: Identity | null, { address }: RunningServer, log: Logger): void {
  const missing = who ? missingGrants(who.permissions) : [];
  const app = who ? { id: who.id, slug: who.slug, owner: who.owner } : null;
  log.info({ version: VERSION, address, app }, who ? `listening; acting as the GitHub App ${who.slug}` : 'listening');
  for (const { feature, missing: scopes } of missing)
    log.warn({ feature, missing: scopes }, `cannot ${feature}: not permitted`);
}

async function readiness(database: Database, worker: Worker): Promise<Readonly<Record<string, boolean>>> {
  const answers = await database.pool.query('select 1').then(
    () => true,
    () => false,
  );
  return { database: answers, worker: worker.isWorking() };
}

interface StopSignal {
  /** Resolves at the first SIGTERM or SIGINT; a second one ends the process at once. */
  readonly asked: Promise<void>;
  readonly name: string | null;
}

function stopSignal(): StopSignal {
  const state = { name: null as string | null, asked: Promise.resolve() };
  state.asked = new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.on(name, () => {
        if (state.name !== null) process.exit(1);
        state.name = name;
        resolve();
      });
    }
  });
  return state;
}
