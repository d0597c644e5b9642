import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { isReadable, type Project } from '../engine/project.ts';
import { loadPowerShell } from '../engine/shell/powershell.ts';

/** PowerShell is the default on Windows, and asked for by these names elsewhere. */
const MENTIONS = /powershell|pwsh|windows/i;

/**
 * Loads what the engine needs to read these projects' scripts and does not carry itself: 1.3 MB of grammar that most projects
 * have no use for.
 */
export async function loadGrammars(...projects: readonly (Project | null)[]): Promise<void> {
  const files = projects.flatMap((project) => [...(project?.files.values() ?? [])]);
  if (files.some((file) => isReadable(file) && MENTIONS.test(file.text))) await loadAllGrammars();
}

/** All of them, whatever will be read. */
export async function loadAllGrammars(): Promise<void> {
  // The optimising compiler works on the grammar for 5 s of processor time, and a process does not end before it is done. The
  // baseline compiler's code parses a script in milliseconds.
  setFlagsFromString('--liftoff-only');
  const require = createRequire(import.meta.url);
  const read = async (path: string) => new Uint8Array(await readFile(require.resolve(path)));
  await loadPowerShell({
    runtime: await read('web-tree-sitter/web-tree-sitter.wasm'),
    grammar: await read('tree-sitter-powershell/tree-sitter-powershell.wasm'),
  });
}
