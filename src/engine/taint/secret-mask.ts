import type { Script } from '../model/script.ts';
import type { ProposedFix } from '../rule.ts';
import type { SecretEvent } from './secret-flow.ts';

/** Behind these the next line belongs to the same command. */
const CONTINUED = /(?:\\|\||&&|\(|\{)[ \t]*$/;

/** A line before the command that masks its variable; null where there is none, or where no line may be put there. */
export function maskBefore(script: Script, { variable, command }: SecretEvent): ProposedFix | null {
  if (variable === null || !/^[A-Za-z_]\w*$/.test(variable) || script.text.node.anchor !== null) return null;
  const isPowerShell = script.shell === 'pwsh' || script.shell === 'powershell';
  if (script.shell !== 'bash' && script.shell !== 'sh' && !isPowerShell) return null;
  const { value } = script;
  const lineStart = value.lastIndexOf('\n', command.start - 1) + 1;
  const indent = value.slice(lineStart, command.start);
  const before = value.slice(0, lineStart).replace(/\n$/, '');
  if (!value.includes('\n') || indent.trim() !== '' || CONTINUED.test(before.slice(before.lastIndexOf('\n') + 1)))
    return null;
  if (script.parsed?.quotingAt(lineStart) !== 'bare' && lineStart > 0) return null;
  const line = `${isPowerShell ? 'Write-Output' : 'echo'} "::add-mask::$${variable}"\n${indent}`;
  return {
    title: `Register \`${variable}\` as a secret first`,
    safe: false,
    edits: [script.text.replace(command.start, command.start, line)],
  };
}
