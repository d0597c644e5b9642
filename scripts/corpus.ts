/**
 * `npm run corpus -- FOLDER [--update]`: what the rules say of real repositories, by rule and repository, and how that differs from
 * the last committed summary (test/corpus/summary.json: counts only). FOLDER holds repositories; nothing of it is copied.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isShown } from '../src/engine/finding.ts';

/** How many of a rule's findings each audience is the first to be shown. */
type Counts = Readonly<Record<'regular' | 'pedantic' | 'auditor', number>>;

interface Summary {
  readonly workflows: number;
  readonly files: number;
  readonly unverified: number;
  /** In the default audience. */
  readonly findings: number;
  readonly rules: Readonly<Record<string, Counts>>;
  /** Repository → rule → findings in the default audience. */
  readonly repositories: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

type Reported = Parameters<typeof isShown>[0] & {
  readonly rule: string;
  readonly path: string;
  readonly severity: string;
};

const SUMMARY = join(import.meta.dirname, '../test/corpus/summary.json');
const COMMAND = join(import.meta.dirname, '../dist/cli.js');

function scan(folder: string): Summary {
  const args = [COMMAND, 'scan', folder, '--offline', '--audience', 'auditor', '--format', 'json'];
  const run = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.stdout === '') throw new Error(`the scan failed: ${run.stderr}`);
  const { findings, unverified, stats } = JSON.parse(run.stdout);
  const shown = (findings as readonly Reported[]).filter((one) => isShown(one, 'regular'));
  const workflows = spawnSync('find', [folder, '-path', '*/.github/workflows/*', '-name', '*.y*ml'], {
    encoding: 'utf8',
  });
  return {
    workflows: workflows.stdout.split('\n').filter(Boolean).length,
    files: stats.files,
    unverified: unverified.length,
    findings: shown.length,
    rules: byKey(findings as readonly Reported[], ({ rule }) => rule, audiences),
    repositories: byKey(
      shown,
      ({ path }) => path.split('/')[0] ?? '',
      (own) =>
        byKey(
          own,
          ({ rule }) => rule,
          (same) => same.length,
        ),
    ),
  };
}

function audiences(findings: readonly Reported[]): Counts {
  const first = (one: Reported) =>
    isShown(one, 'regular') ? 'regular' : isShown(one, 'pedantic') ? 'pedantic' : 'auditor';
  const count = (audience: keyof Counts) => findings.filter((one) => first(one) === audience).length;
  return { regular: count('regular'), pedantic: count('pedantic'), auditor: count('auditor') };
}

function byKey<T, R>(items: readonly T[], keyOf: (item: T) => string, of: (own: readonly T[]) => R): Record<string, R> {
  const keys = [...new Set(items.map(keyOf))].sort();
  return Object.fromEntries(keys.map((key) => [key, of(items.filter((item) => keyOf(item) === key))]));
}

function print({ workflows, files, unverified, findings, rules, repositories }: Summary): void {
  console.log(`${files} files, ${workflows} workflows, ${unverified} unverified`);
  console.log(`${findings} findings in the default audience: ${(findings / workflows).toFixed(2)} for each workflow\n`);
  console.log(`${'rule'.padEnd(34)} default  pedantic  auditor`);
  const rows = Object.entries(rules).sort(([, a], [, b]) => b.regular - a.regular);
  for (const [rule, { regular, pedantic, auditor }] of rows) {
    console.log(
      `${rule.padEnd(34)} ${`${regular}`.padStart(7)}  ${`${pedantic}`.padStart(8)}  ${`${auditor}`.padStart(7)}`,
    );
  }
  console.log('\nby repository, default audience');
  for (const [repository, own] of Object.entries(repositories)) {
    const sum = Object.values(own).reduce((a, b) => a + b, 0);
    const list = Object.entries(own).map(([rule, count]) => `${rule} ${count}`);
    console.log(`${repository.padEnd(34)} ${`${sum}`.padStart(4)}  ${list.join(', ')}`);
  }
}

function difference(before: Summary, after: Summary): readonly string[] {
  const rules = [...new Set([...Object.keys(before.rules), ...Object.keys(after.rules)])].sort();
  return rules.flatMap((rule) => {
    const text = (counts: Counts | undefined) => (counts ? Object.values(counts).join(' / ') : '–');
    const [old, now] = [text(before.rules[rule]), text(after.rules[rule])];
    return old === now ? [] : [`${rule.padEnd(34)} ${old} → ${now}`];
  });
}

const args = process.argv.slice(2);
const folder = args.find((arg) => !arg.startsWith('--'));
if (folder === undefined) throw new Error('name the folder that holds the repositories: npm run corpus -- FOLDER');
const summary = scan(folder);
print(summary);
if (existsSync(SUMMARY)) {
  const changes = difference(JSON.parse(readFileSync(SUMMARY, 'utf8')), summary);
  console.log(
    `\nagainst the committed summary (default / pedantic / auditor): ${changes.length === 0 ? 'the same' : ''}`,
  );
  for (const change of changes) console.log(change);
}
if (args.includes('--update')) {
  mkdirSync(dirname(SUMMARY), { recursive: true });
  writeFileSync(SUMMARY, `${JSON.stringify(summary, null, 2)}\n`);
}
