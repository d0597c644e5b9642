import { ProbotOctokit } from 'probot';
import { Gone, RateLimited, statusOf, translate, waitOf } from './failures.ts';
import type { Pace } from './pace.ts';

/** A repository as GitHub addresses it, and the installation whose token opens it. */
export interface Place {
  readonly installationId: number;
  readonly owner: string;
  readonly name: string;
}

type Octokit = InstanceType<typeof ProbotOctokit>;

/** One error of a GraphQL answer; the rest of the answer counts. */
interface GraphqlError {
  readonly type?: string;
  readonly message: string;
  readonly path?: readonly (string | number)[];
}

/** An installation's way to GitHub. Every failure comes out in the words of failures.ts. */
export interface Client {
  /** A request that changes nothing; tried once more after an outage. */
  readonly read: Octokit['request'];
  /** A request that changes something: sent once, since one that seems to have failed may have had its effect. */
  readonly write: Octokit['request'];
  /** A GraphQL query. What wasn't found is null in the answer, unless it is the repository itself. */
  query<T>(text: string, variables: Readonly<Record<string, unknown>>): Promise<T>;
  mutate(text: string, variables: Readonly<Record<string, unknown>>): Promise<void>;
  /** What the installation granted: scope → `read`, `write` or `admin`. Costs no request once there is a token. */
  grants(): Promise<Readonly<Record<string, string>>>;
}

/** Gives the way to GitHub of an installation, by its id. Costs no request. */
export type Connect = (installationId: number) => Promise<Client>;

/**
 * Probot's Octokit without its retries and throttling of writes: those repeat a POST that may have had its effect, and give up
 * on secondary rate limits (W10). We wait in the queue instead. Only the function form of `defaults` has effect.
 */
export const GargoyleOctokit = ProbotOctokit.defaults((options: Record<string, unknown>) => ({
  ...options,
  auth: { ...(options.auth as object), ...tokenRequests(options) },
  throttle: { enabled: false },
  retry: { doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451], retries: 1 },
}));

/** Probot asks for a token at api.github.com, wherever GitHub is, when it isn't told (only `octokit.auth()` is concerned). */
function tokenRequests({ auth, baseUrl }: Record<string, unknown>): object {
  const { request } = auth as { request?: { defaults(options: object): unknown } };
  return request && typeof baseUrl === 'string' ? { request: request.defaults({ baseUrl }) } : {};
}

/** GitHub itself gives up after ten seconds. A request that nobody answers must not hold its pull request's queue. */
const LONGEST_REQUEST_MS = 30_000;

/** `fetch` that ends; for Probot's requests, those for tokens too. */
export const fetchInTime: typeof fetch = (url, options) =>
  fetch(url, { ...options, signal: options?.signal ?? AbortSignal.timeout(LONGEST_REQUEST_MS) });

/** Connects installations through Probot, which holds the key and caches the tokens. */
export function connector(probot: { auth(installationId: number): Promise<Octokit> }, pace: Pace): Connect {
  return async (installationId) => {
    const octokit = await probot.auth(installationId);
    return clientOf(octokit, installationId, pace);
  };
}

function clientOf(octokit: Octokit, installationId: number, pace: Pace): Client {
  const read = requester(octokit, async (send) => send());
  const write = requester(
    octokit,
    async (send) => {
      await pace(installationId);
      return send();
    },
    { request: { retries: 0 } },
  );
  return {
    read,
    write,
    query: async <T>(text: string, variables: Readonly<Record<string, unknown>>) =>
      (await graphql(read, text, variables)) as T,
    mutate: async (text, variables) => {
      await graphql(write, text, variables);
    },
    grants: async () => {
      const token = (await octokit.auth({ type: 'installation', installationId })) as {
        permissions: Record<string, string>;
      };
      return token.permissions;
    },
  };
}

/** Octokit's `request`, with our failures, and with a new token when the old one is refused before its time. */
function requester(
  octokit: Octokit,
  around: <T>(send: () => Promise<T>) => Promise<T>,
  defaults: { request?: { retries: number } } = {},
): Octokit['request'] {
  const request = octokit.request.defaults(defaults);
  const send = async (...parameters: Parameters<Octokit['request']>) => {
    try {
      return await around(() => request(...parameters));
    } catch (error) {
      if (statusOf(error) !== 401) throw translate(error, Date.now());
    }
    try {
      await octokit.auth({ type: 'installation', refresh: true });
      return await around(() => request(...parameters));
    } catch (error) {
      throw translate(error, Date.now());
    }
  };
  return Object.assign(send, { endpoint: request.endpoint, defaults: request.defaults }) as Octokit['request'];
}

interface GraphqlAnswer {
  readonly data: unknown;
  readonly errors?: readonly GraphqlError[];
}

async function graphql(
  request: Octokit['request'],
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const base = request.endpoint.DEFAULTS.baseUrl;
  const url = /\/api\/v3\/?$/.test(base) ? base.replace(/\/api\/v3\/?$/, '/api/graphql') : '/graphql';
  const answer = await request({ method: 'POST', url, query, variables });
  const { data, errors = [] } = answer.data as GraphqlAnswer;
  if (errors.some((error) => error.type === 'RATE_LIMITED')) {
    throw new RateLimited(waitOf(answer.headers as Record<string, string>, Date.now()), errors);
  }
  if (
    errors.some((error) => error.type === 'NOT_FOUND' && error.path?.[0] === 'repository' && error.path.length === 1)
  ) {
    throw new Gone('the repository is gone, or no longer among those of the installation');
  }
  const serious = errors.filter((error) => error.type !== 'NOT_FOUND');
  if (serious.length > 0 || data === null || data === undefined) {
    throw new Error(`GitHub's GraphQL refused: ${serious.map((error) => error.message).join('; ') || 'no data'}`);
  }
  return data;
}
