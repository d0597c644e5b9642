import { describe, expect, test } from '@jest/globals';
import { scopeWrites } from '../../../src/engine/model/scope-uses.ts';
import { jobOf } from '../given.ts';

/**
 * Protects maintainers from being told that a scope is not needed when a step needs it: what is not understood must answer null,
 * what may write must be named.
 */

const step = (text: string) => `      - ${text.split('\n').join('\n        ')}\n`;
const job = (...steps: readonly string[]) =>
  jobOf(`on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps.map(step).join('')}`);
const writes = (...steps: readonly string[]) => {
  const found = scopeWrites(job(...steps));
  return found && [...found.scopes].sort();
};
const run = (script: string, env = '') => `run: |\n  ${script.split('\n').join('\n  ')}${env && `\nenv:\n  ${env}`}`;
const TOKEN = 'GH_TOKEN: ${{ github.token }}';

describe('scripts', () => {
  test.each<[string, string, readonly string[] | null]>([
    ['gh issue close 1', TOKEN, ['issues', 'pull-requests', 'repository-projects']],
    ['gh issue list --json title', TOKEN, []],
    ['gh release create v1', TOKEN, ['contents', 'discussions']],
    ['gh workflow run x.yml', TOKEN, ['actions']],
    ['gh cache delete --all', TOKEN, ['actions']],
    ['gh api repos/o/r/issues/1', TOKEN, []],
    ['gh api -X PATCH repos/o/r/issues/1 -f state=closed', TOKEN, ['issues', 'pull-requests']],
    ['gh api "repos/$GITHUB_REPOSITORY/check-runs" --input x.json', TOKEN, ['checks']],
    ['gh api graphql -f query=x', TOKEN, null],
    ['gh api -X POST "$ENDPOINT"', TOKEN, null],
    ['gh extension install x', TOKEN, null],
    ['gh secret set A', TOKEN, null],
    ['gh "$VERB" list', TOKEN, null],
    ['curl -s https://api.github.com/repos/o/r', TOKEN, []],
    ['curl -d x https://api.github.com/repos/o/r/statuses/1', TOKEN, ['statuses']],
    ['curl -d x "$URL"', TOKEN, null],
    ['echo hello | tee x', TOKEN, []],
    ['npm test', TOKEN, null],
    ['npm test', '', ['id-token']],
    ['./x.sh', '', ['id-token']],
    ['git push', '', ['contents']],
    ['git commit -m x', '', []],
    ['git frobnicate', '', ['contents']],
    ['echo $ACTIONS_ID_TOKEN_REQUEST_URL', '', ['id-token']],
    ['echo ${{ secrets.GITHUB_TOKEN }} | ./x', '', null],
  ])('%s (%s)', (script, env, expected) => {
    expect(writes(run(script, env))).toEqual(expected);
  });

  test.each<[string, readonly string[]]>([
    ['npm test', ['id-token']],
    ['npm run build', ['id-token']],
    ['npm run release', ['contents', 'id-token']],
    ['make', ['id-token']],
    ['make test-unit', ['id-token']],
    ['make deploy', ['contents', 'id-token']],
    ['cargo test --all', ['id-token']],
    ['cargo publish', ['contents', 'id-token']],
    ['python x.py', ['contents', 'id-token']],
    ['ls -l', []],
  ])('%s behind a checkout that leaves the token', (script, expected) => {
    expect(writes('uses: actions/checkout@v5', run(script))).toEqual(expected);
  });

  test('another language may be anything', () => {
    expect(writes(`${run('print(1)', TOKEN)}\nshell: python`)).toBeNull();
    expect(writes(`${run('print(1)')}\nshell: python`)).toEqual(['contents', 'id-token']);
  });
});

describe('actions', () => {
  test.each<[string, readonly string[] | null]>([
    ['uses: actions/setup-node@v5', []],
    ['uses: Actions/Labeler@v6', ['issues', 'pull-requests']],
    ['uses: softprops/action-gh-release@v2', ['contents']],
    ['uses: softprops/action-gh-release@v2\nwith: { discussion_category_name: x }', ['contents', 'discussions']],
    ['uses: ossf/scorecard-action@v2\nwith: { publish_results: false }', []],
    ['uses: ossf/scorecard-action@v2\nwith: { publish_results: "${{ x }}" }', ['id-token']],
    ['uses: zizmorcore/zizmor-action@v1', ['security-events']],
    ['uses: zizmorcore/zizmor-action@v1\nwith: { advanced-security: false }', []],
    ['uses: octo-org/anything@v1', null],
    ['uses: goreleaser/goreleaser-action@v6', null],
    ['uses: docker://alpine', null],
    ['uses: ./.github/actions/missing', null],
    ['uses: actions/labeler@v6\nwith: ${{ fromJSON(x) }}', null],
  ])('%s', (text, expected) => {
    expect(writes(text)).toEqual(expected);
  });

  test.each<[string, readonly string[] | null]>([
    ['await github.rest.issues.createComment({})', ['issues', 'pull-requests']],
    ['await github.rest.issues.get({})', []],
    ['await github.rest.repos.createCommitStatus({})', ['statuses']],
    ['await github.paginate(github.rest.pulls.listFiles, {})', []],
    ['for await (const x of github.paginate.iterator(github.rest.issues.listComments, {})) x', []],
    ['await github.request("POST /x")', null],
    ['await github.graphql(q)', null],
    ['await run(github)', null],
    ['const { rest } = github', null],
    ['require("./x")', null],
    ['await github.rest[group].create({})', null],
    ['await github.rest.unheard.of({})', null],
    ['await core.getIDToken()', null],
  ])('github-script: %s', (script, expected) => {
    expect(writes(`uses: actions/github-script@v8\nwith:\n  script: |\n    ${script}`)).toEqual(expected);
  });
});

test('a token in the job’s environment is everywhere', () => {
  const found = jobOf(
    `on: push\nenv:\n  T: \${{ secrets.GITHUB_TOKEN }}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n`,
  );
  expect(scopeWrites(found)).toBeNull();
});

test.each<[string, readonly string[]]>([
  ['${{ secrets.OTHER }}', []],
  ['${{ steps.app.outputs.token }}', []],
  ['${{ secrets.GITHUB_TOKEN }}', ['contents']],
  ['${{ secrets.OTHER || github.token }}', ['contents']],
  ['${{ inputs.token }}', ['contents']],
])('an action that is given %s', (token, expected) => {
  expect(writes(`uses: softprops/action-gh-release@v2\nwith:\n  token: ${token}`)).toEqual(expected);
});
