import { expect, test } from '@jest/globals';
import { textSources } from '../../../src/engine/taint/sources.ts';
import { jobOf, WORKFLOW } from '../given.ts';

/** What `code`, an expression in the last step behind `steps`, carries: `kind class name`. */
function carried(steps: readonly string[], code: string, on = 'issues', files = {}): string {
  const text = `on: ${on}
jobs:
  a:
    runs-on: ubuntu-latest
    env: { SET: job }
    steps:
${steps.map(indented).join('\n')}
      - run: echo "\${{ ${code} }}"
`;
  const script = jobOf({ [WORKFLOW]: text, ...files }).steps.at(-1)?.script;
  const found = script ? textSources(script.text, []) : [];
  return found.map((source) => `${source.kind} ${source.text} ${source.name}`).join(', ');
}

function indented(step: string): string {
  const [first = '', ...rest] = step.split('\n');
  return [`      - ${first}`, ...rest.map((line) => `        ${line}`)].join('\n');
}

/** A step whose script is of these lines. */
function script(lines: string, more = 'shell: bash'): string {
  return `${more}\nrun: |\n${lines
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n')}`;
}

const TITLE = '"${{ github.event.issue.title }}"';
const FORK = 'uses: actions/checkout@v3\nwith: { ref: "${{ github.event.pull_request.head.sha }}" }';
const TEXT = 'text line github.event.issue.title';
const BODY = 'text arbitrary github.event.issue.body';

test.each<[string, readonly string[], string, string?]>([
  ['a write of an expression', [script(`echo X=${TITLE} >> $GITHUB_ENV`)], TEXT],
  ['of a variable', [script('echo "X=$T" >> $GITHUB_ENV', `shell: bash\nenv: { T: ${TITLE} }`)], TEXT],
  ['of a local variable', [script(`T=${TITLE}\necho "X=$T" >> $GITHUB_ENV`)], TEXT],
  ['through two local variables', [script(`T=${TITLE}\nU="a $T"\necho "X=\${U}" >> $GITHUB_ENV`)], TEXT],
  ['of the event file', [script('T=$(jq -r .issue.title "$GITHUB_EVENT_PATH")\necho "X=$T" >> $GITHUB_ENV')], TEXT],
  [
    'of the event file, piped',
    [script('echo "X=$(cat $GITHUB_EVENT_PATH | jq -r \'.issue.body\')" >> $GITHUB_ENV')],
    BODY,
  ],
  [
    'of a number in the event file',
    [script('echo "X=$(jq .issue.number $GITHUB_EVENT_PATH)" >> $GITHUB_ENV')],
    'plain structured jq .issue.number $GITHUB_EVENT_PATH',
  ],
  ['in a block', [script(`{\n  echo 'X<<EOF'\n  echo ${TITLE}\n  echo EOF\n} >> "$GITHUB_ENV"`)], TEXT],
  ['by a tee', [script(`echo X=${TITLE} | tee -a "$GITHUB_ENV"`)], TEXT],
  ['by read', [script(`read -r T <<< ${TITLE}\necho "X=$T" >> $GITHUB_ENV`)], TEXT],
  ['in a loop', [script(`for T in ${TITLE}; do\n  echo "X=$T" >> $GITHUB_ENV\ndone`)], TEXT],
  [
    'of what GitHub says',
    [script('echo "X=$(gh pr view 1 --json title -q .title)" >> $GITHUB_ENV')],
    'text line gh pr view 1 --json title -q .title',
  ],
  [
    'of a number that GitHub says',
    [script('echo "X=$(gh pr view 1 --json number -q .number)" >> $GITHUB_ENV')],
    'plain structured gh pr view 1 --json number -q .number',
  ],
  [
    'cleaned by tr',
    [script(`T=$(echo ${TITLE} | tr -cd 'a-z')\necho "X=$T" >> $GITHUB_ENV`)],
    "plain structured tr -cd 'a-z'",
  ],
  [
    'made one line',
    [script(`T=$(echo "\${{ github.event.issue.body }}" | head -n 1)\necho "X=$T" >> $GITHUB_ENV`)],
    'text line github.event.issue.body',
  ],
  [
    'a later write beats it',
    [script(`echo X=${TITLE} >> $GITHUB_ENV`), script('echo "X=no" >> $GITHUB_ENV')],
    'plain structured env.X',
  ],
  [
    'a later write that may not happen',
    [script(`echo X=${TITLE} >> $GITHUB_ENV`), `if: github.actor == 'x'\n${script('echo "X=no" >> $GITHUB_ENV')}`],
    TEXT,
  ],
  ['of another name', [script(`echo Y=${TITLE} >> $GITHUB_ENV`)], 'unknown arbitrary env.X'],
  [
    'of whole lines',
    [FORK, script('cat vars.txt >> $GITHUB_ENV')],
    'text arbitrary cat vars.txt',
    'pull_request_target',
  ],
  [
    'of a file of the fork',
    [FORK, script('V=$(cat version.txt)\necho "X=$V" >> $GITHUB_ENV')],
    'text arbitrary cat version.txt',
    'pull_request_target',
  ],
  [
    'of a file that our own checkout has put in its place',
    [FORK, 'uses: actions/checkout@v3', script('echo "X=$(cat version.txt)" >> $GITHUB_ENV')],
    'plain structured cat version.txt',
    'pull_request_target',
  ],
  [
    'of a file of our own',
    ['uses: actions/checkout@v3', script('V=$(cat version.txt)\necho "X=$V" >> $GITHUB_ENV')],
    'plain structured cat version.txt',
    'pull_request_target',
  ],
  [
    'of a commit',
    [FORK, script('echo "X=$(git log -1 --format=%s)" >> $GITHUB_ENV')],
    'text line git log -1 --format=%s',
    'pull_request_target',
  ],
  [
    'of a hash',
    [FORK, script('echo "X=$(git log -1 --format=%H)" >> $GITHUB_ENV')],
    'plain structured git log -1 --format=%H',
    'pull_request_target',
  ],
  [
    'of the branch',
    [script('echo "X=${GITHUB_HEAD_REF}" >> $GITHUB_ENV')],
    'text ref github.head_ref',
    'pull_request_target',
  ],
  [
    'of an artifact',
    ['uses: dawidd6/action-download-artifact@v2\nwith: { path: pr }', script('echo "X=$(cat pr/NR)" >> $GITHUB_ENV')],
    'text arbitrary cat pr/NR',
    'workflow_run',
  ],
  [
    'of an artifact that gh fetched',
    [script('gh run download 1 -n pr\nTHE=1'), script('echo "X=$(<NR)" >> $GITHUB_ENV')],
    'text arbitrary <NR',
    'workflow_run',
  ],
  [
    'exported by JavaScript',
    ["uses: actions/github-script@v7\nwith:\n  script: core.exportVariable('X', context.payload.issue.title)"],
    TEXT,
  ],
  [
    'exported by JavaScript, in two lines',
    [
      "uses: actions/github-script@v7\nwith:\n  script: |\n    const { title } = context.payload.issue;\n    core.exportVariable('X', title)",
    ],
    TEXT,
  ],
])('env.X: %s', (...[, steps, expected, on]) => {
  expect(carried(steps, 'env.X', on)).toBe(expected);
});

