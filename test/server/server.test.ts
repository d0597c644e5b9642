import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLogger } from '../../src/log.ts';
import type { Task } from '../../src/queue/tasks.ts';
import { createMetrics } from '../../src/server/metrics.ts';
import { type RunningServer, startServer } from '../../src/server/server.ts';
import { signatureVerifier } from '../../src/server/signature.ts';
import type { Delivery } from '../../src/store/deliveries.ts';

const secret = 's'.repeat(40);
const previous = 'p'.repeat(40);
const head = 'a'.repeat(40);
const payload = JSON.stringify({
  action: 'opened',
  installation: { id: 1 },
  repository: { id: 10, name: 'hello', owner: { login: 'octo' } },
  pull_request: { number: 7, head: { sha: head }, base: { ref: 'main' }, title: 'ü' },
});

let server: RunningServer;
const kept: { delivery: Delivery; tasks: readonly Task[] | 'ignored' }[] = [];
let logged = '';
let databaseIsAway = false;
let parts: Record<string, boolean> = { database: true, worker: true };

beforeAll(async () => {
  server = await startServer({
    host: '127.0.0.1',
    port: 0,
    appId: 42,
    verify: signatureVerifier([secret, previous]),
    record: async (delivery, tasks) => {
      if (databaseIsAway) throw new Error('connect ECONNREFUSED postgres://u:hushhush@db');
      kept.push({ delivery, tasks });
      return 'new';
    },
    metrics: createMetrics(async () => ({ waiting: 3, running: 1, dead: 2 })),
    readiness: async () => parts,
    log: createLogger('debug', {
      write: (line) => {
        logged += line;
      },
    }),
  });
});
afterAll(() => server.close());
beforeEach(() => {
  kept.length = 0;
  logged = '';
  databaseIsAway = false;
  parts = { database: true, worker: true };
});

function sign(body: string | Buffer, by = secret): string {
  return `sha256=${createHmac('sha256', by).update(body).digest('hex')}`;
}

