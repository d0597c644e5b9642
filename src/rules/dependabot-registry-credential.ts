import { defineRule } from '../engine/rule.ts';
import { registryCredentials } from '../knowledge/ecosystems.ts';

export const dependabotRegistryCredential = defineRule({
  id: 'dependabot-registry-credential',
  severity: 'high',
  section: 'Dependencies and coverage',
  summary: 'A registry’s password is written in dependabot.yml',
  why: 'Everyone who may read the repository, or once could, has it; it stays in the history when the line is gone.',
  remedy: 'Make a Dependabot secret and write `${{secrets.NAME}}`; revoke the value that stands there.',
  peers: [],
  visit: {
    *dependabot({ registries }) {
      for (const { name, values } of registries) {
        for (const key of registryCredentials) {
          const value = values.get(key);
          if (!value || value.value.includes('${{') || isExample(value.value)) continue;
          yield {
            at: value,
            subject: `${name} ${key}`,
            message: `The ${key} of the registry \`${name}\` stands in the file, for everyone who may read it`,
          };
        }
      }
    },
  },
});

function isExample(value: string): boolean {
  return (
    value.trim() === '' ||
    /^(?:x{3,}|\*{3,}|<.*>|changeme|example|dummy|placeholder|none|anonymous)$/i.test(value.trim())
  );
}
