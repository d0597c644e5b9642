import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { findExpressions } from '../../../src/engine/expression/parse.ts';
import { loadPowerShell, parsePowerShell } from '../../../src/engine/shell/powershell.ts';
import type { ShellScript } from '../../../src/engine/shell/script.ts';

const X = '${{ x }}';
const { resolve } = createRequire(import.meta.url);

function script(text: string): ShellScript {
  const parsed = parsePowerShell(text, findExpressions(text));
  if (parsed === null) throw new Error('not parsed');
  return parsed;
}

test('before the grammar is loaded, nothing is known', () => {
  expect(parsePowerShell('echo a', [])).toBeNull();
});

describe('PowerShell', () => {
  beforeAll(async () => {
    await loadPowerShell({
      runtime: new Uint8Array(readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm'))),
      grammar: new Uint8Array(readFileSync(resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'))),
    });
  });

  test.each([
    ['echo X', 'bare'],
    ['echo "a X"', 'double'],
    ["echo 'a X'", 'single'],
    ['echo "$(foo X)"', 'bare'],
    ['echo "$(foo "X")"', 'double'],
    ['$a = "X"', 'double'],
    ["$a = 'X'", 'single'],
    ['@"\nX\n"@ | Out-File f', 'heredoc'],
    ["@'\nX\n'@ | Out-File f", 'heredoc-quoted'],
    ['foo\n# X', 'comment'],
    ['echo a # "X"', 'comment'],
    ['<# "X" #> echo a', 'comment'],
    ['X foo', 'unknown'],
    ['foo -X', 'unknown'],
    ['cd X\\a', 'bare'],
    ['if ("X" -eq "y") { foo }', 'double'],
    ['foo a/X/b', 'bare'],
  ])('the context of %j is %s', (text, quoting) => {
    const written = text.replace('X', () => X);
    expect(script(written).quotingAt(written.indexOf(X) + 2)).toBe(quoting);
  });

  test.each([
    ['npm ci; NPM.exe test', 'npm npm'],
    ['& ".\\bin\\a.exe" b', 'a'],
    ['. ./x.ps1', 'x.ps1'],
    ['$a = Get-Content f | Select-String x', ' get-content select-string'],
    ['if (Test-Path f) { a } else { b }', 'test-path a b'],
    ['foreach ($x in Get-Item *) { a $x }', 'get-item a'],
    ['function f { a }', 'a'],
    ['"x $(a)" | b', ' a b'],
    ["echo 'a; b' # c", 'echo'],
    ['a && b || c', 'a b c'],
    ['try { a } catch { b }', 'a b'],
  ])('the commands of %j are %j', (text, names) => {
    expect(
      script(text)
        .commands.map(({ name }) => name)
        .join(' '),
    ).toBe(names);
  });

  test('words, redirections, pipelines and assignments', () => {
    const text =
      'foo -Path "a $b" \'it\'\'s\' c`d >> $env:GITHUB_ENV; "A=1" | Out-File -FilePath $env:GITHUB_ENV; $env:X = "y"';
    const [foo, value, file, variable] = script(text).commands;
    expect(foo?.words.map((word) => [word.text, word.quoted, word.isLiteral])).toEqual([
      ['foo', false, true],
      ['-Path', false, true],
      ['a $b', true, false],
      ["it's", true, true],
      ['cd', false, true],
    ]);
    expect(foo?.redirections.map(({ operator, target }) => [operator, target?.text])).toEqual([
      ['>>', '$env:GITHUB_ENV'],
    ]);
    expect(value).toMatchObject({ name: '', words: [{ text: 'A=1' }], pipeline: { position: 0, length: 2 } });
    expect(file).toMatchObject({ name: 'out-file', pipeline: { id: value?.pipeline.id, position: 1 } });
    expect(variable).toMatchObject({ name: '', assignments: [{ name: 'env:X', value: { text: 'y' } }] });
  });

  test('an expression that is only redirected is seen', () => {
    const [written] = script('"A=1" >> $env:GITHUB_ENV').commands;
    expect(written).toMatchObject({
      name: '',
      words: [{ text: 'A=1' }],
      redirections: [{ operator: '>>', target: { text: '$env:GITHUB_ENV' } }],
    });
  });

  test.each([
    ['Invoke-Expression "X"', true],
    ['iex "X"', true],
    ['"X" | iex', true],
    ['bash -c "X"', true],
    ['cmd /c "echo X"', true],
    ['python -c "X"', true],
    ['"X" >> run.ps1', true],
    ['"X" | Out-File run.ps1', true],
    ['Set-Content -Path run.cmd -Value "X"', true],
    ['"X" | Out-File notes.txt', false],
    ['Write-Output "X"', false],
    ['python run.py "X"', false],
  ])('another interpreter reads %j: %s', (text, isInside) => {
    const written = text.replace('X', () => X);
    expect(script(written).insideInterpreter(written.indexOf(X))).toBe(isInside);
  });

  test('an error keeps the commands and gives no context', () => {
    const parsed = script('npm ci --x=y\nfoo "a');
    expect(parsed.isBroken).toBe(true);
    expect(parsed.commands.map(({ name }) => name)).toContain('npm');
    expect(parsed.quotingAt(1)).toBe('unknown');
  });

  test.each(['"$(', 'a,'])('endless %j ends in under two seconds', (unit) => {
    const text = unit.repeat(Math.floor((64 * 1024) / unit.length));
    const start = process.cpuUsage();
    const parsed = parsePowerShell(text, []);
    parsed?.quotingAt(100);
    parsed?.insideInterpreter(100);
    expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
    expect(script('npm ci').commands.map(({ name }) => name)).toEqual(['npm']);
  });
});

test('scripts are read the same after the garbage collector ran', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const texts = Array.from({ length: 40 }, (_, index) =>
    `Write-Host "${index}"\n./run -p ${index} python -c ""\n`.repeat(20),
  );
  const names = () =>
    texts.map((text) =>
      script(text)
        .commands.map(({ name }) => name)
        .join(),
    );
  const before = names();
  for (let round = 0; round < 5; round += 1) {
    collect();
    // The library frees what was collected in a task of its own.
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(names()).toEqual(before);
  }
});
