import { rmSync } from 'node:fs';
import { proposed } from '../scripts/demo/workflows.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { startApp, until } from '../simulator/stage.ts';
import { temporaryFolder } from '../simulator/temporary-folder.ts';
import { milliseconds, type Part, quantile } from './figures.ts';

const PULLS = 40;

/** The whole App: webhook sent → check completed on GitHub, one pull request after another. */
export async function pullRequests(): Promise<Part> {
  const github = await startSimulator();
  const folder = temporaryFolder();
  const app = await startApp(github, { folder });
  try {
    const repository = await github.repository('octo', 'bench');
    await github.install('octo');
    const times: number[] = [];
    const requests: number[] = [];
    for (let number = 0; number < PULLS; number += 1) {
      const branch = `change-${number}`;
      await repository.commit(branch, { ...proposed, 'note.md': `${number}` }, 'Change', { silent: true });
      github.forget();
      const began = performance.now();
      const pull = await repository.openPull({ head: branch });
      await until(() => pull.checkRuns().some((check) => check.status === 'completed'));
      times.push(performance.now() - began);
      await app.idle();
      requests.push(github.requests().length);
    }
    const [first = Number.NaN, ...others] = times;
    return {
      title: `The App, webhook → completed check, ${PULLS} pull requests in turn (the simulator is on the same machine)`,
      figures: [
        ['time of the first: nothing is compiled or connected yet', milliseconds(first)],
        ['time of the others, median', milliseconds(quantile(others, 0.5))],
        ['time of the others, 99th percentile', milliseconds(quantile(others, 0.99))],
        ['GitHub requests a scan, first (with the token)', String(requests[0])],
        ['GitHub requests a scan, median', String(quantile(requests, 0.5))],
      ],
    };
  } finally {
    await app.stop();
    await github.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
