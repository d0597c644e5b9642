import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { FileChange } from '../../simulator/git/repository.ts';
import type { SimulatedInstallation } from '../../simulator/installation.ts';
import type { SimulatedPull } from '../../simulator/pull.ts';
import type { SimulatedRepository } from '../../simulator/repository.ts';
import { type Stage, setStage } from '../../simulator/stage.ts';
import { injectable, sound } from './workflows.ts';

jest.setTimeout(60_000);
let stage: Stage;
let installation: SimulatedInstallation;
beforeAll(async () => {
  stage = await setStage();
  installation = await stage.github.install('octo');
});
afterAll(() => stage.close());

let count = 0;

/** A repository with this on its default branch, and a pull request that changes that; scanned. */
async function scanned(
  base: Record<string, FileChange>,
  change: Record<string, FileChange>,
): Promise<{ repository: SimulatedRepository; pull: SimulatedPull }> {
  count += 1;
  const repository = await stage.github.repository('octo', `r${count}`);
  await repository.commit('main', { '.github/workflows/ci.yml': sound, ...base }, 'Begin', { silent: true });
  await repository.commit('change', change);
  const pull = await repository.openPull({ head: 'change' });
  await stage.app.idle();
  return { repository, pull };
}

const aliases = Array.from(
  { length: 12 },
  (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)}]`,
).join('\n');
const W = '.github/workflows/w.yml';

/** Protects: not being able to look is never a pass; and nobody waits for hostile input. */
describe('a workflow that cannot be looked at', () => {
  test.each<[string, Record<string, FileChange>, RegExp]>([
    ['a symbolic link', { [W]: { link: '../../elsewhere.yml' } }, /symbolic link/],
    [
      'a submodule for all of them',
      { '.github/workflows/ci.yml': null, '.github/workflows': { submodule: 'a'.repeat(40) } },
      /submodule/,
    ],
    ['too large', { [W]: `${sound}# ${'x'.repeat(512 * 1024)}` }, /too large/],
    ['binary', { [W]: Buffer.from('on: push\0\x01') }, /binary/],
    ['not UTF-8', { [W]: Buffer.concat([Buffer.from(`${sound}# `), Buffer.from([0xff, 0xfe])]) }, /UTF-8/],
    ['not YAML', { [W]: 'on: [push\njobs: }' }, /line \d/],
    ['an alias bomb', { [W]: `a0: &a0 x\n${aliases}\non: push\n` }, /alias/i],
    [
      'a local action behind a link',
      { [W]: sound.replace('- run: npm', '- uses: ./tools/x\n      - run: npm'), tools: { link: 'elsewhere' } },
      /symbolic link/,
    ],
  ])('%s', async (_, change, reason) => {
    const { pull } = await scanned({}, change);
    expect(pull.checkRuns()).toMatchObject([
      { status: 'completed', conclusion: 'failure', summary: expect.stringMatching(reason) },
    ]);
  });

  test('one that was so before and is not touched fails nobody, and is named', async () => {
    const { pull } = await scanned({ [W]: 'on: [push\njobs: }' }, { 'README.md': 'x' });
    expect(pull.checkRuns()).toMatchObject([
      { conclusion: 'success', summary: expect.stringMatching(/w\.yml.*as before this change/) },
    ]);
    await pull.push({ [W]: 'on: [push\njobs: }}' });
    await stage.app.idle();
    expect(pull.checkRuns()).toMatchObject([{ conclusion: 'failure' }]);
  });

  test('an action behind a link that was there before: what it leads to may be what changed', async () => {
    const { pull } = await scanned(
      {
        [W]: sound.replace('- run: npm', '- uses: ./tools/x\n      - run: npm'),
        'tools/x': { link: '../elsewhere' },
        'elsewhere/action.yml': 'name: x\nruns: { using: composite, steps: [] }\n',
      },
      { 'elsewhere/action.yml': 'name: y\nruns: { using: composite, steps: [] }\n' },
    );
    expect(pull.checkRuns()).toMatchObject([
      { conclusion: 'failure', summary: expect.stringMatching(/symbolic link/) },
    ]);
  });

  test('a hole behind three thousand other files (T14)', async () => {
    const many = Object.fromEntries(Array.from({ length: 3001 }, (_, index) => [`a/${index}.txt`, `${index}`]));
    const { pull } = await scanned({}, { ...many, [W]: injectable });
    expect(pull.checkRuns()).toMatchObject([{ conclusion: 'failure' }]);
    expect(pull.threads).toHaveLength(1);
  });

  test('a hole in an action that the change does not show, called from a workflow that it does not touch', async () => {
    const action = (run: string) =>
      `name: x\ninputs:\n  title: {}\nruns:\n  using: composite\n  steps:\n    - run: ${run}\n      shell: bash\n`;
    const caller = injectable.replace(
      /- name: Say hello\n +run: .*/,
      '- uses: actions/checkout@08eba0b27e820071cde6df949e0beb9ba4906955\n      - uses: ./tools/x',
    );
    const { pull } = await scanned(
      { [W]: caller, 'tools/x/action.yml': action('echo hello') },
      { 'tools/x/action.yml': action('echo "${{ github.event.pull_request.title }}"') },
    );
    expect(pull.checkRuns()).toMatchObject([{ conclusion: 'failure' }]);
    expect(pull.checkRuns()[0]?.annotations).toMatchObject([{ path: 'tools/x/action.yml' }]);
  });
});

