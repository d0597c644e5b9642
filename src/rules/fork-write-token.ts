import { defineRule } from '../engine/rule.ts';

/** The events whose runs of a fork's pull request the setting is about. */
const EVENTS = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];

export const forkWriteToken = defineRule({
  id: 'fork-write-token',
  severity: 'critical',
  section: 'Permissions',
  summary: 'Pull requests from forks get a token that writes, or secrets',
  why: 'With this setting the workflow runs as the fork wrote it, with the repository’s own rights: whoever may fork the repository can take the secrets and push.',
  remedy:
    'In the repository’s or organisation’s settings (Actions, General, fork pull request workflows) take back “Send write tokens” and “Send secrets and variables”.',
  needs: ['settings.forks'],
  visit: {
    *project(project, { facts }) {
      const forks = facts.setting('forks');
      // GitHub has the setting for private and internal repositories only.
      if (!forks || facts.setting('visibility') === 'public' || (!forks.writeToken && !forks.secrets)) return;
      const triggers = project.workflows.flatMap(({ triggers: { all } }) =>
        all.filter(({ event }) => EVENTS.includes(event)),
      );
      const [first, ...others] = triggers;
      if (!first) return;
      const what = [
        forks.writeToken ? 'a token that may write' : [],
        forks.secrets ? 'the repository’s secrets' : [],
      ].flat();
      yield {
        at: first,
        message: `A setting of the repository gives ${what.join(' and ')} to runs that a fork’s pull request starts and defines`,
        subject: 'forks',
        route: '' as const,
        related: others.slice(0, 8).map((at) => ({ at, message: 'started by forks, too' })),
      };
    },
  },
});
