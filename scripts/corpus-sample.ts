/**
 * `npm run corpus:sample -- FOLDER --seed TEXT [--count N] [--audience regular|auditor]`: findings chosen by a seed, for people who
 * judge them: what the default audience is shown, or what only auditors are. The same seed and engine choose the same ones.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Finding, isShown } from '../src/engine/finding.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '100' },
    audience: { type: 'string', default: 'regular' },
  },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('name the folder that holds the repositories');

const command = join(import.meta.dirname, '../dist/cli.js');
const args = [command, 'scan', folder, '--offline', '--audience', 'auditor', '--format', 'json'];
const run = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
const { findings } = JSON.parse(run.stdout) as { findings: readonly Finding[] };
const chosen = findings
  .filter(
    (one) =>
      isShown(one, 'pedantic') !== (values.audience === 'auditor') &&
      isShown(one, 'regular') === (values.audience !== 'auditor'),
  )
  .map((one) => ({
    one,
    order: createHash('sha256').update(`${values.seed} ${one.fingerprint} ${one.path}`).digest('hex'),
  }))
  .sort((a, b) => (a.order < b.order ? -1 : 1))
  .slice(0, Number(values.count));

for (const [index, { one }] of chosen.entries()) {
  const line = readFileSync(join(folder, one.path), 'utf8').split('\n')[one.line - 1]?.trim();
  console.log(`${index + 1}. ${one.rule} [${one.severity}, ${one.confidence}] ${one.path}:${one.line}:${one.column}`);
  console.log(`   ${one.message}\n   | ${line}`);
  for (const place of one.related.slice(0, 6)) console.log(`   + ${place.path}:${place.line}: ${place.message}`);
}
