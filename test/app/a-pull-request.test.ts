import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { SimulatedPull } from '../../simulator/pull.ts';
import type { SimulatedRepository } from '../../simulator/repository.ts';
import { type Stage, setStage } from '../../simulator/stage.ts';
import { injectable, mended, sound } from './workflows.ts';

jest.setTimeout(60_000);
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await stage.github.install('octo');
}, 60_000);
afterAll(() => stage.close());

/** What the App asked of GitHub, in short. */
function asked(): string[] {
  return stage.github
    .requests()
    .map(
      ({ method, path, graphql }) =>
        graphql ?? `${method} ${path.replace(/[0-9a-f]{40}/g, 'SHA').replace(/\d+/g, 'N')}`,
    );
}

function reactions(pull: SimulatedPull): string[] {
  return pull.comments.flatMap((comment) => comment.reactions.map((reaction) => reaction.content));
}

async function repositoryWith(name: string, files: Record<string, string>): Promise<SimulatedRepository> {
  const repository = await stage.github.repository('octo', name);
  await repository.commit('main', files, 'Begin', { silent: true });
  return repository;
}

/** Protects: the way of one pull request, as product.md section 1 tells it, over HTTP from end to end. */
describe('a pull request that opens a hole', () => {
  let pull: SimulatedPull;

  beforeAll(async () => {
    const repository = await repositoryWith('widgets', { '.github/workflows/ci.yml': sound });
    await repository.commit('greet', { '.github/workflows/greet.yml': injectable }, 'Greet', { by: 'mona' });
    stage.github.forget();
    pull = await repository.openPull({ head: 'greet', by: 'mona' });
    await stage.app.idle();
  });

  test('its check fails at the guilty line, with one review of one comment', () => {
    expect(pull.checkRuns()).toMatchObject([{ name: 'gargoyle', status: 'completed', conclusion: 'failure' }]);
    expect(pull.checkRuns()[0]?.annotations).toMatchObject([
      { path: '.github/workflows/greet.yml', start_line: 12, annotation_level: 'failure' },
    ]);
    expect(pull.reviews).toMatchObject([{ state: 'COMMENTED', commit: pull.head }]);
    expect(pull.threads).toMatchObject([{ path: '.github/workflows/greet.yml', line: 12 }]);
  });

  test('in few requests, the check as early as can be', () => {
    expect(asked()).toEqual([
      'POST /app/installations/N/access_tokens',
      'ReadPull',
      'POST /repos/octo/widgets/check-runs',
      'GET /repos/octo/widgets/compare/SHA...SHA',
      'ReadObjects',
      'PATCH /repos/octo/widgets/check-runs/N',
      'POST /repos/octo/widgets/pulls/N/reviews',
    ]);
  });

  test('a push that mends it: the check passes, the thread is ended, nothing is said twice', async () => {
    stage.github.forget();
    await pull.push({ '.github/workflows/greet.yml': mended });
    await stage.app.idle();
    expect(pull.checkRuns()).toMatchObject([{ status: 'completed', conclusion: 'success' }]);
    expect(pull.threads).toEqual([]);
    expect(pull.reviews).toHaveLength(1);
  });

  test('a push that brings it back: it is said again', async () => {
    await pull.push({ '.github/workflows/greet.yml': injectable });
    await stage.app.idle();
    expect(pull.checkRuns()).toMatchObject([{ conclusion: 'failure' }]);
    expect(pull.threads).toHaveLength(1);
  });

  test('a push that changes nothing of it: no second review, no second thread', async () => {
    await pull.push({ 'README.md': 'other' });
    await stage.app.idle();
    expect(pull.checkRuns()).toMatchObject([{ conclusion: 'failure' }]);
    expect([pull.threads.length, pull.reviews.length]).toEqual([1, 2]);
  });

  test('where somebody answered, the comment is edited, and the answer stays', async () => {
    const [thread] = pull.threads;
    if (!thread) throw new Error('no thread');
    pull.reply(thread, 'lisa', 'Is that so?');
    await pull.push({ '.github/workflows/greet.yml': mended });
    await stage.app.idle();
    expect(thread.comments.map((comment) => comment.body)).toEqual([
      expect.stringMatching(/^Fixed in [0-9a-f]{40}/),
      'Is that so?',
    ]);
  });

  test('/gargoyle rescan: 👀, a fresh check, 🚀', async () => {
    const before = pull.checkRuns().length;
    await pull.comment('mona', 'Look again, please\n/gargoyle rescan');
    await stage.app.idle();
    expect(reactions(pull)).toEqual(['eyes', 'rocket']);
    expect(pull.checkRuns()).toHaveLength(before + 1);
    expect(pull.checkRuns().at(-1)).toMatchObject({ status: 'completed', conclusion: 'success' });
  });

  test('a stranger’s rescan: silence; help for the author: an answer', async () => {
    const before = pull.comments.length;
    await pull.comment('mallory', '/gargoyle rescan');
    await stage.app.idle();
    expect(pull.comments.at(-1)?.reactions).toEqual([]);
    expect(pull.comments).toHaveLength(before + 1);
    await pull.comment('mona', '/gargoyle help');
    await stage.app.idle();
    expect(pull.comments.at(-1)).toMatchObject({
      author: { login: 'gargoyle[bot]' },
      body: expect.stringContaining('rescan'),
    });
  });

  test('nothing that GitHub’s own contract forbids', () => {
    expect(stage.github.problems()).toEqual([]);
  });
});

