import { describe, expect, test } from '@jest/globals';
import { hoist } from '../../../src/engine/taint/hoist.ts';
import { codeSinks } from '../../../src/engine/taint/sinks.ts';
import { applyEdits } from '../../../src/engine/yaml/edit.ts';
import { jobOf } from '../given.ts';

/** The step's lines after the first code's expressions moved to a variable; null when there is no fix. */
function moved(
  step: readonly string[],
  job: readonly string[] = [],
): { readonly lines: string; readonly safe: boolean } | null {
  const indented = step.map((line, at) => `      ${at === 0 ? '- ' : '  '}${line}`);
  const text = ['on: issues', 'jobs:', '  a:', ...job.map((line) => `    ${line}`), '    steps:', ...indented, ''].join(
    '\n',
  );
  const [first] = jobOf(text).steps;
  const sink = first && codeSinks(first)[0];
  const fix = sink && hoist([sink.text.expressions], sink);
  if (!fix || fix.edits.includes(null)) return null;
  const after = applyEdits(
    text,
    fix.edits.filter((edit) => edit !== null),
  );
  const from = after.indexOf('    steps:\n') + '    steps:\n'.length;
  const lines = after
    .slice(from)
    .replaceAll(/^ {8}|^ {6}- /gm, '')
    .trimEnd();
  return { lines, safe: fix.safe };
}

const UBUNTU = ['runs-on: ubuntu-latest'];
const WINDOWS = ['runs-on: windows-latest'];
const TITLE = `\${{ github.event.issue.title }}`;
const ADDED = `env:\n  ISSUE_TITLE: ${TITLE}\n`;

function shell(code: string, runner = UBUNTU): string | null {
  const lines = code.split('\n');
  const step = lines.length === 1 ? [`run: ${code}`] : ['run: |', ...lines.map((line) => `  ${line}`)];
  const found = moved(step, runner)?.lines ?? null;
  if (found === null) return null;
  expect(found.startsWith(ADDED)).toBe(true);
  return found
    .slice(ADDED.length)
    .replace(/^run: (?:\|\n)?/, '')
    .replaceAll(/^ {2}/gm, '');
}

/** Protects scripts: a fix that doesn't expand, splits words anew or lets another interpreter read the text is worse than none. */
describe('bash', () => {
  test.each([
    [`echo "${TITLE}"`, 'echo "${ISSUE_TITLE}"'],
    [`echo ${TITLE}`, 'echo "${ISSUE_TITLE}"'],
    [`echo a-${TITLE}-b`, 'echo a-"${ISSUE_TITLE}"-b'],
    [`echo '${TITLE}'`, 'echo "${ISSUE_TITLE}"'],
    [`echo 'a ${TITLE} b'`, `echo 'a '"\${ISSUE_TITLE}"' b'`],
    [`x=${TITLE}`, 'x=${ISSUE_TITLE}'],
    [`x="$(echo "${TITLE}")"`, 'x="$(echo "${ISSUE_TITLE}")"'],
    [`if [[ ${TITLE} == x ]]; then y; fi`, 'if [[ "${ISSUE_TITLE}" == x ]]; then y; fi'],
    [`cat <<END\n${TITLE}\nEND`, 'cat <<END\n${ISSUE_TITLE}\nEND'],
    [`echo "${TITLE}"\necho '${TITLE}'`, 'echo "${ISSUE_TITLE}"\necho "${ISSUE_TITLE}"'],
  ])('%j', (code, expected) => {
    expect(shell(code)).toBe(expected);
  });

  test.each([
    ['a quoted here-document', `cat <<'END'\n${TITLE}\nEND`],
    ['arithmetic', `echo $(( ${TITLE} ))`],
    ['another shell', `bash -c "echo ${TITLE}"`],
    ['eval', `eval "echo ${TITLE}"`],
    ['another machine', `ssh host "echo ${TITLE}"`],
    ['a container', `docker run alpine sh -c "echo ${TITLE}"`],
    ['python', `python -c "print('${TITLE}')"`],
    ['node', `node -e "console.log('${TITLE}')"`],
    ['jq', `jq ".a == \\"${TITLE}\\"" x.json`],
    ['sed', `sed "s/a/${TITLE}/" x`],
    ['sql', `psql -c "select '${TITLE}'"`],
    ['one of two places', `echo "${TITLE}"\nbash -c "${TITLE}"`],
    ['a script that can’t be parsed', `echo "${TITLE}`],
  ])('none for %s', (_, code) => {
    expect(shell(code)).toBeNull();
  });
});

