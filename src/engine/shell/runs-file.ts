import { basename } from './prefixes.ts';
import type { ShellCommand } from './script.ts';

/** Programs that run the file which is their first operand. */
const RUNNER =
  /^(?:bash|sh|dash|zsh|ksh|ash|fish|source|\.|python[\d.]*|pypy3?|node|nodejs|ruby|perl|php|pwsh|powershell|deno|bun|lua|Rscript|java|start-process|start|msiexec|cmd|invoke-expression|iex)$/;
/** Programs that install a package out of a file, which runs its scripts. */
const INSTALLER = /^(?:dpkg|rpm|apt|apt-get|dnf|yum|apk|installer)$/;

/** Whether two paths mean one file. Names without a folder are compared as such: nobody follows `cd`. */
export function isSameFile(a: string, b: string): boolean {
  const [one, other] = [plain(a), plain(b)];
  if (one === '' || other === '') return false;
  const isBare = !/[/\\]/.test(one) || !/[/\\]/.test(other);
  return one === other || (isBare && basename(one) === basename(other));
}

function plain(path: string): string {
  return path
    .replace(/\$\{(?:env:)?(\w+)\}/gi, '$$$1')
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
}

/** Whether a command runs a file, or makes it a program. */
export function runsFile({ name, words }: ShellCommand, file: string): boolean {
  const [first, ...rest] = words;
  const isIt = ({ text }: { readonly text: string }) => isSameFile(text, file);
  if (!first) return false;
  // cmd runs a file by its bare name; a bash function or program may have the same one.
  if ((/[/\\]/.test(first.text) || /\.(?:bat|cmd|exe|ps1)$/i.test(first.text)) && isIt(first)) return true;
  if (name === 'chmod')
    return rest.some(isIt) && rest.some(({ text }) => /^[ugoa]*\+\w*x|^0?[0-7]{0,2}[1357][0-7]{0,2}$/.test(text));
  if (name === 'install') return rest.slice(0, -1).some(isIt);
  if (INSTALLER.test(name)) return rest.some((word) => /[./]/.test(word.text) && isIt(word));
  if (!RUNNER.test(name)) return false;
  const operand = rest.find(({ text }) => !/^[-+/][\w-]+$/.test(text) || isSameFile(text, file));
  return operand !== undefined && isIt(operand);
}
