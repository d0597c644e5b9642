/**
 * `npm run bench [-- FOLDER]`: how fast it is. FOLDER holds repositories with workflows (any number, at any depth); without it the
 * fixtures of the rules are analysed, which says less. Figures of one run on one machine: compare ratios, not seconds.
 */
import { analysis } from './analysis.ts';
import { commandLine } from './command-line.ts';
import { againstZizmor } from './other-scanner.ts';
import { pullRequests } from './pull-requests.ts';
import { ruleTimes } from './rules.ts';

const folder = process.argv[2] ?? null;

for (const part of [commandLine, againstZizmor, analysis, ruleTimes, pullRequests]) {
  const { title, figures } = await part(folder);
  console.log(`\n${title}`);
  for (const [name, value] of figures) console.log(`  ${name.padEnd(52)} ${value}`);
}
