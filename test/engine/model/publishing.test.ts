import { describe, expect, test } from '@jest/globals';
import { mayPublish, publishes } from '../../../src/engine/model/publishing.ts';
import { jobOf } from '../given.ts';

/** Protects every rule about releases: a publisher that is not seen is a release that nobody guards, a dry run that is seen is noise. */

function step(lines: string) {
  const found = jobOf(`on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - ${lines}\n`).steps[0];
  if (!found) throw new Error(lines);
  return found;
}

describe('commands', () => {
  test.each([
    ['npm publish', 'npm'],
    ['npm --prefix packages/a publish --access public', 'npm'],
    ['pnpm -r publish', 'npm'],
    ['yarn npm publish', 'npm'],
    ['pnpm exec changeset publish', 'npm'],
    ['npx --yes vsce@3 publish -p x', 'the extension marketplace'],
    ['cargo +nightly publish', 'crates.io'],
    ['python -m twine upload dist/a', 'PyPI'],
    ['uv run --with x twine upload dist/a', 'PyPI'],
    ['nix develop -c cargo publish', 'crates.io'],
    ['./gradlew :lib:publishToMavenCentral', 'Maven'],
    ['mvn -B deploy -DskipTests', 'Maven'],
    ['cd a && sudo docker push octo/a', 'the image registry'],
    ['docker buildx build --push -t a .', 'the image registry'],
    ['goreleaser release --clean', 'GitHub releases'],
    ['aws s3 sync dist s3://bucket --delete', 'Amazon S3'],
  ])('%s', (command, where) => {
    expect(publishes(step(`run: "${command}"`))).toMatchObject({ where });
  });

  test.each([
    'npm publish --dry-run',
    'npm pack',
    'npm run publish-docs',
    'cargo publish -n',
    'docker push localhost:5000/a',
    'docker build .',
    'goreleaser release --snapshot',
    './gradlew publishToMavenLocal',
    'gh release view v1',
    'echo npm publish',
    'terraform plan',
    'npx changeset version',
  ])('not %s', (command) => {
    expect(publishes(step(`run: "${command}"`))).toBeNull();
  });
});

describe('actions', () => {
  test.each([
    ['uses: PyPA/gh-action-pypi-publish@release/v1', 'package'],
    ['{ uses: docker/build-push-action@v6, with: { push: true } }', 'image'],
    ['{ uses: docker/build-push-action@v6, with: { push: "${{ github.ref_type == \'tag\' }}" } }', 'image'],
    ['{ uses: docker/build-push-action@v6, with: { outputs: "type=image,push=true" } }', 'image'],
    ['{ uses: goreleaser/goreleaser-action@v6, with: { args: release --clean } }', 'release'],
    ['{ uses: changesets/action@v1, with: { publish: pnpm release } }', 'package'],
    ['uses: release-drafter/release-drafter@v6', 'notes'],
    [
      '{ uses: actions/github-script@v8, with: { script: "await github.rest.repos.uploadReleaseAsset({})" } }',
      'release',
    ],
  ])('%s', (lines, kind) => {
    expect(publishes(step(lines))).toMatchObject({ kind });
  });

  test.each([
    '{ uses: docker/build-push-action@v6, with: { push: false } }',
    'uses: docker/build-push-action@v6',
    '{ uses: docker/build-push-action@v6, with: { push: "${{ false }}" } }',
    '{ uses: goreleaser/goreleaser-action@v6, with: { args: release --snapshot } }',
    'uses: changesets/action@v1',
    '{ uses: JS-DevTools/npm-publish@v3, with: { dry-run: true } }',
  ])('not %s', (lines) => {
    expect(publishes(step(lines))).toBeNull();
  });
});

test.each([
  ['make release', true],
  ['npm run publish', true],
  ['./scripts/release.sh', true],
  ['bash ci/publish.sh', true],
  ['make release-notes', false],
  ['make test', false],
  ['npm run release -- --dry-run', false],
])('by its name: %s', (command, may) => {
  expect(mayPublish(step(`run: ${command}`)) !== null).toBe(may);
});

test('a hostile line ends in time', () => {
  const start = performance.now();
  publishes(step(`run: npm ${'-a b '.repeat(3000)}`));
  publishes(step(`run: yarn ${'workspaces '.repeat(3000)}`));
  publishes(step(`run: "./gradlew ${'a:'.repeat(5000)}"`));
  expect(performance.now() - start).toBeLessThan(1500);
});
