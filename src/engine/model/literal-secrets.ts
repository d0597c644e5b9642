import { BASE62, EXAMPLE_SECRET, type SecretShape, secretShapes, TYPED_SECRET } from '../../knowledge/secret-shapes.ts';
import type { Located, SourceFile } from './source.ts';

/** A credential that is written out. */
export interface LiteralSecret {
  readonly shape: SecretShape;
  readonly at: Located;
  /** Its checksum says that it was issued; false: its checksum is wrong, or it is a row of digits; null: nothing tells. */
  readonly isGenuine: boolean | null;
}

const shapes: readonly SecretShape[] = secretShapes;

/** One look tells of most files that none is there. */
const ANY =
  /gh[opurs]_|github_pat_|npm_|pypi-|xox[abeoprs]-|hooks\.slack|api\/webhooks|gl(?:pat|dt|rt|ptt|cbt)-|k_live_|AIza|dckr_|hf_|SG\.|_v1_|sk-|shp(?:at|ca|pa|ss)_|cio|PRIVATE KEY|secret[_-]?access[_-]?key|AKIA/i;

/** The credentials in a file's text, comments included: a token in a comment is as lost as any other. */
export function literalSecrets(source: SourceFile): readonly LiteralSecret[] {
  const { text } = source;
  if (!ANY.test(text)) return [];
  return shapes.flatMap((shape) =>
    [...text.matchAll(shape.pattern)].flatMap((found): readonly LiteralSecret[] => {
      const value = found[1] ?? found[0];
      const start = found.index + found[0].lastIndexOf(value);
      const isGenuine = shape.checksum ? hasGithubChecksum(value) : TYPED_SECRET.test(value) ? false : null;
      if (isGenuine !== true && isExample(value, shape)) return [];
      return [{ shape, at: source.at({ start, end: start + value.length }), isGenuine }];
    }),
  );
}

/** Documentation's values; and what is all one letter, or has no digit where tokens have many. */
function isExample(value: string, { what }: SecretShape): boolean {
  if (EXAMPLE_SECRET.test(value) || /(\S)\1{7}/.test(value)) return true;
  const body = value.replace(/^.*[_-](?=[^_-]*$)/, '');
  return what.endsWith('token') && !/^hf_/.test(value) && new Set(body).size < 8;
}

/** GitHub's and npm's: the last 6 characters are the CRC-32 of the 30 before in base 62. */
function hasGithubChecksum(token: string): boolean {
  const body = token.slice(token.lastIndexOf('_') + 1);
  return body.length > 6 && base62(crc32(body.slice(0, -6))).padStart(6, '0') === body.slice(-6);
}

function base62(value: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text = BASE62.charAt(rest % 62) + text;
  return text;
}

/** CRC-32 (IEEE 802.3) of ASCII. */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