test('nothing to check: it reports all the same', async () => {
  const repository = await repositoryWith('plain', { 'src/a.js': '1' });
  await repository.commit('change', { 'src/a.js': '2' });
  const pull = await repository.openPull({ head: 'change' });
  await stage.app.idle();
  expect(pull.checkRuns()).toMatchObject([{ status: 'completed', conclusion: 'success', title: 'Nothing to check' }]);
});

test('with contents: write the thread is resolved, with a word', async () => {
  const { github, app } = stage;
  const repository = await github.repository('fixers', 'site');
  await github.install('fixers', {
    permissions: { metadata: 'read', contents: 'write', checks: 'write', pull_requests: 'write', issues: 'read' },
  });
  await repository.commit('greet', { '.github/workflows/greet.yml': injectable });
  const pull = await repository.openPull({ head: 'greet' });
  await app.idle();
  await pull.push({ '.github/workflows/greet.yml': mended });
  await app.idle();
  expect(pull.threads).toMatchObject([{ resolvedBy: { login: 'gargoyle[bot]' } }]);
  expect(pull.threads[0]?.comments.at(-1)?.body).toMatch(/^Fixed in /);
  await pull.push({ '.github/workflows/greet.yml': injectable });
  await app.idle();
  expect(pull.threads).toMatchObject([{ resolvedBy: null }]);
});

test('a draft gets the check; the comments wait until it is ready', async () => {
  const repository = await repositoryWith('drafty', {});
  await repository.commit('greet', { '.github/workflows/greet.yml': injectable });
  const pull = await repository.openPull({ head: 'greet', draft: true });
  await stage.app.idle();
  expect(pull.checkRuns()).toMatchObject([{ conclusion: 'failure' }]);
  expect(pull.reviews).toEqual([]);
  await pull.readyForReview();
  await stage.app.idle();
  expect(pull.reviews).toHaveLength(1);
});

/** Protects: at most eight requests for the first scan of a large change, the token's included. */
test('fifty workflows and fifty annotations', async () => {
  const { github, app } = stage;
  const repository = await github.repository('large', 'mono');
  const step = (index: number) => injectable.replace('say hello', `say hello ${index}`);
  const base = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`.github/workflows/w${index}.yml`, sound.replace('CI', `CI ${index}`)]),
  );
  const action = 'name: x\nruns:\n  using: composite\n  steps:\n    - run: echo\n      shell: bash\n';
  await repository.commit(
    'main',
    { ...base, 'tools/x/action.yml': action, '.github/actions/y/action.yml': action },
    'Begin',
    { silent: true },
  );
  await github.install('large');
  const head = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`.github/workflows/w${index}.yml`, step(index)]),
  );
  const local = sound.replace('- run: npm', '- uses: ./tools/x\n      - uses: ./.github/actions/y\n      - run: npm');
  await repository.commit('all', {
    ...head,
    '.github/workflows/w0.yml': step(0),
    '.github/workflows/local.yml': local,
  });
  // The base has moved on since, in a workflow too: its tip is not the merge base.
  await repository.commit('main', { '.github/workflows/w3.yml': sound.replace('CI', 'Moved on') }, 'Move on', {
    silent: true,
  });
  github.forget();
  const pull = await repository.openPull({ head: 'all' });
  await app.idle();
  const [check] = pull.checkRuns();
  expect(check).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(check?.annotations).toHaveLength(50);
  expect(pull.threads).toHaveLength(5);
  expect(github.problems()).toEqual([]);
  expect(asked()).toHaveLength(8);
}, 30_000);
