import { describe, expect, test } from '@jest/globals';
import { lintRange, lintText } from '../../../src/engine/model/lint-text.ts';
import type { Script } from '../../../src/engine/model/script.ts';
import { lintTexts } from '../../../src/engine/taint/lint-texts.ts';
import { jobOf, modelOf } from '../given.ts';

function scriptOf(run: string, shell = 'bash'): Script {
  const script = jobOf(
    `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - shell: ${shell}\n        run: ${JSON.stringify(run)}\n`,
  ).steps[0]?.script;
  if (!script) throw new Error('no script');
  return script;
}

/** Protects: a linter sees what the shell sees but for the values, and its places are places of the script. */
describe('a script for a linter', () => {
  test.each([
    ['echo ${{ github.sha }}x', 'bash', 'echo _________________x'],
    ["echo ${{ 'a\nb' }}\nls", 'sh', 'echo ____________\nls'],
    ['a ${{ x }} b ${{ y }}', 'python', 'a ________ b ________'],
    ['echo $HOME', 'bash -e {0}', 'echo $HOME'],
  ])('%j', (run, shell, text) => {
    const given = lintText(scriptOf(run, shell));
    expect(given?.text).toBe(text);
    expect(given?.text.length).toBe(run.length);
  });

  test.each(['pwsh', 'cmd', 'ruby {0}', "'${{ matrix.shell }}'"])('none for %s', (shell) => {
    expect(lintText(scriptOf('x', shell))).toBeNull();
  });

  test.each([
    ['echo $A\nls $B', [2, 4, 2, 6], '$B'],
    ["echo '\u{1d11e}ü' $B", [1, 11, 1, 13], '$B'],
    ['a\nb', [1, 1, 2, 2], 'a\nb'],
    ['ls', [1, 2, 1, 2], 's'],
    ["echo ${{ 'a\nb' }}\nls $B", [2, 4, 2, 6], '$B'],
    ['ls', [2, 1, 2, 1], null],
    ['ls', [1, 0, 1, 1], null],
    ['echo ${{ x }} $B', [1, 15, 1, 17], '$B'],
    ['echo ${{ x }} $B', [1, 1, 1, 17], null],
  ])('%j %j', (run, [line = 0, column = 0, endLine = 0, endColumn = 0], written) => {
    const script = scriptOf(run);
    const text = lintText(script);
    const range =
      text && lintRange(script, text, { line, column, endLine, endColumn, code: '', level: 'info', message: '' });
    expect(range && run.slice(range.start, range.end)).toBe(written);
  });
});

/** Protects the speed of a scan: for everybody, a linter is started only where somebody else's text may be split. */
describe('which scripts are linted', () => {
  const workflow = (on: string, run: string) =>
    `on: ${on}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    env:\n      T: \${{ github.event.issue.title }}\n      N: \${{ github.event.issue.number }}\n    steps:\n      - run: ${run}\n      - run: make\n      - run: make\n      - if: false\n        run: never\n      - shell: pwsh\n        run: Write-Output $env:T\n`;
  test.each([
    ['issues', 'echo $T', ['echo $T']],
    ['issues', 'x=$T; echo $x', ['x=$T; echo $x']],
    ['issues', 'echo "$T"', []],
    ['issues', 'echo $N', []],
    ['issues', "echo '$T'", []],
    ['push', 'echo $T', []],
  ])('on %s: %s', (on, run, texts) => {
    const model = modelOf(workflow(on, JSON.stringify(run)));
    expect(lintTexts(model, 'tainted').map(({ text }) => text)).toEqual(texts);
    expect(lintTexts(model, 'all').map(({ text }) => text)).toEqual([run, 'make']);
    expect(lintTexts(model, 'all', () => false)).toEqual([]);
  });
});
