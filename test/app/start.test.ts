import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { COMMAND, startApp } from '../../simulator/stage.ts';
import { temporaryFolder } from '../../simulator/temporary-folder.ts';

jest.setTimeout(60_000);
const folder = temporaryFolder();
let github: Simulator;
beforeAll(async () => {
  github = await startSimulator({
    permissions: { metadata: 'read', contents: 'read', checks: 'write', pull_requests: 'write' },
  });
});
afterAll(async () => {
  await github.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly status: number | null;
  readonly out: string;
}

/** Runs `gargoyle …`; `until` sees the output so far and says when to send SIGTERM. */
function run(
  args: readonly string[],
  env: Record<string, string>,
  cwd: string,
  until: (out: string) => boolean = () => false,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [COMMAND, ...args], {
      cwd,
      env: { PATH: process.env.PATH, ...env } as NodeJS.ProcessEnv,
    });
    let out = '';
    const hear = (data: Buffer) => {
      out += data.toString();
      if (!child.killed && until(out)) child.kill('SIGTERM'); // a second one would end it at once
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (status) => resolve({ status, out }));
  });
}

function credentials(): Record<string, string> {
  return {
    APP_ID: String(github.app.id),
    PRIVATE_KEY: github.app.privateKey,
    WEBHOOK_SECRET: github.app.webhookSecret,
    PORT: '0',
    GHE_HOST: github.host,
    GHE_PROTOCOL: 'http',
    GARGOYLE_DATA: join(folder, 'data'),
  };
}

describe('gargoyle serve', () => {
  test('without credentials: set-up, on this machine, and SIGTERM ends it', async () => {
    const empty = temporaryFolder();
    const { status, out } = await run(['serve'], { PORT: '0' }, empty, (so) =>
      /http:\/\/127\.0\.0\.1:\d+\/\?key=\S+/.test(so),
    );
    expect(status).toBe(0);
    expect(out).toContain('http://127.0.0.1:');
    rmSync(empty, { recursive: true });
  });

  test('settings that cannot be used: every one named with its remedy, status 2', async () => {
    const { status, out } = await run(
      ['serve'],
      { ...credentials(), WEBHOOK_SECRET: 'development', PORT: 'x' },
      folder,
    );
    expect(status).toBe(2);
    expect(out).toMatch(/WEBHOOK_SECRET: .*openssl[\s\S]*PORT: /);
  });

  test('a key that is not this App’s: said at once, status 2, and no secret shown', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const { status, out } = await run(['serve'], { ...credentials(), PRIVATE_KEY: privateKey }, folder);
    expect(status).toBe(2);
    expect(out).toContain('PRIVATE_KEY');
    expect(out).not.toContain(privateKey.split('\n')[1]);
  });

  test('a port that is taken: an error and an end, with nothing left running', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { status, out } = await run(['serve'], { ...credentials(), PORT: String(port) }, folder);
    other.close();
    expect([status, out]).toEqual([2, expect.stringContaining('EADDRINUSE')]);
  });

  test('says who acts, and what it cannot do for want of a permission; `.env` is read; SIGTERM ends it', async () => {
    const { APP_ID, PRIVATE_KEY = '', WEBHOOK_SECRET, ...others } = credentials();
    const home = temporaryFolder();
    const file = `APP_ID=${APP_ID}\nPRIVATE_KEY="${PRIVATE_KEY.replaceAll('\n', '\\n')}"\nWEBHOOK_SECRET=${WEBHOOK_SECRET}\n`;
    writeFileSync(join(home, '.env'), file);
    const { status, out } = await run(['serve'], others, home, (so) => so.includes('cannot record'));
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toMatchObject({
      msg: 'listening; acting as the GitHub App gargoyle',
      app: { id: github.app.id, slug: 'gargoyle' },
    });
    expect(lines).toContainEqual(
      expect.objectContaining({
        msg: 'cannot hear commands in comments: not permitted',
        missing: ['issues: read', 'members: read'],
      }),
    );
    expect(status).toBe(0);
    rmSync(home, { recursive: true });
  });

  test('a proxy is used where its variable is set', async () => {
    const asked: string[] = [];
    const proxy = createServer((incoming, outgoing) => {
      asked.push(incoming.url ?? '');
      const { method, headers } = incoming;
      incoming.pipe(
        request(incoming.url ?? '', { method, headers }, (answer) =>
          answer.pipe(outgoing.writeHead(answer.statusCode ?? 0, answer.headers)),
        ),
      );
    });
    proxy.on('connect', (incoming, socket) => {
      asked.push(incoming.url ?? '');
      socket.end('HTTP/1.1 502 not here\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await new Promise((resolve) => proxy.once('listening', resolve));
    const { port } = proxy.address() as AddressInfo;
    await run(['serve'], { ...credentials(), HTTP_PROXY: `http://127.0.0.1:${port}` }, folder, (so) =>
      so.includes('listening'),
    );
    proxy.close();
    expect(asked.length).toBeGreaterThan(0);
  });
});

test('gargoyle queue: what was given up can be read and run again', async () => {
  const app = await startApp(github, { folder });
  await app.stop();
  const env = { GARGOYLE_DATA: join(folder, 'data') };
  await expect(run(['queue', 'dead'], env, folder)).resolves.toEqual({ status: 0, out: '' });
  await expect(run(['queue', 'replay', 'all'], env, folder)).resolves.toEqual({
    status: 0,
    out: '0 tasks run again\n',
  });
  await expect(run(['queue', 'replay', '999'], env, folder)).resolves.toMatchObject({ status: 1 });
  await expect(run(['queue'], env, folder)).resolves.toMatchObject({ status: 2 });
});
