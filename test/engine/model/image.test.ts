import { expect, test } from '@jest/globals';
import { imageReference } from '../../../src/engine/model/image.ts';

/** Protects the digests: what is a tag, what a port, and what is pinned. */

const DIGEST = `sha256:${'0a'.repeat(32)}`;

test.each<[written: string, read: string | null]>([
  ['node', 'node'],
  ['node:22', 'node tag 22'],
  ['docker://ghcr.io/octo/tool:v1', 'ghcr.io/octo/tool tag v1'],
  ['r.example.com:5000/team/db', 'r.example.com:5000/team/db'],
  ['r.example.com:5000/team/db:1', 'r.example.com:5000/team/db tag 1'],
  [`node@${DIGEST}`, 'node pinned'],
  [`r.example.com:5000/db:1@${DIGEST}`, 'r.example.com:5000/db tag 1 pinned'],
  ['node@sha256:abc', 'node'],
  ['', null],
  ['scratch', null],
])('%s', (written, read) => {
  const image = imageReference(written);
  const said =
    image && `${image.name}${image.tag === null ? '' : ` tag ${image.tag}`}${image.isPinned ? ' pinned' : ''}`;
  expect(said).toBe(read);
});
