import { createSign } from 'node:crypto';
import type { SimulatedInstallation } from '../../simulator/installation.ts';
import type { AppCredentials, Simulator } from '../../simulator/simulator.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: GitHub's JSON, read by tests only
  readonly json: any;
}

/** The App's JWT; `claims` may spoil it. */
export function appJwt(
  simulator: Simulator,
  claims: Readonly<Record<string, unknown>> = {},
  { id, privateKey }: AppCredentials = simulator.app,
): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const unsigned = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now - 30, exp: now + 540, iss: id, ...claims })}`;
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(privateKey).toString('base64url')}`;
}

export async function send(
  simulator: Simulator,
  token: string | null,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(`${simulator.url}/api${path.startsWith('/graphql') ? path : `/v3${path}`}`, {
    method,
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === '' ? null : JSON.parse(text) };
}

export interface Client {
  readonly token: string;
  rest(method: string, path: string, body?: unknown): Promise<Answer>;
  graphql(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer>;
}

/** A client with an installation's token, by plain fetch. */
export async function installationClient(
  simulator: Simulator,
  installation: SimulatedInstallation,
  narrowing: unknown = {},
  app: AppCredentials = simulator.app,
): Promise<Client> {
  const path = `/app/installations/${installation.id}/access_tokens`;
  const answer = await send(simulator, appJwt(simulator, {}, app), 'POST', path, narrowing);
  const token = String(answer.json.token);
  return {
    token,
    rest: (method, path, body) => send(simulator, token, method, path, body),
    graphql: (query, variables = {}) => send(simulator, token, 'POST', '/graphql', { query, variables }),
  };
}
