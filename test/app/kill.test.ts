import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { SimulatedPull } from '../../simulator/pull.ts';
import type { SimulatedRepository } from '../../simulator/repository.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';
import { type AppProcess, startApp } from '../../simulator/stage.ts';
import { temporaryFolder } from '../../simulator/temporary-folder.ts';
import { faultsOf, seeded } from './accounts.ts';
import { injectable, mended, sound } from './workflows.ts';

jest.setTimeout(400_000);

const KILLS = Number(process.env.KILLS ?? 20);
/** Pull requests at a time. */
const MOST = 10;
const SEED = Number(process.env.SEED ?? 7);

/** Where the App is killed: the request at which it happens, before it has its effect or after. */
const POINTS = [
  ['check created', /^POST \/repos\/.*\/check-runs$/],
  ['check completed', /^PATCH \/repos\/.*\/check-runs\//],
  ['review posted', /^POST \/repos\/.*\/reviews$/],
  ['thread removed', /^DELETE \/repos\/.*\/comments\//],
  ['files read', /^GRAPHQL ReadObjects$/],
] as const;

let github: Simulator;
let repository: SimulatedRepository;
let folder: string;
let app: AppProcess;
beforeAll(async () => {
  github = await startSimulator();
  repository = await github.repository('octo', 'site');
  await repository.commit('main', { '.github/workflows/ci.yml': sound }, 'Begin', { silent: true });
  await github.install('octo');
  folder = temporaryFolder();
  app = await startApp(github, { folder });
});
afterAll(async () => {
  await app.stop();
  await github.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Arms one death: at a request of the App, or around the commit of a delivery. */
function arm(random: (below: number) => number): { readonly label: string; readonly dead: Promise<void> } {
  const victim = app;
  const when = random(2) === 0 ? 'before' : 'after';
  const point = POINTS[random(POINTS.length + 1)];
  let die: () => void = () => {};
  const dead = new Promise<void>((resolve) => {
    die = () => void victim.kill().then(resolve);
  });
  if (!point) {
    github.deliveries.disturb = ({ event }) => {
      if (event !== 'pull_request') return 'deliver';
      github.deliveries.disturb = () => 'deliver';
      if (when === 'before') die();
      else setTimeout(die, random(12));
      return 'deliver';
    };
    return { label: `delivery, ${when}`, dead };
  }
  const [label, pattern] = point;
  const take = Object.getPrototypeOf(github.faults).take as typeof github.faults.take;
  github.faults.take = (request, moment) => {
    if (moment !== when || !pattern.test(request)) return take.call(github.faults, request, moment);
    github.faults.take = take;
    die();
    return 'timeout';
  };
  return { label: `${label}, ${when}`, dead };
}

/** GitHub does not redeliver by itself (W3); whoever operates the App does, for what was not answered with 2xx. */
async function redeliver(): Promise<void> {
  for (const delivery of [...github.deliveries.log]) {
    if (delivery.status !== 'OK' && !delivery.redelivery) {
      delivery.status = 'OK'; // so that it is done once
      await github.deliveries.send({ ...delivery, redelivery: true });
    }
  }
}

/** Opens pull requests and pushes to them until it is told to stop; heads are all different. */
async function stream(pulls: SimulatedPull[], random: (below: number) => number, until: () => boolean): Promise<void> {
  for (let index = 0; !until(); index += 1) {
    const pull = random(3) === 0 && pulls.length < MOST ? undefined : pulls[random(pulls.length)];
    const files = { '.github/workflows/greet.yml': random(2) === 0 ? injectable : mended, 'README.md': `${index}` };
    if (pull) await pull.push(files);
    else {
      await repository.commit(`branch-${index}`, files, 'Change', { silent: true });
      pulls.push(await repository.openPull({ head: `branch-${index}` }));
    }
    await new Promise((resolve) => setTimeout(resolve, 50 + random(400)));
  }
}

/** Protects: what was acknowledged is done, once, whenever the process dies. */
test(`${KILLS} times kill -9 under a stream of deliveries`, async () => {
  const random = seeded(SEED);
  const pulls: SimulatedPull[] = [];
  let isOver = false;
  const streaming = stream(pulls, seeded(SEED + 1), () => isOver);
  const deaths: string[] = [];
  while (deaths.length < KILLS) {
    const { label, dead } = arm(random);
    await dead;
    deaths.push(label);
    app = await startApp(github, { folder });
    await redeliver();
  }
  isOver = true;
  await streaming;
  await redeliver();
  await app.idle();
  expect({ deaths, faults: faultsOf(repository, pulls) }).toEqual({ deaths, faults: [] });
  for (const pull of pulls) {
    const text = (await repository.entity.git.object(`${pull.head}:.github/workflows/greet.yml`))?.data.toString();
    expect([pull.number, pull.checkRuns()[0]?.conclusion]).toEqual([
      pull.number,
      text === mended ? 'success' : 'failure',
    ]);
  }
  expect(github.problems()).toEqual([]);
});
