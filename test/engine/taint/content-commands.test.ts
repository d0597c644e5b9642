import { describe, expect, test } from '@jest/globals';
import { executions } from '../../../src/engine/taint/execution.ts';
import { jobOf } from '../given.ts';

function found(steps: readonly string[], folder: string | null = ''): readonly string[] {
  const text = [
    'on: push',
    'jobs:',
    '  a:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    ...steps.map((line) => `      ${line}`),
    '',
  ];
  return jobOf(text.join('\n'))
    .steps.flatMap((step) => executions(step, folder))
    .map(({ what, direct }) => `${what}${direct ? '' : ' (indirect)'}`);
}

function run(code: string, folder?: string | null): string {
  const lines = code.split('\n').map((line) => `    ${line}`);
  return found(['- run: |', ...lines], folder).join(', ');
}

/** Protects both sides: a build that runs the pull request's files is an open door, and `git log` is not. */
describe('commands that run what the repository contains', () => {
  test.each([
    ['npm ci', 'npm ci'],
    ['npm ci --ignore-scripts', 'npm ci (indirect)'],
    ['sudo npm test', 'npm test'],
    ['CI=1 yarn', 'yarn'],
    ['pnpm run build', 'pnpm run'],
    ['yarn build:docs', 'yarn build:docs'],
    ['npx eslint .', 'npx eslint'],
    ['pip install -r requirements.txt', 'pip install'],
    ['pip install -e .', 'pip install'],
    ['pip install .', 'pip install'],
    ['python -m pytest', 'pytest'],
    ['python setup.py build', 'python setup.py'],
    ['python3 -u tools/x.py', 'python3 tools/x.py'],
    ['node scripts/x.mjs', 'node scripts/x.mjs'],
    ['bash build.sh', 'bash build.sh'],
    ['source ./env', 'source ./env'],
    ['. scripts/env.sh', '. scripts/env.sh'],
    ['./gradlew build', './gradlew'],
    ['scripts/x.sh', 'scripts/x.sh'],
    ['$GITHUB_WORKSPACE/x.sh', '$GITHUB_WORKSPACE/x.sh'],
    [`\${{ github.workspace }}/x.sh`, `\${{ github.workspace }}/x.sh`],
    ['make', 'make'],
    ['cargo build --release', 'cargo build'],
    ['cargo +nightly fmt', 'cargo fmt (indirect)'],
    ['go test ./...', 'go test'],
    ['go generate', 'go generate'],
    ['mvn -B verify', 'mvn verify'],
    ['bundle exec rake', 'bundle exec'],
    ['docker build .', 'docker build (indirect)'],
    ['terraform plan', 'terraform plan'],
    ['pre-commit run -a', 'pre-commit run'],
    ['cd sub && make', 'make'],
    ['(cd sub; npm i)', 'npm i'],
    ['if x; then make; fi', 'make'],
    ['out=$(make print)', 'make print'],
    ['uv run x', 'uv run'],
  ])('%s', (code, expected) => {
    expect(run(code)).toBe(expected);
  });

  test.each([
    'echo make',
    '# make',
    'echo "npm ci"',
    'cat <<END\nmake\nEND',
    'npm --version',
    'npm install -g pnpm',
    'pip install requests',
    'git log -1',
    'gh pr view 1',
    'jq . package.json',
    'cat Makefile',
    'node -e "1"',
    'python -c "1"',
    'python --version',
    'cargo --version',
    '/usr/bin/tool',
    '~/bin/tool',
    '$RUNNER_TEMP/x.sh',
    `\${{ github.action_path }}/x.sh`,
    'cd /tmp && make',
    'docker run alpine make',
    'npm view x',
  ])('not %j', (code) => {
    expect(run(code)).toBe('');
  });
});

describe('where the files lie', () => {
  test.each([
    ['cd pr && make', 'make'],
    ['make -C pr', 'make pr'],
    ['npm --prefix=pr ci', 'npm ci'],
    ['bash pr/x.sh', 'bash pr/x.sh'],
    ['pr/x.sh', 'pr/x.sh'],
    ['cd pr/sub && ./x.sh', './x.sh'],
    ['make', ''],
    ['node tools/x.js pr/package.json', ''],
    ['./x.sh pr', ''],
    ['cd pr && cd .. && make', ''],
    ['cd other && make', ''],
  ])('in pr: %s → %j', (code, expected) => {
    expect(run(code, 'pr')).toBe(expected);
  });

  test('the step’s own folder', () => {
    expect(found(['- run: make', '  working-directory: ./pr/'], 'pr')).toEqual(['make']);
    expect(found(['- run: make', '  working-directory: tools'], 'pr')).toEqual([]);
  });

  test('another checkout beside it is not theirs', () => {
    const beside = ['- uses: actions/checkout@v5', '  with: { path: base }'];
    expect(found([...beside, '- run: base/x.sh && x/y.sh'])).toEqual(['x/y.sh']);
    expect(found([...beside, '- run: make', '  working-directory: base'])).toEqual([]);
  });
});

describe('actions', () => {
  test.each([
    ['- uses: ./act', './act'],
    ['- uses: $/act', ''],
    ['- uses: pre-commit/action@v3', 'pre-commit/action'],
    ['- uses: ruby/setup-ruby@v1', ''],
    ['- { uses: ruby/setup-ruby@v1, with: { bundler-cache: true } }', 'ruby/setup-ruby'],
    ['- { uses: actions/setup-node@v4, with: { cache: npm } }', 'actions/setup-node (indirect)'],
    ['- uses: actions/setup-node@v4', ''],
    ['- uses: docker/build-push-action@v6', 'docker/build-push-action (indirect)'],
    ['- uses: actions/labeler@v5', ''],
  ])('%s → %j', (step, expected) => {
    expect(found([step]).join()).toBe(expected);
  });

  test('in a folder of their own', () => {
    expect(found(['- uses: ./pr/act', '- uses: ./act'], 'pr')).toEqual(['./pr/act']);
  });
});
