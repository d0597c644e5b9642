import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A remote on GitHub or a server like it: `https://host/owner/name.git`, `git@host:owner/name`. */
const REMOTE = /^\s*url\s*=\s*(?:[a-z+]+:\/\/[^/\s]+\/|[^@\s]+@[^:\s]+:)([\w.-]+)\/[\w.-]+\s*$/m;

/** Whose repository a folder holds: by the remote that git calls origin, else by a folder's name such as `owner__name`; null where neither tells. */
export function ownerOf(folder: string): string | null {
  const origin = /\[remote "origin"\]([^[]*)/.exec(configOf(folder))?.[1] ?? '';
  return REMOTE.exec(origin)?.[1] ?? /^([\w.-]+?)__[\w.-]+$/.exec(basename(folder))?.[1] ?? null;
}

function configOf(folder: string): string {
  try {
    return readFileSync(join(folder, '.git/config'), 'utf8');
  } catch {
    return '';
  }
}
