import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder to measure on: the given one, or one made of the rules' fixtures, each document a workflow. */
export function corpusFolder(given: string | null): string {
  if (given !== null) return given;
  const folder = mkdtempSync(join(tmpdir(), 'gargoyle-bench-'));
  const workflows = join(folder, '.github/workflows');
  mkdirSync(workflows, { recursive: true });
  const fixtures = join(import.meta.dirname, '../test/rules');
  for (const name of readdirSync(fixtures)) {
    const documents = readFileSync(join(fixtures, name), 'utf8').split(/^---$/m);
    documents.forEach((text, index) => {
      if (/^jobs:/m.test(text)) writeFileSync(join(workflows, `${name.replace('.yml', '')}-${index}.yml`), text);
    });
  }
  return folder;
}
