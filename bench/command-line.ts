import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { corpusFolder } from './corpus.ts';
import { milliseconds, type Part, quantile } from './figures.ts';

const COMMAND = new URL('../dist/cli.js', import.meta.url).pathname;
const ROUNDS = 5;

/** The command line, cold: a process for each run. */
export async function commandLine(given: string | null): Promise<Part> {
  const folder = corpusFolder(given);
  const all = Array.from({ length: ROUNDS }, () => scan(folder));
  const one = Array.from({ length: ROUNDS }, () => scan(oneWorkflow(folder)));
  const { files } = all[0]?.stats ?? { files: 0 };
  const wall = quantile(
    all.map((run) => run.wall),
    0.5,
  );
  return {
    title: `Command line, cold, median of ${ROUNDS} (a process for each run)`,
    figures: [
      [`${files} files: time`, milliseconds(wall)],
      [`${files} files: files a second`, (files / (wall / 1000)).toFixed(0)],
      [
        `${files} files: CPU`,
        milliseconds(
          quantile(
            all.map((run) => run.cpu),
            0.5,
          ),
        ),
      ],
      [`${files} files: memory at most`, `${(Math.max(...all.map((run) => run.peakKb)) / 1024).toFixed(0)} MB`],
      [
        '1 file: time',
        milliseconds(
          quantile(
            one.map((run) => run.wall),
            0.5,
          ),
        ),
      ],
      [
        '1 file: CPU',
        milliseconds(
          quantile(
            one.map((run) => run.cpu),
            0.5,
          ),
        ),
      ],
    ],
  };
}

/** A child reports its own use of the machine: it is the only one that knows its threads'. */
const REPORT = `process.on('exit', () => { const u = process.resourceUsage(); require('node:fs').writeSync(2, '\\nusage ' + JSON.stringify({ cpu: (u.userCPUTime + u.systemCPUTime) / 1000, peakKb: u.maxRSS }) + '\\n'); });`;

function scan(path: string): { wall: number; cpu: number; peakKb: number; stats: { files: number } } {
  const args = [
    '--import',
    `data:text/javascript,import{createRequire}from'node:module';const require=createRequire('file:///');${encodeURIComponent(REPORT)}`,
  ];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: undefined };
  const began = performance.now();
  const run = spawnSync(process.execPath, [...args, COMMAND, 'scan', path, '--offline', '--format', 'json'], {
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 28,
  });
  const wall = performance.now() - began;
  const usage = /^usage (.*)$/m.exec(run.stderr)?.[1];
  if (usage === undefined || run.stdout === '') throw new Error(`the scan failed: ${run.stderr}`);
  return { wall, ...JSON.parse(usage), stats: JSON.parse(run.stdout).stats };
}

/** A workflow of middling name. */
export function oneWorkflow(folder: string): string {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.github\/workflows\/[^/]+\.ya?ml$/.test(path),
  );
  const middle = found.sort()[Math.floor(found.length / 2)];
  if (middle === undefined) throw new Error(`no workflow below ${folder}`);
  return join(folder, middle);
}
