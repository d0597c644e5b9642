import { registryToken } from '../engine/model/registry-token.ts';
import { defineRule } from '../engine/rule.ts';

export const useTrustedPublishing = defineRule({
  id: 'use-trusted-publishing',
  severity: 'medium',
  section: 'Identity',
  summary: 'Package is published with a stored token',
  why: 'A stored token publishes from anywhere, for anyone who reads it once, until somebody revokes it. The workflow’s own identity is good for a quarter of an hour and for this workflow alone.',
  remedy:
    'Register the workflow with the registry as a trusted publisher, give the job `id-token: write`, and delete the token.',
  peers: ['zizmor: use-trusted-publishing'],
  visit: {
    *step(step) {
      const { job, uses } = step;
      if (uses?.matches(['rubygems/release-gem']) && step.with('setup-trusted-publisher')?.value.trim() === 'false') {
        const at = step.with('setup-trusted-publisher') ?? uses;
        yield { at, message: '`rubygems/release-gem` is told not to use the workflow’s identity', subject: 'RubyGems' };
        return;
      }
      const token = registryToken(step);
      // With an identity at hand the token may be for what the identity can't do (a first version, another registry).
      if (!token || (!token.isInput && job?.grants('id-token', 'write') === 'yes')) return;
      const isPoetry = token.what.startsWith('poetry');
      yield {
        at: token.at,
        message: `\`${token.what.replace(/\s+x{6,}.*$/, '')}\` publishes to ${token.where} with the stored \`secrets.${token.secret}\`; ${isPoetry ? 'Poetry cannot do without, but its builds can be uploaded by others that can' : `${token.instead} needs none`}`,
        subject: `secrets.${token.secret}`,
        route: '' as const,
        severity: isPoetry ? 'info' : 'medium',
      };
    },
  },
});
