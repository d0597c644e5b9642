import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { githubSchema } from './generate/github-schema.ts';
import { manifests } from './generate/manifests.ts';
import { readmeTable } from './generate/readme-table.ts';
import { ruleIndex } from './generate/rule-index.ts';
import { rulePages } from './generate/rule-pages.ts';

/** A file that is written by this script and never by hand. */
export interface Generated {
  /** From the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Everything that is generated, in this order: later ones may read what earlier ones wrote. Folders listed hold nothing else. */
const GENERATORS: readonly { readonly make: () => Promise<readonly Generated[]>; readonly folder?: string }[] = [
  { make: githubSchema },
  { make: ruleIndex },
  { make: rulePages, folder: 'docs/rules' },
  { make: manifests },
  { make: readmeTable },
];

const root = join(import.meta.dirname, '..');

/** Writes a file and says whether it was different; with `check`, only says so. */
function put({ path, text }: Generated, check: boolean): boolean {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return false;
  if (!check) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return true;
}

/** Files of a generated folder that no generator makes any more. */
function leftovers(folder: string, made: readonly Generated[]): readonly string[] {
  const known = new Set(made.map(({ path }) => path));
  const files = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  return files.map((file) => `${folder}/${file}`).filter((path) => !known.has(path));
}

async function main(check: boolean): Promise<void> {
  const different: string[] = [];
  for (const { make, folder } of GENERATORS) {
    const made = await make();
    different.push(...made.filter((file) => put(file, check)).map(({ path }) => path));
    for (const path of folder ? leftovers(folder, made) : []) {
      if (!check) rmSync(join(root, path));
      different.push(path);
    }
  }
  for (const path of different) console.log(check ? `not current: ${path}` : `written: ${path}`);
  if (check && different.length > 0) {
    console.error('Run `npm run generate` and commit what it writes.');
    process.exitCode = 1;
  }
}

await main(process.argv.includes('--check'));
