import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether GitHub signed these bytes; `signature` is the header `X-Hub-Signature-256`. */
export type Verify = (body: Buffer, signature: string) => boolean;

/** Takes a signature by any of the secrets (two while one is rotated), in the same time whether it is nearly right or not (T21). */
export function signatureVerifier(secrets: readonly string[]): Verify {
  return (body, signature) => {
    const hex = /^sha256=([0-9a-f]{64})$/.exec(signature)?.[1];
    if (!hex) return false;
    const given = Buffer.from(hex, 'hex');
    const matches = secrets.map((secret) => timingSafeEqual(given, createHmac('sha256', secret).update(body).digest()));
    return matches.includes(true);
  };
}
