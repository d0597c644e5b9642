/** GitHub asks to wait: a primary or secondary rate limit, or an outage that names a time (L3). */
export class RateLimited extends Error {
  readonly seconds: number;

  constructor(seconds: number, cause: unknown) {
    super(`GitHub asks to wait ${seconds} s`, { cause });
    this.seconds = seconds;
  }
}

/** What the task is about is no longer there for us: the installation, the repository or the pull request. Nothing to do. */
export class Gone extends Error {}

/** GitHub understood and refused (422): asking again the same way is useless. */
export class Refused extends Error {}

/** An error of Octokit, as far as it is looked at. */
interface RequestFailure {
  readonly status: number;
  readonly message: string;
  readonly request?: { readonly url?: string };
  readonly response?: { readonly headers?: Readonly<Record<string, string | undefined>> };
}

/** GitHub's own advice where a limit names no time: at least a minute. */
const DEFAULT_WAIT = 60;
/** A reset time in the far future is a clock that is wrong, not a limit. */
const LONGEST_WAIT = 3600;

/** The HTTP status of an error of Octokit; null for another error. */
export function statusOf(error: unknown): number | null {
  return isFailure(error) ? error.status : null;
}

/** Octokit's error in our words; what has no word of ours is given back as it is. `now` in milliseconds. */
export function translate(error: unknown, now: number): unknown {
  if (!isFailure(error)) return error;
  const headers = error.response?.headers ?? {};
  if (isLimit(error, headers)) return new RateLimited(waitOf(headers, now), error);
  if (error.status >= 500 && headers['retry-after'] !== undefined) return new RateLimited(waitOf(headers, now), error);
  if (isInstallationGone(error)) return new Gone('the installation is gone or suspended', { cause: error });
  if (error.status === 422) return new Refused(error.message, { cause: error });
  return error;
}

/** How long a limit that came with these headers lasts, in seconds. */
export function waitOf(headers: Readonly<Record<string, string | undefined>>, now: number): number {
  const after = Number(headers['retry-after']);
  if (Number.isFinite(after) && after > 0) return Math.min(LONGEST_WAIT, Math.ceil(after));
  const reset = Number(headers['x-ratelimit-reset']);
  const seconds = Math.ceil(reset - now / 1000) + 1;
  if (headers['x-ratelimit-remaining'] === '0' && seconds > 0) return Math.min(LONGEST_WAIT, seconds);
  return DEFAULT_WAIT;
}

function isLimit(error: RequestFailure, headers: Readonly<Record<string, string | undefined>>): boolean {
  if (error.status === 429) return true;
  if (error.status !== 403) return false;
  return (
    headers['retry-after'] !== undefined ||
    headers['x-ratelimit-remaining'] === '0' ||
    /\b(secondary rate|rate limit exceeded|abuse detection)/i.test(error.message)
  );
}

function isInstallationGone(error: RequestFailure): boolean {
  if (error.status === 403) return /installation has been suspended/i.test(error.message);
  const forToken = /\/app\/installations\/\d+\/access_tokens$/.test(error.request?.url ?? '');
  return forToken && (error.status === 404 || error.status === 410);
}

function isFailure(error: unknown): error is RequestFailure {
  return error instanceof Error && typeof (error as { status?: unknown }).status === 'number';
}
