import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { SimulatedPull } from '../../simulator/pull.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { type AppProcess, startApp } from '../../simulator/stage.ts';
import { temporaryFolder } from '../../simulator/temporary-folder.ts';
import { temporaryDatabase } from '../store/temporary-database.ts';
import { faultsOf } from './accounts.ts';
import { injectable, mended, sound } from './workflows.ts';

jest.setTimeout(200_000);

let database: Awaited<ReturnType<typeof temporaryDatabase>>;
let github: Simulator;
let apps: AppProcess[];
const folder = temporaryFolder();

beforeAll(async () => {
  database = await temporaryDatabase();
  const { host, port, user, password, database: name } = database.connection;
  const databaseUrl = `postgres://${user}:${password}@${host}:${port}/${name}`;
  github = await startSimulator();
  apps = await Promise.all([startApp(github, { folder, databaseUrl }), startApp(github, { folder, databaseUrl })]);
});
afterAll(async () => {
  await Promise.all(apps.map((app) => app.stop()));
  await github.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Protects: any number of processes may serve and work (product.md section 7): each delivery once, one task of a pull request at a time. */
test('two processes on one PostgreSQL share the work, and one of them dies', async () => {
  const repository = await github.repository('octo', 'site');
  await repository.commit('main', { '.github/workflows/ci.yml': sound }, 'Begin', { silent: true });
  await github.install('octo');
  let turn = 0;
  github.deliveries.disturb = () => {
    turn += 1;
    const app = apps[turn % apps.length];
    if (app) github.deliverTo(`${app.address}/api/github/webhooks`);
    return turn % 3 === 0 ? 'duplicate' : 'deliver';
  };
  const pulls: SimulatedPull[] = [];
  for (let index = 0; index < 8; index += 1) {
    await repository.commit(`branch-${index}`, { '.github/workflows/greet.yml': injectable }, 'Greet', {
      silent: true,
    });
    pulls.push(await repository.openPull({ head: `branch-${index}` }));
  }
  await Promise.all(pulls.map((pull, index) => pull.push({ 'README.md': `${index}` })));
  const [first, second] = apps;
  if (!first || !second) throw new Error('two are started');
  await first.kill();
  apps = [second];
  await Promise.all(
    pulls.map((pull, index) =>
      index % 2 === 0 ? pull.push({ '.github/workflows/greet.yml': mended, [`${index}`]: '' }) : null,
    ),
  );
  await second.idle();
  expect(faultsOf(repository, pulls)).toEqual([]);
  expect(pulls.map((pull) => pull.checkRuns()[0]?.conclusion)).toEqual(
    pulls.map((_, index) => (index % 2 === 0 ? 'success' : 'failure')),
  );
  expect(github.problems()).toEqual([]);
});
