import { defineRule } from '../engine/rule.ts';

export const environmentWithoutProtection = defineRule({
  id: 'environment-without-protection',
  severity: 'medium',
  confidence: 'medium',
  section: 'Secrets',
  summary: 'Environment lets everyone in',
  why: 'An environment keeps its secrets from nobody until it asks for a review or names the branches that may use it: any branch’s workflow can name it and take them.',
  remedy:
    'In the repository’s settings give the environment required reviewers, or the branches and tags that may deploy to it.',
  options: {
    /** Environments that need no protection; `*` stands for any part of the name. */
    open: ['github-pages', 'preview*', '*-preview', 'pr-*'] as readonly string[],
  },
  needs: ['settings.environments'],
  visit: {
    *job(job, { options, facts }) {
      const { environment, secrets } = job;
      const name = environment?.name;
      if (!name?.isLiteral || options.open.some((pattern) => isNamedBy(name.value, pattern))) return;
      const known = facts.setting('environments');
      const found = known?.find((one) => one.name.toLowerCase() === name.value.toLowerCase());
      if (!known || found?.hasReviewers || found?.hasBranchPolicy) return;
      const hasIdentity = job.grants('id-token', 'write') === 'yes';
      if (found && secrets.length === 0 && !hasIdentity) return;
      const what = secrets.length > 0 ? 'secrets' : 'an identity';
      yield {
        at: name,
        message: found
          ? `Environment \`${name.value}\` asks nobody and names no branch, and job \`${job.id}\` has ${what} there`
          : `Environment \`${name.value}\` does not exist: the first run makes it, without any protection`,
        subject: name.value.toLowerCase(),
        route: '' as const,
        severity: found ? 'medium' : 'low',
      };
    },
  },
});

/** A name matches a pattern with `*`; case is ignored, as GitHub does. */
function isNamedBy(name: string, pattern: string): boolean {
  const [head = '', ...rest] = pattern.toLowerCase().split('*');
  const tail = rest.at(-1);
  const value = name.toLowerCase();
  if (tail === undefined) return value === head;
  return value.length >= head.length + tail.length && value.startsWith(head) && value.endsWith(tail);
}
