import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generated } from '../generate.ts';
import { SECTIONS } from './rule-pages.ts';

const BETWEEN = /(<!-- rules: generated -->\n)[\s\S]*?(<!-- \/rules -->)/;

/** The README's rules by section, between its two marks. */
export async function readmeTable(): Promise<readonly Generated[]> {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  if (!BETWEEN.test(readme)) throw new Error('README.md has lost the marks of its rules table');
  // Loaded late: the index may just have been written.
  const { rules } = await import('../../src/rules/index.ts');
  const sections = SECTIONS.map((section) => ({ section, own: rules.filter((rule) => rule.section === section) }));
  const rows = sections
    .filter(({ own }) => own.length > 0)
    .map(({ section, own }) => `| ${linked(section)} | ${own.length} | ${own.map(({ id }) => id).join(', ')} |`);
  const table = ['', '| section | rules | |', '|---|---|---|', ...rows, '', ''].join('\n');
  return [
    {
      path: 'README.md',
      text: readme.replace(BETWEEN, (_all, open: string, close: string) => `${open}${table}${close}`),
    },
  ];
}

/** To the section's part of the index. */
function linked(section: string): string {
  return `[${section}](docs/rules/README.md#${section.toLowerCase().replaceAll(' ', '-')})`;
}
