import type { Language, Parser, Tree } from 'web-tree-sitter';
import type { Range } from '../yaml/tree.ts';
import { interpretedRanges } from './interpreters.ts';
import { MAX_SCRIPT, mask } from './mask.ts';
import { powershellCommands } from './powershell-command.ts';
import { powershellQuoting } from './powershell-quoting.ts';
import { flatten, type SyntaxNode } from './powershell-tree.ts';
import { paint } from './quoting.ts';
import type { Quoting, ShellScript } from './script.ts';

/** The bytes of `web-tree-sitter/web-tree-sitter.wasm` and `tree-sitter-powershell/tree-sitter-powershell.wasm`. */
export interface PowerShellWasm {
  readonly runtime: Uint8Array<ArrayBuffer>;
  readonly grammar: Uint8Array;
}

/** A node budget: 64 KB of real script have about 30,000. */
const MAX_SYNTAX = 200_000;

/** Reports of progress by the parser before it is stopped: 64 KB of real script make 600, error recovery without end thousands. */
const MAX_PROGRESS = 700;

let parser: Parser | null = null;
let hasFailed = false;

/** Loads the grammar, once for the thread; takes about 30 ms. The bytes come from the caller: the engine reads no files. */
export async function loadPowerShell(wasm: PowerShellWasm): Promise<void> {
  if (parser !== null || hasFailed) return;
  // Required late: most projects have no PowerShell.
  const { Language, Parser } = await import('web-tree-sitter');
  await Parser.init({ wasmBinary: wasm.runtime.buffer });
  const language: Language = await Language.load(wasm.grammar);
  parser = new Parser().setLanguage(language);
}

/** Parses a PowerShell script, as `parseBash` does a bash script. Null when the grammar isn't loaded, or the script is too large or too laborious. */
export function parsePowerShell(text: string, masked: readonly Range[]): ShellScript | null {
  if (parser === null || text.length > MAX_SCRIPT) return null;
  const source = mask(text, masked);
  let progress = 0;
  const tree = unlessItFails(parser, (working) =>
    working.parse(readable(source), null, { progressCallback: () => ++progress > MAX_PROGRESS }),
  );
  if (tree === null) {
    // Otherwise the next script would be read as the rest of this one.
    parser.reset();
    return null;
  }
  const root = released(tree);
  return root === null ? null : script(root.node, root.isBroken, source);
}

/** The grammar takes the `.` of `./x.ps1` for the operator that runs a script in the same scope, and gives up; `.\x.ps1` it knows. */
function readable(source: string): string {
  return source.replace(/(^|[\n;{(|&])([ \t]*\.?\.)\//g, '$1$2\\');
}

/**
 * A fault in the parser's memory may have changed what it will make of other scripts, maybe another organisation's: it is given up for
 * this thread, and the thread is to be given up too.
 */
function unlessItFails<T>(working: Parser, use: (parser: Parser) => T): T {
  try {
    return use(working);
  } catch (error) {
    hasFailed = true;
    parser = null;
    throw error;
  }
}

/** Whether the parser failed in this thread, which should then end. */
export function powerShellHasFailed(): boolean {
  return hasFailed;
}

/** Our copy of the tree; the wasm's memory is not collected by itself. */
function released(tree: Tree): { readonly node: SyntaxNode; readonly isBroken: boolean } | null {
  const cursor = tree.walk();
  try {
    const isBroken = tree.rootNode.hasError;
    const node = flatten(cursor, MAX_SYNTAX);
    return node === null ? null : { node, isBroken };
  } finally {
    // First the cursor: one that the garbage collector finds later is deleted through its tree's address, which is another's by then,
    // and from there on every script is read wrong or not at all.
    cursor.delete();
    tree.delete();
  }
}

function script(root: SyntaxNode, isBroken: boolean, source: string): ShellScript {
  const commands = powershellCommands(root, source);
  let quoting: ((offset: number) => Quoting) | undefined;
  let interpreted: readonly Range[] | undefined;
  return {
    isBroken,
    commands,
    quotingAt(offset) {
      if (isBroken) return 'unknown';
      quoting ??= paint(source, powershellQuoting(root));
      return quoting(offset);
    },
    insideInterpreter(offset) {
      interpreted ??= interpretedRanges(commands);
      return interpreted.some(({ start, end }) => start <= offset && offset < end);
    },
  };
}
