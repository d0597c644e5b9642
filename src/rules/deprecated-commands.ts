import type { Script } from '../engine/model/script.ts';
import { defineRule, type Problem } from '../engine/rule.ts';
import type { ShellCommand, ShellWord } from '../engine/shell/script.ts';

export const deprecatedCommands = defineRule({
  id: 'deprecated-commands',
  severity: 'medium',
  section: 'Hygiene',
  summary: 'A command of the runner that is being taken away',
  why: 'Commands in the output let whatever a step prints pose as one. The runner refuses `set-env` and `add-path` already; `set-output` and `save-state` are deprecated, and a value that holds such a line sets another output.',
  remedy:
    'Write to the file: `echo "name=value" >> "$GITHUB_OUTPUT"` (`$GITHUB_STATE`, `$GITHUB_ENV`, `$GITHUB_PATH`).',
  peers: ['actionlint: deprecated-commands', 'sisakulint: deprecated-commands'],
  visit: {
    *script(script) {
      for (const command of script.commands) {
        const word = command.words.find(({ text }) => text.startsWith('::'));
        // Without quotes it is two words, which are printed as one text.
        const printed = word ? command.words.slice(command.words.indexOf(word)).map(({ text }) => text) : [];
        const read = COMMAND.exec(printed.join(' '));
        if (word && read && isFirst(command, word)) yield problem(script, command, word, read);
      }
    },
  },
});

const COMMAND = /^::(set-output|save-state|set-env|add-path)(?: +name=([^:,\s]+))?[^:]*::/;
/** What prints its arguments; '' is PowerShell's bare expression. */
const PRINTS = /^(?:echo|printf|print|write-output|write-host|)$/i;
const FILES = {
  'set-output': 'GITHUB_OUTPUT',
  'save-state': 'GITHUB_STATE',
  'set-env': 'GITHUB_ENV',
  'add-path': 'GITHUB_PATH',
} as const;

/** The runner reads commands at the start of a line only. */
function isFirst({ name, words }: ShellCommand, word: ShellWord): boolean {
  const at = words.indexOf(word);
  return PRINTS.test(name) && words.slice(name === '' ? 0 : 1, at).every(({ text }) => /^-[a-zA-Z]+$/.test(text));
}

function problem(script: Script, command: ShellCommand, word: ShellWord, read: RegExpExecArray): Problem {
  const [prefix = '', verb = '', name = ''] = read;
  const file = FILES[verb as keyof typeof FILES];
  return {
    at: script.text.span(word.start, word.end),
    message: `\`::${verb}\` is read out of whatever the step prints${name ? ` (\`${name}\`)` : ''}: a value that holds another such line sets more than is meant`,
    // One habit of a file.
    subject: 'commands',
    route: '',
    member: `${verb} ${name}`.trim(),
    fix: {
      title: `Write to \`$${file}\``,
      // A value of several lines needs another form there.
      safe: false,
      edits: edits(script, command, word, { prefix, name, file }),
    },
  };
}

function edits(
  { text, value, shell }: Script,
  { end, redirections, pipeline, name: program }: ShellCommand,
  { start }: ShellWord,
  { prefix, name, file }: { readonly prefix: string; readonly name: string; readonly file: string },
) {
  const at = value.indexOf(prefix, start);
  const isPath = file === 'GITHUB_PATH';
  const isPlain = redirections.length === 0 && pipeline.length === 1 && program === 'echo' && (isPath || name !== '');
  if (!isPlain || at < start || at > start + 1 || (shell !== 'bash' && shell !== 'sh')) return [null];
  return [text.replace(at, at + prefix.length, isPath ? '' : `${name}=`), text.replace(end, end, ` >> "$${file}"`)];
}
