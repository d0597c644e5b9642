import { createHash, generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeEach, expect } from '@jest/globals';
import nock from 'nock';
import { Probot } from 'probot';
import { connector, fetchInTime, GargoyleOctokit, type Place } from '../../src/github/client.ts';
import { type GitHub, gitHub } from '../../src/github/github.ts';
import { unpaced } from '../../src/github/pace.ts';
import { createLogger } from '../../src/log.ts';

export const APP = 77;
export const HOST = 'https://github.example.com';
export const place: Place & { repositoryId: number } = {
  installationId: 5,
  owner: 'octo',
  name: 'app',
  repositoryId: 9,
};

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/**
 * Has nock answer every request of a test, and fails it when one that was expected did not come. nock changes Node's own `http`, which
 * outlives a test file: undone at the end, or the next file of this worker would reach no server.
 */
export function intercept(): void {
  beforeEach(() => nock.disableNetConnect());
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.cleanAll();
    expect(pending).toEqual([]);
  });
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });
}

/** The App's own Octokit against an Enterprise Server that nock plays. */
export async function givenGitHub(): Promise<GitHub> {
  const probot = new Probot({
    appId: APP,
    privateKey,
    secret: 'x'.repeat(32),
    Octokit: GargoyleOctokit,
    request: { fetch: fetchInTime },
    baseUrl: `${HOST}/api/v3`,
    log: createLogger('silent'),
  });
  return gitHub(connector(await probot.ready(), unpaced), APP);
}

export function givenToken(token = 'ghs_first', permissions: Record<string, string> = { contents: 'read' }): void {
  nock(HOST)
    .post('/api/v3/app/installations/5/access_tokens')
    .reply(201, { token, expires_at: new Date(Date.now() + 3_600_000).toISOString(), permissions });
}

/** One answer to one GraphQL query; gives what was asked. */
export function givenGraphql(
  data: unknown,
  errors?: readonly object[],
): { query: string; variables: Record<string, unknown> } {
  const asked = { query: '', variables: {} };
  nock(HOST)
    .post('/api/graphql')
    .reply(200, (_uri: string, body: unknown) => {
      Object.assign(asked, body);
      return { data, ...(errors ? { errors } : {}) };
    });
  return asked;
}

export function oidOf(content: string | Buffer): string {
  const bytes = Buffer.from(content);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

export function blob(text: string, changes: object = {}): object {
  return {
    __typename: 'Blob',
    oid: oidOf(text),
    byteSize: Buffer.byteLength(text),
    isBinary: false,
    isTruncated: false,
    text,
    ...changes,
  };
}

export function entry(name: string, changes: object = {}): object {
  const oid = '1'.repeat(40);
  return {
    name,
    nameRaw: Buffer.from(name).toString('base64'),
    mode: 0o100644,
    type: 'blob',
    oid,
    object: { byteSize: 10 },
    ...changes,
  };
}

export const tree = (...entries: object[]) => ({ __typename: 'Tree', entries });

export const HEAD = 'a'.repeat(40);
export const OTHER = 'b'.repeat(40);
