import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogger } from '../../src/log.ts';
import { type RunningSetup, startSetup } from '../../src/server/setup.ts';

const folder = mkdtempSync(join(tmpdir(), 'gargoyle-setup-'));
const envFile = join(folder, '.env');
const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----\n';
let github: Server;
let asked: string[] = [];
let conversion: object = {};
let setup: RunningSetup;

beforeAll(async () => {
  github = createServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    response.writeHead(incoming.url?.includes('good') ? 201 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(conversion));
  });
  await new Promise<void>((resolve) => github.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  github.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  asked = [];
  conversion = { id: 42, pem, webhook_secret: 's'.repeat(40), html_url: `http://${host()}/apps/gargoyle` };
  const manifest = { name: 'Gargoyle', default_permissions: { checks: 'write' }, description: 'a "guard"' };
  setup = await startSetup({
    port: 0,
    ghe: { host: host(), protocol: 'http' },
    manifest,
    envFile,
    log: createLogger('silent'),
  });
});
afterEach(async () => {
  await setup.close();
  rmSync(envFile, { force: true });
});

function host(): string {
  return `127.0.0.1:${(github.address() as AddressInfo).port}`;
}

/** As a browser would, but with any headers. */
async function get(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

async function begin(query = ''): Promise<{ state: string; manifest: Record<string, unknown>; action: string }> {
  const { text } = await get(`${setup.url}&step=create${query}`);
  const action = /action="([^"]+)"/.exec(text)?.[1] ?? '';
  const manifest =
    /name="manifest" value="([^"]+)"/.exec(text)?.[1]?.replaceAll('&quot;', '"').replaceAll('&amp;', '&') ?? '{}';
  return { action, state: new URL(action).searchParams.get('state') ?? '', manifest: JSON.parse(manifest) };
}

function answer(state: string, code = 'good'): Promise<{ status: number | undefined; text: string }> {
  return get(`${new URL(setup.url).origin}/created?code=${code}&state=${encodeURIComponent(state)}`);
}

describe('the set-up', () => {
  test('creates the App with one click and writes its credentials for the owner only', async () => {
    expect((await get(setup.url)).text).toContain('Set up Gargoyle');
    const { action, state, manifest } = await begin('&address=https%3A%2F%2Fg.example.com%2F');
    expect(action).toBe(`http://${host()}/settings/apps/new?state=${state}`);
    expect(manifest).toEqual({
      name: 'Gargoyle',
      default_permissions: { checks: 'write' },
      description: 'a "guard"',
      redirect_url: `${new URL(setup.url).origin}/created`,
      hook_attributes: { url: 'https://g.example.com/api/github/webhooks', active: true },
    });
    const done = await answer(state);
    expect([done.status, asked]).toEqual([200, ['POST /api/v3/app-manifests/good/conversions']]);
    expect(done.text).toContain(`http://${host()}/apps/gargoyle/installations/new`);
    await setup.created;
    expect(statSync(envFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(envFile, 'utf8')).toContain(
      `APP_ID=42\nPRIVATE_KEY="${pem.trim().replaceAll('\n', '\\n')}"\nWEBHOOK_SECRET="${'s'.repeat(40)}"\n`,
    );
    expect(parseEnv(readFileSync(envFile, 'utf8')).PRIVATE_KEY).toBe(pem.trim());
  });

  test('for an organisation', async () => {
    const { action, manifest } = await begin('&organisation=octo-org');
    expect(action).toContain(`http://${host()}/organizations/octo-org/settings/apps/new?state=`);
    expect(manifest.hook_attributes).toMatchObject({ active: false });
  });

  test('makes a webhook secret where GitHub gives none that is good enough', async () => {
    conversion = { ...conversion, webhook_secret: null };
    const { state } = await begin();
    expect((await answer(state)).text).toContain('copy WEBHOOK_SECRET');
    expect(readFileSync(envFile, 'utf8')).toMatch(/WEBHOOK_SECRET="[0-9a-f]{64}"/);
  });

  test('never overwrites credentials', async () => {
    const { state } = await begin();
    writeFileSync(envFile, 'APP_ID=1\n');
    expect((await get(setup.url)).status).toBe(403);
    expect((await answer(state)).status).toBe(403);
    expect([readFileSync(envFile, 'utf8'), asked]).toEqual(['APP_ID=1\n', []]);
  });

  test.each<[string, () => Promise<{ status: number | undefined }>]>([
    ['without the key from the terminal', () => get(new URL(setup.url).origin)],
    ['with another key', () => get(`${setup.url}x`)],
    ['by another name that resolves here', () => get(setup.url, { host: 'attacker.example:3000' })],
    ['by a name that only begins like ours', () => get(setup.url, { host: 'localhost.attacker.example' })],
    ['through a proxy, to which everybody is local', () => get(setup.url, { 'x-forwarded-for': '203.0.113.7' })],
    ['with an answer that nobody asked for', () => answer('')],
    ['with a forged state', () => answer('x'.repeat(32))],
    ['with a name that is none', () => get(`${setup.url}&step=create&organisation=..%2F..%2Fx`)],
    ['with an address that is none', () => get(`${setup.url}&step=create&address=javascript%3Ax`)],
  ])('refuses %s', async (_name, ask) => {
    expect((await ask()).status).toBe(403);
    expect([asked, existsSync(envFile)]).toEqual([[], false]);
  });

  test('takes an answer once, and writes nothing when GitHub refuses the code', async () => {
    const { state } = await begin();
    expect((await answer(state, 'bad')).status).toBe(403);
    expect((await answer(state)).status).toBe(403);
    expect(existsSync(envFile)).toBe(false);
  });

  test('writes nothing that would add settings of its own', async () => {
    conversion = { ...conversion, pem: `${pem}"\nGHE_HOST=evil\n#` };
    const { state } = await begin();
    expect((await answer(state)).status).toBe(403);
    expect(existsSync(envFile)).toBe(false);
  });

  test('a path that is not there is a page, not an error', async () => {
    expect(await get(new URL('/favicon.ico', setup.url).href)).toMatchObject({
      status: 404,
      text: expect.stringContaining('There is nothing here'),
    });
  });

  test('listens on loopback only', () => {
    expect(new URL(setup.url).hostname).toBe('127.0.0.1');
  });
});
