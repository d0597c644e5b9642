/** GitHub allows 80 writes that create content in a minute (L2): twenty at once and one a second after them stay below. */
const BURST = 20;
const PER_SECOND = 1;

interface Bucket {
  tokens: number;
  at: number;
}

/** Waits until an installation may write once more. */
export type Pace = (installationId: number) => Promise<void>;

/**
 * A bucket of write permits for each installation. Octokit's own throttling spaces every write and every GraphQL query by a
 * second, which costs a scan four seconds and protects nothing that this doesn't.
 */
export function paceWrites(): Pace {
  const buckets = new Map<number, Bucket>();
  return async (installationId) => {
    const now = Date.now();
    const bucket = buckets.get(installationId) ?? { tokens: BURST, at: now };
    const filled = Math.min(BURST, bucket.tokens + ((now - bucket.at) / 1000) * PER_SECOND);
    buckets.set(installationId, { tokens: filled - 1, at: now });
    if (filled >= 1) return;
    await new Promise((resolve) => setTimeout(resolve, ((1 - filled) / PER_SECOND) * 1000));
  };
}

/** GitHub Enterprise Server has rate limits only where its administrator turned them on, and then says `retry-after` (L1). */
export const unpaced: Pace = async () => {};
