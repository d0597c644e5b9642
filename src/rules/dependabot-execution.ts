import { defineRule } from '../engine/rule.ts';

export const dependabotExecution = defineRule({
  id: 'dependabot-execution',
  severity: 'medium',
  section: 'Dependencies and coverage',
  summary: 'Dependabot runs code of the dependencies it updates',
  why: 'With external code allowed, a new release of a package runs its own code while Dependabot resolves versions, and can read the credentials of the private registries that it was given.',
  remedy:
    'Take `insecure-external-code-execution: allow` away; where manifests cannot be read without it, give that updater no registries.',
  peers: ['zizmor: dependabot-execution'],
  visit: {
    *dependabot({ updates }) {
      for (const update of updates) {
        const text = update.text('insecure-external-code-execution');
        if (text?.value.trim() !== 'allow') continue;
        const hasRegistries = update.registries.length > 0;
        yield {
          at: text,
          subject: `${update.ecosystem} ${update.directories.join(' ')}`,
          message: hasRegistries
            ? `A release of any \`${update.ecosystem}\` package can run code beside the credentials of the private registries`
            : `A release of any \`${update.ecosystem}\` package can run code while it is updated`,
          severity: hasRegistries ? 'high' : 'medium',
          fix: {
            title: 'Do not run code of dependencies',
            safe: false,
            edits: [update.remove('insecure-external-code-execution')],
          },
        };
      }
    },
  },
});
