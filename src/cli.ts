import { isMainThread, workerData } from 'node:worker_threads';
import { ANALYZER_WORKER } from './analyzer/protocol.ts';
import { serveAnalysis } from './analyzer/worker.ts';
import { explain } from './local/explain-command.ts';
import { scan } from './local/scan-command.ts';
import { VERSION } from './version.ts';

const HELP = `gargoyle: keeps an organisation's GitHub Actions safe

Usage
  gargoyle scan [PATH…]         what the workflows at or below PATH (default .) let happen
    --base REF                  only what is new or worse than at the merge base with REF decides
    --format FORMAT             text (default), json, sarif, github
    --min-severity SEVERITY     show only findings at or above: critical, high, medium, low, info
    --audience AUDIENCE         regular (default), pedantic (and style), auditor (and everything)
    --fail-on SEVERITY          exit 1 from this severity on (default high)
    --policy FILE               a gargoyle.yml: which rules are off, and their options
    --offline                   ask nothing of the network, and say which rules did not run
  gargoyle explain RULE         what a rule finds, why it matters and what to do
  gargoyle serve                the App: receives webhooks, answers on pull requests
  gargoyle queue dead           tasks that were given up, for an operator to read
  gargoyle queue replay ID      run one of them again
  gargoyle --version

Exit status of scan: 0 nothing at or above --fail-on, 1 findings, 2 could not look (each named); 2 beats 1.
`;

/** What the contract names and this version does not have: said, never ignored. */
const NOT_BUILT = ['permissions', 'policy', 'doctor', 'report', 'who-uses', 'preflight', 'fix'];

async function main(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  switch (command) {
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(HELP);
      return command === undefined ? 2 : 0;
    case '--version':
    case '-V':
      process.stdout.write(`${VERSION}\n`);
      return 0;
    case 'scan':
      return scan(rest, { workerFile: new URL(import.meta.url), version: VERSION });
    case 'explain':
      return explain(rest);
    case 'serve':
      return (await theApp()).serve(process.env);
    case 'queue':
      return (await theApp()).operateQueue(rest, process.env);
    default:
      process.stderr.write(
        NOT_BUILT.includes(command)
          ? `gargoyle ${command}: not built yet in ${VERSION}\n`
          : `gargoyle: no command \`${JSON.stringify(command).slice(1, -1)}\`; see gargoyle --help\n`,
      );
      return 2;
  }
}

/** The App's bundle, loaded only when it is asked for: Probot and the database take longer to load than a scan runs. */
function theApp(): Promise<typeof import('./app.ts')> {
  const bundle = './app.js';
  return import(bundle);
}

if (isMainThread) {
  // A reader who has seen enough (`| head`) is no failure of ours; a full disk is.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(`gargoyle: the report could not be written: ${error.code ?? error.message}\n`);
    process.exit(2);
  });
  // Until it is known otherwise we could not look: a process that ends early must not look like a pass.
  process.exitCode = 2;
  // Node prints a stack for an error that nobody caught; a person wants the sentence.
  main(process.argv.slice(2)).then(
    (status) => {
      process.exitCode = status;
    },
    (error: unknown) => {
      process.stderr.write(`gargoyle: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 2;
    },
  );
} else if (workerData === ANALYZER_WORKER) {
  serveAnalysis();
}
