import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generated } from '../generate.ts';

const root = join(import.meta.dirname, '../..');
const PACKAGE = join(root, 'node_modules/@actions/workflow-parser');
const PATH = 'src/knowledge/github-schema.ts';
/** When somebody last saw that the version is the newest that GitHub has published. Set it anew with every version. */
const CHECKED = '2026-11-22';
/** Where our checks begin: all that is below them is kept. */
const ROOTS = { workflow: ['workflow-root-strict'], action: ['runs-strict', 'inputs', 'outputs', 'branding'] } as const;

/** A definition as the package writes it: one key tells its kind, beside `context` and `description`. */
interface Published {
  readonly context?: readonly string[];
  readonly string?: { readonly constant?: string; readonly 'require-non-empty'?: boolean };
  readonly sequence?: { readonly 'item-type': string };
  readonly mapping?: {
    readonly properties?: Readonly<Record<string, string | { readonly type: string; readonly required?: boolean }>>;
    readonly 'loose-value-type'?: string;
  };
  readonly 'one-of'?: readonly string[];
  readonly 'allowed-values'?: readonly string[];
  readonly boolean?: object;
  readonly number?: object;
  readonly null?: object;
}

type Definitions = Readonly<Record<string, Published>>;

/** `src/knowledge/github-schema.ts`, where the package is installed; else what is committed stays. */
export async function githubSchema(folder = PACKAGE): Promise<readonly Generated[]> {
  if (!existsSync(folder)) return [];
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const parts = Object.entries(ROOTS).map(([kind, roots]) => {
    const file = join(folder, `dist/${kind}-v1.0.min.json`);
    const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as { definitions: Definitions };
    return [kind, reachable(definitions, roots)];
  });
  const value = { source: `@actions/workflow-parser ${version}`, date: CHECKED, ...Object.fromEntries(parts) };
  const text = [
    "// Written by `npm run generate` out of GitHub's published schema (MIT licence): see scripts/generate/github-schema.ts.",
    "import type { GithubSchema } from './schema-additions.ts';",
    '',
    '/** What GitHub reads in a workflow and in an action. What it learnt since is in schema-additions.ts. */',
    `export const githubSchema: GithubSchema = ${JSON.stringify(value)};`,
    '',
  ].join('\n');
  return [{ path: PATH, text: formatted(text) }];
}

function formatted(text: string): string {
  const biome = join(root, 'node_modules/.bin/biome');
  return execFileSync(biome, ['format', `--stdin-file-path=${PATH}`], { cwd: root, input: text, encoding: 'utf8' });
}

function reachable(definitions: Definitions, roots: readonly string[]): Readonly<Record<string, object>> {
  const kept: Record<string, object> = {};
  const visit = (name: string): void => {
    const definition = definitions[name];
    if (!definition || kept[name]) return;
    kept[name] = compact(definition);
    for (const next of namesIn(definition)) visit(next);
  };
  for (const name of roots) visit(name);
  return Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function namesIn({ sequence, mapping, 'one-of': oneOf = [] }: Published): readonly string[] {
  const values = Object.values(mapping?.properties ?? {}).map((value) =>
    typeof value === 'string' ? value : value.type,
  );
  return [
    ...oneOf,
    ...values,
    ...[sequence?.['item-type'], mapping?.['loose-value-type']].filter((name) => name !== undefined),
  ];
}

function compact(definition: Published): object {
  const { context, string, sequence, mapping } = definition;
  const kind = string
    ? {
        text: {
          ...(string.constant ? { is: string.constant } : {}),
          ...(string['require-non-empty'] ? { filled: true } : {}),
        },
      }
    : sequence
      ? { list: sequence['item-type'] }
      : mapping
        ? { keys: keysOf(mapping), ...(mapping['loose-value-type'] ? { others: mapping['loose-value-type'] } : {}) }
        : definition['one-of']
          ? { oneOf: definition['one-of'] }
          : definition['allowed-values']
            ? { values: definition['allowed-values'] }
            : { oneOf: ['boolean', 'number', 'null'].filter((name) => name in definition) };
  return { ...kind, ...(context ? { context } : {}) };
}

/** `!type` where the key must be there. */
function keysOf({ properties = {} }: NonNullable<Published['mapping']>): Readonly<Record<string, string>> {
  const keys = Object.entries(properties).map(([key, value]) => {
    if (typeof value === 'string') return [key, value];
    return [key, value.required ? `!${value.type}` : value.type];
  });
  return Object.fromEntries(keys);
}