async function deliver(body: string | Buffer, headers: Record<string, string | undefined> = {}): Promise<Response> {
  const all = {
    'content-type': 'application/json',
    'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    'x-github-event': 'pull_request',
    'x-hub-signature-256': sign(body),
    ...headers,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return fetch(`${server.address}/api/github/webhooks`, {
    method: 'POST',
    body: new Uint8Array(Buffer.from(body)),
    headers: given,
  });
}

describe('a delivery', () => {
  test('is written down with its tasks and its very bytes, and then answered 202', async () => {
    const response = await deliver(payload, { 'x-github-hook-installation-target-id': '42' });
    expect([response.status, await response.json()]).toEqual([
      202,
      { delivery: '72d3162e-cc78-11e3-81ab-4c9367dc0958', recorded: 'new' },
    ]);
    expect(kept).toMatchObject([
      {
        delivery: { event: 'pull_request', action: 'opened', installationId: 1, repositoryId: 10 },
        tasks: [
          { kind: 'scan-pull-request', pull: 7, headHint: head, deliveryId: '72d3162e-cc78-11e3-81ab-4c9367dc0958' },
        ],
      },
    ]);
    expect(kept[0]?.delivery.body.toString()).toBe(payload);
    expect(logged).toContain('72d3162e-cc78-11e3-81ab-4c9367dc0958');
  });

  test('signed with the secret before is taken while it is rotated', async () => {
    expect((await deliver(payload, { 'x-hub-signature-256': sign(payload, previous) })).status).toBe(202);
  });

  test.each<[number, string, string | Buffer, Record<string, string | undefined>]>([
    [401, 'no signature', payload, { 'x-hub-signature-256': undefined }],
    [401, 'another secret', payload, { 'x-hub-signature-256': sign(payload, 'development') }],
    [401, 'an empty signature', payload, { 'x-hub-signature-256': 'sha256=' }],
    [
      401,
      'a signature by SHA-1',
      payload,
      { 'x-hub-signature-256': sign(payload).replace('sha256', 'sha1').slice(0, 45) },
    ],
    [401, 'one byte changed', payload.replace('"opened"', '"Opened"'), { 'x-hub-signature-256': sign(payload) }],
    [401, 'a bad signature of what is no JSON either', '{', { 'x-hub-signature-256': sign('[') }],
    [400, 'no JSON', '{', {}],
    [400, 'no UTF-8', Buffer.from([0x22, 0xff, 0x22]), {}],
    [400, 'a form', `payload=${encodeURIComponent(payload)}`, { 'content-type': 'application/x-www-form-urlencoded' }],
    [400, 'no body', '', {}],
    [400, 'no id', payload, { 'x-github-delivery': undefined }],
    [400, 'no event', payload, { 'x-github-event': undefined }],
    [400, 'an event that cannot be', payload, { 'x-github-event': '../x' }],
    [400, 'a delivery for another App', payload, { 'x-github-hook-installation-target-id': '43' }],
  ])('is refused with %i: %s', async (status, _name, body, headers) => {
    const response = await deliver(body, headers);
    expect([response.status, kept]).toEqual([status, []]);
    expect(await response.json()).toEqual({ error: expect.stringMatching(/.{5,}/) });
  });

  test('that is odd is written down, ignored, and warned about', async () => {
    const odd = JSON.stringify({ action: 'opened' });
    expect((await deliver(odd)).status).toBe(202);
    expect(kept).toMatchObject([{ tasks: 'ignored' }]);
    expect(logged).toContain('"level":"warn"');
  });

  test('gets 503 while the database is away, so that GitHub shows it as failed; and no secret is logged', async () => {
    databaseIsAway = true;
    const response = await deliver(payload);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '60']);
    expect(await response.text()).not.toContain('hushhush');
    expect(logged).toContain('ECONNREFUSED');
    expect(logged).not.toContain('hushhush');
  });

  test('of more than 25 MB is refused before it is read', async () => {
    const status = await new Promise((resolve, reject) => {
      const headers = {
        'content-length': String(25 * 1024 * 1024 + 1),
        'x-hub-signature-256': sign('x'),
        'content-type': 'application/json',
      };
      const sent = request(`${server.address}/api/github/webhooks`, { method: 'POST', headers }, (response) => {
        resolve(response.statusCode);
        sent.destroy();
      });
      sent.on('error', reject);
      sent.write('x');
    });
    expect(status).toBe(413);
  });

  test('of just 25 MB is taken; larger in truth than it said, it is not', async () => {
    const large = JSON.stringify({ filler: 'x'.repeat(25 * 1024 * 1024 - 13) });
    expect(large.length).toBe(25 * 1024 * 1024);
    expect((await deliver(large, { 'x-github-event': 'push' })).status).toBe(202);
    const chunked = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(large));
        controller.enqueue(new TextEncoder().encode('  '));
        controller.close();
      },
    });
    const headers = { 'x-hub-signature-256': sign(`${large}  `), 'content-type': 'application/json' };
    const sent = { method: 'POST', body: chunked, headers, duplex: 'half' };
    const status = await fetch(`${server.address}/api/github/webhooks`, sent as RequestInit).then(
      (response) => response.status,
      () => 'cut off',
    );
    expect([413, 'cut off']).toContain(status);
    expect(kept).toHaveLength(1);
  });

  /** Nine bodies that say 25 MB each and never end, of which so much is sent; the answers that came, when they are cut off. */
  async function flood(bytes: number, meanwhile: () => Promise<void> = async () => {}): Promise<unknown[]> {
    const answers: unknown[] = [];
    const open = Array.from({ length: 9 }, () => {
      const headers = { 'content-length': String(25 * 1024 * 1024), 'x-hub-signature-256': sign('x') };
      const sent = request(`${server.address}/api/github/webhooks`, { method: 'POST', headers });
      sent.on('response', (response) => answers.push(response.statusCode));
      sent.on('error', () => undefined);
      const written = new Promise((resolve) => sent.write(Buffer.alloc(bytes), resolve));
      return { sent, written };
    });
    await Promise.all(open.map(({ written }) => written));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await meanwhile();
    for (const { sent } of open) sent.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    return answers;
  }

  test('that are many large ones at once are turned away instead of filling the memory, and hold nothing when they are gone', async () => {
    const large = 24 * 1024 * 1024;
    expect([await flood(large), await flood(large)]).toEqual([[503], [503]]);
    expect((await deliver(payload)).status).toBe(202);
  });

  test('that only say they are large keep nobody out', async () => {
    const answers = await flood(1, async () => {
      expect((await deliver(payload)).status).toBe(202);
    });
    expect(answers).toEqual([]);
  });
});

describe('for the operator', () => {
  test('/livez says that it runs, /readyz whether it can work', async () => {
    expect((await fetch(`${server.address}/livez`)).status).toBe(200);
    expect((await fetch(`${server.address}/readyz`)).status).toBe(200);
    parts = { database: true, worker: false };
    const unready = await fetch(`${server.address}/readyz`);
    expect([unready.status, await unready.json()]).toEqual([503, { ok: false, database: true, worker: false }]);
    expect((await fetch(`${server.address}/livez`)).status).toBe(200);
  });

  test('/metrics counts', async () => {
    await deliver(payload, { 'x-github-event': 'star' });
    await deliver(payload, { 'x-hub-signature-256': 'sha256=x', 'x-github-event': 'made_up_by_a_stranger' });
    const text = await (await fetch(`${server.address}/metrics`)).text();
    expect(text).toContain('gargoyle_deliveries_total{event="star",outcome="new"} 1');
    expect(text).toMatch(/gargoyle_deliveries_total\{event="any",outcome="unsigned"\} \d+/);
    expect(text).not.toContain('made_up_by_a_stranger');
    expect(text).toContain('gargoyle_queue_tasks{state="dead"} 2');
    expect(text).toContain('process_cpu_seconds_total');
  });

  test('there is nothing else', async () => {
    for (const path of ['/', '/setup', '/probot', '/api/github/webhooks']) {
      expect((await fetch(`${server.address}${path}`)).status).toBe(404);
    }
  });
});
