/**
 * `npm run build`: two files in dist/.
 * - cli.js: the command line with the whole engine inside, so that it starts quickly; it is also its own worker thread.
 * - app.js: the App; its packages stay in node_modules and are loaded only by `gargoyle serve`.
 */
import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

await rm('dist', { recursive: true, force: true });

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  legalComments: 'linked',
  logLevel: 'warning',
  minifySyntax: true,
  sourcemap: false,
} as const;

// A CommonJS package inside an ES module bundle still says `require`.
const require =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

await Promise.all([
  build({
    ...shared,
    entryPoints: ['src/cli.ts'],
    outfile: 'dist/cli.js',
    external: ['./app.js', 'web-tree-sitter'],
    banner: { js: `#!/usr/bin/env node\n${require}` },
  }),
  build({ ...shared, entryPoints: ['src/app.ts'], outfile: 'dist/app.js', packages: 'external' }),
]);
