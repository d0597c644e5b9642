import { defineRule } from '../engine/rule.ts';

export const actionShellRequired = defineRule({
  id: 'action-shell-required',
  severity: 'medium',
  section: 'Correctness',
  summary: 'Step of a composite action without a shell',
  why: 'A composite action runs on machines that it does not choose, so the runner takes no default and refuses the whole action.',
  remedy: 'Add `shell: bash`, which GitHub’s machines of all systems have.',
  peers: ['actionlint: action metadata', 'ghalint: action_shell_is_required'],
  visit: {
    *step(step) {
      if (!step.action || !step.text('run')) return;
      const key = step.key('shell');
      if (step.text('shell')?.value.trim()) return;
      yield {
        at: key ?? step.key('run') ?? step,
        subject: 'shell',
        message: 'The runner refuses the action: a `run` of a composite action needs a `shell`',
        fix: key ? null : { title: 'Run it with bash', safe: true, edits: [step.insert('shell', 'bash')] },
      };
    },
  },
});
