import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that the database server's own user can reach, too, where this runs as root. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gargoyle-test-'));
  chmodSync(folder, 0o755);
  return folder;
}