describe('other languages', () => {
  test.each([[`Write-Host "${TITLE}"`], [`Write-Host '${TITLE}'`]])(
    'PowerShell without its grammar, or in single quotes, is left alone: %j',
    (code) => {
      // The grammar is not loaded here: what isn't understood isn't touched. test/rules has the other case.
      expect(shell(code, WINDOWS)).toBeNull();
    },
  );

  test('cmd, Python and an unknown runner are left alone', () => {
    expect(moved(['shell: cmd', `run: echo ${TITLE}`], WINDOWS)).toBeNull();
    expect(moved(['shell: python', `run: print("${TITLE}")`], UBUNTU)).toBeNull();
    expect(moved([`run: echo "${TITLE}"`], [`runs-on: \${{ vars.RUNNER }}`])).toBeNull();
  });

  test.each([
    [`const a = '${TITLE}';`, 'const a = process.env.ISSUE_TITLE;'],
    [`const a = \`x ${TITLE}\`;`, `const a = \`x \${process.env.ISSUE_TITLE}\`;`],
    [`const a = 'x ${TITLE}';`, null],
    [`const a = ${TITLE};`, null],
    [`const a = { '${TITLE}': 1 };`, null],
  ])('github-script: %j', (code, expected) => {
    const found = moved(['uses: actions/github-script@v7', 'with:', '  script: |', `    ${code}`], UBUNTU);
    expect(found?.lines.split('\n').at(-1)?.trim() ?? null).toBe(expected);
  });
});

describe('names', () => {
  test.each([
    ['the runner’s own', `\${{ github.head_ref }}`, [], 'run: echo "${GITHUB_HEAD_REF}"'],
    ['one that is there', TITLE, ['env:', `  T: ${TITLE}`], `env:\n  T: ${TITLE}\nrun: echo "\${T}"`],
    [
      'one that is taken',
      TITLE,
      ['env:', '  ISSUE_TITLE: x'],
      `env:\n  ISSUE_TITLE: x\n  ISSUE_TITLE_TEXT: ${TITLE}\nrun: echo "\${ISSUE_TITLE_TEXT}"`,
    ],
    ['env keeps its case', `\${{ env.Title }}`, ['env:', '  Title: x'], 'env:\n  Title: x\nrun: echo "${Title}"'],
    [
      'an index',
      `\${{ github.event['issue']['title'] }}`,
      [],
      `env:\n  ISSUE_TITLE: \${{ github.event['issue']['title'] }}\nrun: echo "\${ISSUE_TITLE}"`,
    ],
  ])('%s', (_, expression, env, expected) => {
    expect(moved([...env, `run: echo "${expression}"`], UBUNTU)?.lines).toBe(expected);
  });

  test.each([
    ['the job has it', [`echo "${TITLE}"`], [...UBUNTU, 'env: { ISSUE_TITLE: x }']],
    ['the script says it', [`ISSUE_TITLE=x; echo "${TITLE}"`], UBUNTU],
  ])('never another’s: %s', (_, [code], job) => {
    expect(moved([`run: ${code}`], job)?.lines).toContain(`ISSUE_TITLE_TEXT: ${TITLE}`);
  });

  test.each([
    ['what is computed', "format('{0}', github.event.issue.title)"],
    ['a filter', 'github.event.*.title'],
    ['a whole context', 'github'],
    ['an env that is one expression', 'github.event.issue.title'],
  ])('none for %s', (kind, code) => {
    const env = kind.startsWith('an env') ? [`env: \${{ fromJSON('{}') }}`] : [];
    expect(moved([...env, `run: echo "\${{ ${code} }}"`], UBUNTU)).toBeNull();
  });
});

test.each([
  ['pytest ${{ inputs.args }}', false],
  ['pytest ${{ github.event.client_payload.flags }}', false],
  ['pytest ${{ matrix.os }}', false],
  ['pytest "${{ inputs.args }}"', true],
  ['echo ${{ github.event.issue.title }}', true],
])('%s: safe %s', (code, safe) => {
  expect(moved([`run: ${code}`], UBUNTU)?.safe).toBe(safe);
});