/** Protects: who is judged does not choose the judge (T1). */
describe('policy', () => {
  const off = 'rules:\n  template-injection: { mode: off }\n';

  test('one that the pull request brings does not count', async () => {
    const { pull } = await scanned({}, { [W]: injectable, '.github/gargoyle.yml': off });
    expect(pull.checkRuns()).toMatchObject([{ conclusion: 'failure' }]);
  });

  test('one on another base than the default branch does not count', async () => {
    const { repository } = await scanned({}, { 'README.md': 'x' });
    await repository.commit('soft', { '.github/gargoyle.yml': off });
    await repository.commit('hole', { [W]: injectable });
    const pull = await repository.openPull({ head: 'hole', base: 'soft' });
    await stage.app.idle();
    expect(pull.checkRuns()).toMatchObject([{ conclusion: 'failure' }]);
  });

  test('the default branch’s counts; when it is broken, its last good version does, and the check says so', async () => {
    const { repository, pull } = await scanned({ '.github/gargoyle.yml': off }, { [W]: injectable });
    expect(pull.checkRuns()).toMatchObject([{ conclusion: 'success' }]);
    await repository.commit('main', { '.github/gargoyle.yml': 'rules: [' }, 'Break', { silent: true });
    await pull.push({ 'README.md': 'more' });
    await stage.app.idle();
    expect(pull.checkRuns()).toMatchObject([
      { conclusion: 'success', summary: expect.stringContaining('last good version') },
    ]);
  });

  test('the organisation’s counts for every repository', async () => {
    const { github, app } = stage;
    const policies = await github.repository('strict', '.github-private', { private: true });
    await policies.commit(
      'main',
      { 'gargoyle.yml': 'rules:\n  unpinned-uses: { mode: enforce, locked: true }\n' },
      'Policy',
      { silent: true },
    );
    await github.install('strict');
    const repository = await github.repository('strict', 'site');
    await repository.commit('main', { '.github/gargoyle.yml': 'rules:\n  unpinned-uses: { mode: off }\n' }, 'Policy', {
      silent: true,
    });
    await repository.commit('tag', { [W]: sound.replace(/@[0-9a-f]{40} # v4.3.0/, '@v4') });
    const pull = await repository.openPull({ head: 'tag' });
    await app.idle();
    expect(pull.checkRuns()).toMatchObject([
      { conclusion: 'failure', summary: expect.stringContaining('unpinned-uses') },
    ]);
  });
});

/** Protects: GitHub's bad days delay the verdict, and neither lose nor double it. */
describe('limits and outages', () => {
  test('a secondary limit on every write', async () => {
    stage.github.limits.secondaryForNextWrites(3, { retryAfter: 1 });
    const { pull } = await scanned({}, { [W]: injectable });
    expect(pull.checkRuns()).toMatchObject([{ conclusion: 'failure' }]);
    expect(pull.reviews).toHaveLength(1);
  });

  test.each([
    ['the check is created, and the answer lost', /POST .*check-runs/],
    ['the check is completed, and the answer lost', /PATCH .*check-runs/],
    ['the review is posted, and the answer lost', /POST .*reviews/],
  ])('%s', async (_, when) => {
    stage.github.faults.add({ when, what: 'reset', moment: 'after' });
    const { pull } = await scanned({}, { [W]: injectable });
    expect(pull.checkRuns()).toMatchObject([{ conclusion: 'failure' }]);
    expect(pull.checkRuns()[0]?.annotations).toHaveLength(1);
    expect([pull.reviews.length, pull.threads.length]).toEqual([1, 1]);
  });

  test('a review that GitHub does not take, as where the conversation is locked: the check stands, and the next push says it', async () => {
    stage.github.faults.add({ when: /POST .*reviews/, what: 403 });
    const { pull } = await scanned({}, { [W]: injectable });
    expect(pull.checkRuns()).toMatchObject([{ conclusion: 'failure', title: expect.stringContaining('1 finding') }]);
    expect(pull.reviews).toEqual([]);
    await pull.push({ 'README.md': 'x' });
    await stage.app.idle();
    expect(pull.reviews).toHaveLength(1);
  });

  test('tokens that end before their time', async () => {
    installation.expireTokens();
    await new Promise((resolve) => setTimeout(resolve, 5100)); // Octokit forgives a young token
    const { pull } = await scanned({}, { [W]: injectable });
    expect(pull.checkRuns()).toMatchObject([{ conclusion: 'failure' }]);
  });

  test('an installation that goes away before its pull request is scanned: quiet, and nothing is left waiting', async () => {
    const { github, app } = stage;
    const other = await github.install('leaving');
    const repository = await github.repository('leaving', 'site');
    await repository.commit('change', { [W]: injectable });
    github.deliveries.disturb = ({ event }) => (event === 'pull_request' ? 'hold' : 'deliver');
    await repository.openPull({ head: 'change' });
    await other.uninstall();
    await github.deliveries.release();
    github.deliveries.disturb = () => 'deliver';
    await app.idle();
    expect(repository.checkRuns()).toEqual([]);
  });

  test('nothing that GitHub’s own contract forbids', () => {
    expect(stage.github.problems()).toEqual([]);
  });
});