test.each<[string, string, string, string?]>([
  ['a line', script(`echo "o=$T" >> $GITHUB_OUTPUT`, `id: s\nenv: { T: ${TITLE} }`), TEXT],
  ['a here-document', script('cat <<EOF >> $GITHUB_OUTPUT\no=$T\nEOF', `id: s\nenv: { T: ${TITLE} }`), TEXT],
  [
    'a block over several commands',
    script(
      'echo "o<<E" >> $GITHUB_OUTPUT\necho "$T" >> $GITHUB_OUTPUT\necho E >> $GITHUB_OUTPUT',
      `id: s\nenv: { T: ${TITLE} }`,
    ),
    TEXT,
  ],
  ['printf', script('printf \'o=%s\\n\' "$T" >> $GITHUB_OUTPUT', `id: s\nenv: { T: ${TITLE} }`), TEXT],
  [
    'what a script in JavaScript returns',
    'id: s\nuses: actions/github-script@v7\nwith:\n  script: return context.payload.issue.title',
    'unknown',
    'result',
  ],
  [
    'setOutput',
    "id: s\nuses: actions/github-script@v7\nwith:\n  script: core.setOutput('o', context.payload.issue.title)",
    TEXT,
  ],
  [
    'setOutput of what GitHub says',
    "id: s\nuses: actions/github-script@v7\nwith:\n  script: |\n    const pr = await github.rest.pulls.get({ number: 1 });\n    core.setOutput('o', pr.data.head.ref);",
    'text ref pr.data.head.ref',
  ],
  [
    'setOutput of a commit',
    "id: s\nuses: actions/github-script@v7\nwith:\n  script: |\n    const pr = await github.rest.pulls.get({ number: 1 });\n    core.setOutput('o', pr.data.head.sha);",
    'plain structured steps.s.outputs.o',
  ],
])('an output by %s', (...[, step, expected, name = 'o']) => {
  const found = carried([step], `steps.s.outputs.${name}`);
  expect(found).toBe(expected === 'unknown' ? TEXT : expected);
});

test('an action of this repository hands its variables on, and sees its callers’', () => {
  const action = `runs:
  using: composite
  steps:
    - shell: bash
      run: echo "X=$GIVEN" >> "$GITHUB_ENV"
`;
  const use = `uses: ./.github/actions/a\nenv: { GIVEN: ${TITLE} }`;
  expect(carried([use], 'env.X', 'issues', { '.github/actions/a/action.yml': action })).toBe(TEXT);
});
