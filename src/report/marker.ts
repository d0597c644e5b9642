import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where a comment of ours stands. */
export interface MarkerScope {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly pull: number;
}

/** Only at the very end of a body: text that we quote further up may be a marker that somebody copied from another comment. */
const MARKER = /<!-- gargoyle:1:([0-9a-f]{64}):([A-Za-z0-9_-]{43}) -->\s*$/;

/** An HTML comment which says that this App wrote about this finding (64 hex digits) in this place. `key` is a secret of the App. The last line of a body. */
export function makeMarker(key: string, scope: MarkerScope, fingerprint: string): string {
  return `<!-- gargoyle:1:${fingerprint}:${signature(key, scope, fingerprint).toString('base64url')} -->`;
}

/**
 * The fingerprint of a comment's marker, or null where there is none or it was not made with this key for this place. Anyone
 * can copy a marker into a comment of their own: the caller checks the author too (T7).
 */
export function readMarker(key: string, scope: MarkerScope, body: string): string | null {
  const [, fingerprint = '', given = ''] = MARKER.exec(body.slice(-400)) ?? [];
  if (fingerprint === '') return null;
  const expected = signature(key, scope, fingerprint);
  const actual = Buffer.from(given, 'base64url');
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? fingerprint : null;
}

function signature(key: string, { installationId, repositoryId, pull }: MarkerScope, fingerprint: string): Buffer {
  return createHmac('sha256', key)
    .update(`gargoyle review marker 1\n${installationId}/${repositoryId}/${pull}/${fingerprint}`)
    .digest();
}
