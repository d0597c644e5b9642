import type { Rule, Section } from '../../src/engine/rule.ts';
import { examplesOf } from '../../test/rules/fixtures.ts';
import type { Generated } from '../generate.ts';
import { rulePage } from './rule-page.ts';

/** In the order in which they are listed. */
export const SECTIONS = [
  'Injection',
  'AI agents',
  'Triggers and access control',
  'Permissions',
  'Supply chain',
  'Secrets',
  'Runners',
  'Identity',
  'Artifacts and cache',
  'Dependencies and coverage',
  'Hygiene',
  'Correctness',
  'Changes',
] as const satisfies readonly Section[];

/** `docs/rules`: a page for each rule, and the list of them. */
export async function rulePages(): Promise<readonly Generated[]> {
  // Read here, not at the top: a rule that was just added is in the index only now.
  const { rules } = await import('../../src/rules/index.ts');
  const pages = rules.map((rule) => ({ path: `docs/rules/${rule.id}.md`, text: rulePage(rule, examplesOf(rule.id)) }));
  return [{ path: 'docs/rules/README.md', text: overview(rules) }, ...pages];
}

function overview(rules: readonly Rule[]): string {
  const sections = SECTIONS.map((section) => ({ section, own: rules.filter((rule) => rule.section === section) }));
  const tables = sections
    .filter(({ own }) => own.length > 0)
    .map(
      ({ section, own }) =>
        `## ${section}\n\n| rule | what is wrong | severity |\n|---|---|---|\n${own.map(row).join('\n')}`,
    );
  const head = '<!-- Written by `npm run generate`. -->\n\n# Rules';
  return `${[head, 'Each page shows what is found, what is not, and the fix.', ...tables].join('\n\n')}\n`;
}

function row(rule: Rule): string {
  return `| [${rule.id}](${rule.id}.md) | ${rule.summary} | ${rule.severity} |`;
}
