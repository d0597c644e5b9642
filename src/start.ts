import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/**
 * What `dist/cli.js` is: it runs the program that lies beside it. To compile that anew is a third of what a look at one file takes, so
 * the build leaves there what V8 made of it; V8 itself refuses that where it is another version's, and compiles.
 */
const place = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function compiled(): Buffer | undefined {
  try {
    return readFileSync(place('program.cache'));
  } catch {
    return undefined;
  }
}

const cachedData = compiled();
const script = new Script(readFileSync(place('program.cjs'), 'utf8'), {
  filename: place('program.cjs'),
  ...(cachedData ? { cachedData } : {}),
});
const run: (require: NodeJS.Require, load: (name: string) => Promise<unknown>, url: string) => void =
  script.runInThisContext();
// A script has no `import` of its own.
run(createRequire(import.meta.url), (name) => import(name), import.meta.url);
