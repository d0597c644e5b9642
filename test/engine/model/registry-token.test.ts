import { expect, test } from '@jest/globals';
import { registryToken } from '../../../src/engine/model/registry-token.ts';
import { jobOf } from '../given.ts';

/** Protects from praise for stored tokens, and from blame where a registry knows nothing else. */

const token = (command: string, env: string) =>
  jobOf(
    `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          ${command}\n        env:\n          ${env}\n`,
  ).steps.map((step) => registryToken(step)?.secret ?? null)[0];

test.each<[string, string, string | null]>([
  ['npm publish', 'NODE_AUTH_TOKEN: ${{ secrets.A }}', 'A'],
  ['pnpm -r publish', "NPM_TOKEN: ${{ secrets['a-b'] }}", 'A-B'],
  ['npm publish --registry https://registry.npmjs.org/', 'NODE_AUTH_TOKEN: ${{ secrets.A }}', 'A'],
  ['npm publish --registry https://npm.octo.dev/', 'NODE_AUTH_TOKEN: ${{ secrets.A }}', null],
  ['npm publish --dry-run', 'NODE_AUTH_TOKEN: ${{ secrets.A }}', null],
  ['npm publish', 'OTHER: ${{ secrets.A }}', null],
  ['npm publish', 'NODE_AUTH_TOKEN: ${{ github.token }}', null],
  ['twine upload -r pypi dist/*', 'TWINE_PASSWORD: ${{ secrets.A }}', 'A'],
  ['twine upload --repository-url https://pypi.octo.dev dist/*', 'TWINE_PASSWORD: ${{ secrets.A }}', null],
  ['uv publish --token "${{ secrets.B }}"', 'A: b', 'B'],
  ['uv publish --publish-url https://octo.dev/x', 'UV_PUBLISH_TOKEN: ${{ secrets.A }}', null],
  ['cargo publish --token ${{ secrets.B }}', 'A: b', 'B'],
  ['gem push x.gem --key ${{ secrets.B }}', 'A: b', 'B'],
  ['gem push x.gem --host https://rubygems.pkg.github.com/o', 'GEM_HOST_API_KEY: ${{ secrets.A }}', null],
  ['dotnet nuget push x -k ${{ secrets.B }} -s https://api.nuget.org/v3/index.json', 'A: b', 'B'],
  ['dotnet nuget push x -k ${{ secrets.B }} -s https://nuget.octo.dev/', 'A: b', null],
  ['dotnet nuget push x -k "$KEY" -s https://api.nuget.org/v3/index.json', 'KEY: ${{ secrets.A }}', 'A'],
  ['dotnet nuget push x -s "$KEY"', 'KEY: ${{ secrets.A }}', null],
  ['echo ${{ secrets.B }}', 'A: b', null],
])('%s with %s', (command, env, expected) => {
  expect(token(command, env)).toBe(expected);
});
