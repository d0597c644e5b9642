import type { Text } from '../engine/model/text.ts';
import { defineRule, type Problem } from '../engine/rule.ts';

export const misfeature = defineRule({
  id: 'misfeature',
  severity: 'low',
  section: 'Hygiene',
  summary: 'A feature that is better not used',
  why: 'These features work, and make a workflow hard to check: packages that come in beside every lockfile, and shells whose quoting nobody can rely on.',
  remedy: 'Install packages by a step of its own from a lockfile with hashes; use `shell: pwsh` or `bash`.',
  options: {
    /** `pip-install` of actions/setup-python. */
    pipInstall: true,
    /** `shell: cmd`, where it is asked for. */
    cmd: true,
    /** Shells with a command line of their own (for pedants). */
    customShell: true,
  },
  peers: ['zizmor: misfeature'],
  visit: {
    *uses(uses, { options }) {
      const input = uses.matches(['actions/setup-python']) ? uses.step?.with('pip-install') : null;
      if (!options.pipInstall || !input || input.value.trim() === '') return;
      yield {
        at: input,
        message: '`pip-install` puts packages into the interpreter beside every lockfile, without hashes',
        subject: 'pip-install',
      };
    },
    *workflow(workflow, { options }) {
      yield* shells(workflow.text('defaults', 'run', 'shell'), options);
    },
    *job(job, { options }) {
      yield* shells(job.text('defaults', 'run', 'shell'), options);
    },
    *step(step, { options }) {
      yield* shells(step.text('shell'), options);
    },
  },
});

function* shells(
  text: Text | null,
  { cmd, customShell }: { readonly cmd: boolean; readonly customShell: boolean },
): Generator<Problem> {
  const value = text?.value.trim() ?? '';
  if (!text?.isLiteral) return;
  if (cmd && /^cmd(?:\.exe)?$/i.test(value)) {
    yield {
      at: text,
      message: '`cmd` has no quoting that holds: a variable with `&` or `"` in it is read as commands',
      // One habit of a file.
      subject: 'cmd',
      route: '',
    };
  }
  if (customShell && value.includes('{0}') && !isWellKnown(value)) {
    yield {
      at: text,
      message: `\`${value}\` is a shell of its own, of which GitHub's defaults (stopping at the first failure) don't hold`,
      subject: 'custom shell',
      route: '',
      audience: 'pedantic',
    };
  }
}

/** What is asked for by conda's set-up, and the defaults written out. */
function isWellKnown(value: string): boolean {
  return /^(?:bash|sh|zsh)(?: -[a-zA-Z]+| --noprofile| --norc| pipefail)* \{0\}$/.test(value);
}
