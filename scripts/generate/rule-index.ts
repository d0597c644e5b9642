import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generated } from '../generate.ts';

const FOLDER = join(import.meta.dirname, '../../src/rules');

/** Ids of all rules: the names of their files, sorted. */
function ruleIds(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/** `src/rules/index.ts`: every rule, so that adding one is adding its file. */
export async function ruleIndex(): Promise<readonly Generated[]> {
  const rules = ruleIds().map((id) => ({ id, name: exportOf(id) }));
  const lines = [
    '// Written by `npm run generate`: every file of this folder is a rule.',
    "import type { Rule } from '../engine/rule.ts';",
    ...rules.map(({ id, name }) => `import { ${name} } from './${id}.ts';`),
    '',
    '/** All rules, by id. */',
    'export const rules: readonly Rule[] = [',
    ...rules.map(({ name }) => `  ${name},`),
    '];',
    '',
  ];
  return [{ path: 'src/rules/index.ts', text: lines.join('\n') }];
}

function exportOf(id: string): string {
  const name = /^export const (\w+)/m.exec(readFileSync(join(FOLDER, `${id}.ts`), 'utf8'))?.[1];
  if (!name) throw new Error(`src/rules/${id}.ts exports no rule`);
  return name;
}
