import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { SimulatedPull } from '../../simulator/pull.ts';
import type { SimulatedRepository } from '../../simulator/repository.ts';
import { type Stage, setStage } from '../../simulator/stage.ts';
import { injectable, sound } from './workflows.ts';

jest.setTimeout(60_000);
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await stage.github.install('octo');
}, 60_000);
afterAll(() => stage.close());

/** A branch `bad` with a hole, and a branch `mine` that has it already. */
async function givenBranches(name: string): Promise<SimulatedRepository> {
  const repository = await stage.github.repository('octo', name);
  await repository.commit('main', { '.github/workflows/ci.yml': sound }, 'Begin', { silent: true });
  await repository.commit('bad', { '.github/workflows/greet.yml': injectable });
  await repository.moveBranch('mine', await repository.tip('bad'), { forced: false, silent: true });
  await repository.commit('bad', { 'README.md': 'more' });
  return repository;
}

/** What GitHub shows on a commit, and what a required check goes by. */
function shown(repository: SimulatedRepository, sha: string): string | null | undefined {
  return repository.latestChecks(sha).find((check) => check.name === 'gargoyle')?.conclusion;
}

/** The author asks for a fresh scan, and gets it. */
async function rescan(pull: SimulatedPull): Promise<void> {
  const comment = await pull.comment(pull.entity.author.login, '/gargoyle rescan');
  await stage.app.idle();
  expect(comment.reactions.map((reaction) => reaction.content)).toEqual(['eyes', 'rocket']);
}

/** Protects: nobody turns a commit green by another pull request, another base, or by closing (A2, product.md section 1). */
describe('a commit that fails', () => {
  test('a second pull request against one’s own branch, where everything is old', async () => {
    const repository = await givenBranches('second');
    const pull = await repository.openPull({ head: 'bad' });
    await stage.app.idle();
    expect(shown(repository, pull.head)).toBe('failure');
    const second = await repository.openPull({ head: 'bad', base: 'mine', by: 'mona' });
    await stage.app.idle();
    expect(shown(repository, pull.head)).toBe('failure');
    await rescan(second);
    expect(shown(repository, pull.head)).toBe('failure');
  });

  test('the harmless pull request first', async () => {
    const repository = await givenBranches('first');
    const harmless = await repository.openPull({ head: 'bad', base: 'mine', by: 'mona' });
    await stage.app.idle();
    expect(shown(repository, harmless.head)).toBe('success');
    await repository.openPull({ head: 'bad' });
    await stage.app.idle();
    expect(shown(repository, harmless.head)).toBe('failure');
  });

  test('both at the same moment', async () => {
    const repository = await givenBranches('both');
    const [pull] = await Promise.all([
      repository.openPull({ head: 'bad' }),
      repository.openPull({ head: 'bad', base: 'mine', by: 'mona' }),
    ]);
    await stage.app.idle();
    expect(shown(repository, pull.head)).toBe('failure');
  });

  test('a retarget', async () => {
    const repository = await givenBranches('retarget');
    const pull = await repository.openPull({ head: 'bad' });
    await stage.app.idle();
    await pull.retarget('mine');
    await stage.app.idle();
    expect(shown(repository, pull.head)).toBe('failure');
    await pull.retarget('main');
    await stage.app.idle();
    expect(shown(repository, pull.head)).toBe('failure');
  });

  test('closing, the other one rescanned, reopening', async () => {
    const repository = await givenBranches('closing');
    const pull = await repository.openPull({ head: 'bad' });
    const other = await repository.openPull({ head: 'bad', base: 'mine', by: 'mona' });
    await stage.app.idle();
    await pull.close();
    await stage.app.idle();
    await rescan(other);
    expect(shown(repository, pull.head)).toBe('failure');
    stage.github.deliveries.disturb = () => 'hold';
    await pull.reopen();
    expect(shown(repository, pull.head)).toBe('failure');
    stage.github.deliveries.disturb = () => 'deliver';
    await stage.github.deliveries.release();
    await stage.app.idle();
    expect(shown(repository, pull.head)).toBe('failure');
  });

  test('a delivery that was lost: the pull request that GitHub knows of is judged too', async () => {
    const repository = await givenBranches('lost');
    stage.github.deliveries.disturb = () => 'drop';
    const pull = await repository.openPull({ head: 'bad' });
    stage.github.deliveries.disturb = () => 'deliver';
    await repository.openPull({ head: 'bad', base: 'mine', by: 'mona' });
    await stage.app.idle();
    expect(shown(repository, pull.head)).toBe('failure');
    expect(pull.reviews).toHaveLength(1);
  });

  test('a reopening that we were not told of', async () => {
    const repository = await givenBranches('reopened');
    const pull = await repository.openPull({ head: 'bad', base: 'mine', by: 'mona' });
    await stage.app.idle();
    await pull.close();
    await stage.app.idle();
    stage.github.deliveries.disturb = () => 'drop';
    await pull.retarget('main');
    await pull.reopen();
    stage.github.deliveries.disturb = () => 'deliver';
    await repository.moveBranch('theirs', await repository.tip('mine'), { forced: false, silent: true });
    await repository.openPull({ head: 'bad', base: 'theirs' });
    await stage.app.idle();
    expect(shown(repository, pull.head)).toBe('failure');
  });

  test('the harmless one alone goes on: a push to it has a check of its own', async () => {
    const repository = await givenBranches('goes-on');
    await repository.openPull({ head: 'bad' });
    await repository.moveBranch('work', await repository.tip('bad'), { forced: false, silent: true });
    const other = await repository.openPull({ head: 'work', base: 'mine' });
    await stage.app.idle();
    await other.push({ 'README.md': 'mine' });
    await stage.app.idle();
    expect(shown(repository, other.head)).toBe('success');
    expect(stage.github.problems()).toEqual([]);
  });
});
