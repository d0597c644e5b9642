import { createHash } from 'node:crypto';
import type { Identity } from './finding.ts';

/** SHA-256 of an identity, 64 hex digits. The JSON of a list: no part can pretend to be another. */
export function fingerprintOf({ rule, path, route, subject }: Identity): string {
  return createHash('sha256')
    .update(JSON.stringify([rule, path, route, subject]))
    .digest('hex');
}
