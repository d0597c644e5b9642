import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Dependencies' and git's own folders: nothing in them is this project's. */
const SKIPPED = new Set(['.git', 'node_modules']);

/** What a walk meets; folders are absolute paths. */
export interface Visitor {
  /** A folder and what is in it, by name; false leaves out what is below. */
  folder(folder: string, entries: readonly Dirent[]): boolean;
  unreadable(folder: string, reason: string): void;
}

/** Every folder at and below one, outermost first and always in the same order. Symbolic links are not followed, so there are no loops. */
export function walk(folder: string, visitor: Visitor): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    visitor.unreadable(folder, `cannot be listed: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (!visitor.folder(folder, entries)) return;
  for (const entry of entries) {
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) walk(join(folder, entry.name), visitor);
  }
}

/** False also where there is nothing, and for a link to a folder. */
export function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}
