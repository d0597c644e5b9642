import { spawnSync } from 'node:child_process';
import { oneWorkflow } from './command-line.ts';
import { corpusFolder } from './corpus.ts';
import { milliseconds, type Part, quantile } from './figures.ts';

const ROUNDS = 7;
const OURS = new URL('../dist/cli.js', import.meta.url).pathname;

/** Our command line against zizmor's, the fastest of the well-known scanners: turn about, each a process of its own. */
export async function againstZizmor(given: string | null): Promise<Part> {
  const title = `Processor time against zizmor, cold, turn about, median of ${ROUNDS}`;
  const version = spawnSync('zizmor', ['--version'], { encoding: 'utf8' });
  if (version.status !== 0) return { title, figures: [['not measured', 'zizmor is not installed']] };
  const folder = corpusFolder(given);
  return {
    title: `${title} (${version.stdout.trim()})`,
    figures: [
      ['everything: ours / zizmor', ratio(folder)],
      ['1 file: ours / zizmor', ratio(oneWorkflow(folder))],
    ],
  };
}

function ratio(path: string): string {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(processorTime([process.execPath, OURS, 'scan', path, '--offline', '--format', 'json']));
    theirs.push(processorTime(['zizmor', '--offline', '--format', 'json', path]));
  }
  const [a, b] = [quantile(ours, 0.5), quantile(theirs, 0.5)];
  return `${(a / b).toFixed(2)} (${milliseconds(a)} / ${milliseconds(b)})`;
}

/** User and system time of a command, in milliseconds: the shell's own count, since Node has none of its children's. */
function processorTime(command: readonly string[]): number {
  const script = '"$@" >/dev/null 2>&1; times';
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: undefined };
  const run = spawnSync('sh', ['-c', script, 'sh', ...command], { encoding: 'utf8', env });
  const children = run.stdout.trim().split('\n').at(-1) ?? '';
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1_000, 0);
}
