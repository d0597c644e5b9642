import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { SimulatedRepository } from '../../simulator/repository.ts';
import { type Stage, setStage, until } from '../../simulator/stage.ts';
import { injectable, mended, sound } from './workflows.ts';

jest.setTimeout(60_000);
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await stage.github.install('octo');
}, 60_000);
afterAll(() => stage.close());

async function repositoryWithHole(name: string): Promise<SimulatedRepository> {
  const repository = await stage.github.repository('octo', name);
  await repository.commit('main', { '.github/workflows/ci.yml': sound }, 'Begin', { silent: true });
  await repository.commit('greet', { '.github/workflows/greet.yml': injectable });
  return repository;
}

function failedRequests(): number {
  return stage.github.requests().filter((request) => request.status >= 500).length;
}

describe('a newer push', () => {
  test('while the scan runs: the older check ends as cancelled, nothing else is posted for it', async () => {
    const { github, app } = stage;
    const repository = await repositoryWithHole('push');
    github.forget();
    github.faults.add({ when: /PATCH .*check-runs/, what: 502 });
    const pull = await repository.openPull({ head: 'greet' });
    const old = pull.head;
    await until(() => failedRequests() === 1);
    await pull.push({ '.github/workflows/greet.yml': mended });
    await app.idle();
    expect(repository.checkRuns(old)).toMatchObject([
      { conclusion: 'cancelled', title: `Superseded by ${pull.head.slice(0, 7)}` },
    ]);
    expect(pull.checkRuns()).toMatchObject([{ conclusion: 'success' }]);
    expect(pull.reviews).toEqual([]);

    await pull.forcePush(old);
    await app.idle();
    expect(repository.latestChecks(old)).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
    expect(pull.reviews).toHaveLength(1);
  });

  test('ten in a row: the last head has one check, and no other is left in progress', async () => {
    const repository = await repositoryWithHole('ten');
    const pull = await repository.openPull({ head: 'greet' });
    for (let index = 0; index < 10; index += 1) await pull.push({ 'README.md': `${index}` });
    await stage.app.idle();
    expect(pull.checkRuns()).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
    expect(repository.checkRuns().filter((check) => check.status !== 'completed')).toEqual([]);
    expect(pull.reviews).toHaveLength(1);
  });

  test('deliveries out of order and twice: the last head counts', async () => {
    const { github, app } = stage;
    const repository = await repositoryWithHole('order');
    github.deliveries.disturb = () => 'hold';
    const pull = await repository.openPull({ head: 'greet' });
    await pull.push({ 'README.md': '1' });
    await pull.push({ '.github/workflows/greet.yml': mended });
    await github.deliveries.release((held) => [...held, ...held].reverse());
    github.deliveries.disturb = () => 'deliver';
    await app.idle();
    expect(pull.checkRuns()).toMatchObject([{ conclusion: 'success' }]);
    expect(repository.checkRuns()).toHaveLength(1);
  });

  test('closed while the scan runs: the check is cancelled, not left in progress', async () => {
    const { github, app } = stage;
    const repository = await repositoryWithHole('closed');
    github.forget();
    github.faults.add({ when: /PATCH .*check-runs/, what: 502 });
    const pull = await repository.openPull({ head: 'greet' });
    await until(() => failedRequests() === 1);
    await pull.close();
    await app.idle();
    expect(pull.checkRuns()).toMatchObject([{ conclusion: 'cancelled' }]);
    await pull.reopen();
    await app.idle();
    expect(repository.latestChecks(pull.head)).toMatchObject([{ conclusion: 'failure' }]);
  });
});

describe('asked for anew', () => {
  test('“Re-run” on the check of an older commit: that one waits for nobody, and the head is scanned', async () => {
    const { app } = stage;
    const repository = await repositoryWithHole('older');
    const pull = await repository.openPull({ head: 'greet' });
    await app.idle();
    const [first] = pull.checkRuns();
    if (!first) throw new Error('no check');
    await pull.push({ '.github/workflows/greet.yml': mended });
    await app.idle();
    await repository.rerequestCheck(first);
    await app.idle();
    expect(repository.checkRuns().filter((check) => check.status !== 'completed')).toEqual([]);
    expect(repository.latestChecks(first.headSha)).toMatchObject([{ conclusion: 'cancelled' }]);
    expect(pull.checkRuns()).toHaveLength(2);
  });

  test('“Re-run” on the check and “Re-run all”: a fresh check each, for a fork’s pull request too', async () => {
    const { github, app } = stage;
    const repository = await github.repository('octo', 'rerun');
    const fork = await repository.fork('mona');
    await fork.commit('greet', { '.github/workflows/greet.yml': injectable });
    const pull = await repository.openPull({ head: 'mona:greet' });
    await app.idle();
    const [first] = pull.checkRuns();
    if (!first) throw new Error('no check');
    await repository.rerequestCheck(first);
    await app.idle();
    expect(pull.checkRuns()).toHaveLength(2);
    await repository.rerequestSuite(first);
    await app.idle();
    expect(pull.checkRuns()).toHaveLength(3);
    expect(pull.checkRuns().filter((check) => check.status !== 'completed')).toEqual([]);
    expect(repository.latestChecks(pull.head)).toMatchObject([{ conclusion: 'failure' }]);
    expect(pull.reviews).toHaveLength(1);
  });

  test('a merge queue’s batch is judged on its own commit', async () => {
    const repository = await repositoryWithHole('queue');
    await repository.commit('fine', { 'README.md': 'x' });
    const bad = await repository.openPull({ head: 'greet' });
    const good = await repository.openPull({ head: 'fine' });
    await stage.app.idle();
    const batch = await repository.queue([good, bad]);
    const alone = await repository.queue([good]);
    await stage.app.idle();
    expect(repository.checkRuns(batch)).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
    expect(repository.checkRuns(alone)).toMatchObject([{ status: 'completed', conclusion: 'success' }]);
  });

  test('a bot’s pull request gets the check, and no comments', async () => {
    const repository = await repositoryWithHole('bot');
    const pull = await repository.openPull({ head: 'greet', by: 'gargoyle[bot]' });
    await stage.app.idle();
    expect(pull.checkRuns()).toMatchObject([{ conclusion: 'failure' }]);
    expect(pull.reviews).toEqual([]);
    expect(stage.github.problems()).toEqual([]);
  });
});
