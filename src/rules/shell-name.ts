import type { Step } from '../engine/model/step.ts';
import type { Text } from '../engine/model/text.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import { nearest } from '../engine/spelling.ts';

/** What the runner starts by name (docs.github.com, "Workflow syntax", `shell`; November 2026). */
const SHELLS = ['bash', 'sh', 'pwsh', 'powershell', 'cmd', 'python'];
/** Shells and languages that some machine has, so no slip of another one. */
const OTHERS = 'zsh ksh csh tcsh dash ash fish nu elvish node deno bun perl ruby php'.split(' ');
const WINDOWS_ONLY = ['powershell', 'cmd'];

export const shellName = defineRule({
  id: 'shell-name',
  severity: 'low',
  section: 'Correctness',
  summary: 'Shell that the runner does not know or does not have',
  why: 'The step fails before its first line.',
  remedy:
    'Name bash, sh, pwsh, python, or on Windows powershell or cmd; or write the command line of another shell, with `{0}` where the script goes.',
  peers: ['actionlint: shell-name'],
  visit: {
    *script({ step }) {
      const { shell, os } = step;
      if (!shell?.isLiteral || shell.value.trim() === '') return;
      const name = shell.value.trim().toLowerCase();
      if (name.includes('{0}')) return;
      if (!SHELLS.includes(name)) yield unknown(shell);
      else if (WINDOWS_ONLY.includes(name) && (os === 'linux' || os === 'macos') && !choosesSystem(step)) {
        yield {
          at: shell,
          message: `\`${shell.value}\` is there on Windows only, and the job runs on ${os === 'linux' ? 'Linux or macOS' : 'macOS'}`,
        };
      }
    },
  },
});

/** `if: runner.os == 'Windows'`: where the shell is not there, the step is left out. */
function choosesSystem(step: Step): boolean {
  return [step.text('if'), step.job?.text('if')].some((text) => /runner|windows|matrix/i.test(text?.value ?? ''));
}

function unknown(shell: Text): Problem {
  const isCommand = /\s/.test(shell.value.trim());
  const near =
    isCommand || OTHERS.includes(shell.value.trim().toLowerCase()) ? null : nearest(shell.value.trim(), SHELLS);
  const message = isCommand
    ? `\`${shell.value}\` has no \`{0}\`, which the runner replaces by the script's file`
    : `The runner knows no shell \`${shell.value}\`${near ? `; \`${near}\` is probably meant` : ', and its command line lacks `{0}` for the file of the script'}`;
  return {
    at: shell,
    message,
    fix: near ? { title: `Write \`${near}\``, safe: false, edits: [shell.replace(0, shell.value.length, near)] } : null,
  };
}
