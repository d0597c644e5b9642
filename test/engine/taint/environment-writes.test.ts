import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, expect, test } from '@jest/globals';
import { loadPowerShell } from '../../../src/engine/shell/powershell.ts';
import { environmentWrites } from '../../../src/engine/taint/environment-writes.ts';
import { jobOf } from '../given.ts';

const { resolve } = createRequire(import.meta.url);

beforeAll(async () => {
  await loadPowerShell({
    runtime: new Uint8Array(readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm'))),
    grammar: new Uint8Array(readFileSync(resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'))),
  });
});

/** `target name form: value | value` of each write of a script. */
function writesOf(run: string, more = 'shell: bash'): readonly string[] {
  const script = run
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n');
  const job = jobOf(`on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - ${more}
        run: |
${script}
`);
  return describe(job.steps[0] ? environmentWrites(job.steps[0]) : []);
}

function describe(writes: ReturnType<typeof environmentWrites>): readonly string[] {
  return writes.map(({ target, name, form, delimiter, text, values }) => {
    const parts = values.map(({ start, end }) => text.value.slice(start, end));
    return `${target} ${name} ${form}${delimiter === null ? '' : ` ${delimiter}`}: ${parts.join(' | ')}`;
  });
}

test.each([
  ['echo "A=$B" >> "$GITHUB_ENV"', ['env A line: $B"']],
  ['echo A="$B" >> $GITHUB_OUTPUT', ['output A line: "$B"']],
  ['echo "A=x" >>${GITHUB_ENV}; echo "$HOME/bin" >> $GITHUB_PATH', ['env A line: x"', 'path null line: "$HOME/bin"']],
  ['{ echo "A=$B"; echo "C=d"; } >> "$GITHUB_OUTPUT"', ['output A line: $B"', 'output C line: d"']],
  ['echo "A=$B" | tee -a "$GITHUB_ENV"', ['env A line: $B"']],
  ['echo "A=$B" >> "$OTHER"', []],
  ['printf "A=%s\\nB=%s\\n" "$X" "$Y" >> "$GITHUB_ENV"', ['env A line: %s | "$X"', 'env B line: %s | "$Y"']],
  ['cat file.txt >> $GITHUB_ENV', ['env null stream: cat file.txt']],
  ['cat file.txt | grep = >> $GITHUB_ENV', ['env null stream: cat file.txt | grep =']],
  ['echo "$LINE" >> $GITHUB_ENV', ['env null stream: "$LINE"']],
  ['echo "$K=$V" >> $GITHUB_ENV', ['env null line: "$K=$V"']],
  ['echo "::set-output name=a::$B"', ['output a command: $B"']],
  ['tee -a "$GITHUB_ENV" <<< "A=$B"', ['env A line: $B"']],
  ['cat <<EOF >> "$GITHUB_ENV"\nA=$B\nC=d\nEOF', ['env A line: $B', 'env C line: d']],
  [
    '{\n  echo "A<<EOF"\n  cat body.md\n  echo "$B"\n  echo EOF\n} >> "$GITHUB_ENV"',
    ['env A block EOF: cat body.md | "$B"'],
  ],
  [
    'echo "A<<$END" >> $GITHUB_OUTPUT\necho "$B" >> $GITHUB_OUTPUT\necho "$END" >> $GITHUB_OUTPUT\necho "C=$D" >> $GITHUB_OUTPUT',
    ['output A block $END: "$B"', 'output C line: $D"'],
  ],
  ['echo -e "A<<EOF\\n$B\\nEOF" >> $GITHUB_OUTPUT', ['output A block EOF: $B']],
  ['for f in *; do echo "$f=1"; done >> "$GITHUB_ENV"', ['env null line: "$f=1"']],
  ["echo 'A=${{ github.event.issue.title }}' >> $GITHUB_ENV", ["env A line: ${{ github.event.issue.title }}'"]],
  ['echo "A=$B" >> ${{ github.env }}', ['env A line: $B"']],
])('bash: %s', (script, expected) => {
  expect(writesOf(script)).toEqual(expected);
});

test.each([
  ['"A=$b" >> $env:GITHUB_ENV', ['env A line: $b"']],
  ['"A=$b" | Out-File -FilePath $env:GITHUB_ENV -Encoding utf8 -Append', ['env A line: $b"']],
  ['Add-Content -Path $env:GITHUB_OUTPUT -Value "A=$b"', ['output A line: $b"']],
  ['echo "A=$b" >> $env:GITHUB_OUTPUT', ['output A line: $b"']],
  ['Write-Output "A=$($b.title)" | Add-Content $env:GITHUB_ENV', ['env A line: $($b.title)"']],
  ['"A<<EOF`n$b`nEOF" >> $env:GITHUB_ENV', ['env A block EOF: $b']],
])('PowerShell: %s', (script, expected) => {
  expect(writesOf(script, 'shell: pwsh')).toEqual(expected);
});

test.each([
  ['echo A=%B%>> %GITHUB_ENV%', 'cmd', ['env A line: %B%']],
  ['>>"%GITHUB_OUTPUT%" echo A=%B%', 'cmd', ['output A line: %B%']],
  [
    "import os\nwith open(os.environ['GITHUB_ENV'], 'a') as f:\n  f.write(f'A={title}')",
    'python',
    ["env A code: f'A={title}'"],
  ],
])('other shells: %s', (script, shell, expected) => {
  expect(writesOf(script, `shell: ${shell}`)).toEqual(expected);
});

test.each([
  ["core.setOutput('a', context.payload.issue.title)", ['output a call: context.payload.issue.title']],
  ["core.exportVariable('A', `x ${f(1, 2)}`);", ['env A call: `x ${f(1, 2)}`']],
  ['return context.payload.issue.body;', ['output result call: context.payload.issue.body']],
  ['fs.appendFileSync(process.env.GITHUB_ENV, `A=${title}\\n`)', ['env A code: `A=${title}\\n`']],
])('github-script: %s', (script, expected) => {
  const job = jobOf(`on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/github-script@v7
        with:
          script: |
            ${script}
`);
  expect(describe(job.steps[0] ? environmentWrites(job.steps[0]) : [])).toEqual(expected);
});
