/**
 * `npm run build`: what is in dist/.
 * - cli.js: starts program.cjs, the command line with the whole engine inside; it is also its own worker thread.
 * - program.cache: what V8 made of program.cjs, so that it starts quickly.
 * - app.js: the App; its packages stay in node_modules and are loaded only by `gargoyle serve`.
 */
import { rm, writeFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import { build } from 'esbuild';

await rm('dist', { recursive: true, force: true });

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  legalComments: 'linked',
  logLevel: 'warning',
  minifySyntax: true,
  sourcemap: false,
} as const;

/** What a script is given by `src/start.ts`, since it has no `import` and no place of its own. */
const GIVEN = ['require', 'load', 'programUrl'] as const;

/** What the program loads only when it needs it. */
const LATE = /\bimport\((?="(?:\.\/app\.js|web-tree-sitter)"\))/g;

const [{ outputFiles }] = await Promise.all([
  build({
    ...shared,
    format: 'cjs',
    entryPoints: ['src/cli.ts'],
    outfile: 'dist/program.cjs',
    external: ['./app.js', 'web-tree-sitter'],
    define: { 'import.meta.url': GIVEN[2] },
    write: false,
  }),
  build({
    ...shared,
    format: 'esm',
    entryPoints: ['src/start.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  }),
  build({ ...shared, format: 'esm', entryPoints: ['src/app.ts'], outfile: 'dist/app.js', packages: 'external' }),
]);

for (const { path, text } of outputFiles) {
  if (!path.endsWith('program.cjs')) {
    await writeFile(path, text);
    continue;
  }
  const code = text.replaceAll(LATE, `${GIVEN[1]}(`);
  if (/\bimport\(/.test(code)) throw new Error('the program imports something that src/start.ts does not load for it');
  const program = `(function (${GIVEN.join(', ')}) {const module = { exports: {} };${code}\n})`;
  await writeFile(path, program);
  await writeFile(path.replace(/cjs$/, 'cache'), compiled(program));
}

/** All functions compiled. V8 takes it back only under the flags that it was made with, so they are put back first. */
function compiled(program: string): Buffer {
  setFlagsFromString('--no-lazy');
  const script = new Script(program);
  setFlagsFromString('--lazy');
  return script.createCachedData();
}
