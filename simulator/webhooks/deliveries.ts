/** Sends signed webhooks and remembers each one, as `GET /app/hook/deliveries` tells it. Never redelivers by itself (github.md W3). */
import { createHmac } from 'node:crypto';
import type { App } from '../entities.ts';

export interface Delivery {
  readonly id: number;
  /** `X-GitHub-Delivery`: a redelivery has the same (github.md W5). */
  readonly guid: string;
  readonly app: App;
  readonly at: number;
  readonly redelivery: boolean;
  seconds: number;
  /** `OK`, or why it failed. */
  status: string;
  statusCode: number;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  answer: string | null;
}

/** What the network does to a delivery: `drop` is recorded as failed, `hold` waits until it is released, `delay` in ms. */
export type Disturbance = 'deliver' | 'drop' | 'duplicate' | 'hold' | { readonly delay: number };

const TIMEOUT_MS = 10_000;

export class Deliverer {
  readonly log: Delivery[] = [];
  disturb: (delivery: Delivery) => Disturbance = () => 'deliver';
  #held: Delivery[] = [];
  readonly #pending = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  /** Resolves when the receiver has answered, or was found to be away. */
  send(delivery: Delivery): Promise<void> {
    const sending = this.#send(delivery).finally(() => this.#pending.delete(sending));
    this.#pending.add(sending);
    return sending;
  }

  /** Sends what was held; `order` may shuffle it. */
  async release(order: (held: readonly Delivery[]) => readonly Delivery[] = (held) => held): Promise<void> {
    const held = this.#held;
    this.#held = [];
    for (const delivery of order(held)) await this.#post(delivery);
  }

  /** When nothing is under way any more. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.allSettled([...this.#pending]);
  }

  close(): void {
    this.#closing.abort();
  }

  async #send(delivery: Delivery): Promise<void> {
    this.log.push(delivery);
    const disturbance = this.disturb(delivery);
    if (disturbance === 'hold') {
      this.#held.push(delivery);
      return;
    }
    if (disturbance === 'drop') {
      delivery.status = 'timed out';
      return;
    }
    if (typeof disturbance === 'object') await new Promise((resolve) => setTimeout(resolve, disturbance.delay));
    await this.#post(delivery);
    if (disturbance === 'duplicate') await this.#post(delivery);
  }

  async #post(delivery: Delivery): Promise<void> {
    const started = Date.now();
    const url = delivery.app.webhookUrl;
    try {
      if (url === null) throw new Error('no address');
      const signal = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.#closing.signal]);
      const response = await fetch(url, {
        method: 'POST',
        headers: delivery.headers,
        body: new Uint8Array(delivery.body),
        signal,
      });
      delivery.answer = await response.text();
      delivery.statusCode = response.status;
      delivery.status = response.ok ? 'OK' : `Invalid HTTP Response: ${response.status}`;
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      delivery.status = isLate ? 'timed out' : 'failed to connect to host';
      delivery.statusCode = isLate ? 504 : 502;
    }
    delivery.seconds = (Date.now() - started) / 1000;
  }
}

/** The headers of a delivery, with both signatures over the raw bytes. */
export function deliveryHeaders(app: App, guid: string, event: string, body: Buffer): Record<string, string> {
  const sign = (algorithm: string): string => createHmac(algorithm, app.webhookSecret).update(body).digest('hex');
  return {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/simulator',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': String(app.id * 10),
    'x-github-hook-installation-target-id': String(app.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature': `sha1=${sign('sha1')}`,
    'x-hub-signature-256': `sha256=${sign('sha256')}`,
  };
}
