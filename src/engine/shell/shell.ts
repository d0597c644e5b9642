/** Which language a script is in. */
export type ShellKind = 'bash' | 'sh' | 'pwsh' | 'powershell' | 'cmd' | 'python' | 'other';

export type RunnerOs = 'linux' | 'macos' | 'windows' | 'unknown';

const KINDS: ReadonlyMap<string, ShellKind> = new Map([
  ['bash', 'bash'],
  ['sh', 'sh'],
  ['dash', 'sh'],
  ['pwsh', 'pwsh'],
  ['powershell', 'powershell'],
  ['cmd', 'cmd'],
  ['python', 'python'],
  ['python3', 'python'],
]);

/**
 * The language of `shell:` as written (`/bin/bash -e {0}`), or the runner's default when undefined: PowerShell on Windows, bash on
 * Linux and macOS (`sh` where there is no bash, as in most containers: the same syntax to us). A shell that is computed is `other`.
 */
export function shellOf(name: string | undefined, os: RunnerOs): ShellKind {
  if (name === undefined || name.trim() === '') {
    if (os === 'unknown') return 'other';
    return os === 'windows' ? 'pwsh' : 'bash';
  }
  const program = name.trim().split(/\s+/)[0] ?? '';
  const file = program.split(/[\\/]/).at(-1) ?? '';
  return KINDS.get(file.toLowerCase().replace(/\.exe$/, '')) ?? 'other';
}
