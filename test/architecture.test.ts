import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { VERSION } from '../src/version.ts';

/**
 * Protects the way data flows: the pure layers can be tested without a server, the analysis can run in a thread that
 * holds no key, and only `tasks` sees both halves. The table is docs/decisions/0002 as code.
 */
/** Words of the whole App; the pure layers see them no more than the environment (checked below). */
const ANYBODY = ['version', 'log'];
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  knowledge: [],
  engine: ['knowledge'],
  rules: ['engine', 'knowledge'],
  capabilities: ['engine', 'knowledge'],
  policy: ['capabilities', 'engine', 'knowledge'],
  report: ['policy', 'capabilities', 'engine', 'knowledge'],
  // An answer is text, and only `report` escapes.
  commands: ['policy', 'report', 'engine', 'knowledge'],
  runtime: ['policy', 'engine', 'knowledge'],
  analyzer: ['engine', 'rules', 'capabilities', 'knowledge'],
  intake: ['queue/tasks', 'commands/parse'],
  // A delivery, its task and the generation of its pull request are written down in one transaction.
  queue: ['store'],
  server: ['intake', 'queue', 'store', 'settings'],
  store: ['queue', 'settings'],
  github: [],
  // The command line's `tasks`: it reads, has the engine look, and prints.
  local: ['analyzer', 'report', 'policy', 'rules', 'engine'],
  tasks: ['github', 'store', 'analyzer', 'report', 'policy', 'commands', 'queue', 'engine', 'knowledge'],
  settings: [],
  features: [],
  version: [],
  log: [],
  app: ['*'],
  cli: ['*'],
  // Loads the command line's bundle with what V8 made of it, and nothing else.
  start: [],
};

/** Effects may use the words of the pure layers, not their code. */
const MAY_IMPORT_TYPES: Readonly<Record<string, readonly string[]>> = {
  store: ['policy', 'engine'],
  github: ['engine', 'policy', 'report', 'features', 'settings'],
  server: ['features'],
  intake: ['queue'],
  tasks: ['*'],
  queue: ['settings', 'store'],
};

/** Code of the pure layers that an effect needs to do its own work, each with its reason. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  // What a path is, how large a file may be: needed to decide what to fetch.
  github: ['engine/project'],
};

const PURE = ['knowledge', 'engine', 'rules', 'capabilities', 'policy', 'report', 'commands', 'runtime'];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = sources('src');
const imports = files.flatMap(importsOf);

describe('who may import whom', () => {
  test.each(Object.keys(MAY_IMPORT))('%s', (layer) => {
    const wrong = imports
      .filter((each) => layerOf(each.from) === layer && each.to.startsWith('src/') && layerOf(each.to) !== layer)
      .filter((each) => !allowed(layer, each))
      .map((each) => `${each.from} imports ${each.typeOnly ? 'types of ' : ''}${each.to}`);
    expect(wrong).toEqual([]);
  });

  test('every file belongs to a layer of the table', () => {
    expect(files.filter((file) => !(layerOf(file) in MAY_IMPORT))).toEqual([]);
  });

  test('nothing in src reaches the simulator, the tests, the benchmark or the scripts', () => {
    expect(imports.filter((each) => /^(simulator|test|bench|scripts)\//.test(each.to))).toEqual([]);
  });

  test.each(PURE)('%s: no file system, network, clock or environment', (layer) => {
    const own = files.filter((file) => layerOf(file) === layer);
    const effects = imports
      .filter(
        (each) =>
          own.includes(each.from) &&
          /^(node:(?!crypto|util$)|octokit|@octokit|probot|pg$|fastify|undici|pino)/.test(each.to),
      )
      .filter((each) => !(each.from === 'src/engine/shell/powershell.ts' && each.to === 'node:module'))
      .map((each) => `${each.from} imports ${each.to}`);
    const ambient = own
      .filter((file) => /\b(Date\.now\(|new Date\(\)|process\.env|Math\.random\(|fetch\()/.test(codeOf(file)))
      .map((file) => `${file} reads the clock, the environment or chance`);
    expect([...effects, ...ambient]).toEqual([]);
  });

  test('only src/github talks to GitHub', () => {
    const talkers = imports.filter((each) => !each.typeOnly && /^(@octokit\/|octokit$|probot$)/.test(each.to));
    expect(talkers.filter((each) => !/^src\/(github\/|app\.ts)/.test(each.from))).toEqual([]);
  });
});

describe('the names of things', () => {
  test('one version everywhere', () => {
    expect(VERSION).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
  });

  test('no utils, helpers or common', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.ts$)/.test(file))).toEqual([]);
  });

  test('a rule is two files: every rule has its fixtures and its page, and none is left over', () => {
    const rules = names('src/rules', '.ts').filter((name) => name !== 'index');
    expect(names('test/rules', '.yml')).toEqual(rules);
    expect(names('docs/rules', '.md').filter((name) => name !== 'README')).toEqual(rules);
  });

  test('no file is too long to read in one sitting', () => {
    const tables = /^src\/(knowledge|rules\/index)/;
    const long = files
      .filter((file) => !tables.test(file))
      .map((file) => ({
        file,
        lines: readFileSync(file, 'utf8').split('\n').length,
        most: layerOf(file) === 'rules' ? 86 : 251,
      }))
      .filter(({ lines, most }) => lines > most);
    expect(long).toEqual([]);
  });
});

function allowed(layer: string, { to, typeOnly }: Import): boolean {
  const path = to.replace(/^src\//, '').replace(/\.ts$/, '');
  const matches = (list: readonly string[] | undefined) =>
    (list ?? []).some((each) => each === '*' || path === each || path.startsWith(`${each}/`));
  return (
    matches(ANYBODY) ||
    matches(MAY_IMPORT[layer]) ||
    matches(ALSO[layer]) ||
    (typeOnly && matches(MAY_IMPORT_TYPES[layer]))
  );
}

function layerOf(file: string): string {
  return (file.split('/')[1] ?? '').replace(/\.ts$/, '');
}

function sources(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? sources(path) : path.endsWith('.ts') ? [path] : []))
    .sort();
}

function importsOf(file: string): Import[] {
  const found = codeOf(file).matchAll(
    /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...found].map((match) => {
    const target = match[2] ?? match[3] ?? '';
    const inline = /^\s*import\s+\{([^}]*)\}/.exec(match[0]);
    const allTypes = inline?.[1]?.split(',').every((each) => each.trim() === '' || each.trim().startsWith('type '));
    return {
      from: file,
      to: target.startsWith('.') ? normalize(join(dirname(file), target)) : target,
      typeOnly: match[1] !== undefined || allTypes === true,
    };
  });
}

function codeOf(file: string): string {
  return readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
}

function names(folder: string, extension: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length))
    .sort();
}
