import { expect, test } from '@jest/globals';
import { oneLine } from '../../../src/engine/taint/one-line.ts';

/** Protects messages: what is quoted in them must not break the line, nor the code that it stands in. */
test.each([
  ['a short one', 'a short one'],
  ['gh issue view 1 \\\n  --repo octo/x', 'gh issue view 1 --repo octo/x'],
  ['Write-Output `\r\n  $a', 'Write-Output $a'],
  ['echo `date`', 'echo ´date´'],
  ['gh issue view "$ISSUE" --json title,body', 'gh issue view "$ISSUE" --json …'],
  ['a'.repeat(40), `${'a'.repeat(32)} …`],
])('%s', (text, line) => {
  expect(oneLine(text, 32)).toBe(line);
});
