import { sshKeys } from '../engine/model/ssh-key.ts';
import { defineRule } from '../engine/rule.ts';
import { DEPLOY_KEY_NAME, PERSONAL_KEY_NAME } from '../knowledge/ssh-keys.ts';

export const userSshKey = defineRule({
  id: 'user-ssh-key',
  severity: 'medium',
  confidence: 'medium',
  section: 'Identity',
  summary: 'Private SSH key that may be a person’s',
  why: 'A person’s SSH key opens every repository that the person can write to, and GitHub cannot tell the workflow from the person. A deploy key opens one repository.',
  remedy:
    'Make one deploy key for each repository, read-only where nothing is pushed. Say what a secret holds by `key-kinds: { NAME: deploy-key }`, or name it so (`…_DEPLOY_KEY`).',
  options: {
    /** Secret's name → what it holds, where the name doesn't say. */
    'key-kinds': {} as Readonly<Record<string, 'deploy-key' | 'machine-user' | 'server' | 'person'>>,
  },
  visit: {
    *step(step, { options }) {
      for (const { at, secret, isGithub } of sshKeys(step)) {
        const kind = Object.entries(options['key-kinds']).find(([name]) => name.toUpperCase() === secret)?.[1];
        if (kind === 'deploy-key' || kind === 'server' || (!kind && DEPLOY_KEY_NAME.test(secret))) continue;
        const isPersons = kind === 'person' || (!kind && PERSONAL_KEY_NAME.test(secret));
        yield {
          at,
          message: isPersons
            ? `\`secrets.${secret}\` is a person’s SSH key: whoever reads it here is that person to GitHub`
            : `Nothing says that \`secrets.${secret}\` is the key of one repository; a person’s key opens all that the person can`,
          subject: `secrets.${secret}`,
          route: '' as const,
          // A key for some server is none of GitHub's affair.
          confidence: isPersons || isGithub ? 'medium' : 'low',
        };
      }
    },
  },
});
