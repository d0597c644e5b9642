import type { ProposedFix } from '../rule.ts';
import type { EnvironmentWrite } from './environment-writes.ts';

/** `echo "name=value" >> "$FILE"` as a block with an end that nobody can guess. Null for every other form. */
export function blockWrite({ text, step, command, form, name }: EnvironmentWrite): ProposedFix | null {
  const isBash = step.script?.shell === 'bash' || step.script?.shell === 'sh';
  if (!isBash || form !== 'line' || name === null) return null;
  const [, value, file] = ONE_LINE.exec(text.value.slice(command.start, command.end)) ?? [];
  if (value === undefined || file === undefined || /\bend\b/.test(text.value)) return null;
  const block = `{ end="$(openssl rand -hex 16)"; echo "${name}<<\${end}"; echo "${value}"; echo "\${end}"; } >> ${file}`;
  return {
    title: 'Write it as a block with a random end',
    safe: false,
    edits: [text.replace(command.start, command.end, block)],
  };
}

/** Only one word in double quotes, which holds no further quotes. */
const ONE_LINE = /^echo "[A-Za-z_][\w-]*=((?:[^"\\\n]|\\.)*)"\s*>>\s*("?\$\{?GITHUB_(?:OUTPUT|STATE)\}?"?)$/;
