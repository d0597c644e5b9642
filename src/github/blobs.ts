import { blobId, MAX_FILE_BYTES } from '../engine/project.ts';
import type { Client, Place } from './client.ts';
import { tooLarge } from './trees.ts';

/** A file's text, or why it can't be had. */
export type BlobText = { readonly text: string } | { readonly unverified: string };

/** What is asked of a blob. */
export const BLOB_FRAGMENT = 'fragment blob on Blob { __typename oid byteSize isBinary isTruncated text }';

/** The answer to it. */
export interface BlobNode {
  readonly __typename: string;
  readonly oid: string;
  readonly byteSize: number;
  readonly isBinary: boolean | null;
  readonly isTruncated: boolean;
  readonly text: string | null;
}

/** Texts that GraphQL did not give as they are, and that are read one by one: more are not worth a pull request's time. */
const MAX_RAW_READS = 5;

/** The text of a blob as GraphQL gives it, or `raw` where the bytes must be asked for: cut off, or not what git has under that id. */
export function blobText(node: BlobNode | null): BlobText | 'raw' {
  if (node === null || node.__typename !== 'Blob') return { unverified: 'GitHub did not give its content' };
  if (node.byteSize > MAX_FILE_BYTES) return { unverified: tooLarge(node.byteSize) };
  if (node.isBinary === true) return { unverified: 'binary, not text' };
  if (node.isTruncated || node.text === null) return 'raw';
  return blobId(Buffer.from(node.text, 'utf8'), node.oid.length) === node.oid ? { text: node.text } : 'raw';
}

/** Reads blobs' bytes by REST. Bytes that are not UTF-8 are no workflow that we can vouch for. */
export async function rawTexts(
  client: Client,
  place: Place,
  oids: readonly string[],
): Promise<ReadonlyMap<string, BlobText>> {
  const texts = new Map<string, BlobText>();
  for (const [index, oid] of oids.entries()) {
    if (index >= MAX_RAW_READS)
      texts.set(oid, { unverified: `there are more than ${MAX_RAW_READS} files that must be read one by one` });
    else texts.set(oid, await rawText(client, place, oid));
  }
  return texts;
}

async function rawText(client: Client, { owner, name }: Place, oid: string): Promise<BlobText> {
  const { data } = await client.read('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
    owner,
    repo: name,
    file_sha: oid,
  });
  const bytes = Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8');
  if (bytes.length > MAX_FILE_BYTES) return { unverified: tooLarge(bytes.length) };
  if (blobId(bytes, oid.length) !== oid) return { unverified: 'GitHub gave other content than the tree names' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { unverified: 'not valid UTF-8' };
  }
}
