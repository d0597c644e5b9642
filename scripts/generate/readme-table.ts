import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generated } from '../generate.ts';

const BETWEEN = /(<!-- rules: generated -->\n)[\s\S]*?(<!-- \/rules -->)/;

/** The README's table of rules, between its two marks. */
export async function readmeTable(): Promise<readonly Generated[]> {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  if (!BETWEEN.test(readme)) throw new Error('README.md has lost the marks of its rules table');
  // Loaded late: the index may just have been written.
  const { rules } = await import('../../src/rules/index.ts');
  const rows = rules.map(
    ({ id, severity, summary }) => `| [\`${id}\`](docs/rules/${id}.md) | ${severity} | ${summary} |`,
  );
  const table = ['', '| rule | severity | what is wrong |', '|---|---|---|', ...rows, '', ''].join('\n');
  return [
    {
      path: 'README.md',
      text: readme.replace(BETWEEN, (_all, open: string, close: string) => `${open}${table}${close}`),
    },
  ];
}
