/** Rate limits (github.md L1 to L3) and the failures that a test asks for. */
import { Refusal } from './refusal.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

interface Window {
  used: number;
  resetsAt: number;
}

interface Quota {
  readonly primary: Window;
  content: number[];
}

/** What a test may switch on; primary alone is always counted. */
export interface LimitOptions {
  /** Requests an hour for each installation. */
  primary?: number;
  /** Content-creating requests a minute (GitHub's is 80); null: not counted. */
  contentPerMinute?: number | null;
}

export class Limits {
  primary = 5000;
  contentPerMinute: number | null = null;
  readonly #quotas = new Map<string, Quota>();
  #exhaustedUntil = 0;
  #secondary = { left: 0, status: 403, retryAfter: 60 as number | null };

  set(options: LimitOptions): void {
    this.primary = options.primary ?? this.primary;
    if (options.contentPerMinute !== undefined) this.contentPerMinute = options.contentPerMinute;
  }

  /** The next writes meet a secondary limit; `retryAfter` null leaves the header out. */
  secondaryForNextWrites(writes: number, options: { status?: 403 | 429; retryAfter?: number | null } = {}): void {
    const { status = 403, retryAfter = 60 } = options;
    this.#secondary = { left: writes, status, retryAfter };
  }

  /** Everything is used up until `seconds` from now. */
  exhaust(seconds: number): void {
    this.#exhaustedUntil = Date.now() + seconds * 1000;
    this.#quotas.clear();
  }

  /** Counts one request of this caller; throws GitHub's refusal. */
  count(caller: string, request: { readonly write: boolean; readonly content: boolean; readonly who: string }): void {
    const quota = this.#quota(caller);
    if (quota.primary.used >= this.primary) {
      throw new Refusal(403, `API rate limit exceeded for ${request.who}.`, undefined, this.headers(caller));
    }
    quota.primary.used += 1;
    if (request.write && this.#secondary.left > 0) {
      this.#secondary.left -= 1;
      throw this.#tooFast(this.#secondary.retryAfter);
    }
    if (request.content && this.contentPerMinute !== null) {
      const now = Date.now();
      quota.content = quota.content.filter((at) => at > now - MINUTE);
      if (quota.content.length >= this.contentPerMinute) {
        throw this.#tooFast(Math.ceil(((quota.content[0] ?? now) + MINUTE - now) / 1000));
      }
      quota.content.push(now);
    }
  }

  status(caller: string): { limit: number; used: number; remaining: number; reset: number } {
    const { used, resetsAt } = this.#quota(caller).primary;
    return {
      limit: this.primary,
      used,
      remaining: Math.max(0, this.primary - used),
      reset: Math.ceil(resetsAt / 1000),
    };
  }

  headers(caller: string, resource: 'core' | 'graphql' = 'core'): Record<string, string> {
    const { limit, used, remaining, reset } = this.status(caller);
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-used': String(used),
      'x-ratelimit-reset': String(reset),
      'x-ratelimit-resource': resource,
    };
  }

  #tooFast(retryAfter: number | null): Refusal {
    return new Refusal(
      this.#secondary.status,
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      undefined,
      retryAfter === null ? {} : { 'retry-after': String(retryAfter) },
    );
  }

  #quota(caller: string): Quota {
    const known = this.#quotas.get(caller);
    if (known && known.primary.resetsAt > Date.now()) return known;
    const isExhausted = this.#exhaustedUntil > Date.now();
    const primary = {
      used: isExhausted ? this.primary : 0,
      resetsAt: isExhausted ? this.#exhaustedUntil : Date.now() + HOUR,
    };
    const fresh = { primary, content: known?.content ?? [] };
    this.#quotas.set(caller, fresh);
    return fresh;
  }
}

/** A failure for the next requests that match. */
export interface Fault {
  /** Tried on `METHOD /path` for REST and on `GRAPHQL <operation name or root fields>`. */
  readonly when: RegExp;
  /** How many requests fail; default one. */
  readonly times?: number;
  /** A status, or a connection that is reset or never answered. */
  readonly what: number | 'reset' | 'timeout';
  /** `after`: the request has had its effect, only the answer is lost. Default `before`. */
  readonly moment?: 'before' | 'after';
}

export class Faults {
  readonly #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** The failure that this request meets at this moment, counted down. */
  take(label: string, moment: 'before' | 'after'): Fault['what'] | null {
    const found = this.#waiting.find(
      ({ fault, left }) => left > 0 && (fault.moment ?? 'before') === moment && fault.when.test(label),
    );
    if (!found) return null;
    found.left -= 1;
    return found.fault.what;
  }
}
