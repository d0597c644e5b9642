import { expect, test } from '@jest/globals';
import { mask } from '../../../src/engine/shell/mask.ts';
import { shellOf } from '../../../src/engine/shell/shell.ts';

test.each([
  [undefined, 'linux', 'bash'],
  [undefined, 'macos', 'bash'],
  [undefined, 'windows', 'pwsh'],
  [undefined, 'unknown', 'other'],
  ['', 'linux', 'bash'],
  ['bash', 'windows', 'bash'],
  ['bash -leo pipefail {0}', 'linux', 'bash'],
  ['/usr/bin/bash {0}', 'linux', 'bash'],
  ['C:\\Program\\bash.exe {0}', 'windows', 'bash'],
  ['sh', 'linux', 'sh'],
  ['PWSH', 'linux', 'pwsh'],
  ['powershell', 'windows', 'powershell'],
  ['cmd', 'windows', 'cmd'],
  ['python', 'linux', 'python'],
  ['perl {0}', 'linux', 'other'],
  ['${{ matrix.shell }}', 'linux', 'other'],
] as const)('shell %j on %s is %s', (name, os, kind) => {
  expect(shellOf(name, os)).toBe(kind);
});

test('a mask keeps every offset and line break', () => {
  expect(
    mask('a ${{\n x }} b ${{ y }}', [
      { start: 14, end: 22 },
      { start: 2, end: 11 },
    ]),
  ).toBe('a xxx\nxxxxx b xxxxxxxx');
});
