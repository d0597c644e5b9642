import { type Danger, dangerOf, worst } from './danger.ts';
import type { EnvironmentWrite } from './environment-writes.ts';
import { foreignFilesBefore } from './foreign-files.ts';
import type { Source } from './sources.ts';

const WORKSPACE = /GITHUB_WORKSPACE|github\.workspace|\bPWD\b|\(pwd\)|`pwd`/;

/** A folder of the workspace is put before the programs of the machine, and an outsider's files lie there (corrections 33). */
export function workspacePathDanger({ target, step, text, values }: EnvironmentWrite): Danger | null {
  if (target !== 'path') return null;
  const written = values.map(({ start, end }) => text.value.slice(start, end).replace(/["']/g, '')).join('');
  if (!WORKSPACE.test(written) && /^[/~$%]/.test(written.trim())) return null;
  const files = foreignFilesBefore(step).filter(({ folder }) => !folder || written.includes(folder));
  return worst(
    files.flatMap(({ events, confidence, what }) => {
      const name = what === 'checkout' ? 'the files of the pull request' : 'the files of an artifact';
      const source: Source = { kind: 'text', name, text: 'path', author: 'outsider', confidence, events };
      return dangerOf(source, step) ?? [];
    }),
  );
}
